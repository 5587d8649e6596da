"""Holiday notices as they are worded: the days of every known year from sentences; what does not agree is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from fadu.rules.holiday_files import BadHolidayFile, Notice
from fadu.rules.holiday_text import content_of_text, notice_in
from fadu.rules.working_days import load_calendar

SIGNS = "一二三四五六日"
TITLE = "关于2024年部分节假日安排的通知\n国办发明电〔2023〕7号\n各省、自治区人民政府：\n放假调休日期通知如下。\n"


def runs(days: list[date]) -> Iterator[tuple[date, date]]:
    """Days in a row, as (first, last)."""
    start = 0
    for place in range(1, len(days) + 1):
        if place == len(days) or days[place] - days[place - 1] != timedelta(days=1):
            yield days[start], days[place - 1]
            start = place


def told(day: date, year: int) -> str:
    before = f"{day.year}年" if day.year != year else ""
    return f"{before}{day.month}月{day.day}日（周{SIGNS[day.weekday()]}）"


def worded(notice: Notice) -> str:
    """The notice in sentences, one for each row of days off; make-up days where they were declared."""
    lines = [f"国务院办公厅关于{notice.year}年部分节假日安排的通知", notice.number or ""]
    for number, one in enumerate(notice.holidays):
        work = "、".join(told(day, notice.year) for day in one.work)
        sentences = [
            f"{told(first, notice.year)}至{told(last, notice.year)}放假调休，共{(last - first).days + 1}天。"
            for first, last in runs(sorted(one.off))
        ]
        lines.append(f"{SIGNS[number % 6]}、{one.name}：{''.join(sentences)}{f'{work}上班。' if work else ''}")
    return "\n".join([*lines, "节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"])


def days(notice: Notice) -> tuple[list[date], list[date]]:
    off = sorted(day for one in notice.holidays for day in one.off)
    return off, sorted(day for one in notice.holidays for day in one.work)


@pytest.mark.parametrize("year", [year for year in load_calendar().years if year >= 2014])
def test_every_year_comes_back_from_its_sentences(year: int) -> None:
    notice = load_calendar().notice(year)
    whole = [one for one in notice.holidays if one.place is None and one.source == notice.source]
    notice = Notice(notice.year, notice.number, tuple(whole))
    read = notice_in(worded(notice))
    assert (read.year, read.number, days(read)) == (notice.year, notice.number, days(notice))


def test_what_offices_really_write() -> None:
    read = content_of_text(
        TITLE + "一、元旦：1月1日放假，与周末连休。\n"
        "二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位安排职工在除夕（2月9日）休息。\n"
        "三、国庆节、中秋节：10月1日（周二）至7日（周一）放假调休，共7天。９月29日（周日）上班。"
    )
    assert (read["year"], read["notice"]) == (2024, "国办发明电〔2023〕7号")
    new_year, spring, autumn = read["holidays"]
    assert new_year["rest"] == [date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 1)]
    assert (spring["rest"][0], spring["rest"][-1], len(spring["rest"])) == (date(2024, 2, 10), date(2024, 2, 17), 8)
    assert spring["work"] == [date(2024, 2, 4), date(2024, 2, 18)]
    assert (autumn["name"], autumn["work"]) == ("国庆节、中秋节", [date(2024, 9, 29)])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("春节：2月10日至17日放假调休，共7天。", "共7天，按日期数是8天"),
        ("春节：2月10日（周日）至17日放假调休，共8天。", "写2月10日是周日，日历上不是"),
        ("春节：2月30日放假1天。", "不存在的日期"),
        ("春节：2月17日至10日放假。", "前后颠倒"),
        ("春节：10日放假。", "没有写明月份"),
        ("元旦：放假，与周末连休。", "没有写明是哪一天"),
    ],
)
def test_a_sentence_that_does_not_hold_is_told(line: str, why: str) -> None:
    with pytest.raises(BadHolidayFile, match=why):
        content_of_text(TITLE + line)


def test_the_year_has_to_stand_there() -> None:
    with pytest.raises(BadHolidayFile, match="哪一年"):
        notice_in("春节：2月10日放假1天。")
    with pytest.raises(BadHolidayFile, match="没有找到放假的节日"):
        notice_in(TITLE)


def test_no_text_keeps_the_reader_busy() -> None:
    begun = time.perf_counter()
    read = content_of_text(TITLE + "节" * 5_000 + "\n一、中秋节、国庆节：10月1日放假1天。")
    assert [one["name"] for one in read["holidays"]] == ["中秋节、国庆节"]
    assert time.perf_counter() - begun < 2
