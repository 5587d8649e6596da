"""The demonstration house, built twice in databases of its own: the same each time, whole, as its page says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from fadu.demo import build
from fadu.infra.home import CHECKOUT
from fadu.infra.official import to_docx
from fadu.kernel import access, clockwork, ledger, models, store
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.timekeeping import Env, reckon_all
from fadu.report_reader import read
from fadu.report_reader.inputs import load_bytes
from fadu.report_writer import write
from fadu.rules.law import load_library
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar
from tests.fixtures.database import Cluster, django_on
from tests.report_writer.reading_back import claimed, doubts, text_of, written

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
PAGE = CHECKOUT / "docs" / "demo-house.md"


def state_of(case: models.Case) -> str:
    procedure = registry().procedure(case.system, case.version)
    state = procedure.state(case.state)
    assert state is not None
    return state.label


def table(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of the page."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def story_of(content: dict[str, Any]) -> tuple[str, str]:
    """Title of the reconsideration that a story opens, and what the story shows."""
    first = content["经过"][0]
    named = {"申请人": [], "被申请人": [], "第三人": []}
    for party in first["当事人"]:
        named[party["身份"]].append(party["姓名或者名称"])
    title = f"{'、'.join(named['申请人'])}不服{'、'.join(named['被申请人'])}{first['填写']['被申请复议的行政行为']}案"
    return title, content["说明"]


def every_record_verifies(cases: list[models.Case]) -> None:
    streams = list(models.Stream.objects.all())
    assert {stream.kind for stream in streams} >= {"case", "house"}
    assert {case.stream_id for case in cases} <= {stream.pk for stream in streams}
    assert [stream.name for stream in streams if ledger.verify(stream.pk) != stream.position] == []


def every_case_is_the_fold_of_its_events(cases: list[models.Case]) -> None:
    for case in cases:
        loaded = store.load(case.pk, None, None)
        assert loaded is not None
        assert store.refold(loaded) == loaded.case, case.title


def every_clock_row_says_what_is_reckoned_now(cases: list[models.Case]) -> None:
    """Due days are projections: reckoned again from their inputs they are the same."""
    found = 0
    for case in cases:
        loaded = store.load(case.pk, None, None)
        assert loaded is not None
        reckoned = reckon_all(loaded.case, ENV)
        for row in models.Clock.objects.filter(case_id=case.pk):
            found += 1
            assert (row.due, row.digest) == (reckoned[row.key].due, reckoned[row.key].digest), case.title
    assert found > len(cases)


def the_page_lists_every_case(cases: list[models.Case]) -> None:
    stories = [content for _, content in build.contents()]
    shows = dict(story_of(one) for one in stories if one["程序"] == "行政复议")
    assert table("案件") == [
        [case.number, case.title, state_of(case), shows[case.title]]
        for case in cases
        if case.system == "reconsideration"
    ]


def the_page_lists_the_other_rooms(cases: list[models.Case]) -> None:
    """Every case that is no reconsideration and has a story of its own, and every register with its entries."""
    shows = Counter(content["程序"] for _, content in build.contents() if content["程序"] != "行政复议")
    rows = {row[0]: row[2] for row in table("其他工作")}
    assert {name: row for name, row in rows.items() if name in shows} == {
        registry().newest(case.system).label: state_of(case)
        for case in cases
        if registry().newest(case.system).label in shows
    }
    for register in {entry.register for entry in models.RegisterEntry.objects.filter(organ__isnull=False)}:
        valid = models.RegisterEntry.objects.filter(register=register, before=None).count()
        assert rows[registry().register(register).label] == f"现有{valid}项"


def the_page_counts_by_state(cases: list[models.Case]) -> None:
    counts = Counter((registry().newest(case.system).label, state_of(case)) for case in cases)
    assert {(row[0], row[1]): int(row[2]) for row in table("各状态的件数")} == counts


def the_report_reads_as_it_was_written(cases: list[models.Case]) -> None:
    """Its own figures and those in people's words, no others; none that contradicts another, in the .docx too."""
    with access.session(None) as s:
        report = write(s, s.today.year - 1)
    people = sum((claimed(read(one.text)) for one in report.parts), Counter())
    for text in (text_of(report.document.blocks), load_bytes(to_docx(report.document)).text):
        reading = read(text)
        assert claimed(reading) == written(report.document.blocks, report.figures) + people
        assert doubts(reading) == []
    assert len(report.figures) > len({case.system for case in cases})


CHECKS = (
    every_record_verifies,
    every_case_is_the_fold_of_its_events,
    every_clock_row_says_what_is_reckoned_now,
    the_page_lists_every_case,
    the_page_lists_the_other_rooms,
    the_page_counts_by_state,
)


def test_the_page_names_the_accounts() -> None:
    said = build.settings()["officers"]
    assert [[row[0], row[1]] for row in table("账号")] == [[f"`{p['username']}`", p["name"]] for p in said]


@pytest.mark.slow
def test_the_house_is_the_same_each_time_and_as_its_page_says(
    database_server: Cluster, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> None:
    """One test, so that tests in parallel do not each build houses of their own."""
    digests = []
    for checks in ((), CHECKS):
        name = database_server.clone(migrated_template)
        with django_db_blocker.unblock(), django_on(database_server, name):
            build.build()
            digests.append(build.content_digest())
            assert clockwork.run_due() == 0, "a period was left that had run out"
            with access.session(None) as s:
                cases = list(access.cases(s).order_by("pk"))
                for check in checks:
                    check(cases)
            if checks:
                the_report_reads_as_it_was_written(cases)
        database_server.drop(name)
    assert digests[0] == digests[1]
