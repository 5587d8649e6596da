"""Targets of a year: told with what they want, met or not, in whole numbers; those of the house name what there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fadu.analytics.figures import Figure, Period
from fadu.report_writer.targets import Target
from tests.analytics import counted

YEAR = Period(date(2024, 1, 1), date(2025, 1, 1))
COUNT = Figure(counted.applied, YEAR, None, 7, None, None, "")
RATE = Figure(counted.grant_rate, YEAR, None, None, 4, 5, "")
NONE = replace(RATE, numerator=0, denominator=0)


@pytest.mark.parametrize(
    ("target", "figure", "before", "told"),
    [
        (Target(at_least=80), RATE, None, "不低于80%，达到"),
        (Target(at_least=81), RATE, None, "不低于81%，没有达到"),
        (Target(at_most=80), RATE, None, "不高于80%，达到"),
        (Target(at_most=79), RATE, None, "不高于79%，没有达到"),
        (Target(at_least=80), NONE, None, "不低于80%，无法比较"),
        (Target(at_least=7), COUNT, None, "不低于7件，达到"),
        (Target(less_than_last_year=True), COUNT, replace(COUNT, value=8), "低于上年，达到"),
        (Target(less_than_last_year=True), COUNT, COUNT, "低于上年，没有达到"),
        (
            Target(less_than_last_year=True),
            RATE,
            replace(RATE, numerator=5, denominator=6),
            "低于上年，达到",
        ),
        (Target(less_than_last_year=True), COUNT, None, "低于上年，无法比较"),
    ],
)
def test_what_is_wanted_and_whether_it_is_so(target: Target, figure: Figure, before: Figure | None, told: str) -> None:
    assert target.told(figure, before) == told
