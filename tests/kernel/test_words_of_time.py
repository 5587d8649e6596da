"""Notices a pause or an extension depends on, a second extension, clocks of items, of papers and of hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from fadu.common.standing import serve
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, reckon_all, running
from fadu.rules.clocks import Reckoned, explain
from fadu.rules.errors import BadInput, DeclarationError, GatesUnmet
from fadu.rules.judge import judge
from fadu.rules.law import load_library
from fadu.rules.procedure import BODY_HEAD, OnTrack, Period, State, Step, Track
from fadu.rules.working_days import load_calendar
from tests.kernel import seizure as s

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
OWNER = [{"role": "owner", "name": "王五", "kind": "person"}]


def seized(*things: str, at: str = "2024-03-01 09:30") -> Stage:
    stage = Stage(s.SEIZURE, ENV, s.FIRST)
    items = [{"thing": name} for name in things or ("货车",)]
    stage.perform(s.seize, s.FIRST, {"seized_at": at, "parties": OWNER, "items": items})
    return stage


def do(stage: Stage, step: Step, day: int, values: Mapping[str, Any] | None = None, **more: Any) -> None:
    stage.perform(step, s.FIRST + timedelta(days=day), values or {}, **more)


def deliver(stage: Stage, paper: str, day: int) -> None:
    on = s.FIRST + timedelta(days=day)
    do(stage, serve, day, {
        "paper": paper, "party": "owner-1", "method": "direct", "sent_on": on, "received_on": on, "proof": "回证",
    })  # fmt: skip


def dates(stage: Stage, key: str) -> Reckoned:
    return reckon_all(stage.case, ENV)[key]


def last(stage: Stage, key: str) -> date | None:
    return dates(stage, key).last_day


def test_the_declaration_holds() -> None:
    judge(s.SEIZURE, ENV.library, s.DOCUMENTS)
    own = replace(s.supplement, per=s.prolonging)  # a paper from whose service the clock does not start
    clocks = tuple(own if clock is s.supplement else clock for clock in s.SEIZURE.clocks)
    with pytest.raises(DeclarationError, match="应当从它送达起算"):
        judge(replace(s.SEIZURE, clocks=clocks), ENV.library, s.DOCUMENTS)


def test_an_inspection_is_excluded_only_when_its_notice_was_served() -> None:
    stage = seized()
    do(stage, s.inspect, 4)
    do(stage, s.inspected, 14)
    assert last(stage, "holding") == date(2024, 3, 31)  # 30 days after 1 March, the inspection not excluded
    deliver(stage, "inspection-1", 15)
    assert last(stage, "holding") == date(2024, 4, 10)  # 6 to 15 March, ten days, drop out


def test_each_inspection_needs_its_own_notice() -> None:
    stage = seized()
    for begin in (2, 10):
        do(stage, s.inspect, begin)
        do(stage, s.inspected, begin + 3)
    deliver(stage, "inspection-2", 14)
    assert last(stage, "holding") == date(2024, 4, 3)
    deliver(stage, "inspection-1", 15)
    assert last(stage, "holding") == date(2024, 4, 6)


def test_what_the_superior_annuls_never_was_a_pause() -> None:
    stage = seized()
    do(stage, s.inspect, 4)
    deliver(stage, "inspection-1", 4)
    assert dates(stage, "holding").paused_since == date(2024, 3, 5)
    do(stage, s.overrule, 9)
    assert last(stage, "holding") == date(2024, 3, 31)


LONG, SHORT = State("long", "普通"), State("short", "简易")
SPEED = Track(name="speed", label="快慢", initial=LONG)
BY_SPEED = OnTrack(SPEED, {"long": Period("行政复议法", "审理"), "short": Period("行政复议法", "附带审查·有权处理")})
quicken = Step(name="quicken", label="从简", track=SPEED, at=(LONG,), to=SHORT, by=(BODY_HEAD,), article="第三条")
slow = Step(name="slow", label="转普通", track=SPEED, at=(SHORT,), to=LONG, by=(BODY_HEAD,), article="第三条")
BY_TRACK = replace(
    s.SEIZURE,
    clocks=tuple(replace(one, period=BY_SPEED) if one is s.holding else one for one in s.SEIZURE.clocks),
    steps=(*s.SEIZURE.steps, quicken, slow),
    tracks=(*s.SEIZURE.tracks, SPEED),
)


def seized_by_track() -> Stage:
    stage = Stage(BY_TRACK, ENV, s.FIRST)
    items = [{"thing": "货车"}]
    stage.perform(s.seize, s.FIRST, {"seized_at": "2024-03-01 09:30", "parties": OWNER, "items": items})
    return stage


def test_a_running_clock_takes_the_period_of_the_state_its_track_moved_to() -> None:
    stage = seized_by_track()
    assert last(stage, "holding") == s.FIRST + timedelta(days=60)
    do(stage, s.inspect, 4)
    deliver(stage, "inspection-1", 4)
    do(stage, s.inspected, 14)
    do(stage, quicken, 15)
    assert last(stage, "holding") == s.FIRST + timedelta(days=30 + 10)  # from the same start, the pause kept
    do(stage, slow, 20)
    assert last(stage, "holding") == s.FIRST + timedelta(days=60 + 10)


def test_what_ran_out_keeps_the_period_it_had() -> None:
    stage = seized_by_track()
    do(stage, quicken, 15)
    do(stage, slow, 40)
    assert stage.case.table("clock")["holding"]["lapsed"]["effect"] == "breaches"
    assert last(stage, "holding") == s.FIRST + timedelta(days=30)


def test_a_period_on_a_track_names_every_state() -> None:
    judge(BY_TRACK, ENV.library, s.DOCUMENTS)
    half = replace(s.holding, period=replace(BY_SPEED, periods={"long": BY_SPEED.periods["long"]}))
    clocks = tuple(half if one.name == "holding" else one for one in BY_TRACK.clocks)
    with pytest.raises(DeclarationError, match="快慢"):
        judge(replace(BY_TRACK, clocks=clocks), ENV.library, s.DOCUMENTS)


def test_an_extension_counts_from_the_service_of_its_notice() -> None:
    stage = seized()
    do(stage, s.extend, 20)
    assert last(stage, "holding") == date(2024, 3, 31)
    deliver(stage, "prolonging-1", 21)
    assert last(stage, "holding") == date(2024, 4, 30)
    with pytest.raises(GatesUnmet, match="最多只能延长1次"):
        do(stage, s.extend, 25)


def test_the_second_extension_follows_the_first_and_the_paper_sets_its_length() -> None:
    stage = seized()
    with pytest.raises(GatesUnmet, match="还没有经过“延长办案”"):
        do(stage, s.extend_again, 10, {"longer": 45})
    do(stage, s.extend_case, 10)
    first = last(stage, "handling")
    assert first == s.FIRST + timedelta(days=90 + 30)
    with pytest.raises(BadInput, match="请写明延长多少"):
        do(stage, s.extend_again, 11, {"longer": 0})
    do(stage, s.extend_again, 11, {"longer": 45})
    assert last(stage, "handling") == first + timedelta(days=45)


def test_every_item_has_its_own_clock() -> None:
    stage = seized("货车", "发票")
    assert {"keeping:thing-1", "keeping:thing-2"} <= set(stage.case.table("clock"))
    do(stage, s.return_thing, 5, party="thing-2")
    stopped = {key: row["stopped"] for key, row in stage.case.of("clock", name="keeping")}
    assert stopped == {"keeping:thing-1": None, "keeping:thing-2": "2024-03-06"}


def test_every_paper_starts_its_own_clock() -> None:
    stage = seized()
    for day in (2, 5):
        do(stage, s.ask, day)
        deliver(stage, f"demand-{1 if day == 2 else 2}", day + 1)
    assert last(stage, "supplement:demand-1") == date(2024, 3, 19)
    assert last(stage, "supplement:demand-2") == date(2024, 3, 22)
    do(stage, s.answer, 8, party="demand-1")
    assert stage.case.table("clock")["supplement:demand-1"]["stopped"] == "2024-03-09"
    assert stage.case.table("clock")["supplement:demand-2"]["stopped"] is None


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ({"within": 8, "within_unit": "day"}, date(2024, 3, 12)),
        ({"within": 5, "within_unit": "day"}, date(2024, 3, 9)),  # a Saturday, which this length keeps
        ({"within": 8, "within_unit": "workday"}, date(2024, 3, 14)),
        ({}, date(2024, 3, 19)),  # the law's fifteen days
    ],
)
def test_a_paper_sets_its_length_or_leaves_it_to_the_law(said: dict[str, Any], ends: date) -> None:
    stage = seized()
    do(stage, s.ask, 2, said)
    deliver(stage, "demand-1", 3)
    assert (last(stage, "supplement:demand-1"), dates(stage, "supplement:demand-1").rolled) == (ends, ends)
    told = [
        entry.text for entry in explain(running(stage.case.table("clock")["supplement:demand-1"], ENV), ENV.calendar)
    ]
    assert any(text.startswith("文书确定的期限：" if said else "法定期限：15日") for text in told)


def test_a_paper_that_sets_nothing_does_not_take_the_length_of_the_one_before() -> None:
    stage = seized()
    do(stage, s.ask, 2, {"within": 3, "within_unit": "day"})
    do(stage, s.ask, 2)
    deliver(stage, "demand-2", 3)
    assert last(stage, "supplement:demand-2") == date(2024, 3, 19)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"within": 31, "within_unit": "day"}, r"within.*不能长于法律规定的上限（30日）"),
        ({"within": 2, "within_unit": "month"}, r"within.*不能长于法律规定的上限"),
        ({"within": 0, "within_unit": "day"}, r"within.*至少为1"),
        ({"within": 3}, r"within_unit.*请写明期限的单位"),
    ],
)
def test_a_length_that_the_law_does_not_let_is_refused_at_its_field(said: dict[str, Any], fault: str) -> None:
    stage = seized()
    with pytest.raises(BadInput) as refusal:
        do(stage, s.ask, 2, said)
    assert re.search(fault, str(refusal.value.fields))


@pytest.mark.parametrize(("approved", "kept"), [("2024-03-02 09:30", True), ("2024-03-02 09:31", False)])
def test_hours_run_from_the_minute_to_the_minute(approved: str, kept: bool) -> None:
    stage = seized(at="2024-03-01 09:30")
    due = dates(stage, "approval").due_at
    assert due is not None
    assert due.isoformat() == "2024-03-02T09:30:00+08:00"
    do(stage, s.approve, 1, {"approved_at": approved})
    if kept:
        do(stage, s.finish, 2, {})
        assert stage.case.state == "over"
    else:
        with pytest.raises(GatesUnmet, match="超过了规定的小时数"):
            do(stage, s.finish, 2, {})


@pytest.mark.parametrize("said", ["昨天", "2024-03-01", "2024-02-30 10:00", "2024-03-01T09:30+09:00"])
def test_a_minute_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(BadInput, match=r"时刻|时、分"):
        seized(at=said)
