"""Targets of a year: told with what they want, met or not, in whole numbers; those of the house name what there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fadu.analytics.figures import Figure, Period
from fadu.report_writer import targets as module
from fadu.report_writer.targets import Target, of_year, targets
from fadu.rules.registry import registry
from tests.analytics import counted

YEAR = Period(date(2024, 1, 1), date(2025, 1, 1))
COUNT = Figure(counted.applied, YEAR, None, 7, None, None, "")
RATE = Figure(counted.grant_rate, YEAR, None, None, 4, 5, "")
NONE = replace(RATE, numerator=0, denominator=0)


@pytest.mark.parametrize(
    ("target", "figure", "before", "told"),
    [
        (Target("x", 2024, at_least=80), RATE, None, "不低于80%，达到"),
        (Target("x", 2024, at_least=81), RATE, None, "不低于81%，没有达到"),
        (Target("x", 2024, at_most=80), RATE, None, "不高于80%，达到"),
        (Target("x", 2024, at_most=79), RATE, None, "不高于79%，没有达到"),
        (Target("x", 2024, at_least=80), NONE, None, "不低于80%，无法比较"),
        (Target("x", 2024, at_least=7), COUNT, None, "不低于7件，达到"),
        (Target("x", 2024, less_than_last_year=True), COUNT, replace(COUNT, value=8), "低于上年，达到"),
        (Target("x", 2024, less_than_last_year=True), COUNT, COUNT, "低于上年，没有达到"),
        (
            Target("x", 2024, less_than_last_year=True),
            RATE,
            replace(RATE, numerator=5, denominator=6),
            "低于上年，达到",
        ),
        (Target("x", 2024, less_than_last_year=True), COUNT, None, "低于上年，无法比较"),
    ],
)
def test_what_is_wanted_and_whether_it_is_so(target: Target, figure: Figure, before: Figure | None, told: str) -> None:
    assert target.told(figure, before) == told


def test_the_newest_one_of_a_year_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    said = (Target("x", 2025, at_least=90), Target("x", 2023, at_least=80))
    monkeypatch.setattr(module, "targets", lambda: said)
    assert [of_year(year).get("x") for year in (2022, 2023, 2024, 2025)] == [None, said[1], said[1], said[0]]


def test_the_targets_of_the_house_name_declared_figures() -> None:
    known = {indicator.name for indicator in registry().indicators}
    assert {one.indicator for one in targets()} <= known
    assert all((one.at_least, one.at_most) != (None, None) or one.less_than_last_year for one in targets())
