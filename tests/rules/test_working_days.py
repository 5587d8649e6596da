"""Working days: known days, the reasons given for them, and the arithmetic against a naive loop."""

import random
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from fadu.rules.holiday_files import content_of, notice_of, read_notice
from fadu.rules.working_days import (
    HOLIDAY_FOLDER,
    BadHolidayFile,
    Calendar,
    UnknownYear,
    load_calendar,
    read_notices,
)

ONE_DAY = timedelta(days=1)
FIRST, END = date(2004, 1, 1), date(2027, 1, 1)
WEEKEND_DAYS_WORKED = 150


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar()


@pytest.fixture(scope="module")
def working(calendar: Calendar) -> list[date]:
    """Every working day of the years with a notice, one by one."""
    days = (FIRST + timedelta(days=number) for number in range((END - FIRST).days))
    return [day for day in days if calendar.is_working(day)]


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 1, 28),  # Saturday and Sunday after the Spring Festival
        date(2023, 1, 29),
        date(2023, 10, 7),  # Saturday
        date(2024, 2, 4),  # Sunday
        date(2024, 2, 9),  # the eve of the Spring Festival was no day off
        date(2026, 10, 10),  # Saturday
        date(2011, 12, 31),  # by the notice for 2012
    ],
)
def test_working(calendar: Calendar, day: date) -> None:
    assert calendar.is_working(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 1, 27),
        date(2023, 9, 29),
        date(2024, 2, 10),
        date(2024, 2, 12),
        date(2015, 9, 3),  # the one-off day of 2015
        date(2020, 1, 31),  # the Spring Festival made longer
        date(2020, 2, 1),  # first to be worked, then given off
        date(2018, 12, 31),  # by the notice for 2019
        date(2022, 12, 31),  # by the notice for 2023
        date(2024, 3, 2),  # a plain Saturday
    ],
)
def test_not_working(calendar: Calendar, day: date) -> None:
    assert not calendar.is_working(day)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2023, 1, 23), "春节放假（国办发明电〔2022〕16号）"),
        (date(2023, 1, 28), "调休上班（国办发明电〔2022〕16号）"),
        (date(2023, 3, 4), "周六"),
        (date(2023, 3, 5), "周日"),
        (date(2023, 3, 6), "工作日"),
        (date(2019, 5, 5), "调休上班（国办发明电〔2019〕3号）"),
        (date(2020, 2, 1), "春节（延长）放假（国办发明电〔2020〕1号）"),
        (date(2022, 12, 31), "元旦放假（国办发明电〔2022〕16号）"),
        (date(2005, 5, 2), "劳动节放假（国务院办公厅2005年放假通知）"),
        (date(2027, 1, 2), "周六（2027年放假通知尚未载入，暂按周末计算）"),
        (date(2027, 1, 4), "工作日（2027年放假通知尚未载入，暂按周末计算）"),
    ],
)
def test_the_reason_of_a_day(calendar: Calendar, day: date, why: str) -> None:
    assert calendar.why(day) == why


def test_a_year_without_a_notice_is_provisional(calendar: Calendar) -> None:
    assert calendar.provisional(date(2027, 1, 1))
    assert calendar.provisional(date(2003, 12, 31))
    assert [calendar.provisional(date(2026, 12, day)) for day in (28, 29, 30, 31)] == [False, True, True, True]
    assert not calendar.provisional(date(2025, 12, 31)), "the notice for 2026 has come"
    assert calendar.why(date(2026, 12, 31)) == "工作日（2027年放假通知尚未载入，暂按周末计算）"
    assert not Calendar([calendar.notice(2025)]).provisional(date(2025, 12, 31)), "this one never reached back"
    assert calendar.is_working(date(2027, 1, 1)), "a Friday, until the notice comes"
    with pytest.raises(UnknownYear, match="尚未载入2027年的放假通知"):
        calendar.notice(2027)


def test_statutory_holidays_are_fewer_than_days_off(calendar: Calendar) -> None:
    assert calendar.is_statutory(date(2024, 2, 10))
    assert not calendar.is_statutory(date(2024, 2, 13)), "a day off by exchange"
    counts = {
        year: sum(calendar.is_statutory(date(year, 1, 1) + timedelta(days=number)) for number in range(365))
        for year in (2005, 2010, 2013, 2023, 2025, 2026)
    }
    # 2020-10-01 was two holidays on one day; none of these years has such a day.
    assert counts == {2005: 10, 2010: 11, 2013: 11, 2023: 11, 2025: 13, 2026: 13}


def test_there_is_one_file_a_year_with_plausible_days(calendar: Calendar) -> None:
    assert calendar.years == tuple(range(2004, 2027))
    worked = [day for year in calendar.years for one in calendar.notice(year).holidays for day in one.work]
    assert len(worked) == len(set(worked)) == WEEKEND_DAYS_WORKED + 1  # 2020-02-01 was taken back
    for year in calendar.years:
        for holiday in calendar.notice(year).holidays:
            assert set(holiday.statutory) <= {day for other in calendar.notice(year).holidays for day in other.off}


def test_every_year_of_this_decade_has_its_number(calendar: Calendar) -> None:
    assert all(calendar.notice(year).number for year in range(2007, 2027))
    assert calendar.notice(2004).number is None


def test_years_have_the_usual_number_of_working_days(calendar: Calendar) -> None:
    counts = {year: calendar.count_working(date(year, 1, 1), date(year, 12, 31)) for year in calendar.years}
    assert all(246 <= count <= 255 for count in counts.values()), counts
    assert counts[2023] == 249


def test_adding_equals_a_naive_count_over_all_years(calendar: Calendar, working: list[date]) -> None:
    day, index = FIRST, 0
    while day < date(2025, 12, 1):
        while working[index] <= day:
            index += 1
        for n in (1, 2, 5, 7, 10, 20, 60, 250):
            assert calendar.add_working(day, n) == working[index + n - 1], (day, n)
        day += ONE_DAY


def test_counting_back_equals_a_naive_count(calendar: Calendar, working: list[date]) -> None:
    day, index = date(2005, 1, 15), 0
    while day < END:
        while index < len(working) and working[index] < day:
            index += 1
        for n in (1, 3, 7, 30):
            assert calendar.add_working(day, -n) == working[index - n], (day, n)
        day += ONE_DAY


def test_counting_equals_a_naive_count_of_random_spans(calendar: Calendar, working: list[date]) -> None:
    chance = random.Random(20260101)
    known = set(working)
    for _ in range(3000):
        first = FIRST + timedelta(days=chance.randrange((END - FIRST).days))
        last = min(first + timedelta(days=chance.randrange(400)), END - ONE_DAY)
        naive = sum(first + timedelta(days=n) in known for n in range((last - first).days + 1))
        assert calendar.count_working(first, last) == naive


def test_adding_and_counting_are_inverse_beyond_the_notices(calendar: Calendar) -> None:
    for start in (date(1990, 5, 1), date(2026, 9, 20), date(2031, 2, 3)):
        for n in range(1, 400):
            end = calendar.add_working(start, n)
            assert calendar.is_working(end)
            assert calendar.count_working(start + ONE_DAY, end) == n


def test_the_edges_of_adding_and_counting(calendar: Calendar) -> None:
    saturday, monday = date(2023, 3, 4), date(2023, 3, 6)
    assert calendar.add_working(saturday, 0) == saturday
    assert calendar.next_working(saturday) == monday
    assert calendar.next_working(monday) == monday
    assert calendar.next_working(date(2023, 1, 21)) == date(2023, 1, 28)
    assert calendar.count_working(monday, monday) == 1
    assert calendar.count_working(saturday, saturday) == 0
    assert calendar.count_working(monday, saturday) == 0


def test_an_autonomous_place_has_its_own_holidays(tmp_path: Path) -> None:
    (tmp_path / "2030.yaml").write_text(
        "year: 2030\nnotice: 国办发明电〔2029〕1号\nholidays:\n"
        "- name: 元旦\n  rest: [2030-01-01]\n  work: [2030-04-06]\n"
        "- name: 本地节日\n  place: 广西\n  notice: 桂政办电〔2029〕1号\n  rest: [2030-04-04, 2030-04-06]\n",
        encoding="utf-8",
    )
    nation = load_calendar(tmp_path)
    guangxi = nation.at("广西南宁")
    day, lent = date(2030, 4, 4), date(2030, 4, 6)
    assert nation.is_working(day)
    assert not guangxi.is_working(day)
    assert guangxi.why(day) == "本地节日放假（桂政办电〔2029〕1号）"
    assert nation.is_working(lent)
    assert not guangxi.is_working(lent), "the place's own day off comes before the nation's exchange"
    assert not guangxi.is_working(date(2030, 1, 1))
    assert nation.edition != guangxi.edition
    assert load_calendar(tmp_path, place="新疆").edition == nation.edition


def test_the_notice_of_a_place_adds_days_but_does_not_make_the_year_known(tmp_path: Path) -> None:
    path = tmp_path / "local.yaml"
    path.write_text("year: 2027\nholidays:\n- name: 本地节日\n  rest: [2027-04-05]\n", encoding="utf-8")
    calendar = Calendar((*load_calendar().notices, read_notice(path, "广西")))
    assert calendar.years[-1] == 2026
    assert calendar.is_working(date(2027, 4, 5))
    there = calendar.at("广西南宁")
    assert not there.is_working(date(2027, 4, 5))
    assert there.provisional(date(2027, 4, 6))
    kept = notice_of("名录", content_of(read_notice(path, "广西")), "广西")
    assert kept.holidays == read_notice(path, "广西").holidays


def test_a_new_notice_changes_the_edition(calendar: Calendar) -> None:
    notices = read_notices(HOLIDAY_FOLDER)
    assert Calendar(notices).edition == calendar.edition
    assert Calendar(notices[:-1]).edition != calendar.edition


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("year: 2030\ndays: []\n", "有不认识的词：days"),
        ("year: 2030\nholidays:\n- name: 元旦\n  rest: [2031-01-01]\n", "“2031-01-01”不是2030年的日期"),
        ("year: 2030\nholidays:\n- name: 元旦\n  work: [2030-01-02]\n", "把平日写成了调休上班日"),
        ("year: 2030\nholidays:\n- name: 元旦\n  off: [2030-01-01]\n", "有不认识的词"),
        ("year: 2030\nholidays:\n- name: 元旦\n  work: [2030-01-05]\n", "没有写放假的日期"),
        ("year: 2030\nholidays:\n- rest: [2030-01-01]\n", "没有名称"),
        ("year: 2030\nholidays:\n- name: 元旦\n  rest: 2030-01-01\n", "不是日期的列表"),
        ("year: 2030\nholidays:\n- name: 元旦\n  rest: [2030-01-05]\n  work: [2030-01-05]\n", "既放假又上班"),
        ("year: 2030\nholidays:\n- name: 元旦\n  rest: [2030-01-01]\n- name: 二\n  rest: [2030-01-01]\n", "写了两次"),
        ("year: 2030\nholidays:\n- name: 元旦\n  rest: [2030-01-01]\n  statutory: [2030-01-02]\n", "法定休假日"),
        ("year: 2030\nholidays: []\n", "没有写任何节日"),
        ("year: '2030'\nholidays:\n- name: 元旦\n  rest: [2030-01-01]\n", "不是四位数的年份"),
        ("- 2030\n", "没有放假通知的内容"),
    ],
)
def test_a_bad_holiday_file_is_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "2030.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadHolidayFile, match=r"节假日文件2030\.yaml") as refusal:
        load_calendar(tmp_path)
    assert why in refusal.value.message


def test_loading_and_counting_are_quick(calendar: Calendar) -> None:
    start = time.perf_counter()
    Calendar(read_notices(HOLIDAY_FOLDER))
    assert time.perf_counter() - start < 0.5  # some 0.02 s on an idle machine
    start = time.perf_counter()
    for n in range(2000):
        calendar.add_working(FIRST, n)
    assert time.perf_counter() - start < 0.5  # some 10 µs each
