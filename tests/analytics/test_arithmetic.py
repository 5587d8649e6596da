"""Whole-number arithmetic against the standard library's decimals and medians; years; year on year."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fadu.analytics.arithmetic import NOTHING, Precision, hundredths, median, percent, rounded
from fadu.analytics.comparison import Change
from fadu.analytics.figures import Figure, Period
from fadu.analytics.whose import EVERYBODY
from fadu.rules.indicators import Indicator, Rounding, Stock
from tests.analytics import counted


@given(st.lists(st.integers(0, 4000), min_size=1, max_size=200))
def test_the_median_is_the_mean_of_the_middle_rounded_down(days: list[int]) -> None:
    assert median(Counter(days)) == floor(Fraction(statistics.median(map(Fraction, days))))


def test_no_case_has_no_median() -> None:
    assert median(Counter()) is None


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_percentage_is_rounded_half_up(numerator: int, denominator: int) -> None:
    exact = Decimal(100 * numerator) / Decimal(denominator)
    wanted = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if numerator < denominator and wanted == 100:  # what is not all is not told as all
        assert percent(numerator, denominator) == "99.99%"
        return
    if (200_00 * numerator) % denominator:  # a half is not always a finite decimal
        assert percent(numerator, denominator) == printed(int(100 * wanted))
    half = Fraction(10_000 * numerator, denominator) + Fraction(1, 2)
    assert percent(numerator, denominator) == printed(floor(half))
    cut = percent(numerator, denominator, Precision(cut=True))
    assert cut == printed(10_000 * numerator // denominator)


def printed(number: int) -> str:
    """Hundredths of a percent, without zeros at the end."""
    return hundredths(number).rstrip("0").rstrip(".") + "%"


@pytest.mark.parametrize(("digits", "text"), [(0, "39%"), (1, "38.9%"), (2, "38.89%"), (3, "38.889%")])
def test_a_report_declares_its_decimals(digits: int, text: str) -> None:
    assert percent(7, 18, Precision(digits)) == text
    assert percent(7, 18, Precision(1, cut=True)) == "38.8%"
    assert percent(999, 1000, Precision(0)) == "99%"  # not all of them


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (1, 8, "12.5%"),
        (1, 800, "0.13%"),
        (9, 23, "39.13%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (19999, 20000, "99.99%"),
        (0, 0, NOTHING),
    ],
)
def test_percentages_by_hand(numerator: int, denominator: int, text: str) -> None:
    assert percent(numerator, denominator) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"), [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (-4, 3, -1), (0, 7, 0)]
)
def test_halves_go_away_from_zero(numerator: int, denominator: int, whole: int) -> None:
    assert rounded(numerator, denominator) == whole


@pytest.mark.parametrize(
    ("since", "before", "earlier"),
    [
        (date(2024, 1, 1), date(2025, 1, 1), (date(2023, 1, 1), date(2024, 1, 1))),
        (date(2024, 2, 29), date(2024, 3, 1), (date(2023, 2, 28), date(2023, 3, 1))),
        (date(2024, 1, 1), date(2024, 2, 29), (date(2023, 1, 1), date(2023, 3, 1))),
    ],
)
def test_the_same_days_a_year_earlier(since: date, before: date, earlier: tuple[date, date]) -> None:
    assert Period(since, before).previous_year == Period(*earlier)
    assert str(Period.year(2024)) == "2024年1月1日至2024年12月31日"


def figure(indicator: Indicator, value: int | None = None, over: int | None = None, under: int | None = None) -> Figure:
    return Figure(indicator, Period.year(2024), EVERYBODY, value, over, under, "")


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (90, 80, "同比上升12.5%"),
        (80, 90, "同比下降11.11%"),
        (80, 80, "与上年同期持平"),
        (80, 0, "上年同期无可比数据"),
        (None, 3, "上年同期无可比数据"),
    ],
)
def test_counts_year_on_year(now: int | None, before: int, text: str) -> None:
    assert Change(figure(counted.decided, now), figure(counted.decided, before)).text() == text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        ((1, 2), (1, 4), "同比上升25个百分点"),
        ((1, 3), (1, 2), "同比下降16.67个百分点"),
        ((2, 4), (1, 2), "与上年同期持平"),
        ((0, 0), (1, 2), "上年同期无可比数据"),
        ((1, 2), (0, 0), "上年同期无可比数据"),
    ],
)
def test_rates_differ_by_percentage_points(now: tuple[int, int], before: tuple[int, int], text: str) -> None:
    one, other = (figure(counted.grant_rate, None, *parts) for parts in (now, before))
    assert Change(one, other).text() == text


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (90, 80, "，同比增长12.5%"),
        (80, 90, "，同比下降11.11%"),
        (80, 80, "，与上年持平"),
        (12, 9, "，比上年增加3件"),  # a share of nine tells little
        (1, 2, "，比上年减少1件"),
        (3, 0, "，上年没有"),
        (0, 3, "，上年为3件"),
        (0, 0, ""),
    ],
)
def test_what_a_sentence_says_against_last_year(now: int, before: int, said: str) -> None:
    assert Change(figure(counted.decided, now), figure(counted.decided, before)).phrase() == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((1, 2), (1, 4), "，比上年提高25个百分点"),
        ((1, 3), (1, 2), "，比上年降低16.67个百分点"),
        ((2, 4), (1, 2), "，与上年持平"),
        ((0, 0), (1, 2), ""),
        ((1, 2), (0, 0), ""),
    ],
)
def test_a_sentence_tells_shares_in_percentage_points(now: tuple[int, int], before: tuple[int, int], said: str) -> None:
    one, other = (figure(counted.grant_rate, None, *parts) for parts in (now, before))
    assert Change(one, other).phrase() == said


@pytest.mark.parametrize(
    ("indicator", "now", "before", "said"),
    [
        (counted.duration, 42, 45, "，比上年缩短3天"),
        (counted.duration, 45, 42, "，比上年延长3天"),
        (counted.duration, 0, 42, "，比上年缩短42天"),
        (counted.duration, 42, 0, "，比上年延长42天"),
        (counted.duration, 45, None, ""),
        (counted.worth, 35_050, 30_050, "，同比增长16.64%"),
        (Stock(name="s", label="存量", register="r", definition=""), 30, 20, "，比上年末增加10项"),
    ],
)
def test_days_amounts_and_stocks_against_last_year(
    indicator: Indicator, now: int, before: int | None, said: str
) -> None:
    assert Change(figure(indicator, now), figure(indicator, before)).phrase() == said


@pytest.mark.parametrize(
    ("rounding", "value", "text"),
    [
        (None, 523, "523件"),
        (Rounding.HUNDREDS, 523, "500余件"),
        (Rounding.HUNDREDS, 500, "500件"),
        (Rounding.HUNDREDS, 99, "99件"),
        (Rounding.TENS, 99, "90余件"),
        (Rounding.THOUSANDS, 12_345, "12000余件"),
    ],
)
def test_a_number_is_rounded_only_where_it_is_declared(rounding: Rounding | None, value: int, text: str) -> None:
    found = figure(replace(counted.decided, rounding=rounding), value)
    assert found.printed() == text
    assert str(found) == f"{value}件"


def test_rounded_amounts_are_in_yuan() -> None:
    assert figure(replace(counted.worth, rounding=Rounding.HUNDREDS), 35_050).printed() == "300余元"
