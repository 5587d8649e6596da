"""Answers in time that are entered after the period ran out on record: what they undo, what stands against them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection

from fadu.analytics import recorded
from fadu.analytics.tables import table_of
from fadu.kernel import access, acts
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, reckon_all
from fadu.rules.errors import GatesUnmet
from fadu.rules.keeping import kept
from fadu.rules.law import load_library
from fadu.rules.procedure import Clock, Done, EndOf, Lapse, LapseEffect, Procedure, Step
from fadu.rules.view import View
from fadu.rules.working_days import load_calendar
from tests.analytics import counted
from tests.analytics.conftest import synced
from tests.kernel import seizure, small
from tests.kernel.conftest import House
from tests.kernel.test_time import accepted, clocks, lapse, serve

__all__ = ["synced"]

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
LATE = {"reason": "漏登", "article": "《行政复议法》第四十八条"}


def awaiting(home: House) -> int:
    """A case whose copy reached the respondent on 1 March: ten working days to answer, until 15 March."""
    case = accepted(home)
    serve(home, case, "copy-1", "respondent-1", "2024-03-01")
    return case


def both(home: House, case: int, clock: Clock) -> tuple[bool | None, bool]:
    """What the figure and the gate say of a period: kept or not."""
    with home.session(None) as s:
        table = table_of(counted.catalogue(), "small")
        names, rows = access.execute_figures(s, f"SELECT * FROM {table.view} WHERE case_id = {case}")
        row = access.case(s, case)
        folded = list(recorded.rows(s, table, [row], home.now.replace(year=2030)))
        assert [list(one) for one in rows] == folded
        column = next(c.name for c in table.columns if c.source.value == "kept" and c.of == clock.name)
        loaded = acts.store.look(case)
        assert loaded is not None
        view = View(loaded.case, small.SMALL, home.day, reckon_all(loaded.case, s.env), None)
        return rows[0][names.index(column)], view.kept(clock.name)


def steps(home: House, case: int) -> list[str]:
    with home.session(None) as s:
        return [event.step for event in access.events(s, access.case(s, case))]


@pytest.mark.usefixtures("synced")
class TestInTheHouse:
    """Through the one door, with figures on the database and folded from the record."""

    def test_what_was_posted_in_time_and_came_after_the_scan_is_in_time(self, home: House) -> None:
        case = awaiting(home)
        home.day = date(2024, 3, 18)
        assert lapse(home) == 1
        assert both(home, case, small.answering) == (False, False)
        home.do("officer", case, "reply", {"reply_posted_on": "2024-03-15"})
        row = clocks(home, case)["reply"]
        assert (row.stopped, row.lapsed) == (date(2024, 3, 15), None)
        assert row.data["overtaken"] == {"effect": "forfeits", "day": "2024-03-15", "by": "提出答复"}
        assert both(home, case, small.answering) == (True, True)
        assert steps(home, case)[-2:] == ["lapse:reply", "reply"]  # the running out stays on record
        with home.session(None):
            loaded = acts.store.look(case)
            assert loaded is not None
            assert acts.store.refold(loaded).rows == loaded.case.rows

    def test_what_was_posted_too_late_stays_late(self, home: House) -> None:
        case = awaiting(home)
        home.day = date(2024, 3, 18)
        lapse(home)
        home.do("officer", case, "reply", {"reply_posted_on": "2024-03-16"})
        assert clocks(home, case)["reply"].lapsed == "forfeits"
        assert both(home, case, small.answering) == (False, False)

    def test_an_answer_of_the_last_day_entered_later_is_in_time(self, home: House) -> None:
        case = awaiting(home)
        home.day = date(2024, 3, 18)
        lapse(home)
        home.do("officer", case, "reply", day=date(2024, 3, 15))
        assert both(home, case, small.answering) == (True, True)

    def test_taking_such_an_answer_back_brings_the_lapse_back(self, home: House) -> None:
        case = awaiting(home)
        home.day = date(2024, 3, 18)
        lapse(home)
        home.do("officer", case, "reply", day=date(2024, 3, 15))
        home.do("head", case, "reverse", LATE | {"position": len(steps(home, case))})
        row = clocks(home, case)["reply"]
        assert (row.lapsed, row.stopped, row.data.get("overtaken")) == ("forfeits", None, None)

    def test_a_finding_made_before_the_envelope_came_is_taken_back_first(self, home: House) -> None:
        case = awaiting(home)
        home.day = date(2024, 3, 18)
        home.do("officer", case, "default")
        found = len(steps(home, case))
        with pytest.raises(GatesUnmet, match="已经“认定未答复”") as refused:
            home.do("officer", case, "reply", {"reply_posted_on": "2024-03-14"})
        assert refused.value.unmet[0].todo == "请先撤回“认定未答复”，再登记“提出答复”。"
        home.do("officer", case, "reply", {"reply_posted_on": "2024-03-17"})  # late: it changes nothing
        home.do("head", case, "reverse", LATE | {"position": found})
        home.do("officer", case, "reply", {"reply_posted_on": "2024-03-14"})
        assert both(home, case, small.answering) == (True, True)

    def test_nobody_clears_himself_by_a_late_entry(self, home: House) -> None:
        """The decision of the last day is entered two days later: another person takes the breach back first."""
        case = accepted(home)
        home.do("officer", case, "reply")
        values = {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}}
        home.day = date(2024, 4, 29)
        home.do("officer", case, "draft_paper", values, track_key="decide")
        home.do("reviewer", case, "review_paper", {}, track_key="decide")
        home.day = date(2024, 5, 2)
        assert lapse(home) == 1
        with pytest.raises(GatesUnmet, match="不能由补录自行改为按期") as refused:
            home.do("mayor", case, "decide", day=date(2024, 4, 30))
        assert "由另一名有权人员先撤回“审理期限届满”" in str(refused.value.unmet[0].todo)
        assert "sue_for_delay" in clocks(home, case)
        home.do("head", case, "reverse", LATE | {"position": len(steps(home, case))})
        home.do("mayor", case, "decide", day=date(2024, 4, 30))
        assert "sue_for_delay" not in clocks(home, case)
        assert both(home, case, small.trial) == (True, True)

    def test_an_own_act_of_today_needs_nobody_and_is_late(self, home: House) -> None:
        case = accepted(home)
        home.do("officer", case, "reply")
        home.day = date(2024, 5, 2)
        lapse(home)
        home.decide(case)
        assert both(home, case, small.trial) == (False, False)
        assert clocks(home, case)["sue_for_delay"].stopped is None

    def test_what_was_deemed_was_not_done(self, home: House) -> None:
        case = home.open().case
        home.day = date(2024, 3, 11)
        lapse(home)
        assert both(home, case, small.screen) == (False, False)

    def test_a_gate_looks_from_the_day_that_is_entered(self, home: House) -> None:
        case = awaiting(home)
        home.day = date(2024, 3, 18)
        lapse(home)
        home.day = date(2024, 3, 15)
        assert both(home, case, small.answering) == (False, True)  # on the last day it had not run out


@pytest.mark.usefixtures("synced", "home")
def test_the_database_and_the_gates_have_one_rule() -> None:
    last = date(2024, 3, 15)
    for stopped, effect, void, late in product(
        (None, "2024-03-14", "2024-03-15", "2024-03-16"), (None, *LapseEffect), (False, True), (False, True)
    ):
        row: dict[str, Any] = {
            "stopped": stopped,
            "lapsed": {"effect": effect, "day": "2024-03-15"} if effect else None,
        }
        row |= ({"void": True} if void else {}) | ({"late": True} if late else {})
        with connection.cursor() as cursor:
            cursor.execute("SELECT fadu_kept(%s, %s, %s, %s, %s)", [last, stopped, effect, void, late])
            assert cursor.fetchone()[0] == kept(row, last), row


# ---------------------------------------------------------------- what began with the lapse


withdraw = Step(name="withdraw", label="撤回申请", at=(small.ACCEPTED,), to=small.CLOSED, by=(small.APPLICANT,))
objection = Step(name="objection", label="提出异议", at=(small.ACCEPTED,), by=(small.APPLICANT,))
execute = Step(name="execute", label="执行", at=(small.ACCEPTED,), by=(small.CASE_OFFICER,))
report = Step(name="report", label="报告", at=(small.ACCEPTED,), by=(small.CASE_OFFICER,))


def follows(name: str, after: str, until: Step) -> Clock:
    """A period that begins when the one before has run out."""
    lapse_ = Lapse(effect=LapseEffect.BREACHES, sentence="逾期", article="第一条")
    return replace(small.publishing, name=name, label=name, after=EndOf(after), until=(until,), lapse=lapse_)


def chained() -> Procedure:
    """A right of the applicant, then two duties of ours, each from the end of the one before."""
    objecting = replace(
        small.publishing, name="objecting", label="异议期限", after=Done((small.accept,)), until=(objection,),
        bearer=small.APPLICANT,
        lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="异议期限届满", article="第一条"),
    )  # fmt: skip
    chain = (objecting, follows("executing", "objecting", execute), follows("reporting", "executing", report))
    return replace(
        small.SMALL,
        clocks=(*small.SMALL.clocks, *chain),
        steps=(*small.SMALL.steps, withdraw, objection, execute, report),
    )


@pytest.fixture
def begun() -> Stage:
    stage = Stage(chained(), ENV, date(2024, 3, 1))
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": 3},
    ]
    values = {"known_on": "2024-02-20", "story": "某事", "parties": parties, "items": [{"wish": "撤销"}]}
    stage.perform(small.apply, date(2024, 3, 1), values)
    stage.perform(small.accept, date(2024, 3, 1), {})
    return stage


def test_what_began_with_the_lapse_and_was_not_used_never_began(begun: Stage) -> None:
    begun.pass_time(date(2025, 3, 1))
    before = {key: row["lapsed"] for key, row in begun.case.table("clock").items()}
    assert before["objecting"] is not None
    assert before["executing"] is not None
    begun.perform(objection, date.fromisoformat(before["objecting"]["day"]), {})
    rows = begun.case.table("clock")
    assert rows["objecting"]["lapsed"] is None
    for key in ("executing", "reporting"):
        assert (rows[key]["void"], rows[key]["stopped"]) == (True, rows[key]["start"])
    assert rows["executing"]["overtaken"]["by"] == "提出异议"


def test_what_was_done_on_the_strength_of_the_lapse_stays(begun: Stage) -> None:
    begun.pass_time(date(2024, 4, 5))
    ended = date.fromisoformat(begun.case.table("clock")["objecting"]["lapsed"]["day"])
    begun.perform(execute, date(2024, 4, 5), {})
    begun.perform(objection, ended, {})
    assert begun.case.table("clock")["executing"]["stopped"] == "2024-04-05"
    assert "void" not in begun.case.table("clock")["executing"]


def test_a_party_ends_the_case_before_the_day_that_was_breached_on_record(begun: Stage) -> None:
    begun.pass_time(date(2024, 5, 6))
    assert begun.case.table("clock")["trial"]["lapsed"]["effect"] == "breaches"
    begun.perform(withdraw, date(2024, 4, 29), {})
    rows = begun.case.table("clock")
    assert (rows["trial"]["lapsed"], rows["trial"]["void"]) == (None, True)
    assert rows["trial"]["overtaken"]["by"] == "撤回申请"
    assert kept(rows["trial"], date(2024, 4, 30)) is None
    assert (rows["sue_for_delay"]["void"], rows["sue_for_delay"]["stopped"]) == (True, "2024-04-30")


def test_the_last_minute_counts_for_the_gate_and_for_the_figure() -> None:
    for minute, in_time in (("2024-03-02 09:30", True), ("2024-03-02 09:31", False)):
        stage = Stage(seizure.SEIZURE, ENV, seizure.FIRST)
        owner = [{"role": "owner", "name": "王五", "kind": "person"}]
        values = {"seized_at": "2024-03-01 09:30", "parties": owner, "items": [{"thing": "货车"}]}
        stage.perform(seizure.seize, seizure.FIRST, values)
        stage.perform(seizure.approve, date(2024, 3, 3), {"approved_at": minute})
        row = stage.case.table("clock")["approval"]
        assert kept(row, reckon_all(stage.case, ENV)["approval"].lapses_after) is in_time
