"""The explanation of a clock: its counted days add up to the period, every skipped day has a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from fadu.rules.clocks import (
    DayLine,
    Entry,
    EntryKind,
    Extended,
    Pause,
    PauseKind,
    Running,
    explain,
    explain_days,
    reckon,
)
from fadu.rules.law import Kind, Unit
from fadu.rules.working_days import load_calendar
from tests.rules.clock_histories import HOUSE_TIME, a_rule, as_running, random_history
from tests.rules.naive_counter import ALMANAC, History, paused

CALENDAR = load_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def texts(running: Running, *kinds: EntryKind) -> list[str]:
    return [entry.text for entry in explain(running, CALENDAR) if not kinds or entry.kind in kinds]


def last_run(entries: list[Entry]) -> list[Entry]:
    """The entries after the last restart."""
    starts = [i for i, entry in enumerate(entries) if entry.kind is EntryKind.START]
    return entries[starts[-1] :]


def counted_days(running: Running) -> int:
    return sum(e.days for e in last_run(explain(running, CALENDAR)) if e.kind is EntryKind.COUNTED)


def closed_histories(seed: str, number: int) -> list[History]:
    """Histories in days or working days that reach an end, with one length."""
    random, found = Random(seed), []
    while len(found) < number:
        history = random_history(random)
        same_unit = all(unit == history.unit for _, unit, _ in history.extensions)
        if history.unit in ("day", "workday") and same_unit and reckon(as_running(history), CALENDAR).rolled:
            found.append(history)
    return found


def test_the_counted_days_add_up_to_the_period() -> None:
    for history in closed_histories("sum", 400):
        running = as_running(history)
        run = last_run(explain(running, CALENDAR))
        granted = sum(
            e.amount for e in running.extensions if any(x.kind is EntryKind.EXTENDED and x.since == e.on for x in run)
        )
        assert counted_days(running) == history.amount + granted, history


def test_counted_months_add_up_to_the_days_of_the_months() -> None:
    stay = (Pause(day("2023-02-05"), day("2023-02-20"), PauseKind.STAYS, "鉴定"),)
    assert counted_days(Running(a_rule(1, "month"), day("2023-01-31"), "", pauses=stay)) == 28
    assert counted_days(Running(a_rule(1, "year"), day("2024-02-29"), "")) == 365


def test_every_day_has_its_line_and_every_line_its_reason() -> None:
    for history in closed_histories("days", 300):
        running, result = as_running(history), reckon(as_running(history), CALENDAR)
        lines = explain_days(running, CALENDAR)
        assert all(line.reason for line in lines)
        assert lines[-1].day == max(result.rolled or lines[-1].day, history.start)
        days = [line.day for line in lines]
        assert all(timedelta(0) <= later - earlier <= timedelta(1) for earlier, later in pairwise(days)), history
        assert all((line.ordinal is not None) == line.counted for line in lines)


def test_a_counted_day_is_neither_paused_nor_a_holiday_of_a_working_day_clock() -> None:
    for history in closed_histories("counted", 300):
        for line in explain_days(as_running(history), CALENDAR):
            if line.counted:
                assert not paused(history, line.day), history
                assert history.unit == "day" or ALMANAC.worked(line.day), history


def test_entries_follow_one_another_and_cover_what_the_days_cover() -> None:
    told = (EntryKind.COUNTED, EntryKind.SKIPPED, EntryKind.PAUSED, EntryKind.ROLLED)
    for history in closed_histories("entries", 200):
        running = as_running(history)
        entries = [e for e in explain(running, CALENDAR) if e.kind in told and e.days]
        starts = [e for e in explain(running, CALENDAR) if e.kind is EntryKind.START]
        broken = [e for e in explain(running, CALENDAR) if e.kind is EntryKind.RESTARTED]
        between = sum(
            max((e.until or e.since) - max(e.since, s.since), timedelta(1)).days - 1
            for s, e in zip(starts, broken, strict=False)
        )
        assert sum(e.days for e in entries) + len(starts) + between == len(explain_days(running, CALENDAR)), history
        assert all(e.until is not None and e.days == (e.until - e.since).days + 1 for e in entries)


def test_the_golden_week_in_words() -> None:
    running = Running(a_rule(5, "workday"), day("2023-09-27"), "《行政复议申请书》送达复议机关")
    assert texts(running) == [
        "2023年9月27日，《行政复议申请书》送达复议机关，开始之日不计入。",
        "法定期限：5个工作日（试验期限）。",
        "2023年9月28日 共1个工作日（第1）",
        "2023年9月29日 不计入：中秋节放假（国办发明电〔2022〕16号）",
        "2023年9月30日—10月6日 不计入：国庆节放假（国办发明电〔2022〕16号）",
        "2023年10月7日—10月10日 共4个工作日（第2至第5），其中10月7日、10月8日调休上班（国办发明电〔2022〕16号）",
        "最后一日为2023年10月10日（工作日），不需要顺延。",
        "不顺延：2023年10月10日；顺延：2023年10月10日。对机关从严，预警以不顺延的日期为准。",
    ]


def test_a_weekend_is_one_entry() -> None:
    running = Running(a_rule(5, "workday"), day("2023-03-06"), "受理")
    assert texts(running, EntryKind.SKIPPED) == ["2023年3月11日—3月12日 不计入：周六、周日"]
    alone = Running(a_rule(1, "workday"), day("2023-03-11"), "受理")
    assert texts(alone, EntryKind.SKIPPED) == ["2023年3月12日 不计入：周日"]


def test_rolling_is_told_with_its_reason_and_both_days() -> None:
    running = Running(a_rule(10, "day"), day("2023-01-13"), "知道该行为", against_authority=False)
    assert texts(running, EntryKind.LAST_DAY, EntryKind.BOTH_DAYS) == [
        "最后一日为2023年1月23日（春节放假（国办发明电〔2022〕16号）），不是工作日，"
        "顺延至2023年1月28日（调休上班（国办发明电〔2022〕16号））。",
        "不顺延：2023年1月23日；顺延：2023年1月28日。对当事人从宽，以顺延的日期为准。",
    ]
    assert texts(running, EntryKind.ROLLED)[0] == "2023年1月24日—1月27日 顺延：春节放假（国办发明电〔2022〕16号）"
    strict = Running(a_rule(10, "day", rolls=False), day("2023-01-13"), "受理")
    assert texts(strict, EntryKind.LAST_DAY)[0].endswith("该期限不适用节假日顺延。")


def test_pauses_extensions_restarts_and_the_stop_are_told() -> None:
    running = Running(
        a_rule(10, "day"),
        day("2023-03-06"),
        "受理",
        pauses=(
            Pause(day("2023-03-08"), day("2023-03-10"), PauseKind.STAYS, "当事人死亡", "第三十九条"),
            Pause(day("2023-03-09"), day("2023-03-10"), PauseKind.EXCLUDED, "鉴定", "第三十四条"),
            Pause(day("2023-03-13"), day("2023-03-20"), PauseKind.RESTARTS, "补正", "第三十一条"),
        ),
        extensions=(Extended(5, Unit.DAY, day("2023-03-21"), "第六十二条", "情况复杂"),),
        stopped=day("2023-03-28"),
    )
    assert texts(running, EntryKind.PAUSED) == [
        "2023年3月9日 不计入1日：中止（当事人死亡）",
        "2023年3月10日 不计入1日：中止（当事人死亡）；扣除（鉴定）",
    ]
    assert texts(running, EntryKind.RESTARTED) == [
        "2023年3月13日—3月20日 补正，此前计算作废，期限自2023年3月20日起重新计算。"
    ]
    assert texts(running, EntryKind.EXTENDED) == ["2023年3月21日延长5日：情况复杂。"]
    assert texts(running, EntryKind.STOPPED) == ["2023年3月28日办结，计时停止。"]
    articles = {e.article for e in explain(running, CALENDAR)}
    assert {"第三十九条", "第三十九条；第三十四条", "第三十一条", "第六十二条", a_rule().cite} <= articles
    assert counted_days(running) == 15


def test_an_open_pause_is_told_as_open() -> None:
    stay = Pause(day("2023-03-08"), None, PauseKind.STAYS, "等待他案", "第三十九条")
    running = Running(a_rule(10, "day"), day("2023-03-06"), "受理", pauses=(stay,))
    last = explain(running, CALENDAR)[-1]
    assert (last.kind, last.until) == (EntryKind.PAUSED, None)
    assert last.text == "2023年3月8日起中止（等待他案），尚未恢复，期限暂不能确定。"
    assert explain_days(running, CALENDAR)[-1] == DayLine(day("2023-03-08"), True, 2, "按自然日计入")
    pending = Running(
        a_rule(10, "day"),
        day("2023-03-06"),
        "受理",
        pauses=(Pause(day("2023-03-08"), None, PauseKind.RESTARTS, "补正"),),
    )
    assert texts(pending)[-1] == "2023年3月8日起补正，尚未结束；结束之日起重新计算期限。"


@pytest.mark.parametrize("authority", [True, False])
def test_a_pause_on_the_days_of_rolling_is_told(authority: bool) -> None:
    stay = Pause(day("2023-03-19"), None, PauseKind.STAYS, "等待他案")
    running = Running(a_rule(10, "day"), day("2023-03-08"), "受理", pauses=(stay,), against_authority=authority)
    assert "待恢复后确定" in texts(running, EntryKind.LAST_DAY)[0]
    assert "待恢复后确定" in texts(running, EntryKind.BOTH_DAYS)[0]
    on_friday = Pause(day("2023-03-17"), day("2023-03-22"), PauseKind.STAYS, "等待他案")
    carried = Running(a_rule(9, "day"), day("2023-03-08"), "受理", pauses=(on_friday,))
    assert str(reckon(carried, CALENDAR).due) == "2023-03-22"
    assert texts(carried, EntryKind.LAST_DAY) == ["最后一日为2023年3月22日（工作日，恢复之日），不需要顺延。"]
    assert counted_days(carried) == 9


def test_a_year_without_notice_is_told() -> None:
    running = Running(a_rule(5, "workday"), day("2026-12-30"), "受理")
    assert explain(running, CALENDAR)[-1].kind is EntryKind.PROVISIONAL
    assert "2027年放假通知尚未载入" in texts(running, EntryKind.SKIPPED)[0]
    assert not texts(Running(a_rule(5, "workday"), day("2023-03-06"), "受理"), EntryKind.PROVISIONAL)


def test_hours_are_told_to_the_minute() -> None:
    start = datetime(2023, 3, 10, 10, 5, tzinfo=HOUSE_TIME)
    running = Running(a_rule(24, "hour"), day("2023-03-10"), "实施查封", start_time=start)
    assert texts(running, EntryKind.START, EntryKind.LAST_DAY) == [
        "2023年3月10日10时05分，实施查封，自此时起按小时计算。",
        "期限至2023年3月11日10时05分届满；按小时计算的期限不因休息日顺延。",
    ]
    person = Running(a_rule(24, "hour"), day("2023-03-10"), "通知", start_time=start, against_authority=False)
    assert texts(person, EntryKind.START)[0].endswith("开始的这一小时不计入。")


def test_a_length_of_the_paper_and_a_day_of_the_calendar_are_told() -> None:
    paper = Running(a_rule(60, "day"), day("2023-03-06"), "送达", amount=15)
    assert texts(paper, EntryKind.PERIOD) == ["文书确定的期限：15日（试验期限）。"]
    yearly = a_rule(None, None, kind=Kind.DATE, month_day="01-31", rolls=False)
    assert texts(Running(yearly, day("2024-12-31"), "年度终了"), EntryKind.PERIOD) == ["期限：每年1月31日前。"]
