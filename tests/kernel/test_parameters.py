"""本地参数 and 年度目标: settled from a day on, as shipped until then, refused when they make no sense."""

from __future__ import annotations

from datetime import date, time

import pytest

from fadu.kernel import access, settling
from fadu.kernel.integrity import reading
from fadu.kernel.parameters import shipped_thresholds
from fadu.report_writer.targets import Target, of_year
from fadu.rules.clocks import Light, Thresholds, light
from fadu.rules.errors import BadInput, NotAllowed, NotFound, Refusal
from fadu.rules.law import Unit
from tests.analytics import counted
from tests.kernel.conftest import House

FRIDAY, NEXT_FRIDAY = date(2024, 3, 1), date(2024, 3, 8)


def test_lights_turn_when_the_house_says(home: House) -> None:
    with home.session("officer") as s:
        assert s.env.thresholds == shipped_thresholds()
        assert light(NEXT_FRIDAY, FRIDAY, s.env.calendar, s.env.thresholds) is Light.YELLOW
    with home.session("admin") as s:
        settling.settle_lights(s, 3, 0, Unit.DAY)
    with home.session("officer") as s:
        assert s.env.thresholds == Thresholds(3, 0, Unit.DAY)
        assert light(NEXT_FRIDAY, FRIDAY, s.env.calendar, s.env.thresholds) is Light.GREEN
    with home.session("admin") as s, pytest.raises(Refusal, match="红灯天数不能多于黄灯"):
        settling.settle_lights(s, 1, 2, Unit.DAY)


def test_the_counter_closes_from_that_day_on(home: House) -> None:
    with home.session("admin") as s:
        settling.settle_counter(s, "12:00", "next_workday")
    with home.session("officer") as s:
        before, since = s.env.hours(date(2024, 2, 29)), s.env.hours(FRIDAY)
        assert before == s.env.library.besides.counter
        assert since is not None
        assert (since.closing, since.next_workday) == (time(12), True)
    for closing, late in (("noon", "same_day"), ("17:30", "never")):
        with home.session("admin") as s, pytest.raises(BadInput, match="17:30"):
            settling.settle_counter(s, closing, late)


def test_papers_are_pointed_out_after_the_days_that_were_settled(home: House) -> None:
    with home.session(None) as s:
        assert reading.house(s, None).unserved_after == 15  # law/local/integrity.yaml
    with home.session("admin") as s:
        settling.settle_unserved(s, 5)
    with home.session(None) as s:
        assert reading.house(s, None).unserved_after == 5
    with home.session("admin") as s, pytest.raises(BadInput, match="至少"):
        settling.settle_unserved(s, 0)


@pytest.fixture
def counting(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = counted.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


def test_a_target_holds_from_its_year_until_it_is_taken_away(counting: House) -> None:
    home, name = counting, counted.applied.name
    with home.session("admin") as s:
        settling.aim(s, name, 2023, "at_least", 80)
        settling.aim(s, name, 2025, settling.LESS, None)
        settling.no_aim(s, name, 2026)
    with home.session("officer") as s:
        found = [of_year(s, year).get(name) for year in (2022, 2023, 2024, 2025, 2026)]
        assert found == [None, Target(at_least=80), Target(at_least=80), Target(less_than_last_year=True), None]


def test_a_target_that_makes_no_sense_is_refused(counting: House) -> None:
    name = counted.applied.name
    with counting.session("admin") as s:
        settling.aim(s, name, 2024, "at_most", 5)
        for bad in ((name, 2025, "at_least", None), (name, 2025, settling.LESS, 3), (name, 2025, "near", 3)):
            with pytest.raises(BadInput, match="填写数值"):
                settling.aim(s, *bad)
        with pytest.raises(BadInput, match="已有目标"):
            settling.aim(s, name, 2024, "at_most", 4)
        for year in (0, 26, 12024):
            with pytest.raises(BadInput, match="四位数"):
                settling.aim(s, name, year, "at_most", 4)
        with pytest.raises(BadInput, match="以后的年度"):
            settling.no_aim(s, name, 2024)
        with pytest.raises(NotFound):
            settling.aim(s, "nothing", 2024, "at_most", 4)
        with pytest.raises(NotFound):
            settling.no_aim(s, "nothing", 2025)


def test_only_the_administrator_settles(home: House) -> None:
    with home.session("head") as s, pytest.raises(NotAllowed):
        settling.settle_lights(s, 3, 0, Unit.DAY)
    with home.session("officer") as s:
        assert s.env.thresholds == shipped_thresholds()
