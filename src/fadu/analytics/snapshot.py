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
from fadu.analytics.figures import By, Counted, Figure, Part, Period, Row
from fadu.analytics.measures import Scope, measures_of
from fadu.analytics.statements import statement
from fadu.analytics.tables import Column, Kind, Source, Table, names_of, table_of
from fadu.analytics.whose import EVERYBODY, Whose
from fadu.infra import clock, home
from fadu.kernel import access, house, ledger, seal
from fadu.kernel.access import Session
from fadu.kernel.organs import Tree
from fadu.rules.errors import DeclarationError, FaduError, NotFound
from fadu.rules.indicators import Indicator
from fadu.rules.registry import Registry, digest

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
    def tables(self) -> Mapping[str, Any]:
        """What the manifest says of each system and each register."""
        return {**self.manifest["systems"], **self.manifest["registers"]}

    @property
    def rows(self) -> int:
        """Of all tables together."""
        return sum(said["rows"] for said in self.tables.values())

    @property
    def tree(self) -> Tree:
        """The organs as they were on record when it was taken."""
        return Tree.from_json(self.manifest["organs"])

    def table(self, name: str) -> Table:
        """The table of a system or register as it was declared when the snapshot was taken."""
        if name not in self.tables:
            raise NotFound(f"快照中的程序或者名录“{name}”")
        return _table(name, json.dumps(self.tables[name]["columns"]))

    def file(self, name: str) -> Path:
        """The Parquet file of a system or register."""
        return self.folder / f"{name}.parquet"


@cache
def _table(name: str, columns: str) -> Table:
    """One object for the same columns: compiled statements are found by it."""
    said = json.loads(columns)
    return Table(
        name, tuple(Column(c["name"], Kind(c["kind"]), Source(c["source"]), c["of"], c["label"]) for c in said)
    )


def folder() -> Path:
    """Where the snapshots of this house lie."""
    return home.home() / "snapshots"


# ---------------------------------------------------------------- taking


def take(
    s: Session, registry: Registry, names: Sequence[str] | None = None, recorded_before: datetime | None = None
) -> Snapshot:
    """Puts tables of systems and registers (None: all) into files, as the record stands or stood; an act of the house.

    Only rows that the session sees from inside. Raises Refusal when the views are not up to date.
    """
    making = folder() / f".making-{hashlib.sha256(repr((s.now, id(s))).encode()).hexdigest()[:12]}"
    making.mkdir(parents=True, mode=0o700)
    try:
        said = {name: _put(s, registry, name, making, recorded_before) for name in names or names_of(registry)}
        manifest = _manifest(s, registry, said, recorded_before)
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


def _put(s: Session, registry: Registry, name: str, into: Path, before: datetime | None) -> dict[str, Any]:
    """Writes one file; returns what the manifest says of it."""
    table = table_of(registry, name)
    figures.refuse_stale(s, table)
    file = into / f"{name}.parquet"
    number = parquet.write(file, table, parquet.rows_of(s, table, before))
    return {
        "columns": [asdict(column) for column in table.columns],
        "declarations": declarations(registry, name),
        "rows": number,
        **digests(file),
    }


def declarations(registry: Registry, name: str) -> dict[str, str]:
    """The digests by which a system's texts, or a register, were declared; a register has one text, without a name."""
    register = next((one for one in registry.registers if one.name == name), None)
    if register is not None:
        return {"": digest(register)}
    return {text.version: registry.digest_of(text) for text in registry.versions(name)}


def _manifest(s: Session, registry: Registry, said: dict[str, Any], recorded_before: datetime | None) -> dict[str, Any]:
    registers = {register.name for register in registry.registers}
    head = seal.latest()
    return {
        "format": FORMAT,
        "moment": seal.told(s.now),
        "officer": s.officer,
        "recorded_before": seal.told(recorded_before) if recorded_before else None,
        "record": head.as_json() if head else None,
        "organs": access.tree(s, recorded_before).as_json(),
        "systems": {name: what for name, what in said.items() if name not in registers},
        "registers": {name: what for name, what in said.items() if name in registers},
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
    faults = [fault for name in found.tables if (fault := _file_fault(found, name))]
    known = {MANIFEST, *(found.file(name).name for name in found.tables)}
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


def _file_fault(found: Snapshot, name: str) -> str | None:
    file, said = found.file(name), found.tables[name]
    if not file.is_file():
        return f"快照 {found.id} 缺少文件 {file.name}"
    if digests(file) != {kind: said[kind] for kind in ("sha256", "sm3")}:
        return f"快照 {found.id} 的文件 {file.name} 与封存时的摘要不符，内容被改动过"
    return None


# ---------------------------------------------------------------- counting


def compute_on(
    snapshot: Snapshot,
    indicators: Sequence[Indicator],
    period_from: date,
    period_before: date,
    whose: Whose = EVERYBODY,
) -> dict[str, Figure]:
    """As `figures.compute`, on the snapshot. Raises SnapshotBroken when a file is not what it was."""
    period, found = Period(period_from, period_before), dict[str, Figure]()
    for mine in figures.by_source(indicators, whose):
        found |= figures.gather(mine, period, whose, figures.all_rows(rows_of(snapshot, mine, period, whose)))
    return {indicator.name: found[indicator.name] for indicator in indicators}


def compute_by_on(
    snapshot: Snapshot,
    indicators: Sequence[Indicator],
    period_from: date,
    period_before: date,
    by: By,
    whose: Whose = EVERYBODY,
) -> dict[int, dict[str, Figure]]:
    """As `figures.compute_by`, on the snapshot."""
    period, found = Period(period_from, period_before), dict[int, dict[str, Figure]]()
    for mine in figures.by_source(indicators, whose):
        counted = rows_of(snapshot, mine, period, whose, divided=by == "unit")
        for key, some in figures.gather_by(mine, period, whose, counted, by).items():
            found.setdefault(key, {}).update(some)
    return found


def cases_on(
    snapshot: Snapshot, indicator: Indicator, period: Period, whose: Whose = EVERYBODY, part: Part | None = None
) -> list[int]:
    """As `figures.cases`, on the snapshot."""
    return figures.ids_in(indicator, figures.all_rows(rows_of(snapshot, [indicator], period, whose)), part)


def lengths(snapshot: Snapshot, name: str, ids: Iterable[int]) -> dict[int, int]:
    """How many events of each of these cases or entries were on record; what is not in the snapshot has none."""
    wanted = set(ids)
    with _opened(snapshot, name) as engine:
        held = parquet.lengths(engine, snapshot.table(name), sorted(wanted))
    return {one: held.get(one, 0) for one in wanted}


def countable(snapshot: Snapshot, indicator: Indicator) -> bool:
    """Whether the snapshot has what the indicator, as declared today, asks for."""
    try:
        import_module("fadu.analytics.compile").columns_read(snapshot.table(indicator.source), measures_of([indicator]))
    except (DeclarationError, NotFound):
        return False
    return True


def rows_of(
    snapshot: Snapshot,
    mine: Sequence[Indicator],
    period: Period,
    whose: Whose,
    split: str | None = None,
    *,
    divided: bool = False,
) -> Counted:
    """Partial sums of one system or register from the same expression on DuckDB, by the tree that it keeps."""
    table, measures = snapshot.table(mine[0].source), measures_of(mine)
    with _opened(snapshot, table.name) as engine:

        def run_in(scope: Scope) -> list[Row]:
            found: list[Row] = engine.execute(statement(table, measures, scope, "duckdb", split=split)).fetchall()
            return found

        return figures.in_stretches(mine, period, whose, snapshot.tree, run_in, divided=divided)


@contextmanager
def _opened(snapshot: Snapshot, name: str) -> Iterator[Any]:
    """DuckDB with the view over its file, after the file was checked."""
    table = snapshot.table(name)
    if fault := _file_fault(snapshot, name):
        raise SnapshotBroken(fault)
    with parquet.reading(snapshot.file(name), table) as engine:
        yield engine
