"""Figures over a register: stock, changes, rights, two axes of time, the same integers on a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from fadu.analytics import figures, snapshot, views
from fadu.analytics.compile import check
from fadu.analytics.tables import Kind, Source, table_of
from fadu.analytics.whose import Whose
from fadu.infra import roles
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, bulk, house
from fadu.report_writer.again import again
from fadu.rules.errors import DeclarationError
from fadu.rules.indicators import Count, Indicator, Mirrored, Opened, Rate, Reach, Stock, reaching
from fadu.rules.law import load_library
from fadu.rules.registers import ChangeKind, Effect
from fadu.rules.registry import Registry
from tests.analytics import listed
from tests.fixtures.database import Cluster, django_on, move_in
from tests.kernel import lists
from tests.kernel.conftest import House, build
from tests.kernel.test_bulk import written

YEAR = (date(2024, 1, 1), date(2025, 1, 1))
PERIODS = [
    YEAR,
    (date(2023, 1, 1), date(2024, 1, 1)),
    (date(2024, 2, 15), date(2024, 3, 1)),
    (YEAR[1], date(2026, 1, 1)),
]
CUTS = ["2024-01-10", "2024-01-11", "2024-03-02", "2024-09-02", "2025-02-02"]


@dataclass
class Lists:
    """The house and the rows of its register by name."""

    house: House
    rows: dict[str, int]

    def values(self, who: str | None = None, period: tuple[date, date] = YEAR, **more: Any) -> dict[str, Any]:
        with self.house.session(who) as s:
            found = figures.compute(s, s.registry, listed.ALL, *period, **more)
        return {name: figure.value for name, figure in found.items()}

    def names(self, indicator: Indicator, **more: Any) -> set[str]:
        with self.house.session(None) as s:
            ids = figures.cases(s, s.registry, indicator, *YEAR, **more)
        return {name for name, row in self.rows.items() if row in ids}


@pytest.fixture(scope="module")
def lists_once(
    database_server: Cluster, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, Lists]]:
    """A database of its own with a register that changed in every way."""
    name = database_server.clone(migrated_template)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "registry", listed.catalogue)
        with django_on(database_server, name, roles.OWNER):
            assert views.sync(listed.catalogue()) == []
        with django_on(database_server, name):
            house = build()
            made = Lists(house, listed.fill(house))
    yield name, made
    database_server.drop(name)


@pytest.fixture
def place(
    database_server: Cluster,
    lists_once: tuple[str, Lists],
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Lists]:
    """The same house in a transaction that is rolled back; snapshots in a folder of the test."""
    name, made = lists_once
    monkeypatch.setattr(access, "registry", listed.catalogue)
    move_in(tmp_path / "house", monkeypatch)
    with django_db_blocker.unblock(), django_on(database_server, name), transaction.atomic():
        yield Lists(replace(made.house), made.rows)
        transaction.set_rollback(True)


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=SHANGHAI)


# ---------------------------------------------------------------- what is counted


def test_a_stock_is_what_is_valid_on_the_last_day(place: Lists) -> None:
    names = {period: place.values(period=period)["valid"] for period in PERIODS}
    assert names == dict(zip(PERIODS, (3, 1, 2, 4), strict=True))
    assert place.names(listed.valid) == {"B", "D", "F2"}, "A ends on the last day, C before it, E begins after it"
    assert place.values()["high"] == 2
    assert place.values()["low"] == 1
    assert place.values(period=(date(2024, 1, 1), date(2024, 3, 1)))["checked"] == 1


def test_each_change_counts_once_on_the_day_it_took_effect(place: Lists) -> None:
    year = place.values()
    counted = ("added", "taken_over", "adjusted", "cancelled", "handed", "moved")
    assert [year[name] for name in counted] == [3, 1, 2, 1, 1, 8]
    assert place.names(listed.adjusted) == {"A2", "F2"}
    assert place.names(listed.cancelled) == {"A2"}
    assert place.names(listed.handed) == {"C"}
    assert year["high_moved"] == 4, "added B, C; adjusted F; handed down C"
    assert [place.values(period=(date(2024, 2, 15), date(2024, 2, 16)))[name] for name in counted] == [0, 0, 0, 0, 1, 1]


def test_a_row_that_began_and_ended_in_the_period_is_two_changes(place: Lists) -> None:
    with place.house.session(None) as s:
        figure = figures.compute(s, s.registry, [listed.moved], date(2024, 1, 2), date(2024, 2, 16))["moved"]
        ids = figures.cases(s, s.registry, listed.moved, date(2024, 1, 2), date(2024, 2, 16))
    assert figure.value == 3, "C was added and handed down, D taken over"
    assert sorted(ids) == sorted({place.rows["C"], place.rows["D"]})


def test_a_share_of_two_stocks(place: Lists) -> None:
    with place.house.session(None) as s:
        found = figures.compute(s, s.registry, [listed.high_share], *YEAR)["high_share"]
    assert (found.numerator, found.denominator, str(found)) == (2, 3, "66.67%")


def test_what_was_imported_is_stock_but_no_change(place: Lists, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    before = place.values()
    head = ("事项编码", "事项名称", "风险等级", "生效日期", "终止日期")
    rows = [("G", "某事", "高", "2024-06-01", ""), ("H", "某事", "低", "2024-06-01", "2024-07-01")]
    with place.house.session("officer") as s:
        bulk.run(
            s, bulk.Entries(lists.POWERS, place.house.organs["bureau"], None), written(tmp_path / "a.csv", head, rows)
        )
    after = place.values()
    assert (after["valid"], after["moved"]) == (before["valid"] + 1, before["moved"])
    assert place.values(recorded_before=place.house.now) == before
    assert place.values(recorded_before=place.house.now + timedelta(days=1)) == after


# ---------------------------------------------------------------- rights, organs, time


def test_each_sees_the_figures_of_his_organs(place: Lists) -> None:
    assert {who: place.values(who)["valid"] for who in ("officer", "stranger", "mayor", "clerk", "admin")} == {
        "officer": 2, "stranger": 1, "mayor": 3, "clerk": 0, "admin": 0,
    }  # fmt: skip


def test_entries_count_for_their_body_and_for_the_organ_it_serves(place: Lists) -> None:
    found = {name: place.values(whose=Whose(organ))["valid"] for name, organ in place.house.organs.items()}
    assert found == {"government": 3, "bureau": 2, "other": 1, "respondent": 0}
    own = [reaching(one, Reach.OWN) for one in listed.ALL]
    with place.house.session(None) as s:
        figure = figures.compute(s, s.registry, own, *YEAR, Whose(place.house.organs["government"]))["valid@own"]
    assert figure.value == 2


@pytest.mark.parametrize(
    ("cut", "valid", "moved"), [(CUTS[0], 0, 0), (CUTS[1], 3, 2), (CUTS[2], 2, 4), (CUTS[3], 3, 8), (CUTS[4], 3, 8)]
)
def test_figures_as_the_record_stood(place: Lists, cut: str, valid: int, moved: int) -> None:
    """A late end is not there yet: on 10 January nobody knew that C would be handed down."""
    found = place.values(recorded_before=moment(cut))
    assert (found["valid"], found["moved"]) == (valid, moved)


def test_of_a_moved_organ_a_stock_is_of_the_last_day_and_changes_by_their_days(place: Lists) -> None:
    """Taken over the day before it came, valid when the year ended; the same on a snapshot."""
    organs = place.house.organs
    with place.house.session(None) as s:
        house.move_organ(s, organs["other"], organs["respondent"], date(2024, 1, 6))
        taken = snapshot.take(s, s.registry)
        found = {}
        for name, organ in organs.items():
            here = figures.compute(s, s.registry, listed.ALL, *YEAR, Whose(organ))
            assert snapshot.compute_on(taken, listed.ALL, *YEAR, Whose(organ)) == here
            found[name] = (here["valid"].value, here["taken_over"].value)
    assert found == {"government": (3, 1), "bureau": (2, 0), "respondent": (1, 0), "other": (1, 1)}


# ---------------------------------------------------------------- snapshots


@pytest.mark.parametrize("cut", [None, *CUTS])
def test_the_same_integers_and_entries_on_a_snapshot(place: Lists, cut: str | None) -> None:
    before = moment(cut) if cut else None
    with place.house.session(None) as s:
        taken = snapshot.take(s, s.registry, recorded_before=before)
        for period in PERIODS:
            for organ in (None, place.house.organs["bureau"], place.house.organs["other"]):
                here = figures.compute(s, s.registry, listed.ALL, *period, Whose(organ), before)
                assert snapshot.compute_on(taken, listed.ALL, *period, Whose(organ)) == here
        for indicator in listed.ALL:
            here_ids = figures.cases(s, s.registry, indicator, *YEAR, recorded_before=before)
            assert snapshot.cases_on(taken, indicator, figures.Period(*YEAR)) == here_ids
        assert snapshot.verify(taken.id) == []
    assert {file.name for file in taken.folder.glob("*.parquet")} >= {"power.parquet", "small.parquet"}


@pytest.mark.parametrize("by", ["month", "body", "organ"])
def test_by_month_body_and_organ(place: Lists, by: figures.By) -> None:
    with place.house.session(None) as s:
        taken = snapshot.take(s, s.registry)
        here = figures.compute_by(s, s.registry, listed.ALL, *YEAR, by)
    assert snapshot.compute_by_on(taken, listed.ALL, *YEAR, by) == here
    assert sum(found["moved"].value or 0 for found in here.values()) == 8
    if by == "month":
        assert here[202412]["valid"].value == 3
        assert here[202402]["handed"].value == 1


def test_the_manifest_tells_registers_apart(place: Lists) -> None:
    with place.house.session(None) as s:
        taken = snapshot.take(s, s.registry, names=["power"], recorded_before=moment("2024-03-02"))
    assert (taken.systems, list(taken.tables), taken.rows) == ((), ["power"], 5)
    assert [*taken.manifest["registers"]["power"]["declarations"]] == [""]
    lengths = snapshot.lengths(taken, "power", [place.rows["A"], place.rows["C"], place.rows["B"]])
    assert lengths == {place.rows["A"]: 3, place.rows["C"]: 4, place.rows["B"]: 0}


def test_a_kept_figure_tells_the_changes_since(place: Lists) -> None:
    with place.house.session(None) as s:
        taken = snapshot.take(s, s.registry)
        figure = figures.compute(s, s.registry, [listed.valid], *YEAR)["valid"]
    entry = {"name": "valid", "label": "事项数", "text": str(figure), "cases": figure.cases}
    printed = {
        "snapshot": {"id": taken.id, "sm3": taken.digest},
        "period": {"from": "2024-01-01", "before": "2025-01-01"},
        "organ": {"id": None},
        "organs": "day",
        "rates": {"digits": 2, "cut": False},
        "figures": [entry | {"definition": figure.definition, "reach": "whole"}],
    }
    with place.house.session(None) as s:
        (same,) = again(s, printed)
    assert (same.holds, same.acts) == (True, ())
    listed.change(place.house, "officer", "adjust", "B", risk="low", since="2024-10-01")
    listed.change(place.house, "officer", "add", "G", since="2024-06-01")
    with place.house.session(None) as s:
        (found,) = again(s, printed)
    assert (found.printed, found.kept, found.today) == ("3项", "3项", "4项")
    assert [str(act).partition(" ")[0] for act in found.acts] == ["条目B", "条目G"]
    assert [act.event.step for act in found.acts] == ["adjust", "add"]


# ---------------------------------------------------------------- declarations


def test_the_table_of_a_register() -> None:
    table = table_of(listed.catalogue(), "power")
    assert (table.view, table.register, table.id, table.first) == ("v_power", True, "entry_id", "since")
    facts = {column.name: column.kind for column in table.columns if column.source is Source.FACT}
    assert facts == {"fact_risk": Kind.TEXT, "fact_reviewed_on": Kind.DAY, "fact_inspections": Kind.WHOLE}
    check(listed.catalogue())


class Foreign(ChangeKind):
    OPEN = "open", "公开", Effect.ENTERS


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        (replace(listed.valid, register="small"), "条目属于名录"),
        (Count(name="x", label="x", system="power", day=Opened(), definition="x"), "案件属于程序"),
        (replace(listed.valid, where=(Mirrored(),)), "没有“mirrored”一栏"),
        (replace(listed.valid, where=(listed.FactIs("subject", ("x",)),)), "没有“fact_subject”一栏"),
        (replace(listed.added, kinds=(Foreign.OPEN,)), "变动种类"),
        (replace(listed.added, kinds=()), "变动种类"),
        (
            Rate(
                name="x", label="x", numerator=listed.high, definition="x",
                denominator=Count(name="y", label="y", system="small", day=Opened(), definition="y"),
            ),
            "同一个程序",
        ),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_refused(indicator: Indicator, said: str) -> None:
    with pytest.raises(DeclarationError, match=said):
        check(Registry([replace(lists.ROOM, indicators=(indicator,))], load_library()))


def test_a_register_has_no_name_of_a_system() -> None:
    named = replace(lists.POWERS, name="small")
    with pytest.raises(DeclarationError, match="与程序同名"):
        Registry([replace(lists.ROOM, registers=(named,))], load_library())
    assert isinstance(listed.valid, Stock)
