"""Figures of an organ alone, with all below it, and divided among them, by the tree of the day and of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from fadu.analytics import figures, snapshot
from fadu.analytics.figures import Figure, Period
from fadu.analytics.whose import Whose
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, house
from fadu.kernel.organs import Move, Place, Tree
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from fadu.rules.indicators import Count, Reach, reaching
from tests.analytics import counted
from tests.analytics.conftest import Filled
from tests.fixtures.database import move_in
from tests.kernel.conftest import House

YEAR = (date(2024, 1, 1), date(2025, 1, 1))
MOVED = date(2024, 6, 1)
ENDED = date(2024, 12, 1)


@dataclass
class Town:
    """A district government with two departments and, below one of them, an office that is moved to the other."""

    filled: Filled

    @property
    def organs(self) -> dict[str, int]:
        return self.filled.house.organs

    def compute(self, organ: str | None, *more: Any, today: bool = False, **other: Any) -> dict[str, Figure]:
        with self.filled.session() as s:
            whose = Whose(self.organs[organ] if organ else None, today)
            return figures.compute(s, counted.catalogue(), [*counted.ALL, *more], *YEAR, whose, **other)

    def applied(self, organ: str | None, **more: Any) -> int | None:
        return self.compute(organ, **more)["applied"].value

    def alone(self, organ: str, **more: Any) -> int | None:
        return self.compute(organ, reaching(counted.applied, Reach.OWN), **more)["applied@own"].value

    def move(self) -> None:
        with self.filled.at("2025-01-20").session("admin") as s:
            house.move_organ(s, self.organs["office"], self.organs["other"], MOVED)

    def end(self) -> None:
        with self.filled.at("2025-01-25").session("admin") as s:
            house.end_organ(s, self.organs["respondent"], ENDED, self.organs["other"])


@pytest.fixture
def town(filled: Filled) -> Town:
    """Seven cases of the government, one of the other department, of the office one before its move, two after."""
    place = Town(filled)
    with filled.at("2024-01-02").session("admin") as s:
        above = place.organs["respondent"]
        office = house.register_organ(s, "某区某所", "某所", parent=above, since=date(2020, 1, 1))
        house.assign_post(s, filled.house.people["stranger"], office.pk, "case_officer", since=date(2020, 1, 1))
    place.organs["office"] = office.pk
    for organ, day in (("other", "03-05"), ("office", "04-05"), ("office", "06-01"), ("office", "08-05")):
        opened(filled.at(f"2024-{day}"), organ)
    filled.at("2025-02-01")
    return place


def opened(place: House, organ: str) -> None:
    bureau, place.organs["bureau"] = place.organs["bureau"], place.organs[organ]
    place.open("stranger")
    place.organs["bureau"] = bureau


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_in(tmp_path, monkeypatch)


def test_the_whole_and_its_own(town: Town) -> None:
    assert {name: town.applied(name) for name in town.organs} == {
        "government": 11, "bureau": 7, "respondent": 3, "other": 1, "office": 3,
    }  # fmt: skip
    assert {name: town.alone(name) for name in town.organs} == {
        "government": 7, "bureau": 7, "respondent": 0, "other": 1, "office": 3,
    }  # fmt: skip
    assert town.applied(None) == 11


def test_a_moved_organ_counts_where_it_stood_and_once_above(town: Town) -> None:
    """Its case of the day of the move belongs to the new place."""
    town.move()
    found = {name: town.applied(name) for name in ("government", "respondent", "other", "office")}
    assert found == {"government": 11, "respondent": 1, "other": 3, "office": 3}
    as_today = {name: town.applied(name, today=True) for name in ("government", "respondent", "other", "office")}
    assert as_today == {"government": 11, "respondent": 0, "other": 4, "office": 3}


def test_an_ended_organ_counts_as_its_successor_today_only(town: Town) -> None:
    town.move()
    town.end()
    assert (town.applied("respondent"), town.applied("other")) == (1, 3)
    assert (town.applied("respondent", today=True), town.applied("other", today=True)) == (4, 4)
    assert town.alone("respondent", today=True) == 1
    assert town.applied("government", today=True) == 11


def test_what_was_recorded_later_did_not_move_then(town: Town) -> None:
    town.move()
    before, after = (datetime(2025, 1, day, tzinfo=SHANGHAI) for day in (20, 21))
    assert (town.applied("respondent", recorded_before=before), town.applied("other", recorded_before=before)) == (3, 1)
    assert (town.applied("respondent", recorded_before=after), town.applied("other", recorded_before=after)) == (1, 3)


@pytest.mark.parametrize("today", [False, True])
def test_the_parts_add_up_and_each_is_the_figure_of_its_organ(town: Town, today: bool) -> None:
    town.move()
    town.end()
    government = town.organs["government"]
    counts = [one for one in counted.ALL if isinstance(one, Count)]
    with town.filled.session() as s:
        found = figures.compute_by(s, counted.catalogue(), counts, *YEAR, "unit", Whose(government, today))
        whole = town_figures(s, counts, Whose(government, today))
        for one in counts:
            assert sum(part[one.name].value or 0 for part in found.values()) == whole[one.name].value
            for unit, part in found.items():
                asked = reaching(one, Reach.OWN) if unit == government else one
                assert town_figures(s, [asked], Whose(unit, today))[asked.name].cases == part[one.name].cases
    assert set(found) == {government, town.organs["other"], *([] if today else [town.organs["respondent"]])}


def town_figures(s: access.Session, wanted: list[Any], whose: Whose) -> dict[str, Figure]:
    return figures.compute(s, counted.catalogue(), wanted, *YEAR, whose)


def test_a_snapshot_keeps_the_tree_it_was_counted_by(town: Town) -> None:
    """Equal integers and cases on both engines before and after a move, whole, alone, divided."""
    every = [*counted.ALL, *(reaching(one, Reach.OWN) for one in counted.ALL)]
    kept = []
    for change in (lambda: None, town.move, town.end):
        change()
        with town.filled.session() as s:
            taken = snapshot.take(s, counted.catalogue())
            for whose in (Whose(organ, today) for organ in (None, *town.organs.values()) for today in (False, True)):
                here = figures.compute(s, counted.catalogue(), every, *YEAR, whose)
                parts = figures.compute_by(s, counted.catalogue(), counted.ALL, *YEAR, "unit", whose)
                ids = figures.cases(s, counted.catalogue(), counted.applied, *YEAR, whose)
                kept.append((taken, whose, here, parts, ids))
    for taken, whose, here, parts, ids in kept:
        assert snapshot.compute_on(taken, every, *YEAR, whose) == here
        assert snapshot.compute_by_on(taken, counted.ALL, *YEAR, "unit", whose) == parts
        assert snapshot.cases_on(taken, counted.applied, Period(*YEAR), whose) == ids
    assert kept[0][2]["applied"].value == 11


# ---------------------------------------------------------------- the acts


def test_moves_and_ends_that_cannot_be(town: Town) -> None:
    organs = town.organs
    town.move()
    with town.filled.at("2025-02-01").session("admin") as s:
        for organ, parent, day, said in (
            ("office", "respondent", MOVED, "以后"),
            ("office", "respondent", date(2025, 2, 2), "不能晚于今天"),
            ("office", "other", date(2024, 7, 1), "现在就是"),
            ("government", "office", date(2024, 7, 1), "自己的下级"),
        ):
            with pytest.raises(BadInput, match=said):
                house.move_organ(s, organs[organ], organs[parent], day)
        with pytest.raises(BadInput, match="先调整它的隶属"):
            house.end_organ(s, organs["other"], ENDED, organs["office"])
        with pytest.raises(BadInput, match="撤销的日期"):
            house.end_organ(s, organs["other"], date(2020, 1, 1))
        house.end_organ(s, organs["office"], ENDED)
        with pytest.raises(NotFound):
            house.move_organ(s, organs["office"], organs["respondent"], date(2024, 12, 5))
    with town.filled.session("officer") as s, pytest.raises(NotAllowed):
        house.move_organ(s, organs["other"], organs["respondent"], MOVED)


def test_a_tree_of_every_day() -> None:
    """Two moves, a merger, and back from JSON."""
    day = [date(2024, month, 1) for month in (1, 4, 7)]
    tree = Tree([
        Place(1, "市", "市", None, None, None, None),
        Place(2, "东区", "东", 1, None, None, None),
        Place(3, "西区", "西", 1, None, day[2], 2),
        Place(4, "所", "所", 2, None, None, None, (Move(day[1], 3), Move(day[2], 1))),
    ])  # fmt: skip
    assert [tree.path(4, one) for one in day] == [[4, 3, 1], [4, 1], [4, 2, 1]]
    assert [sorted(tree.below(2, one)) for one in (*day, None)] == [[2], [2], [2, 4], [2, 3, 4]]
    assert tree.below(1, day[0]) == {1: 1, 2: 2, 3: 3, 4: 3}
    assert tree.below(None, None) == dict.fromkeys(range(1, 5), 1)
    assert tree.days_from(date(2024, 4, 2)) == [date(2024, 4, 2), day[2]]
    assert Tree.from_json(tree.as_json()).places == tree.places
