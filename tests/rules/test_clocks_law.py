"""Every period of the law library makes a clock, and the naive counter agrees on it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from fadu.rules.clocks import Running, explain, latest_before, reckon, wait_over
from fadu.rules.errors import Refusal
from fadu.rules.law import Kind, Roll, Rule, Unit, load_library
from fadu.rules.working_days import load_calendar
from tests.rules.clock_histories import HOUSE_TIME
from tests.rules.naive_counter import ALMANAC, History, answer

CALENDAR = load_calendar()
RULES = load_library().rules()
START = date(2023, 9, 27)
MORNING = datetime(2023, 9, 27, 9, 30, tzinfo=HOUSE_TIME)


def a_clock(rule: Rule) -> Running:
    return Running(rule, START, "起算", start_time=MORNING if rule.unit is Unit.HOUR else None)


def test_periods_with_a_number_end_where_the_naive_counter_says() -> None:
    forward = [r for r in RULES if r.amount is not None and r.unit is not None and r.kind is not Kind.LEAD]
    assert len(forward) > 300
    for rule in forward:
        history = History(START, rule.amount or 0, str(rule.unit), rolls=rule.roll is Roll.NEXT, at=MORNING)
        expected, got = answer(history, ALMANAC), reckon(a_clock(rule), CALENDAR)
        assert (got.last_day, got.rolled, got.due_at) == (expected.last, expected.rolled, expected.minute), rule
        assert explain(a_clock(rule), CALENDAR)[1].article == rule.cite


def test_periods_without_a_number_ask_for_the_paper() -> None:
    silent = [r for r in RULES if r.kind is Kind.BY_PAPER]
    assert silent
    for rule in silent:
        with pytest.raises(Refusal, match="没有规定"):
            reckon(a_clock(rule), CALENDAR)
        told = Running(rule, START, "送达", amount=15, unit=Unit.DAY)
        assert reckon(told, CALENDAR).last_day == date(2023, 10, 12)


def test_days_of_the_calendar_come_after_the_start_or_are_fixed() -> None:
    dated = [r for r in RULES if r.kind is Kind.DATE]
    assert dated
    for rule in dated:
        due = reckon(a_clock(rule), CALENDAR).due
        assert due is not None
        assert due.isoformat().endswith(rule.month_day or "none")
        assert due > START or len(rule.month_day or "") == len("2023-01-01")


def test_leads_come_before_and_waits_after() -> None:
    for rule in RULES:
        if rule.kind is Kind.LEAD:
            assert latest_before(rule, START, CALENDAR) < START
        if rule.kind in (Kind.MIN, Kind.RANGE):
            assert wait_over(rule, START, CALENDAR) > START
