"""What is owed every year: opened by the clock on its day, once, with its periods; nobody has to think of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fadu.domains.annual_report.facts import ReportFacts
from fadu.kernel import access, acts, clockwork, models, registers
from fadu.kernel.acts import Request
from fadu.kernel.registers import Change
from fadu.rules.errors import DeclarationError
from fadu.rules.law import load_library
from fadu.rules.procedure import Every
from fadu.rules.registry import Registry, load
from tests.kernel.conftest import House, build

SYSTEM = "yearly_report"


@pytest.fixture
def place(db: None) -> House:
    """The small house with the rooms in force; its justice bureau reports for the government since March 2024."""
    made = build()
    entry = {"reporter": "government", "superior": "某市委、某市人民政府", "local": "区人大常委会"}
    with made.session("officer") as s:
        change = Change("add", entry, date(2024, 3, 1), "依据某决定")
        registers.perform(s, "yearly_reporter", made.organs["bureau"], change)
    return made


def on(place: House, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's hour on a day."""
    place.day = day
    monkeypatch.setattr(access.clock, "now", lambda: place.now)
    clockwork.run_due()


def opened(place: House) -> list[models.Case]:
    with place.session(None) as s:
        return list(access.cases(s, system=SYSTEM).order_by("pk"))


def due_days(place: House, case: models.Case) -> list[date | None]:
    with place.session(None) as s:
        return [row.due for row in access.rows(s, case, models.Clock)]


def test_nothing_is_opened_before_the_year_is_over(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    on(place, date(2024, 12, 31), monkeypatch)
    assert opened(place) == []


def test_on_its_first_day_the_case_is_there_with_its_periods(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    on(place, date(2025, 1, 1), monkeypatch)
    (case,) = opened(place)
    assert (case.opened, case.officer, case.body_id) == (date(2025, 1, 1), None, place.organs["bureau"])
    assert case.facts == {"reporter": "government", "year": "2024年度", "year_end": "2024-12-31"}
    assert sorted(day for day in due_days(place, case) if day) == [date(2025, 3, 1)] * 3 + [date(2025, 4, 1)]
    on(place, date(2025, 1, 2), monkeypatch)
    assert len(opened(place)) == 1, "once a year"
    on(place, date(2026, 1, 1), monkeypatch)
    assert [one.facts["year"] for one in opened(place)] == ["2024年度", "2025年度"]


@pytest.mark.parametrize(("day", "late"), [(date(2025, 3, 1), 0), (date(2025, 3, 2), 3), (date(2025, 4, 2), 4)])
def test_its_silence_is_an_event(place: House, monkeypatch: pytest.MonkeyPatch, day: date, late: int) -> None:
    """After standstills too: the case bears the day after the year, each lapse its own last day."""
    on(place, day, monkeypatch)
    (case,) = opened(place)
    assert case.opened == date(2025, 1, 1)
    with place.session(None) as s:
        lapsed = [event.happened for event in access.events(s, case) if event.step.startswith("lapse:")]
    assert lapsed == ([date(2025, 3, 1)] * 3 + [date(2025, 4, 1)])[:late]


def test_what_somebody_began_is_not_opened_again(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    place.day = date(2024, 12, 20)
    values: dict[str, Any] = {"reporter": "government", "year": "二〇二四年度", "year_end": "2024-12-31", "parties": []}
    with place.session("officer") as s:
        mine = acts.open_case(s, SYSTEM, place.organs["bureau"], Request("open_report", values)).case
    on(place, date(2025, 1, 1), monkeypatch)
    assert [one.pk for one in opened(place)] == [mine]
    place.do("head", mine, "cancel_report", {"cancel_reason": "误启动"})
    on(place, date(2025, 1, 2), monkeypatch)
    assert [one.pk == mine for one in opened(place)] == [True, False], "what was cancelled does not count"


def test_who_takes_it_up_has_it(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    on(place, date(2025, 1, 1), monkeypatch)
    (case,) = opened(place)
    place.do("second", case.pk, "collect_data", {"data_summary": "已经收齐"})
    assert opened(place)[0].officer_id == place.people["second"]
    place.do("officer", case.pk, "collect_data", {"data_summary": "补充"})
    assert opened(place)[0].officer_id == place.people["second"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"register": "nothing"}, "名录 nothing 没有声明"),
        ({"step": "compile_report"}, "没有立案步骤 compile_report"),
        ({"hands": {}}, "所填写的与每年所给的不同"),
        ({"parties": {"nobody": "superior"}}, "不登记所给的当事人"),
        ({"parties": {"superior": "nothing"}}, "名录“年度报告报告主体名录”没有的 nothing"),
    ],
)
def test_a_declaration_that_does_not_hold_is_refused(change: dict[str, Any], complaint: str) -> None:
    (room,) = load(["annual_report"], load_library()).rooms
    text, *others = room.procedures
    assert text.facts is ReportFacts
    every = {name: getattr(text.every, name) for name in Every.__slots__} | change
    other = replace(room, procedures=(replace(text, every=Every(**every)), *others))
    with pytest.raises(DeclarationError, match=complaint):
        Registry([other], load_library())
