"""Lights, minimum waits, leads counted backwards, service by public notice, earliest and latest of days."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.rules.clocks import (
    Light,
    Thresholds,
    earliest,
    latest,
    latest_before,
    light,
    public_notice_effective,
    wait_over,
)
from fadu.rules.errors import Refusal
from fadu.rules.law import Kind, Unit
from fadu.rules.working_days import load_calendar
from tests.rules.clock_histories import a_rule

CALENDAR = load_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("looked", "shown"),
    [
        ("2023-09-26", Light.GREEN),
        ("2023-09-27", Light.YELLOW),  # three working days left: 28 September, 7 and 8 October
        ("2023-10-06", Light.YELLOW),
        ("2023-10-07", Light.RED),
        ("2023-10-08", Light.RED),
        ("2023-10-09", Light.RED),
    ],
)
def test_lights_by_working_days(looked: str, shown: Light) -> None:
    thresholds = Thresholds(yellow=3, red=1, unit=Unit.WORKDAY)
    assert light(day("2023-10-08"), day(looked), CALENDAR, thresholds) is shown


@pytest.mark.parametrize(
    ("looked", "shown"),
    [("2023-10-03", "绿灯"), ("2023-10-04", "黄灯"), ("2023-10-09", "黄灯"), ("2023-10-10", "红灯")],
)
def test_lights_by_calendar_days_turn_red_only_when_late(looked: str, shown: str) -> None:
    assert light(day("2023-10-09"), day(looked), CALENDAR, Thresholds(yellow=5)).label == shown


def test_a_clock_without_a_due_day_is_grey() -> None:
    assert light(None, day("2023-10-09"), CALENDAR, Thresholds(yellow=5)) is Light.GREY


def test_yellow_may_be_left_out_by_giving_red_the_same_days() -> None:
    no_yellow = Thresholds(yellow=2, red=2)
    shown = [light(day("2023-10-09"), day(d), CALENDAR, no_yellow) for d in ("2023-10-06", "2023-10-07")]
    assert shown == [Light.GREEN, Light.RED]


def test_thresholds_that_contradict_each_other_are_refused() -> None:
    for impossible in ({"yellow": 1, "red": 2}, {"yellow": 3, "unit": Unit.MONTH}):
        with pytest.raises(Refusal, match="预警天数"):
            Thresholds(**impossible)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "rolls", "allowed"),
    [
        ("2023-09-28", 5, "workday", True, "2023-10-12"),
        ("2023-09-24", 10, "day", True, "2023-10-08"),  # ends on 4 October, rolled to the 7th
        ("2023-09-24", 10, "day", False, "2023-10-05"),
        ("2023-01-31", 1, "month", True, "2023-03-01"),
        ("2023-03-10", 24, "hour", True, "2023-03-12"),
        ("2023-03-10", 25, "hour", True, "2023-03-13"),
    ],
)
def test_waits(start: str, amount: int, unit: str, rolls: bool, allowed: str) -> None:
    rule = a_rule(amount, unit, rolls=rolls, kind=Kind.MIN)
    assert wait_over(rule, day(start), CALENDAR) == day(allowed)


def test_of_a_range_the_shorter_length_must_have_passed() -> None:
    rule = a_rule(7, "workday", kind=Kind.RANGE, amount_min=5)
    assert wait_over(rule, day("2023-09-28"), CALENDAR) == day("2023-10-12")


@pytest.mark.parametrize(
    ("event", "amount", "unit", "at_latest"),
    [
        ("2023-10-10", 7, "workday", "2023-09-25"),
        ("2023-10-09", 1, "workday", "2023-10-08"),
        ("2023-10-03", 1, "workday", "2023-09-28"),  # the event on a holiday
        ("2023-10-10", 5, "day", "2023-10-05"),  # on a holiday, and never rolled towards the event
        ("2023-03-31", 1, "month", "2023-02-28"),
        ("2024-02-29", 1, "year", "2023-02-28"),
        ("2023-10-10", 24, "hour", "2023-10-09"),
        ("2023-10-10", 25, "hour", "2023-10-08"),
    ],
)
def test_leads(event: str, amount: int, unit: str, at_latest: str) -> None:
    rule = a_rule(amount, unit, kind=Kind.LEAD, rolls=False)
    assert latest_before(rule, day(event), CALENDAR) == day(at_latest)


@pytest.mark.parametrize(
    ("published", "amount", "unit", "effective"),
    [
        ("2024-03-01", 30, "day", "2024-03-31"),  # a Sunday: nobody has to act, it does not roll
        ("2021-12-03", 60, "day", "2022-02-01"),
        ("2024-01-31", 1, "month", "2024-02-29"),
        ("2024-02-29", 1, "year", "2025-02-28"),
    ],
)
def test_public_notice(published: str, amount: int, unit: str, effective: str) -> None:
    assert public_notice_effective(a_rule(amount, unit), day(published)) == day(effective)


def test_public_notice_is_not_counted_in_working_days() -> None:
    with pytest.raises(Refusal, match="公告送达"):
        public_notice_effective(a_rule(30, "workday"), day("2024-03-01"))


def test_earliest_and_latest() -> None:
    first, second = day("2024-03-01"), day("2024-05-01")
    assert earliest(second, None, first) == first
    assert earliest(None, None) is None
    assert latest(first, second) == second
    assert latest(first, None) is None
    assert latest() is None
