"""The full house's year 2023: every page of it holds in memory; each figure of docs/demo-year.md is what is counted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from fadu.analytics.figures import Figure, compute, compute_by
from fadu.analytics.whose import Whose
from fadu.demo import build
from fadu.infra.home import CHECKOUT
from fadu.kernel import access, models
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.rehearsal import Rehearsal
from fadu.kernel.stage import Stage, Story
from fadu.kernel.timekeeping import Env
from fadu.rules.casefile import CaseFile
from fadu.rules.law import load_library
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar
from tests.fixtures.database import Cluster, django_on

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
PAGE = CHECKOUT / "docs" / "demo-year.md"
FIRST, BEFORE = date(2023, 1, 1), date(2024, 1, 1)


def table(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of the page."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row] for row in rows[2:]]


@cache
def played() -> Mapping[str, list[CaseFile]]:
    """The cases of each story of the full house, those that it opens included, played without a database."""
    return {name: list(cases_of(name, content)) for name, content in build.contents(full=True)}


def cases_of(name: str, content: dict[str, Any]) -> Iterator[CaseFile]:
    story = Story(registry())
    rehearsal = Rehearsal(name, content, registry(), lambda procedure, day: Stage(procedure, ENV, day, story))
    rehearsal.run()
    yield from (scene.stage.case for scene in rehearsal.scenes.values())


def done_in_the_year(system: str, *steps: str) -> list[CaseFile]:
    """Cases of a system in which one of these steps was first done in 2023."""
    found = []
    for case in (case for cases in played().values() for case in cases if case.system == system):
        days = [entry["day"] for step in steps for entry in case.done.get(step, ())]
        if days and FIRST.isoformat() <= min(days) < BEFORE.isoformat():
            found.append(case)
    return found


def test_the_stories_of_the_year_come_to_its_results() -> None:
    """What takes minutes with a database is seen in seconds without: the same acts, counted by hand."""
    decided = Counter(case.outcome for case in done_in_the_year("reconsideration", "decide"))
    assert decided == {"revoke": 6, "uphold": 9, "dismiss": 2, "order_performance": 1}
    assert done_in_the_year("reconsideration", "mediate", "terminate", "reject") == []
    assert len(done_in_the_year("reconsideration", "refuse")) == 4
    assert len(done_in_the_year("pre_mediation", "agree_on_terms", "withdraw_application")) == 46
    assert len(done_in_the_year("opinion_letter", "issue_letter")) == 4
    suits = done_in_the_year("litigation", "receive_complaint", "enter_second")
    assert len(suits) == len(done_in_the_year("litigation", "send_prompt")) == 148
    assert len(done_in_the_year("document_in_force", "repeal")) == 3
    assert len(done_in_the_year("document_in_force", "declare_expired")) == 4
    leaders = [
        case for case in done_in_the_year("law_training", "hold_training") if case.facts["trainees"] == "leaders"
    ]
    assert sum(case.facts["persons"] for case in leaders) == 326


LATE = {"2023-05-correction-waived", "2023-07-silent-bureau"}
"""The applicant who corrected nothing, and the respondent who was silent."""


def test_nobody_was_late_but_in_two_stories() -> None:
    """Duties breached and rights forfeited in the whole year, those of the series of similar cases included."""
    late = {
        name.removesuffix(".yaml")
        for name, cases in played().items()
        for case in cases
        if any(clock_breached(row) for row in case.table("clock").values())
    }
    assert {name for name in late if name < "2024" or not name[0].isdigit()} == LATE


def clock_breached(row: Mapping[str, Any]) -> bool:
    return bool(row["lapsed"]) and row["lapsed"]["effect"] in ("breaches", "forfeits")


def test_every_story_that_the_page_names_is_there() -> None:
    named = [row[0] for row in table("看点")]
    assert len(named) == len(set(named)) == 13
    assert set(named) <= {name.removesuffix(".yaml") for name in played()}


def test_what_the_house_owes_every_year_is_opened_and_taken_up(
    database_server: Cluster,
    migrated_template: str,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the full house only its reporters and the report on 2022: nobody takes up those on 2023."""
    story = next(one for one in build.contents(full=True) if one[0] == "2023-01-yearly-report.yaml")
    lists = [path for path in build.lists(full=True) if path.stem.startswith("yearly-reporter")]
    monkeypatch.setattr(build, "contents", lambda *, full: [story])
    monkeypatch.setattr(build, "lists", lambda *, full: lists)
    name = database_server.clone(migrated_template)
    with django_db_blocker.unblock(), django_on(database_server, name):
        build.build(full=True)
        with access.session(None) as s:
            rows = [
                (case.body.name, case.facts["year"], case.state, case.officer_id is None, late(case))
                for case in access.cases(s, system="yearly_report").order_by("pk")
            ]
    assert rows == [
        ("安宁区司法局", "2022年度", "archived", False, False),
        ("安宁区司法局", "2023年度", "compiling", True, True),
        ("安宁区河湾镇人民政府", "2023年度", "compiling", True, True),
    ]
    database_server.drop(name)


def late(case: models.Case) -> bool:
    return models.Clock.objects.filter(case_id=case.pk, lapsed="breaches").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get("CI") == "true", reason="builds for minutes; the test above plays the same acts")
def test_each_figure_of_the_page_is_counted(
    database_server: Cluster, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> None:
    rows = table("数字")
    names = sorted({name for row in rows for name in row[2].split("+")})
    name = database_server.clone(migrated_template)
    with django_db_blocker.unblock(), django_on(database_server, name):
        build.build(full=True)
        with access.session(None) as s:
            government = access.organs(s).get(name="安宁区人民政府")
            indicators = [s.registry.indicator(one) for one in names]
            figures = compute(s, s.registry, indicators, FIRST, BEFORE, Whose(government.pk))
            lists = [s.registry.indicator(one) for one in ("power_list_delegated", "township_power_list_stock")]
            parts = compute_by(s, s.registry, lists, FIRST, BEFORE, "unit", Whose(government.pk))
        assert {row[0]: told(row[2], figures) for row in rows} == {row[0]: row[3] for row in rows}
        held = sorted(figure.value or 0 for part in parts.values() for figure in part.values())
        assert [number for number in held if number] == [27, 70, 80, 80, 80], "departments and towns keep their own"
    database_server.drop(name)


def told(said: str, figures: Mapping[str, Figure]) -> str:
    """One figure as it is printed, or the sum of several."""
    names = said.split("+")
    if len(names) == 1:
        return str(figures[names[0]])
    values = [figures[name].value for name in names]
    assert None not in values
    return f"{sum(value for value in values if value is not None)}{figures[names[0]].indicator.unit}"
