"""Due days at the edges, counted by hand on the wall calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from fadu.rules.clocks import Extended, Pause, PauseKind, Reckoned, Running, reckon
from fadu.rules.errors import Refusal
from fadu.rules.law import Kind, Unit
from fadu.rules.working_days import Calendar, load_calendar
from tests.rules.clock_histories import HOUSE_TIME, a_rule

CALENDAR = load_calendar()
STAYS, RESTARTS, EXCLUDED = PauseKind.STAYS, PauseKind.RESTARTS, PauseKind.EXCLUDED


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HOUSE_TIME)


def pause(begin: str, end: str | None, kind: PauseKind = STAYS) -> Pause:
    return Pause(day(begin), None if end is None else day(end), kind, "鉴定", "第三十九条")


def longer(amount: int, unit: str, on: str) -> Extended:
    return Extended(amount, Unit(unit), day(on), "第六十二条", "情况复杂")


def count(start: str, amount: int, unit: str, *, rolls: bool = True, **inputs: Any) -> Reckoned:
    return reckon(Running(a_rule(amount, unit, rolls=rolls), day(start), "收到申请", **inputs), CALENDAR)


def days_of(result: Reckoned) -> tuple[str, str]:
    return str(result.last_day), str(result.rolled)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last", "rolled"),
    [
        # 春节 2023: off from 21 to 27 January, worked on Saturday 28 and Sunday 29
        ("2023-01-20", 3, "workday", "2023-01-30", "2023-01-30"),
        ("2023-01-20", 1, "workday", "2023-01-28", "2023-01-28"),
        ("2023-01-13", 10, "day", "2023-01-23", "2023-01-28"),
        ("2022-12-27", 1, "month", "2023-01-27", "2023-01-28"),
        # 国庆 2023: off from 29 September to 6 October, worked on Saturday 7 and Sunday 8
        ("2023-09-28", 5, "workday", "2023-10-11", "2023-10-11"),
        ("2023-09-28", 7, "day", "2023-10-05", "2023-10-07"),
        ("2023-09-23", 15, "day", "2023-10-08", "2023-10-08"),
        ("2023-10-07", 1, "workday", "2023-10-08", "2023-10-08"),  # starts on a worked Saturday
        ("2023-09-30", 2, "workday", "2023-10-08", "2023-10-08"),  # starts on a holiday
        # over New Year 2024: off from Saturday 30 December to Monday 1 January
        ("2023-12-27", 5, "workday", "2024-01-04", "2024-01-04"),
        ("2023-12-15", 15, "day", "2023-12-30", "2024-01-02"),
        # months and years: the corresponding day, or the month's end
        ("2023-01-31", 1, "month", "2023-02-28", "2023-02-28"),
        ("2024-01-31", 1, "month", "2024-02-29", "2024-02-29"),
        ("2023-02-28", 1, "month", "2023-03-28", "2023-03-28"),
        ("2024-12-31", 2, "month", "2025-02-28", "2025-02-28"),
        ("2024-08-31", 6, "month", "2025-02-28", "2025-02-28"),
        ("2024-02-29", 1, "year", "2025-02-28", "2025-02-28"),
        ("2020-02-29", 4, "year", "2024-02-29", "2024-02-29"),
        ("2023-12-31", 3, "month", "2024-03-31", "2024-04-01"),
        # nothing to count
        ("2023-10-10", 0, "day", "2023-10-10", "2023-10-10"),
        ("2023-10-01", 0, "workday", "2023-10-01", "2023-10-07"),
    ],
)
def test_plain_periods(start: str, amount: int, unit: str, last: str, rolled: str) -> None:
    assert days_of(count(start, amount, unit)) == (last, rolled)


def test_a_statute_without_rolling_keeps_the_holiday() -> None:
    assert days_of(count("2023-01-13", 10, "day", rolls=False)) == ("2023-01-23", "2023-01-23")


def test_a_duty_is_strict_and_a_right_generous() -> None:
    duty = count("2023-01-13", 10, "day")
    right = count("2023-01-13", 10, "day", against_authority=False)
    assert (str(duty.due), str(duty.lapses_after)) == ("2023-01-23", "2023-01-28")
    assert (str(right.due), str(right.lapses_after)) == ("2023-01-28", "2023-01-28")
    assert not duty.in_time(day("2023-01-24"))
    assert right.in_time(day("2023-01-28"))
    assert not right.in_time(day("2023-01-29"))


@pytest.mark.parametrize(
    ("pauses", "last", "rolled"),
    [
        ((), "2023-03-16", "2023-03-16"),
        ((pause("2023-03-06", "2023-03-08"),), "2023-03-18", "2023-03-20"),  # begins on the start day
        ((pause("2023-03-01", "2023-03-08"),), "2023-03-18", "2023-03-20"),  # began before the start
        ((pause("2023-03-01", "2023-03-06"),), "2023-03-16", "2023-03-16"),  # over before the first day
        ((pause("2023-03-10", "2023-03-10"),), "2023-03-16", "2023-03-16"),  # ended on its own day
        ((pause("2023-03-10", "2023-03-12"),), "2023-03-18", "2023-03-20"),
        ((pause("2023-03-14", "2023-03-16"),), "2023-03-18", "2023-03-20"),  # ends on the due day
        ((pause("2023-03-15", "2023-03-17"),), "2023-03-18", "2023-03-20"),
        ((pause("2023-03-16", "2023-03-21"),), "2023-03-21", "2023-03-21"),  # begins on the due day
        ((pause("2023-03-17", "2023-03-25"),), "2023-03-16", "2023-03-16"),  # after it: no effect
        ((pause("2023-03-17", None),), "2023-03-16", "2023-03-16"),
        # overlapping, nested, touching: every day once
        (
            (pause("2023-03-08", "2023-03-10"), pause("2023-03-09", "2023-03-12", EXCLUDED)),
            "2023-03-20",
            "2023-03-20",
        ),
        (
            (pause("2023-03-08", "2023-03-12"), pause("2023-03-09", "2023-03-10", EXCLUDED)),
            "2023-03-20",
            "2023-03-20",
        ),
        ((pause("2023-03-08", "2023-03-10"), pause("2023-03-10", "2023-03-12")), "2023-03-20", "2023-03-20"),
        # a second pause begins only because the first one moved the due day
        ((pause("2023-03-10", "2023-03-12"), pause("2023-03-17", "2023-03-22")), "2023-03-23", "2023-03-23"),
    ],
)
def test_pauses_of_a_ten_day_clock(pauses: tuple[Pause, ...], last: str, rolled: str) -> None:
    assert days_of(count("2023-03-06", 10, "day", pauses=pauses)) == (last, rolled)


@pytest.mark.parametrize(
    ("pauses", "last"),
    [
        ((), "2023-03-13"),
        ((pause("2023-03-10", "2023-03-12"),), "2023-03-13"),  # wholly on a weekend: nothing is lost
        ((pause("2023-03-06", "2023-03-08"),), "2023-03-15"),
        ((pause("2023-03-09", "2023-03-11"),), "2023-03-14"),
        ((pause("2023-03-12", "2023-03-13"),), "2023-03-14"),  # ends on the due day
        ((pause("2023-03-13", "2023-03-15"),), "2023-03-15"),  # begins on the due day
    ],
)
def test_pauses_of_a_five_working_day_clock(pauses: tuple[Pause, ...], last: str) -> None:
    assert str(count("2023-03-06", 5, "workday", pauses=pauses).due) == last


def test_a_working_day_clock_that_waits_until_a_sunday_ends_on_monday_by_law() -> None:
    result = count("2023-03-06", 5, "workday", pauses=(pause("2023-03-13", "2023-03-19"),))
    assert days_of(result) == ("2023-03-19", "2023-03-20")


def test_months_get_the_paused_days_at_their_end() -> None:
    assert days_of(count("2023-03-06", 1, "month", pauses=(pause("2023-03-10", "2023-03-20"),))) == (
        "2023-04-16",
        "2023-04-17",
    )
    assert str(count("2023-01-31", 1, "month", pauses=(pause("2023-02-01", "2023-02-04"),)).due) == "2023-03-03"


def test_a_pause_on_the_days_of_rolling_keeps_the_right_alive() -> None:
    sunday = pause("2023-03-19", "2023-03-22")
    result = count("2023-03-08", 10, "day", pauses=(sunday,), against_authority=False)
    assert (str(result.last_day), str(result.due)) == ("2023-03-18", "2023-03-23")
    still = count("2023-03-08", 10, "day", pauses=(pause("2023-03-19", None),), against_authority=False)
    assert (still.due, str(still.last_day), str(still.paused_since)) == (None, "2023-03-18", "2023-03-19")


def test_an_open_pause_leaves_no_due_day() -> None:
    result = count("2023-03-06", 10, "day", pauses=(pause("2023-03-10", None),))
    assert (result.due, result.last_day, result.rolled, result.lapses_after) == (None, None, None, None)
    assert str(result.paused_since) == "2023-03-10"
    assert result.in_time(day("2030-01-01"))
    assert [result.remaining_at(day(d), CALENDAR) for d in ("2023-03-06", "2023-03-10", "2023-05-01")] == [
        10,
        6,
        6,
    ]
    on_the_due_day = count("2023-03-06", 10, "day", pauses=(pause("2023-03-16", None),))
    assert (on_the_due_day.due, str(on_the_due_day.paused_since)) == (None, "2023-03-16")


@pytest.mark.parametrize(
    ("begin", "end", "due"),
    [
        ("2024-03-06", "2024-03-20", "2024-03-27"),
        ("2024-03-04", "2024-03-04", "2024-03-11"),  # on the start day: the same clock
        ("2024-03-05", "2024-03-05", "2024-03-12"),  # begun and ended on one day
        ("2024-03-11", "2024-03-20", "2024-03-27"),  # on the last day: still in time
        ("2024-03-12", "2024-03-20", "2024-03-11"),  # too late
        ("2024-02-20", "2024-03-01", "2024-03-11"),  # over before the start
        ("2024-03-01", "2024-03-06", "2024-03-13"),  # lasts over the start
        ("2024-03-06", None, "None"),
    ],
)
def test_restarts(begin: str, end: str | None, due: str) -> None:
    assert str(count("2024-03-04", 5, "workday", pauses=(pause(begin, end, RESTARTS),)).due) == due


def test_a_restart_on_the_rolled_day_is_in_time() -> None:
    monday = count("2023-03-08", 10, "day", pauses=(pause("2023-03-20", "2023-03-27", RESTARTS),))
    tuesday = count("2023-03-08", 10, "day", pauses=(pause("2023-03-21", "2023-03-27", RESTARTS),))
    assert (str(monday.due), str(tuesday.due)) == ("2023-04-06", "2023-03-18")


def test_a_restart_forgets_earlier_extensions_and_keeps_later_ones() -> None:
    restart = pause("2024-03-06", "2024-03-20", RESTARTS)
    before, same, after = (longer(5, "workday", on) for on in ("2024-03-05", "2024-03-20", "2024-03-22"))
    due = [
        str(count("2024-03-04", 5, "workday", pauses=(restart,), extensions=(e,)).due) for e in (before, same, after)
    ]
    assert due == ["2024-03-27", "2024-04-03", "2024-04-03"]


def test_a_pending_restart_has_the_full_period_left() -> None:
    result = count("2024-03-04", 5, "workday", pauses=(pause("2024-03-06", None, RESTARTS),))
    assert [result.remaining_at(day(d), CALENDAR) for d in ("2024-03-05", "2024-03-07", "2024-04-01")] == [
        4,
        5,
        5,
    ]
    assert str(result.paused_since) == "2024-03-06"


def test_extensions_in_the_same_unit_lengthen_the_period() -> None:
    assert days_of(count("2023-03-06", 60, "day", extensions=(longer(30, "day", "2023-05-01"),))) == (
        "2023-06-04",
        "2023-06-05",
    )
    twice = (longer(1, "month", "2023-02-01"), longer(1, "month", "2023-03-01"))
    assert str(count("2022-12-31", 2, "month", extensions=twice).due) == "2023-04-30"


def test_extensions_in_another_unit_begin_at_the_end_of_the_base() -> None:
    ten = (longer(10, "workday", "2023-05-01"),)
    assert str(count("2023-03-06", 2, "month", extensions=ten).due) == "2023-05-19"
    three = (longer(3, "workday", "2023-03-10"),)
    assert str(count("2023-03-08", 10, "day", extensions=three).due) == "2023-03-22"
    assert str(count("2023-03-08", 10, "day", extensions=three, against_authority=False).due) == "2023-03-23"


def test_a_pause_in_the_extension_counts_in_the_unit_of_the_extension() -> None:
    ten = (longer(10, "workday", "2023-05-01"),)
    over_a_weekend = (pause("2023-05-12", "2023-05-15"),)
    assert str(count("2023-03-06", 2, "month", extensions=ten, pauses=over_a_weekend).due) == "2023-05-22"


def test_the_paper_sets_the_length() -> None:
    silent = a_rule(None, None, kind=Kind.BY_PAPER, rolls=False)
    told = Running(silent, day("2023-03-06"), "送达", amount=15, unit=Unit.WORKDAY)
    assert str(reckon(told, CALENDAR).due) == "2023-03-27"
    shorter = Running(a_rule(60, "day"), day("2023-03-06"), "送达", amount=20)
    assert str(reckon(shorter, CALENDAR).due) == "2023-03-26"
    for half in (silent, a_rule(None, "day"), a_rule(15, None)):
        with pytest.raises(Refusal, match="没有规定"):
            reckon(Running(half, day("2023-03-06"), "送达"), CALENDAR)


def test_hours_run_to_the_minute_for_an_authority_and_from_the_next_hour_for_a_person() -> None:
    duty = count("2023-03-10", 24, "hour", start_time=at("2023-03-10 10:20"))
    right = count("2023-03-10", 24, "hour", start_time=at("2023-03-10 10:20"), against_authority=False)
    assert (duty.due_at, right.due_at) == (at("2023-03-11 10:20"), at("2023-03-11 11:00"))
    assert days_of(duty) == ("2023-03-11", "2023-03-11")  # a Saturday: hours do not roll
    assert duty.minutes_at(at("2023-03-11 10:00")) == 20
    assert duty.minutes_at(at("2023-03-11 10:21")) == -1


def test_hours_end_at_midnight_of_the_day_before() -> None:
    result = count("2023-03-10", 14, "hour", start_time=at("2023-03-10 10:00"))
    assert (result.due_at, str(result.due)) == (at("2023-03-11 00:00"), "2023-03-10")


def test_excluded_days_take_no_hours() -> None:
    two_days = (pause("2023-03-10", "2023-03-12", EXCLUDED),)
    result = count("2023-03-10", 24, "hour", start_time=at("2023-03-10 10:20"), pauses=two_days)
    assert result.due_at == at("2023-03-13 10:20")
    whole_start = (pause("2023-03-09", "2023-03-10"),)
    result = count("2023-03-10", 24, "hour", start_time=at("2023-03-10 10:20"), pauses=whole_start)
    assert result.due_at == at("2023-03-12 00:00")
    open_pause = count("2023-03-10", 24, "hour", start_time=at("2023-03-10 10:20"), pauses=(pause("2023-03-10", None),))
    assert (open_pause.due, open_pause.due_at, open_pause.minutes_at(at("2023-03-10 11:00"))) == (
        None,
        None,
        None,
    )


def test_hours_need_the_moment_of_their_start() -> None:
    with pytest.raises(Refusal, match="起算的时刻"):
        count("2023-03-10", 24, "hour")
    with pytest.raises(Refusal, match="起算的时刻"):
        count("2023-03-10", 24, "hour", start_time=datetime(2023, 3, 10, 10, 20))
    with pytest.raises(Refusal, match="不是同一天"):
        count("2023-03-10", 24, "hour", start_time=at("2023-03-11 10:20"))


def test_a_day_of_the_calendar_comes_after_the_start_and_ignores_pauses() -> None:
    yearly = a_rule(None, None, kind=Kind.DATE, month_day="01-31", rolls=False)
    once = a_rule(None, None, kind=Kind.DATE, month_day="2025-12-31", rolls=False)
    leap = a_rule(None, None, kind=Kind.DATE, month_day="02-29", rolls=False)
    stay = (pause("2025-01-02", "2025-01-20"),)
    found = [
        reckon(Running(rule, day(start), "年度终了", pauses=stay), CALENDAR).due
        for rule, start in (
            (yearly, "2024-12-31"),
            (yearly, "2025-01-31"),
            (once, "2024-12-31"),
            (leap, "2024-12-31"),
        )
    ]
    assert [str(one) for one in found] == ["2025-01-31", "2026-01-31", "2025-12-31", "2025-02-28"]


def test_days_left() -> None:
    working = count("2023-09-28", 5, "workday")
    asked = ("2023-09-01", "2023-09-28", "2023-10-03", "2023-10-07", "2023-10-11", "2023-10-12", "2023-10-15")
    assert [working.remaining_at(day(d), CALENDAR) for d in asked] == [5, 5, 5, 4, 0, -1, -2]
    right = count("2023-03-08", 10, "day", against_authority=False)
    assert [right.remaining_at(day(d), CALENDAR) for d in ("2023-03-08", "2023-03-18", "2023-03-21")] == [
        12,
        2,
        -1,
    ]


def test_a_stopped_clock_keeps_what_was_left() -> None:
    result = count("2023-03-06", 10, "day", stopped=day("2023-03-10"))
    assert [result.remaining_at(day(d), CALENDAR) for d in ("2023-03-08", "2023-03-10", "2024-01-01")] == [
        8,
        6,
        6,
    ]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "rolls", "provisional"),
    [
        ("2026-12-01", 5, "workday", True, False),
        ("2026-12-25", 1, "workday", True, False),
        ("2026-12-25", 2, "workday", True, True),  # 29 December: the notice for 2019 reached so far back
        ("2026-12-30", 1, "workday", True, True),
        ("2026-12-30", 5, "workday", True, True),
        ("2026-12-02", 30, "day", True, True),
        ("2026-12-02", 30, "day", False, False),  # nothing in it depends on a notice
        ("2026-11-30", 28, "day", True, False),
        ("2026-11-26", 30, "day", True, False),  # a Saturday that rolls to Monday the 28th
        ("2026-11-30", 30, "day", True, True),
        ("2026-11-30", 30, "day", False, False),
        ("2026-06-01", 1, "year", True, True),
    ],
)
def test_provisional(start: str, amount: int, unit: str, rolls: bool, provisional: bool) -> None:
    assert count(start, amount, unit, rolls=rolls).provisional is provisional


def test_a_missing_notice_in_the_middle_or_behind_a_pause_is_noticed() -> None:
    notices = [CALENDAR.notice(year) for year in CALENDAR.years if year != 2024]
    gap_year = Calendar(notices)
    long = Running(a_rule(300, "workday"), day("2023-12-01"), "收到申请")
    assert reckon(long, gap_year).provisional
    assert not reckon(long, CALENDAR).provisional
    out_of_it = Running(a_rule(5, "workday"), day("2024-12-26"), "收到申请")
    assert reckon(out_of_it, gap_year).provisional
    behind_it = Running(a_rule(5, "workday"), day("2024-12-31"), "收到申请")
    assert not reckon(behind_it, gap_year).provisional
    paused = Running(a_rule(9, "workday"), day("2023-12-28"), "收到申请", pauses=(pause("2024-01-03", None),))
    assert reckon(paused, gap_year).provisional
    for authority in (True, False):  # only a person's second length begins on a rolled day
        joint = Running(
            a_rule(2, "day"),
            day("2023-12-29"),
            "收到申请",
            extensions=(longer(1, "year", "2023-12-30"), longer(400, "day", "2023-12-30")),
            against_authority=authority,
        )
        assert reckon(joint, gap_year).provisional is not authority


def test_the_digest_names_the_inputs_and_nothing_else() -> None:
    base = Running(a_rule(), day("2023-03-06"), "收到申请", pauses=(pause("2023-03-08", "2023-03-09"),))
    same = Running(a_rule(), day("2023-03-06"), "收到申请书", pauses=(pause("2023-03-08", "2023-03-09"),))
    others = [
        Running(a_rule(61), day("2023-03-06"), "收到申请", pauses=base.pauses),
        Running(a_rule(rolls=False), day("2023-03-06"), "收到申请", pauses=base.pauses),
        Running(a_rule(), day("2023-03-07"), "收到申请", pauses=base.pauses),
        Running(a_rule(), day("2023-03-06"), "收到申请"),
        Running(a_rule(), day("2023-03-06"), "收到申请", pauses=(pause("2023-03-08", None),)),
        Running(a_rule(), day("2023-03-06"), "收到申请", pauses=base.pauses, amount=60),
        Running(a_rule(), day("2023-03-06"), "收到申请", pauses=base.pauses, against_authority=False),
        Running(a_rule(), day("2023-03-06"), "收到申请", pauses=base.pauses, stopped=day("2023-03-10")),
        Running(
            a_rule(),
            day("2023-03-06"),
            "收到申请",
            pauses=base.pauses,
            extensions=(longer(1, "day", "2023-03-10"),),
        ),
    ]
    digests = {reckon(one, CALENDAR).digest for one in (base, *others)}
    assert len(digests) == len(others) + 1
    assert reckon(same, CALENDAR).digest == reckon(base, CALENDAR).digest
    for year, same_days in ((2026, True), (2023, False)):  # only the days that the calendar decided are inputs
        without = Calendar(CALENDAR.notice(other) for other in CALENDAR.years if other != year)
        assert (reckon(base, without).digest == reckon(base, CALENDAR).digest) is same_days
    assert len(reckon(base, CALENDAR).digest) == 64


def test_impossible_inputs_are_refused() -> None:
    with pytest.raises(Refusal, match="早于开始日"):
        pause("2023-03-08", "2023-03-07")
    with pytest.raises(Refusal, match="负数"):
        count("2023-03-06", -1, "day")
    with pytest.raises(Refusal, match="超出可计算的年份"):
        count("2023-03-06", 9000, "year")


def test_a_year_of_single_days_is_the_ordinary_calendar() -> None:
    for amount in range(1, 366):
        assert count("2023-03-06", amount, "day", rolls=False).due == day("2023-03-06") + timedelta(days=amount)
