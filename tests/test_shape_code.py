"""The house rules that can be measured, over all of src: sizes, first lines, imports, the clock."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
SOURCE = CHECKOUT / "src" / "fadu"
LONGEST_FUNCTION = 60
LONGEST_FILE = 500
CLOCK = SOURCE / "infra" / "clock.py"
CLOCK_READERS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "timezone.now",
    "time.time",
}
NO_PLAIN_LIBRARY = ("django", "psycopg", "fadu.infra", "fadu.kernel", "fadu.analytics")

MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    """Every module of ours, parsed."""
    return [(path.relative_to(CHECKOUT), ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES]


def imported(node: ast.AST) -> Iterator[str]:
    """The names of modules that a piece of code imports."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield child.module


def clock_readers(tree: ast.Module) -> Iterator[ast.Attribute]:
    """Places that ask the system for the present moment."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if f"{owner}.{node.attr}" in CLOCK_READERS:
                yield node


def in_ready(function: Function) -> bool:
    """Django calls `ready()` when the models are loaded; only there an import may stand."""
    return function.name == "ready"


def test_there_is_something_to_measure() -> None:
    assert len(MODULES) > 20
    assert CLOCK in MODULES


def test_functions_are_short() -> None:
    long = [
        f"{path}:{node.lineno} {node.name} ({size})"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, Function) and (size := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_files_are_short() -> None:
    sizes = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: size for path, size in sizes.items() if size > LONGEST_FILE} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path) for path, tree in trees() if not (ast.get_docstring(tree) or "").strip()]
    assert silent == []


def test_no_import_inside_a_function() -> None:
    hidden = [
        f"{path}:{node.lineno}"
        for path, tree in trees()
        for function in ast.walk(tree)
        if isinstance(function, Function) and not in_ready(function)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_only_the_clock_reads_the_clock() -> None:
    readers = [
        f"{path}:{node.lineno}" for path, tree in trees() if CHECKOUT / path != CLOCK for node in clock_readers(tree)
    ]
    assert readers == []


@pytest.mark.parametrize("code", ["datetime.datetime.now()", "datetime.now(tz)", "date.today()", "timezone.now()"])
def test_a_reader_of_the_clock_is_found(code: str) -> None:
    assert len(list(clock_readers(ast.parse(code)))) == 1


def test_no_module_is_a_heap() -> None:
    heaps = [str(path) for path in MODULES if path.stem.strip("_") in {"utils", "util", "helpers", "misc"}]
    assert heaps == []


def test_the_reader_of_reports_is_a_plain_library() -> None:
    bound = [
        f"{path}: {name}"
        for path, tree in trees()
        if "report_reader" in path.parts
        for name in imported(tree)
        if name.startswith(NO_PLAIN_LIBRARY)
    ]
    assert bound == []
