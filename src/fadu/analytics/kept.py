"""Compiled expressions, kept in the house's folder: whoever finds one there does not load the compiler.

A text is found by the digest of all that it is made of: table, measures, the compiler's own code and its packages. What
was made by another compiler is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from fadu.analytics.measures import Dialect, Measure
from fadu.analytics.tables import Table
from fadu.infra.home import home
from fadu.rules.indicators import Changes
from fadu.rules.registry import plain

_COMPILER = ("compile.py", "entries.py", "pieces.py", "measures.py", "tables.py")
_PACKAGES = ("ibis-framework", "sqlglot")
Text = tuple[list[str], str]
"""The columns that are read, and the expression as a statement."""


def kept_text(
    table: Table, measures: Sequence[Measure], dialect: Dialect, *, members: bool, split: str | None = None
) -> Text:
    """From the file, else compiled and put there."""
    said = [dialect, members, split, plain(table), *map(_said, measures)]
    file = _folder() / f"{_digest(json.dumps(said, ensure_ascii=False).encode())}.json"
    try:
        columns, text = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        columns, text = _compile(table, measures, dialect, members=members, split=split)
        _keep(file, json.dumps([columns, text], ensure_ascii=False))
    return columns, text


def _compile(table: Table, measures: Sequence[Measure], dialect: Dialect, *, members: bool, split: str | None) -> Text:
    """The compiler is loaded with the first expression that nobody has compiled: it takes seconds."""
    compiler = import_module("fadu.analytics.compile")
    expr = compiler.expression(table, measures, members=members, split=split)
    return compiler.columns_read(table, measures, split), compiler.to_sql(expr, dialect)


def _said(measure: Measure) -> object:
    """All that a measure says; kinds of change with what they do."""
    kinds = measure.kinds if isinstance(measure, Changes) else ()
    return [plain(measure), [[str(kind), str(kind.effect)] for kind in kinds]]


def _folder() -> Path:
    return home() / "cache" / "statements" / _made_by()


@cache
def _made_by() -> str:
    """The compiler's code and the packages it uses."""
    code = b"".join((Path(__file__).with_name(name)).read_bytes() for name in _COMPILER)
    return _digest(code + "".join(map(version, _PACKAGES)).encode())[:16]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _keep(file: Path, text: str) -> None:
    """Whole or not at all; a folder that cannot be written only means compiling again."""
    try:
        if not file.parent.exists():
            shutil.rmtree(file.parent.parent, ignore_errors=True)
            file.parent.mkdir(parents=True, mode=0o700)
        half = file.with_suffix(f".{os.getpid()}")
        half.write_text(text, encoding="utf-8")
        half.replace(file)
    except OSError:
        return
