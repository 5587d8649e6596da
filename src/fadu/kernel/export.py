"""Writes the whole record as JSON lines, for those who verify it without this program (scripts/verify_record.py)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import connection

from fadu.kernel import seal
from fadu.rules.errors import BadInput

CHUNK = 2000
TABLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "streams": ("SELECT id, kind, name, position, head FROM kernel_stream ORDER BY id",
                ("stream", "kind", "name", "length", "head")),
    "events": ("SELECT stream_id, position, body, hash FROM kernel_event ORDER BY stream_id, position",
               ("stream", "position", "body", "hash")),
    "values": ("SELECT stream_id, position, slot, salt, value, erased FROM kernel_eventvalue"
               " ORDER BY stream_id, position, slot",
               ("stream", "position", "slot", "salt", "value", "erased")),
    "leaves": ("SELECT seq, stream_id, position, hash FROM kernel_leaf ORDER BY seq",
               ("seq", "stream", "position", "hash")),
}  # fmt: skip
"""File → query and the names of its columns; bytes become hexadecimal."""


def export(folder: Path) -> dict[str, int]:
    """Writes the files into a new folder, within `verification.one_moment`; returns the number of lines of each."""
    if folder.exists() and any(folder.iterdir()):
        raise BadInput({"folder": f"目录 {folder} 不是空的"})
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    counts = {name: _write(folder / f"{name}.jsonl", *table) for name, table in TABLES.items()}
    counts["heads"] = _lines(folder / "heads.jsonl", (head.as_json() for head in seal.heads()))
    counts["keys"] = _lines(folder / "keys.jsonl", (key.as_json() for key in seal.public_keys()))
    return counts


def _write(path: Path, sql: str, names: tuple[str, ...]) -> int:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        rows = chain.from_iterable(iter(lambda: cursor.fetchmany(CHUNK), []))
        return _lines(path, (dict(zip(names, map(_plain, row), strict=True)) for row in rows))


def _plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def _lines(path: Path, rows: Iterable[Any]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        path.chmod(0o600)
        for count, row in enumerate(rows, start=1):  # noqa: B007  # the last number is the count
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count
