"""Snapshots: the same integers on the files as in the database, and nothing that can be changed unseen."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from fadu.analytics import figures, snapshot
from fadu.analytics.snapshot import Snapshot, SnapshotBroken
from fadu.analytics.tables import Kind
from fadu.analytics.whose import Whose
from fadu.infra.clock import SHANGHAI
from fadu.kernel import house, models
from fadu.rules.errors import NotAllowed, NotFound
from tests.analytics import counted
from tests.analytics.conftest import Filled, let_time_pass
from tests.fixtures.database import move_in

YEAR = (date(2024, 1, 1), date(2025, 1, 1))
PERIODS = [YEAR, (date(2025, 1, 1), date(2026, 1, 1)), (date(2024, 4, 10), date(2024, 4, 11))]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Snapshots of a test in a folder of its own, with a quote in its name."""
    move_in(tmp_path / "a 'house'", monkeypatch)
    yield
    shutil.rmtree(tmp_path)


def take(filled: Filled, **more: Any) -> Snapshot:
    with filled.session() as s:
        return snapshot.take(s, counted.catalogue(), **more)


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=SHANGHAI)


# ---------------------------------------------------------------- equal


def test_every_figure_is_the_same_on_the_snapshot(filled: Filled) -> None:
    let_time_pass(filled)
    taken = take(filled)
    organ = filled.house.organs["bureau"]
    with filled.session() as s:
        for period in PERIODS:
            for where in (None, organ, filled.house.organs["other"]):
                here = figures.compute(s, counted.catalogue(), counted.ALL, *period, Whose(where))
                assert snapshot.compute_on(taken, counted.ALL, *period, Whose(where)) == here


@pytest.mark.parametrize("by", ["month", "body", "organ"])
def test_by_month_body_and_organ_as_well(filled: Filled, by: figures.By) -> None:
    let_time_pass(filled)
    taken = take(filled)
    with filled.session() as s:
        here = figures.compute_by(s, counted.catalogue(), counted.ALL, *YEAR, by)
    assert here
    assert snapshot.compute_by_on(taken, counted.ALL, *YEAR, by) == here


def test_the_cases_are_the_same(filled: Filled) -> None:
    taken = take(filled)
    with filled.session() as s:
        for indicator in counted.ALL:
            here = figures.cases(s, counted.catalogue(), indicator, *YEAR)
            assert snapshot.cases_on(taken, indicator, figures.Period(*YEAR)) == here


@pytest.mark.parametrize("day", ["2024-03-01", "2024-04-10", "2024-08-03", "2025-01-01"])
def test_a_snapshot_as_the_record_stood(filled: Filled, day: str) -> None:
    let_time_pass(filled)
    taken = take(filled, recorded_before=moment(day))
    assert taken.manifest["recorded_before"] == f"{day}T00:00:00+08:00"
    with filled.session() as s:
        then = figures.compute(s, counted.catalogue(), counted.ALL, *YEAR, recorded_before=moment(day))
    assert snapshot.compute_on(taken, counted.ALL, *YEAR) == then


def test_later_acts_do_not_reach_a_snapshot(filled: Filled) -> None:
    taken = take(filled)
    before = snapshot.compute_on(taken, counted.ALL, *YEAR)
    filled.house.do("officer", filled.cases["taken_back"], "accept", day=date(2024, 8, 2))
    assert snapshot.compute_on(taken, counted.ALL, *YEAR) == before
    with filled.session() as s:
        assert figures.compute(s, counted.catalogue(), counted.ALL, *YEAR) != before


# ---------------------------------------------------------------- what lies in the folder


def test_the_file_has_whole_numbers_days_and_text_in_order(filled: Filled) -> None:
    taken = take(filled)
    file = str(taken.file("small"))
    with duckdb.connect() as engine:
        columns = {name: kind for name, kind, *_ in engine.execute("DESCRIBE FROM read_parquet(?)", [file]).fetchall()}
        packed = engine.execute("SELECT DISTINCT compression FROM parquet_metadata(?)", [file]).fetchall()
        rows = engine.execute("SELECT organ_id, opened_month, case_id FROM read_parquet(?)", [file]).fetchall()
    assert set(columns.values()) == {"BIGINT", "DATE", "VARCHAR", "TINYINT"}
    assert [*columns][:-1] == [column.name for column in taken.table("small").columns]
    assert not {"title", "fact_story", "party"} & set(columns)
    assert packed == [("ZSTD",)]
    assert rows == sorted(rows)
    assert len(rows) == len(filled.cases) == taken.manifest["systems"]["small"]["rows"]
    assert {c.kind for c in taken.table("small").columns} >= {Kind.DAY, Kind.FLAG, Kind.TEXT, Kind.WHOLE}


def test_files_are_read_only_and_nothing_else_is_left(filled: Filled) -> None:
    taken = take(filled)
    names = {entry.name for entry in taken.folder.iterdir()}
    assert names == {"manifest.json", "small.parquet", "follow.parquet"}
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in taken.folder.iterdir()} == {0o444}
    assert [entry.name for entry in snapshot.folder().iterdir()] == [taken.id]
    assert [found.id for found in snapshot.listed()] == [taken.id]


def test_the_manifest_says_what_it_is_of(filled: Filled) -> None:
    taken = take(filled, names=["small"])
    said = json.loads((taken.folder / "manifest.json").read_text(encoding="utf-8"))
    assert said == taken.manifest
    assert said["moment"].startswith("2025-02-01T")
    assert said["record"] is None, "this house was never sealed"
    assert taken.systems == ("small",)
    registry = counted.catalogue()
    assert said["systems"]["small"]["declarations"] == {
        text.version: registry.digest_of(text) for text in registry.versions("small")
    }


def test_the_same_rows_make_the_same_file(filled: Filled) -> None:
    one, other = take(filled), take(filled, names=["small"])
    assert one.id != other.id
    assert one.manifest["systems"]["small"] == other.manifest["systems"]["small"]


def test_taking_is_an_act_of_the_house(filled: Filled) -> None:
    taken = take(filled)
    with filled.session():
        event = models.Event.objects.filter(stream__kind="house").order_by("position").last()
        assert event is not None
        assert (event.step, event.label) == ("snapshot_taken", "封存统计数据")
        assert house.recorded_snapshots() == {taken.id: taken.digest}


def test_who_may_not_act_for_the_house_takes_none(filled: Filled) -> None:
    with filled.session("officer") as s, pytest.raises(NotAllowed):
        snapshot.take(s, counted.catalogue())


# ---------------------------------------------------------------- nothing changes unseen


def spoil(file: Path, at: int) -> None:
    """Changes one byte."""
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def test_an_untouched_snapshot_holds(filled: Filled) -> None:
    taken = take(filled)
    with filled.session():
        assert snapshot.verify(taken.id) == []
        assert snapshot.find(taken.id) == taken


@pytest.mark.parametrize("part", [0, 1, 2, 3, 4])
def test_a_changed_byte_is_found_and_named(filled: Filled, part: int) -> None:
    taken = take(filled)
    file = taken.file("small")
    spoil(file, part * (file.stat().st_size - 1) // 4)
    with filled.session():
        assert snapshot.verify(taken.id) == [f"快照 {taken.id} 的文件 small.parquet 与封存时的摘要不符，内容被改动过"]
    with pytest.raises(SnapshotBroken, match=r"small\.parquet"):
        snapshot.compute_on(taken, [counted.decided], *YEAR)


def test_a_changed_manifest_is_found(filled: Filled) -> None:
    taken = take(filled)
    manifest = taken.folder / "manifest.json"
    place = manifest.read_bytes().index(b'"rows"') + 8
    spoil(manifest, place)
    with filled.session():
        (fault,) = snapshot.verify(taken.id)
        assert "manifest.json" in fault
        with pytest.raises(SnapshotBroken, match="改动过"):
            snapshot.find(taken.id)
        manifest.write_bytes(b"\xff")
        assert "无法识别" in snapshot.verify(taken.id)[0]
        manifest.unlink()
        assert "缺少" in snapshot.verify(taken.id)[0]


def test_missing_and_additional_files_are_named(filled: Filled) -> None:
    taken = take(filled)
    taken.file("follow").unlink()
    (taken.folder / "more.parquet").write_bytes(b"")
    with filled.session():
        missing, strange = snapshot.verify(taken.id)
    assert "follow.parquet" in missing
    assert "more.parquet" in strange


def test_a_folder_that_was_never_recorded_is_no_snapshot(filled: Filled) -> None:
    taken = take(filled)
    shutil.copytree(taken.folder, snapshot.folder() / "copy")
    with filled.session():
        assert "没有封存记录" in snapshot.verify("copy")[0]
        for name in ("absent", "../x", ".making"):
            with pytest.raises(NotFound):
                snapshot.verify(name)


# ---------------------------------------------------------------- what it remembers of each case


def test_it_knows_how_long_each_record_was(filled: Filled) -> None:
    taken = take(filled)
    case = filled.cases["taken_back"]
    with filled.session():
        events = models.Event.objects.filter(stream__case=case).count()
    filled.house.do("officer", case, "accept", day=date(2024, 8, 2))
    assert snapshot.lengths(taken, "small", [case, 10**9]) == {case: events, 10**9: 0}
