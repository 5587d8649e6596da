"""The integrity checks: silent in a clean house, what time brings, how a run is kept, who sees it, the command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fadu.cli.integrity import run_checks as command
from fadu.common import book
from fadu.infra.home import CHECKOUT
from fadu.kernel import access, acts, integrity, models
from fadu.kernel import house as acts_of_house
from fadu.kernel.integrity import CHECKS, Severity
from fadu.rules.registry import Registry
from tests.kernel import small
from tests.kernel.conftest import House
from tests.kernel.furnished import Cases, change_row, examine, furnish, of, told


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
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    home.decide(case)
    home.day = date(2024, 3, 29)  # twenty working days from 1 March
    assert case not in {found.case for found in of(examine(home), "publication")}
    home.day = date(2024, 3, 30)
    found = next(one for one in of(examine(home), "publication") if one.case == case)
    assert "2024-03-29" in found.said
    home.do("officer", case, "publish", {"paper": "decision-1", "place": "区政府网站"})
    assert case not in {one.case for one in of(examine(home), "publication")}


def test_a_case_that_only_waits_to_be_archived(home: House, cases: Cases) -> None:
    home.day = date(2024, 12, 2)
    with home.session(None) as s:
        acts.run_lapses(s, cases.decided)
    found = [one for one in of(examine(home), "idle") if one.case == cases.decided]
    assert "处于“已决定”" in found[0].said


def test_an_entry_of_a_book_waits_for_nobody(home: House, cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside it, a case in which somebody should do something is still named."""
    step = book.record("enter", "登记", "第一条", ())
    shelf = book.Shelf(statute=small.LAW, version="2023")
    books = shelf.book("small_book", "小台账", book.BookFacts, step, "一条")
    catalogue = Registry([replace(small.ROOM, procedures=(*small.ROOM.procedures, books))], small.load_library())
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with home.session("officer") as s:
        entry = acts.open_case(s, "small_book", home.organs["bureau"], acts.Request("enter", {})).case
    with home.session(None):
        models.Clock.objects.filter(case_id=cases.fresh).update(stopped=home.day)
        assert models.Case.objects.get(pk=entry).closed is None
    assert [one.case for one in of(examine(home), "idle")] == [cases.fresh]


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


# ---------------------------------------------------------------- kept, and seen


def test_a_run_is_an_act_of_the_house_and_is_read_back(home: House, cases: Cases) -> None:
    with home.session(None) as s:
        assert integrity.last_run(s) is None
        change_row(models.Clock, cases.fresh, "screen", digest="x")
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
        change_row(models.Clock, cases.fresh, "screen", digest="x")
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
        change_row(models.Clock, cases.fresh, "screen", digest="x")
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
        change_row(models.Clock, cases.fresh, "screen", digest="x")
    broken = run()
    assert broken.exit_code == 1
    assert "错误" in broken.output
    with home.session(None) as s:
        last = integrity.last_run(s)
    assert last is not None
    assert last.counts["dates"] == 1


def test_severities_are_three() -> None:
    assert {check.severity for check in CHECKS} == set(Severity)


def test_the_manual_lists_every_check() -> None:
    page = (CHECKOUT / "docs" / "manual" / "完整性检查.md").read_text(encoding="utf-8")
    for check in CHECKS:
        assert f"| {check.severity.label} | {check.title} | {check.meaning} | {check.todo} |" in page
