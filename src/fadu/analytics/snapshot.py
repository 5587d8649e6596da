"""Sealed snapshots: the analytics tables as read-only Parquet files with a manifest, and figures counted on them.

A snapshot lies in FADU_HOME/snapshots/<id>/; its manifest's digest is an event of the house. Nothing personal.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes

from fadu.analytics import figures, parquet
from fadu.analytics.figures import By, Figure, Part, Period, Row
from fadu.analytics.measures import Scope, measures_of
from fadu.analytics.tables import Column, Kind, Source, Table, table_of
from fadu.infra import clock, home
from fadu.kernel import house, ledger, seal
from fadu.kernel.access import Session
from fadu.rules.errors import DeclarationError, FaduError, NotFound
from fadu.rules.indicators import Indicator
from fadu.rules.registry import Registry

FORMAT = "fadu-snapshot/1"
MANIFEST = "manifest.json"


class SnapshotBroken(FaduError):
    """A snapshot is not what was recorded when it was taken."""

    code = "snapshot"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot. digest: SM3 of the manifest's bytes, as the house recorded it."""

    id: str
    folder: Path
    manifest: Mapping[str, Any]
    digest: str

    @property
    def systems(self) -> tuple[str, ...]:
        return tuple(self.manifest["systems"])

    @property
    def rows(self) -> int:
        """Of all systems together."""
        return sum(said["rows"] for said in self.manifest["systems"].values())

    def table(self, system: str) -> Table:
        """The system's table as it was declared when the snapshot was taken."""
        if system not in self.manifest["systems"]:
            raise NotFound(f"快照中的程序“{system}”")
        return _table(system, json.dumps(self.manifest["systems"][system]["columns"]))

    def file(self, system: str) -> Path:
        """The Parquet file of a system."""
        return self.folder / f"{system}.parquet"


@cache
def _table(system: str, columns: str) -> Table:
    """One object for the same columns: compiled statements are found by it."""
    said = json.loads(columns)
    return Table(
        system, tuple(Column(c["name"], Kind(c["kind"]), Source(c["source"]), c["of"], c["label"]) for c in said)
    )


def folder() -> Path:
    """Where the snapshots of this house lie."""
    return home.home() / "snapshots"


# ---------------------------------------------------------------- taking


def take(
    s: Session, registry: Registry, systems: Sequence[str] | None = None, recorded_before: datetime | None = None
) -> Snapshot:
    """Puts the tables of systems (None: all) into files, as the record stands or stood; an act of the house.

    Only rows of cases that the session sees from inside. Raises Refusal when the views are not up to date.
    """
    making = folder() / f".making-{hashlib.sha256(repr((s.now, id(s))).encode()).hexdigest()[:12]}"
    making.mkdir(parents=True, mode=0o700)
    try:
        said = {name: _put(s, registry, name, making, recorded_before) for name in systems or registry.systems}
        manifest = _manifest(s, said, recorded_before)
        text = (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
        (making / MANIFEST).write_bytes(text)
        for file in making.iterdir():
            file.chmod(0o444)
        taken = Snapshot(_id(s, text), folder() / _id(s, text), manifest, sm3(text))
        house.record_snapshot(s, {"id": taken.id, "digest": taken.digest, "rows": taken.rows})
        if not taken.folder.exists():
            making.rename(taken.folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return taken


def _id(s: Session, manifest: bytes) -> str:
    return f"{s.now.astimezone(clock.SHANGHAI):%Y%m%d-%H%M%S}-{sm3(manifest)[:8]}"


def _put(s: Session, registry: Registry, system: str, into: Path, before: datetime | None) -> dict[str, Any]:
    """Writes one file; returns what the manifest says of it."""
    table = table_of(registry, system)
    figures.refuse_stale(s, table)
    file = into / f"{system}.parquet"
    number = parquet.write(file, table, parquet.rows_of(s, table, before))
    return {
        "columns": [asdict(column) for column in table.columns],
        "declarations": {text.version: registry.digest_of(text) for text in registry.versions(system)},
        "rows": number,
        **digests(file),
    }


def _manifest(s: Session, systems: dict[str, Any], recorded_before: datetime | None) -> dict[str, Any]:
    head = seal.latest()
    return {
        "format": FORMAT,
        "moment": seal.told(s.now),
        "officer": s.officer,
        "recorded_before": seal.told(recorded_before) if recorded_before else None,
        "record": head.as_json() if head else None,
        "systems": systems,
    }


def sm3(data: bytes) -> str:
    """SM3 as text."""
    return ledger.sm3(data).hex()


def digests(file: Path) -> dict[str, str]:
    """SHA-256 and SM3 of a file, read once."""
    sha256, other = hashlib.sha256(), hashes.Hash(hashes.SM3())
    with file.open("rb") as opened:
        while chunk := opened.read(1 << 20):
            sha256.update(chunk)
            other.update(chunk)
    return {"sha256": sha256.hexdigest(), "sm3": other.finalize().hex()}


# ---------------------------------------------------------------- finding and verifying


def listed() -> list[Snapshot]:
    """Every snapshot in the folder whose manifest can be read, oldest first."""
    ids = sorted(entry.name for entry in folder().glob("[!.]*") if (entry / MANIFEST).is_file())
    return [found for id_ in ids if isinstance(found := _read(id_), Snapshot)]


def find(id_: str) -> Snapshot:
    """The snapshot of that id with its manifest as recorded. Raises NotFound, or SnapshotBroken for another one."""
    if "/" in id_ or id_.startswith(".") or not (folder() / id_).is_dir():
        raise NotFound(f"快照“{id_}”")
    found = _read(id_)
    faults = [found] if isinstance(found, str) else _manifest_faults(found)
    if faults or isinstance(found, str):
        raise SnapshotBroken("；".join(faults))
    return found


def verify(id_: str) -> list[str]:
    """What does not hold of a snapshot, each with the file's name: manifest against the record, files against it."""
    try:
        found = find(id_)
    except SnapshotBroken as broken:
        return [str(broken)]
    faults = [fault for system in found.systems if (fault := _file_fault(found, system))]
    known = {MANIFEST, *(found.file(system).name for system in found.systems)}
    strange = sorted(entry.name for entry in found.folder.iterdir() if entry.name not in known)
    return [*faults, *(f"快照 {id_} 中多出文件 {name}" for name in strange)]


def _read(id_: str) -> Snapshot | str:
    """The snapshot, or why its manifest cannot be read."""
    place = folder() / id_
    try:
        text = (place / MANIFEST).read_bytes()
        manifest = json.loads(text)
        if manifest["format"] != FORMAT:
            return f"快照 {id_} 的 {MANIFEST} 是另一种格式：{manifest['format']}"
    except FileNotFoundError:
        return f"快照 {id_} 缺少 {MANIFEST}"
    except (ValueError, KeyError, TypeError):
        return f"快照 {id_} 的 {MANIFEST} 无法识别，内容被改动过"
    return Snapshot(id_, place, manifest, sm3(text))


def _manifest_faults(found: Snapshot) -> list[str]:
    recorded = house.recorded_snapshots().get(found.id)
    if recorded is None:
        return [f"快照 {found.id} 没有封存记录，不是本机关封存的"]
    return [] if recorded == found.digest else [f"快照 {found.id} 的 {MANIFEST} 与封存时的记录不符，内容被改动过"]


def _file_fault(found: Snapshot, system: str) -> str | None:
    file, said = found.file(system), found.manifest["systems"][system]
    if not file.is_file():
        return f"快照 {found.id} 缺少文件 {file.name}"
    if digests(file) != {name: said[name] for name in ("sha256", "sm3")}:
        return f"快照 {found.id} 的文件 {file.name} 与封存时的摘要不符，内容被改动过"
    return None


# ---------------------------------------------------------------- counting


def compute_on(
    snapshot: Snapshot,
    indicators: Sequence[Indicator],
    period_from: date,
    period_before: date,
    organ: int | None = None,
) -> dict[str, Figure]:
    """As `figures.compute`, on the snapshot. Raises SnapshotBroken when a file is not what it was."""
    period, found = Period(period_from, period_before), dict[str, Figure]()
    for mine in _by_system(indicators):
        found |= figures.gather(mine, period, organ, _rows(snapshot, mine, period, organ))
    return {indicator.name: found[indicator.name] for indicator in indicators}


def compute_by_on(
    snapshot: Snapshot,
    indicators: Sequence[Indicator],
    period_from: date,
    period_before: date,
    by: By,
    organ: int | None = None,
) -> dict[int, dict[str, Figure]]:
    """As `figures.compute_by`, on the snapshot."""
    period, found = Period(period_from, period_before), dict[int, dict[str, Figure]]()
    for mine in _by_system(indicators):
        for key, some in figures.gather_by(mine, period, organ, _rows(snapshot, mine, period, organ), by).items():
            found.setdefault(key, {}).update(some)
    return found


def cases_on(
    snapshot: Snapshot, indicator: Indicator, period: Period, organ: int | None = None, part: Part | None = None
) -> list[int]:
    """As `figures.cases`, on the snapshot."""
    return figures.ids_in(indicator, _rows(snapshot, [indicator], period, organ), part)


def lengths(snapshot: Snapshot, system: str, ids: Iterable[int]) -> dict[int, int]:
    """How many events of each of these cases were on record; a case that is not in the snapshot has none."""
    wanted = set(ids)
    with _opened(snapshot, system) as engine:
        held = dict(engine.execute(parquet.LENGTHS, [sorted(wanted)]).fetchall())
    return {case: held.get(case, 0) for case in wanted}


def countable(snapshot: Snapshot, indicator: Indicator) -> bool:
    """Whether the snapshot has what the indicator, as declared today, asks for."""
    try:
        import_module("fadu.analytics.compile").columns_read(snapshot.table(indicator.system), measures_of([indicator]))
    except (DeclarationError, NotFound):
        return False
    return True


def _by_system(indicators: Sequence[Indicator]) -> Iterator[list[Indicator]]:
    for system in dict.fromkeys(indicator.system for indicator in indicators):
        yield [indicator for indicator in indicators if indicator.system == system]


def _rows(snapshot: Snapshot, mine: Sequence[Indicator], period: Period, organ: int | None) -> list[Row]:
    """Partial sums of one system from the same expression on DuckDB."""
    table = snapshot.table(mine[0].system)
    scope = Scope(period.since, period.before, organ)
    statement = figures.compiler()(table, measures_of(mine), scope, "duckdb")
    with _opened(snapshot, table.system) as engine:
        found: list[Row] = engine.execute(statement).fetchall()
        return found


@contextmanager
def _opened(snapshot: Snapshot, system: str) -> Iterator[Any]:
    """DuckDB with the system's view over its file, after the file was checked."""
    table = snapshot.table(system)
    if fault := _file_fault(snapshot, system):
        raise SnapshotBroken(fault)
    with parquet.reading(snapshot.file(system), table) as engine:
        yield engine
