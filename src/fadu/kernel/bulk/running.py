"""Runs a bulk act: every row is read, judged and written, all or none, under one event that names file and rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from psycopg import Cursor

from fadu.kernel import files, merkle, models, streams
from fadu.kernel.access import Session
from fadu.kernel.bulk.columns import IGNORED, Target, mapped
from fadu.kernel.bulk.sheet import Sheet, sheet
from fadu.kernel.bulk.targets import target_of
from fadu.kernel.ledger import Deed
from fadu.rules.casefile import note
from fadu.rules.errors import BadInput, GatesUnmet, NotFound, Refusal, Unmet
from fadu.rules.facts import Audience

STEP, TAKEN_BACK = "bulk_import", "bulk_taken_back"
LABELS = {STEP: "批量导入", TAKEN_BACK: "撤回批量导入"}
CHUNK = 5000
TICK = 1000
KEPT = 10_000
"""Faults that are told one by one; all are counted."""
WRITE = {"register": "SELECT fadu_bulk_entries(%s, %s)", "case": "SELECT fadu_bulk_cases(%s, %s)"}
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""The same bytes as ledger.canonical for what a form has cleaned: no floats, declared keys, numbers below 2⁵³."""

Tick = Callable[[int, int], None]
"""Told now and then: how many rows are done, of how many at least."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row. column: its heading in the file, empty when it is about the whole row."""

    row: int
    column: str
    said: str

    @property
    def sentence(self) -> str:
        where = f"“{self.column}”" if self.column and f"“{self.column}”" not in self.said else ""
        return f"第{self.row}行{where}：{self.said}"


class Faulty(Refusal):
    """A file with faults: nothing of it was taken."""

    code = "faulty_file"

    def __init__(self, faults: list[Fault], count: int, rows: int) -> None:
        super().__init__(f"文件共{rows}行，有{count}处错误，没有导入任何内容。", todo="请改正文件后重新导入。")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was imported, or would be. bulk: its number, None when it was only checked."""

    bulk: int | None
    rows: int
    root: str
    digest: str
    columns: Mapping[str, str]


@dataclass(slots=True)
class Tree:
    """The rows read so far: their tree, and what was wrong."""

    edge: merkle.Frontier = field(default_factory=merkle.Frontier)
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def fault(self, row: int, column: str, said: str) -> None:
        self.count += 1
        if len(self.faults) < KEPT:
            self.faults.append(Fault(row, column, said))


class _OnlyChecked(Exception):
    """Leaves the savepoint of a check, so that nothing of it stays."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


# ---------------------------------------------------------------- importing


def run(
    s: Session, target: Target, path: Path, *, said: Mapping[str, str] | None = None, check: bool = False,
    tick: Tick | None = None,
) -> Outcome:  # fmt: skip
    """Imports a file, or checks whether it could be. said: heading → meaning, where a person had to say it.

    Raises NotAllowed, BadInput (columns, a file imported before), Faulty with the rows; then nothing was written.
    """
    role, digests = target.role(s), files.digests(path)
    try:
        with transaction.atomic():
            bulk = _begin(s, target, digests.sha256)
            with sheet(path) as read:
                columns = mapped(target, read.headings, said or {})
                tree = _write_all(bulk, target, read, columns, tick)
            _conflicts(bulk, target, columns, tree)
            if tree.count:
                raise Faulty(sorted(tree.faults, key=lambda fault: fault.row), tree.count, tree.rows)
            if not tree.rows:
                raise BadInput({"file": "文件中没有内容"})
            outcome = Outcome(bulk.pk, tree.rows, "sm3:" + tree.edge.root().hex(), digests.sm3, columns)
            if check:
                raise _OnlyChecked(Outcome(None, outcome.rows, outcome.root, outcome.digest, columns))
            _finish(s, target, bulk, role, outcome, files.keep_file(s, path, digests, "text/csv"))
            return outcome
    except _OnlyChecked as checked:
        return checked.outcome


def _begin(s: Session, target: Target, sha256: str) -> models.Bulk:
    """The import's row and its place on the chain, which is locked from here on."""
    before = models.Bulk.objects.filter(kind=target.kind, target=target.name, organ=target.organ, taken_back=None)
    same = before.filter(file=sha256).first()
    if same is not None:
        day = same.made.astimezone(s.now.tzinfo).date()
        raise BadInput({"file": f"这个文件已于{day.isoformat()}导入（第{same.pk}号导入，{same.rows}行），不能重复导入"})
    stream = target.stream()
    return models.Bulk.objects.create(
        kind=target.kind, target=target.name, organ_id=target.organ, stream=stream, position=stream.position + 1,
        made=s.now,
    )  # fmt: skip


def _write_all(bulk: models.Bulk, target: Target, read: Sheet, columns: Mapping[str, str], tick: Tick | None) -> Tree:
    """Reads on while the database writes; after the first fault rows are only judged."""
    tree, lines = Tree(), []
    with _writer(bulk) as write:
        for row, body, derived in rows_of(target, read, columns, tree):
            lines.append(f'{{"row":{row},"body":{body},"derived":{derived}}}')
            if len(lines) == CHUNK:
                if not tree.count:
                    write("\n".join(lines))
                lines = []
            if tick and tree.rows % TICK == 0:
                tick(tree.rows, max(read.lines, tree.rows))
        if lines and not tree.count:
            write("\n".join(lines))
    return tree


def rows_of(target: Target, read: Sheet, columns: Mapping[str, str], tree: Tree) -> Iterator[tuple[int, str, str]]:
    """Every good row: its number, canonical body, what follows from it. Tree and faults grow with them."""
    meanings = [columns[heading] for heading in read.headings]
    headings = {meaning: heading for heading, meaning in columns.items()}
    used = [(place, meaning) for place, meaning in enumerate(meanings) if meaning != IGNORED]
    for row, cells in read.rows:
        tree.rows += 1
        if len(cells) != len(meanings):
            tree.fault(row, "", f"有{len(cells)}列，表头有{len(meanings)}列")
            continue
        try:
            made = target.made({meaning: text for place, meaning in used if (text := cells[place].strip())})
        except BadInput as refused:
            for meaning, sentence in refused.fields.items():
                tree.fault(row, headings.get(meaning, ""), sentence)
            continue
        body = canonical(made.body)
        tree.edge.append(merkle.leaf(body.encode()))
        yield row, body, canonical(made.derived) if made.derived else "null"


@contextmanager
def _writer(bulk: models.Bulk) -> Iterator[Callable[[str], None]]:
    """Sends lines to the database from another thread, one batch at a time, on the connection of the transaction."""
    raw, statement = connection.connection, WRITE[bulk.kind]
    pending: list[Future[Any]] = []
    with ThreadPoolExecutor(1) as pool:

        def write(lines: str) -> None:
            if pending:
                pending.pop().result()
            pending.append(pool.submit(Cursor(raw).execute, statement, [bulk.pk, lines]))

        yield write
        if pending:
            pending.pop().result()


def _conflicts(bulk: models.Bulk, target: Target, columns: Mapping[str, str], tree: Tree) -> None:
    """What contradicts what is there already; asked when the rows themselves are good: only then they lie there."""
    if tree.count:
        return
    headings = {meaning: heading for heading, meaning in columns.items()}
    with connection.cursor() as cursor:
        cursor.execute('SELECT "row", about, "with" FROM fadu_bulk_conflicts(%s)', [bulk.pk])
        for row, about, since in cursor.fetchall():
            meaning, sentence = target.conflict(about, since)
            tree.fault(row, headings.get(meaning, ""), sentence)


def _finish(s: Session, target: Target, bulk: models.Bulk, role: str, outcome: Outcome, file: models.File) -> None:
    said = target.options() | {
        "bulk": bulk.pk, "kind": target.kind, "target": target.name, "file": file.digest, "name": file.name,
        "digest": outcome.digest, "rows": outcome.rows, "root": outcome.root,
        "columns": [[heading, meaning] for heading, meaning in outcome.columns.items()],
    }  # fmt: skip
    position = streams.append(s, bulk.stream, _deed(s, STEP, role, target.label), [note("bulk", said)])
    assert position == bulk.position  # the chain was locked before the first row
    bulk.file, bulk.rows = file, outcome.rows
    bulk.save(update_fields=["file", "rows"])


def _deed(s: Session, step: str, role: str, label: str, reverses: int | None = None) -> Deed:
    label = f"{LABELS[step]}：{label}"
    return Deed(uuid4(), step, label, Audience.INTERNAL.value, None, s.officer, role, s.today, reverses)


# ---------------------------------------------------------------- taking back


def imports(s: Session) -> list[models.Bulk]:
    """All imports, oldest first."""
    return list(models.Bulk.objects.select_related("file", "organ").order_by("pk"))


def take_back(s: Session, number: int, reason: str) -> models.Bulk:
    """Takes a whole import back: its rows go, its file and both events stay.

    Raises NotFound, NotAllowed, BadInput; GatesUnmet when something was done on its rows, or it is one's own import.
    """
    bulk = models.Bulk.objects.select_related("file").filter(pk=number).first()
    if bulk is None:
        raise NotFound(f"第{number}号导入")
    aim = target_of(s, bulk)
    role = aim.role(s)
    if not reason.strip():
        raise BadInput({"reason": "请写明撤回的理由"})
    stream = models.Stream.objects.select_for_update().get(pk=bulk.stream_id)
    unmet = list(_cannot_go_back(s, bulk))
    if unmet:
        raise GatesUnmet(LABELS[TAKEN_BACK], unmet)
    said = note("bulk_taken_back", {"bulk": bulk.pk, "reason": reason.strip()})
    bulk.taken_back = streams.append(s, stream, _deed(s, TAKEN_BACK, role, aim.label, bulk.position), [said])
    bulk.save(update_fields=["taken_back"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_bulk_remove(%s)", [bulk.pk])
    return bulk


def _cannot_go_back(s: Session, bulk: models.Bulk) -> Iterator[Unmet]:
    bulk.refresh_from_db(fields=["taken_back"])
    if bulk.taken_back is not None:
        yield Unmet("taken_back", f"第{bulk.pk}号导入已经撤回过")
        return
    event = models.Event.objects.get(stream_id=bulk.stream_id, position=bulk.position)
    if s.officer is not None and event.actor_id == s.officer:
        yield Unmet("own", "不能撤回自己办理的导入", None, "请由另一名有权人员撤回。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_bulk_touched(%s)", [bulk.pk])
        touched = cursor.fetchone()[0]
    if touched:
        yield Unmet("touched", f"所导入的内容中已有{touched}行有后续办理", None, "请逐项更正，不再整批撤回。")
