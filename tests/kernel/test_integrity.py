"""Every integrity check: silent in a clean house, and it finds and names the fault that was planted for it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pytest_django import DjangoDbBlocker

from fadu.cli.integrity import run_checks as command
from fadu.kernel import access, acts, files, integrity, models
from fadu.kernel import house as acts_of_house
from fadu.kernel.integrity import CHECKS, Finding, Run, Severity
from fadu.rules.registry import Registry
from tests.fixtures.database import OwnDatabase
from tests.kernel import small
from tests.kernel.conftest import House, build
from tests.kernel.test_time import serve

TODAY = date(2024, 3, 1)


def examine(home: House, **more: Any) -> Run:
    with home.session(None) as s:
        return integrity.examine(s, **more)


def told(run: Run) -> list[str]:
    return [f"{one.check} {one.sentence}" for one in run.findings]


def of(run: Run, check: str) -> list[Finding]:
    return [one for one in run.findings if one.check == check]


# ---------------------------------------------------------------- a clean house


@dataclass(frozen=True)
class Cases:
    """A house with a case in each situation; all of them lawful on 1 March 2024."""

    fresh: int
    trying: int
    proposed: int
    decided: int
    opened: int
    file: str


def furnish(home: House) -> Cases:
    with home.session("officer") as s:
        kept = files.keep(s, "证据.pdf", 3, io.BytesIO(b"abc"))
    fresh = home.open(files=[kept.digest], worth="12.50", pages=3).case
    trying = home.open().case
    home.do("officer", trying, "accept")
    home.do("officer", trying, "deliberate", {"secret": "意见"})
    home.do("officer", trying, "deliberate", {"secret": "又一意见"})
    home.do("officer", trying, "arrange", {"hearing_on": "2024-03-15"})
    home.do("head", trying, "reverse", {"position": 4, "reason": "误记", "article": "第一条"})
    home.do("head", trying, "extend", {"extension_days": "20"})
    home.do("head", trying, "stay")
    proposed = home.open().case
    home.do("officer", proposed, "accept")
    home.do("officer", proposed, "reply")
    proposal = {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}}
    home.do("officer", proposed, "draft_paper", proposal, track_key="decide")
    decided = home.open().case
    home.do("officer", decided, "accept")
    home.do("officer", decided, "reply")
    home.decide(decided)
    for paper, parties in (
        ("receipt", ("applicant",)),
        ("copy", ("respondent",)),
        ("decision", ("applicant", "respondent")),
    ):
        for party in parties:
            serve(home, decided, f"{paper}-1", f"{party}-1", "2024-03-01")
    home.do("officer", decided, "publish", {"paper": "decision-1", "place": "网站"})
    opened = home.do("officer", decided, "follow").opened[0]
    return Cases(fresh, trying, proposed, decided, opened, kept.digest)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """What a test does to uploaded files is no other test's fault."""
    settings.MEDIA_ROOT = str(tmp_path / "files")


@pytest.fixture
def cases(home: House) -> Cases:
    return furnish(home)


def test_nothing_is_found_in_a_clean_house(home: House, cases: Cases) -> None:
    seen: list[tuple[int, int]] = []
    run = examine(home, progress=lambda done, total: seen.append((done, total)))
    assert told(run) == []
    assert (run.cases, run.refolded, run.failed) == (5, 5, False)
    assert seen[-1] == (5, 5)


def test_nothing_is_found_when_the_house_has_lived_on(home: House, cases: Cases) -> None:
    for day in (date(2024, 3, 9), date(2024, 3, 14)):
        home.day = day
        with home.session(None) as s:
            waiting = acts.cases_with_lapses(s)
        for case in waiting:
            with home.session(None) as s:
                acts.run_lapses(s, case)
    home.do("officer", cases.trying, "resume")
    assert told(examine(home)) == []


def test_an_empty_house_is_clean(home: House) -> None:
    run = examine(home)
    assert (run.cases, run.counts) == (0, {})


def test_a_check_changes_nothing(home: House, cases: Cases) -> None:
    def everything() -> list[Any]:
        with home.session(None):
            return [list(model.objects.order_by("pk").values()) for model in (models.Case, models.Clock, models.Event)]

    before = everything()
    examine(home)
    assert everything() == before


def test_every_check_says_what_it_means_and_what_to_do() -> None:
    assert len(CHECKS) >= 20
    assert len({check.name for check in CHECKS}) == len({check.title for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.meaning.endswith("。")
        assert check.todo.endswith("。")
        assert check.todo.count("。") == 1


# ---------------------------------------------------------------- planted by the application's own role


Plant = Callable[[House, Cases], Any]


def _case(case: int, /, **columns: Any) -> None:
    assert models.Case.objects.filter(pk=case).update(**columns) == 1


def _row(model: type[Any], case: int, key: str, /, **columns: Any) -> None:
    assert model.objects.filter(case_id=case, key=key).update(**columns) == 1


def _data(model: type[Any], case: int, key: str, /, **fields: Any) -> None:
    row = model.objects.get(case_id=case, key=key)
    _row(model, case, key, data=row.data | fields)


def _facts(case: int, **facts: Any) -> None:
    _case(case, facts=models.Case.objects.get(pk=case).facts | facts)


def _drop_post(home: House, who: str) -> None:
    assert models.Post.objects.filter(officer_id=home.people[who]).update(before=TODAY) == 1


def _double_number(home: House, cases: Cases) -> None:
    text = models.Case.objects.get(pk=cases.fresh).number
    _row(models.Paper, cases.decided, "decision-1", number=text)


def _extra_given(home: House, cases: Cases) -> None:
    stream = models.Case.objects.get(pk=cases.fresh).stream
    models.NumberGiven.objects.create(
        organ_id=home.organs["government"],
        series="申",
        year=2024,
        number=9,
        text="某政申〔2024〕9号",
        stream=stream,
        position=1,
    )


def _other_link(home: House, cases: Cases) -> None:
    _row(models.Link, cases.decided, f"opens-{cases.opened}", other_id=cases.fresh)


PLANTED: list[tuple[str, str, str, Plant]] = [
    ("refold", "fresh", "状态与", lambda h, c: _case(c.fresh, state="accepted")),
    ("refold", "fresh", "标题与", lambda h, c: _case(c.fresh, title="别的标题")),
    ("refold", "fresh", "承办人与", lambda h, c: _case(c.fresh, officer_id=h.people["second"])),
    ("refold", "fresh", "立案日期与", lambda h, c: _case(c.fresh, opened=date(2024, 2, 1))),
    ("refold", "trying", "记录序号与", lambda h, c: _case(c.trying, position=2)),
    ("refold", "fresh", "案情“经过”与", lambda h, c: _facts(c.fresh, story="改写")),
    ("refold", "fresh", "当事人“applicant-1”与", lambda h, c: _data(models.Party, c.fresh, "applicant-1", phone="1")),
    (
        "refold",
        "fresh",
        "请求事项“wish-1”与",
        lambda h, c: _data(models.Item, c.fresh, "wish-1", facts={"wish": "x", "amount": 1}),
    ),
    ("refold", "trying", "环节“hearing”与", lambda h, c: models.Track.objects.filter(case_id=c.trying).delete()),
    ("refold", "trying", "期限“trial”与", lambda h, c: _data(models.Clock, c.trying, "trial", pauses=[])),
    ("refold", "decided", "文书“decision-1”与", lambda h, c: _data(models.Paper, c.decided, "decision-1", text="改写")),
    ("refold", "decided", "送达“copy-1-1”与", lambda h, c: _data(models.Service, c.decided, "copy-1-1", proof="改")),
    ("refold", "decided", "公开“decision-1-1”与", lambda h, c: models.Publication.objects.all().delete()),
    ("refold", "decided", "关联案件“opens-", lambda h, c: models.Link.objects.all().delete()),
    ("columns", "fresh", "“name”一栏", lambda h, c: _row(models.Party, c.fresh, "applicant-1", name="李四")),
    ("columns", "decided", "“outcome”一栏", lambda h, c: _row(models.Item, c.decided, "wish-1", outcome="deny")),
    ("columns", "trying", "“stopped”一栏", lambda h, c: _row(models.Clock, c.trying, "trial", stopped=TODAY)),
    ("columns", "trying", "“lapsed”一栏", lambda h, c: _row(models.Clock, c.trying, "trial", lapsed="breaches")),
    ("columns", "decided", "“effective”一栏", lambda h, c: _row(models.Service, c.decided, "copy-1-1", effective=None)),
    (
        "dates",
        "fresh",
        "到期日记为2024-12-01",
        lambda h, c: _row(models.Clock, c.fresh, "screen", due=date(2024, 12, 1)),
    ),
    (
        "dates",
        "fresh",
        "届满日记为",
        lambda h, c: _row(models.Clock, c.fresh, "screen", lapses_after=date(2024, 12, 1)),
    ),
    ("dates", "fresh", "计算依据", lambda h, c: _row(models.Clock, c.fresh, "screen", digest="x")),
    ("dates", "fresh", "最近到期日", lambda h, c: _case(c.fresh, due=date(2024, 12, 1))),
    (
        "indexed_facts",
        "fresh",
        "“标的”的检索值",
        lambda h, c: models.CaseFact.objects.filter(case_id=c.fresh, name="worth").update(number=1),
    ),
    (
        "indexed_facts",
        "fresh",
        "“知道之日”的检索值",
        lambda h, c: models.CaseFact.objects.filter(case_id=c.fresh, name="known_on").delete(),
    ),
    ("fact_types", "fresh", "“页数”不符合", lambda h, c: _facts(c.fresh, pages="三")),
    ("fact_types", "fresh", "“知道之日”不符合", lambda h, c: _facts(c.fresh, known_on="2024-02-30")),
    ("fact_types", "decided", "“答复”不符合", lambda h, c: _facts(c.decided, answer="maybe")),
    ("fact_types", "fresh", "“nonsense”不符合", lambda h, c: _facts(c.fresh, nonsense=1)),
    (
        "fact_types",
        "fresh",
        "的“amount”不符合",
        lambda h, c: _data(models.Item, c.fresh, "wish-1", facts={"wish": "x", "amount": -1}),
    ),
    ("declaration_there", "fresh", "small”1999文本", lambda h, c: _case(c.fresh, version="1999")),
    ("declaration_revised", "fresh", "第7次修订", lambda h, c: _case(c.fresh, revision=7)),
    (
        "numbers",
        "",
        "第5、6号没有发号记录",
        lambda h, c: models.NumberSeries.objects.filter(series="申").update(last=6),
    ),
    ("numbers", "", "发到了第9号", _extra_given),
    ("numbers", "", "用在2件", _double_number),
    (
        "papers",
        "decided",
        "正文与当时的摘要不符",
        lambda h, c: _data(models.Paper, c.decided, "decision-1", text="编号某政决〔2024〕1号改写"),
    ),
    (
        "papers",
        "decided",
        "“某政决〔2024〕8号”没有发号记录",
        lambda h, c: _data(models.Paper, c.decided, "decision-1", number="某政决〔2024〕8号"),
    ),
    ("papers", "decided", "正文中没有文号", lambda h, c: _data(models.Paper, c.decided, "decision-1", text="无号")),
    ("papers", "fresh", "案号“某政申〔2024〕8号”没有", lambda h, c: _case(c.fresh, number="某政申〔2024〕8号")),
    (
        "services",
        "decided",
        "《副本》对被申请人的送达记为已经生效",
        lambda h, c: _data(models.Service, c.decided, "copy-1-1", proof=" "),
    ),
    (
        "services",
        "decided",
        "没有写明采用该方式的理由",
        lambda h, c: _data(models.Service, c.decided, "copy-1-1", method="left"),
    ),
    ("files", "fresh", "已不在磁盘上", lambda h, c: files.path_of(c.file).unlink()),
    ("files", "fresh", "的内容与登记的摘要不符", lambda h, c: files.path_of(c.file).write_bytes(b"abd")),
    ("files", "fresh", "没有登记", lambda h, c: models.File.objects.all().delete()),
    (
        "idle",
        "fresh",
        "没有任何期限在计算",
        lambda h, c: models.Clock.objects.filter(case_id=c.fresh).update(stopped=TODAY),
    ),
    (
        "officer_left",
        "fresh",
        "账号已经停用",
        lambda h, c: models.Officer.objects.filter(username="officer").update(is_active=False),
    ),
    ("officer_left", "fresh", "没有任何职务", lambda h, c: _drop_post(h, "officer")),
    ("officer_elsewhere", "fresh", "没有承办人", lambda h, c: _case(c.fresh, officer_id=None)),
    (
        "officer_elsewhere",
        "fresh",
        "在承办机构已经没有职务",
        lambda h, c: _case(c.fresh, officer_id=h.people["stranger"]),
    ),
    ("nobody_signs", "proposed", "“作出决定”的呈批处于“待审核”", lambda h, c: _drop_post(h, "reviewer")),
    ("links", "decided", "不是由本案的操作打开的", _other_link),
    ("links", "opened", "已经没有关联", lambda h, c: models.Link.objects.all().delete()),
    (
        "provisional",
        "fresh",
        "放假通知还没有载入",
        lambda h, c: _row(models.Clock, c.fresh, "screen", provisional=True),
    ),
    ("unreadable", "fresh", "无法核对", lambda h, c: _data(models.Clock, c.fresh, "screen", start="某日")),
]


@pytest.mark.parametrize(("check", "which", "said", "plant"), PLANTED, ids=[f"{p[0]}-{p[2]}" for p in PLANTED])
def test_a_planted_fault_is_found_and_named(
    home: House, cases: Cases, check: str, which: str, said: str, plant: Plant
) -> None:
    with home.session(None):
        plant(home, cases)
    found = of(examine(home), check)
    case = getattr(cases, which) if which else None
    assert any(said in one.said and one.case == case for one in found), [one.sentence for one in found]
    with home.session(None):
        number = models.Case.objects.get(pk=case).number if case else None
    assert all(number in one.where for one in found if case == one.case and number)


# ---------------------------------------------------------------- what time brings


def test_silence_that_did_not_speak(home: House, cases: Cases) -> None:
    home.day = date(2024, 3, 11)
    found = of(examine(home), "silence")
    assert {one.case for one in found} == {cases.fresh}
    assert "“受理审查”已于2024-03-08届满" in found[0].said
    assert "fadu due" in found[0].sentence


def test_papers_that_lie_about(home: House, cases: Cases) -> None:
    home.day = date(2024, 3, 22)
    assert of(examine(home), "unserved") == []
    home.day = date(2024, 3, 25)
    found = {one.case: one.said for one in of(examine(home), "unserved") if one.case == cases.proposed}
    assert "《副本》2024-03-01作出，至今没有送达被申请人" in found.values()


def test_decisions_that_were_not_made_public(home: House, cases: Cases) -> None:
    with home.session(None):
        models.Publication.objects.all().delete()
    home.day = date(2024, 3, 29)  # twenty working days from 1 March
    assert of(examine(home), "publication") == []
    home.day = date(2024, 3, 30)
    (found,) = of(examine(home), "publication")
    assert found.case == cases.decided
    assert "2024-03-29" in found.said
    assert "第二十六条" in found.said


def test_a_case_that_only_waits_to_be_archived(home: House, cases: Cases) -> None:
    home.day = date(2024, 12, 2)
    with home.session(None) as s:
        acts.run_lapses(s, cases.decided)
    found = [one for one in of(examine(home), "idle") if one.case == cases.decided]
    assert "处于“已决定”" in found[0].said


def test_a_signing_rule_moves_whom_a_proposal_waits_for(home: House, cases: Cases) -> None:
    home.do("reviewer", cases.proposed, "review_paper", {}, track_key="decide")
    assert of(examine(home), "nobody_signs") == []
    with home.session(None) as s:
        acts_of_house.put_entry(s, access.SIGNING, "small.decide", {"role": "archivist"}, since=home.day)
    assert "待签发" in of(examine(home), "nobody_signs")[0].said


def test_a_declaration_that_was_taken_away(home: House, cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    room = replace(small.ROOM, procedures=(replace(small.SMALL, steps=tuple(_without_opening())),))
    catalogue = Registry([room], small.load_library())
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    found = of(examine(home), "declaration_there")
    assert [one.case for one in found] == [cases.opened]


def _without_opening() -> list[Any]:
    return [step for step in small.SMALL.steps if step.name != "follow"]


def test_a_sample_folds_only_so_many_cases_and_the_same_ones_all_day(home: House, cases: Cases) -> None:
    with home.session(None):
        models.Case.objects.update(title="别的标题")
    run = examine(home, sample=2)
    assert run.refolded == len({one.case for one in of(run, "refold")}) == 2
    assert of(run, "refold") == of(examine(home, sample=2), "refold")
    assert len({one.case for one in of(examine(home), "refold")}) == 5


# ---------------------------------------------------------------- behind the application's back


EVENT = "stream_id = %(stream)s AND position = 2"
VALUE = "stream_id = %(stream)s AND position = 1 AND slot = 0"
GIVEN = "series = '申' AND number = 2"
BEHIND = [
    ("chain", "摘要不符", f"UPDATE kernel_event SET body = replace(body, 'accepted', 'x') WHERE {EVENT}"),
    ("chain", "“label”一栏", f"UPDATE kernel_event SET label = '别的' WHERE {EVENT}"),
    ("chain", "缺少第2条", f"DELETE FROM kernel_event WHERE {EVENT}"),
    ("chain", "末端", "DELETE FROM kernel_event WHERE stream_id = %(stream)s AND step = 'follow'"),
    ("chain", "内容与摘要不符", f"UPDATE kernel_eventvalue SET value = '\"x\"' WHERE {VALUE}"),
    ("refold", "没有任何全过程记录", "DELETE FROM kernel_event WHERE stream_id = %(stream)s"),
    ("numbers", "发出了2次", f"UPDATE kernel_numbergiven SET text = '某政申〔2024〕1号' WHERE {GIVEN}"),
    ("links", "不存在", "UPDATE kernel_link SET other_id = 999 WHERE case_id = %(case)s"),
]


def test_changes_behind_the_applications_back(
    own_database: OwnDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with django_db_blocker.unblock():
        home = build()
        home.open()
        with own_database.connect("fadu_owner", autocommit=True) as owner:
            _off_guard(owner)
            for check, said, change in BEHIND:
                case = home.open().case
                home.do("officer", case, "accept")
                home.do("officer", case, "reply")
                home.decide(case)
                opened = home.do("officer", case, "follow").opened[0]
                assert {one.case for one in examine(home).findings} & {case, opened} == set()
                with home.session(None):
                    stream = models.Case.objects.get(pk=case).stream_id
                assert owner.execute(change, {"stream": stream, "case": case}).rowcount >= 1
                found = [one for one in of(examine(home), check) if one.case in (case, None)]
                assert any(said in one.said for one in found), (said, [one.sentence for one in found])
        _erase_and_look(own_database, home)


def _off_guard(owner: Any) -> None:
    """The owner of the tables lets go of what keeps them in order."""
    for table in ("event", "eventvalue"):
        owner.execute(f"ALTER TABLE kernel_{table} DISABLE TRIGGER USER")
    keys = owner.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'").fetchall()
    for table, name in keys:
        if table.startswith("kernel_"):
            owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def _erase_and_look(own_database: OwnDatabase, home: House) -> None:
    """A value that was lawfully erased is no fault, though it can no longer be folded."""
    case = home.open().case
    with home.session(None):
        stream = models.Case.objects.get(pk=case).stream_id
    with own_database.connect("fadu_owner", autocommit=True) as owner:
        owner.execute("UPDATE kernel_eventvalue SET value = NULL, erased = '依法销毁' WHERE stream_id = %s", [stream])
    assert [one.sentence for one in examine(home).findings if one.case == case] == []


def test_a_chain_of_the_house_is_looked_at_too(
    own_database: OwnDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with django_db_blocker.unblock():
        home = build()
        assert told(examine(home)) == []
        with own_database.connect("fadu_owner", autocommit=True) as owner:
            owner.execute("ALTER TABLE kernel_event DISABLE TRIGGER USER")
            owner.execute("UPDATE kernel_event SET label = '别的' WHERE position = 1")
        (found,) = of(examine(home), "chain")
        assert (found.case, "本机关" in found.where) == (None, True)


# ---------------------------------------------------------------- kept, and seen


def test_a_run_is_an_act_of_the_house_and_is_read_back(home: House, cases: Cases) -> None:
    with home.session(None) as s:
        assert integrity.last_run(s) is None
        _row(models.Clock, cases.fresh, "screen", digest="x")
        run = integrity.examine(s)
        integrity.record(s, run, by=home.people["admin"])
        assert integrity.last_run(s) == run
        event = models.Event.objects.get(step="integrity_run")
        assert event.label == "完整性检查"
        assert run.counts == {"dates": 1}
        assert run.failed
    home.day = date(2024, 3, 2)
    assert told(examine(home))[0].startswith("dates 某政申〔2024〕1号：")


def test_the_findings_of_another_machine_are_counted_only(home: House, cases: Cases) -> None:
    with home.session(None) as s:
        _row(models.Clock, cases.fresh, "screen", digest="x")
        integrity.record(s, integrity.examine(s))
        integrity.running._file().unlink()
        last = integrity.last_run(s)
    assert last is not None
    assert (last.counts, last.findings, last.complete) == ({"dates": 1}, (), False)


SEES = {
    "head": (True, True),
    "mayor": (True, True),
    "admin": (True, False),
    "officer": (False, True),
    "clerk": (False, False),
}


@pytest.mark.parametrize("who", SEES)
def test_findings_follow_the_rights(home: House, cases: Cases, who: str) -> None:
    with home.session(None) as s:
        _row(models.Clock, cases.fresh, "screen", digest="x")
        models.NumberSeries.objects.filter(series="申").update(last=6)
        run = integrity.examine(s)
    page, its_case = SEES[who]
    with home.session(who) as s:
        seen = integrity.seen_by(s, run)
        assert integrity.may_see(s) is page
    assert ({one.case for one in seen} == {cases.fresh}) is its_case or who == "admin"
    assert any(one.case is None for one in seen) is (who == "admin")


# ---------------------------------------------------------------- the command


def test_the_command_tells_and_fails_only_for_errors(home: House, cases: Cases) -> None:
    def run(*arguments: str) -> Any:
        return CliRunner().invoke(command, arguments)

    with home.session(None) as s:
        acts_of_house.move_clock(s, home.now)
    clean = run()
    assert clean.exit_code == 0, clean.output
    assert "没有发现问题" in clean.output
    with home.session(None):
        models.Officer.objects.filter(username="officer").update(is_active=False)
    waiting = run("--sample", "1")
    assert waiting.exit_code == 0
    assert "承办人在岗" in waiting.output
    assert "某政申〔2024〕1号：承办人officer某的账号已经停用。请机构负责人改派承办人。" in waiting.output
    with home.session(None):
        _row(models.Clock, cases.fresh, "screen", digest="x")
    broken = run()
    assert broken.exit_code == 1
    assert "错误" in broken.output
    with home.session(None) as s:
        last = integrity.last_run(s)
    assert last is not None
    assert last.counts["dates"] == 1


def test_severities_are_three() -> None:
    assert {check.severity for check in CHECKS} == set(Severity)
