"""Runs a bulk act: every row is read, judged and written, all or none, under one event that names file and rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from psycopg import Cursor

from fadu.kernel import files, ledger, merkle, models, sought_entries, streams
from fadu.kernel.access import Session
from fadu.kernel.bulk import matching as told_again
from fadu.kernel.bulk.columns import IGNORED, Target, mapped, plain, said_of
from fadu.kernel.bulk.entries import Entries
from fadu.kernel.bulk.matching import Line, Matching, counts
from fadu.kernel.bulk.sheet import Sheet, sheet
from fadu.kernel.bulk.targets import target_of
from fadu.kernel.bulk.tree import Fault, Tree
from fadu.kernel.ledger import Deed
from fadu.rules.casefile import note
from fadu.rules.errors import BadInput, GatesUnmet, NotFound, Refusal, Unmet
from fadu.rules.facts import Audience

STEP, TAKEN_BACK = "bulk_import", "bulk_taken_back"
LABELS = {STEP: "批量导入", TAKEN_BACK: "撤回批量导入"}
CHUNK = 5000
TICK = 2000
REMEMBERED = 5
WRITE = {"register": "SELECT fadu_bulk_entries(%s, %s)", "case": "SELECT fadu_bulk_cases(%s, %s)"}
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""The same bytes as ledger.canonical for what a form has cleaned: no floats, declared keys, numbers below 2⁵³."""

Tick = Callable[[int, int], None]
"""Told now and then, and before the end: how many rows are done, of how many at least. What it raises ends all."""


class Faulty(Refusal):
    """A file with faults: nothing of it was taken."""

    code = "faulty_file"

    def __init__(self, faults: list[Fault], count: int, rows: int, lines: tuple[Line, ...] = ()) -> None:
        super().__init__(f"文件共{rows}行，有{count}处错误，没有导入任何内容。", todo="请改正文件后重新导入。")
        self.faults, self.count, self.rows, self.lines = faults, count, rows, lines


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was imported, or would be. bulk: its number, None when it was only checked.

    lines: what became of each row, of an import that updates.
    """

    bulk: int | None
    rows: int
    root: str
    digest: str
    columns: Mapping[str, str]
    lines: tuple[Line, ...] = ()


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
    deed, digests = _deed(s, STEP, target.role(s), target.label), files.digests(path)
    try:
        with transaction.atomic():
            bulk = _begin(s, target, digests.sha256)
            with sheet(path) as read:
                columns = mapped(target, read.headings, said or {})
                matching = Matching(s, bulk, deed, columns) if target.updates else None
                tree = _write_all(bulk, target, read, columns, matching, tick)
            _conflicts(bulk, target, columns, tree)
            lines = matching.report(tree) if matching else ()
            if tree.count:
                raise Faulty(sorted(tree.faults, key=lambda fault: fault.row), tree.count, tree.rows, lines)
            if not tree.rows:
                raise BadInput({"file": "文件中没有内容"})
            if tick:
                tick(tree.rows, tree.rows)
            outcome = Outcome(bulk.pk, tree.rows, "sm3:" + tree.edge.root().hex(), digests.sm3, columns, lines)
            if check:
                raise _OnlyChecked(replace(outcome, bulk=None))
            _finish(s, target, bulk, deed, outcome, path.name, files.keep_file(s, path, digests))
            return outcome
    except _OnlyChecked as checked:
        return checked.outcome


def _begin(s: Session, target: Target, sha256: str) -> models.Bulk:
    """The import's row and its place on the chain, which is locked first: the same file sent twice waits here."""
    stream = target.stream()
    before = models.Bulk.objects.filter(kind=target.kind, target=target.name, organ=target.organ, taken_back=None)
    same = before.filter(file=sha256).first()
    if same is not None:
        day = same.made.astimezone(s.now.tzinfo).date()
        raise BadInput({"file": f"这个文件已于{day.isoformat()}导入（第{same.pk}号导入，{same.rows}行），不能重复导入"})
    return models.Bulk.objects.create(
        kind=target.kind, target=target.name, organ_id=target.organ, stream=stream, position=stream.position + 1,
        made=s.now,
    )  # fmt: skip


def _write_all(
    bulk: models.Bulk, target: Target, read: Sheet, columns: Mapping[str, str], matching: Matching | None,
    tick: Tick | None,
) -> Tree:  # fmt: skip
    """Reads on while the database writes; after the first fault rows are only judged."""
    tree = Tree()
    good = rows_of(target, read, columns, tree, tick)
    with _writer(bulk) as write:
        while chunk := list(islice(good, CHUNK)):
            new = matching.new(chunk, tree) if matching else chunk
            if new and not tree.count:
                write("\n".join(f'{{"row":{row},"body":{body},"derived":{derived}}}' for row, body, derived in new))
    return tree


def rows_of(
    target: Target, read: Sheet, columns: Mapping[str, str], tree: Tree, tick: Tick | None = None
) -> Iterator[tuple[int, str, str]]:
    """Every good row: its number, canonical body, what follows from it. Tree and faults grow with them."""
    meanings = [columns[heading] for heading in read.headings]
    headings = {meaning: heading for heading, meaning in columns.items()}
    used = [(place, meaning) for place, meaning in enumerate(meanings) if meaning != IGNORED]
    for row, cells in read.rows:
        tree.rows += 1
        if tick and tree.rows % TICK == 0:  # of faulty rows too, of which none comes out
            tick(tree.rows, max(read.lines, tree.rows))
        if len(cells) != len(meanings):
            tree.fault(row, "", f"有{len(cells)}列，表头有{len(meanings)}列")
            continue
        try:
            made = target.made({meaning: text for place, meaning in used if (text := plain(cells[place]))})
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


def _finish(
    s: Session, target: Target, bulk: models.Bulk, deed: Deed, outcome: Outcome, name: str, file: models.File
) -> None:
    said = target.options() | ({"told": counts(outcome.lines)} if outcome.lines else {}) | {
        "bulk": bulk.pk, "kind": target.kind, "target": target.name, "file": file.digest, "name": name,
        "digest": outcome.digest, "rows": outcome.rows, "root": outcome.root,
        "columns": [[heading, meaning] for heading, meaning in outcome.columns.items()],
    }  # fmt: skip
    position = streams.append(s, bulk.stream, deed, [note("bulk", said)])
    assert position == bulk.position  # the chain was locked before the first row
    bulk.file, bulk.rows = file, outcome.rows
    bulk.save(update_fields=["file", "rows"])
    if target.kind == Entries.kind:
        sought_entries.write_later()


def _deed(s: Session, step: str, role: str, label: str, reverses: int | None = None) -> Deed:
    label = f"{LABELS[step]}：{label}"
    return Deed(uuid4(), step, label, Audience.INTERNAL.value, None, s.officer, role, s.today, reverses)


# ---------------------------------------------------------------- taking back


def imports(s: Session) -> list[models.Bulk]:
    """All imports, oldest first."""
    return list(models.Bulk.objects.select_related("file", "organ").order_by("pk"))


def remembered(target: Target) -> dict[str, str]:
    """Heading → what it was taken to mean by the newest imports into the same target."""
    before = models.Bulk.objects.filter(kind=target.kind, target=target.name, taken_back=None).order_by("-pk")
    found: dict[str, str] = {}
    for bulk in reversed(before[:REMEMBERED]):
        found |= dict(said_of(bulk).get("columns", ()))
    return found


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
    stream = models.Stream.objects.select_for_update(no_key=True).get(pk=bulk.stream_id)
    unmet = list(_cannot_go_back(s, bulk))
    if unmet:
        raise GatesUnmet(LABELS[TAKEN_BACK], unmet)
    said = note("bulk_taken_back", {"bulk": bulk.pk, "reason": reason.strip()})
    deed = _deed(s, TAKEN_BACK, role, aim.label, bulk.position)
    bulk.taken_back = streams.append(s, stream, deed, [said])
    bulk.save(update_fields=["taken_back"])
    if aim.updates:
        told_again.take_back(s, bulk, deed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_bulk_remove(%s)", [bulk.pk])
    if aim.kind == Entries.kind:
        sought_entries.write_later()  # of what stood there before
    return bulk


def _cannot_go_back(s: Session, bulk: models.Bulk) -> Iterator[Unmet]:
    bulk.refresh_from_db(fields=["taken_back"])
    if bulk.taken_back is not None:
        yield Unmet("taken_back", f"第{bulk.pk}号导入已经撤回过")
        return
    event = models.Event.objects.get(stream_id=bulk.stream_id, position=bulk.position)
    if s.officer is not None and event.actor_id == s.officer:
        yield Unmet("own", "不能撤回自己办理的导入", None, "请由另一名有权人员撤回。")
    ((touched, later),) = ledger.rows("SELECT fadu_bulk_touched(%s), fadu_bulk_later(%s)", [bulk.pk, bulk.pk])
    if later:
        todo = f"请先撤回第{later}号导入。"
        yield Unmet("later", f"此后的第{later}号导入又转录了其中的案件", None, todo)
    elif touched:
        yield Unmet("touched", f"所导入的内容中已有{touched}行有后续办理", None, "请逐项更正，不再整批撤回。")
