"""All indicators in one scan of a DuckDB table, beside one query for each indicator, in turn; results compared.

    fadu bench figures [--rows 1000000] [--rounds 5] [--threads 2]

The rows are made by DuckDB from numbers, and lie in one Parquet file (zstd, sorted by organ and month) like a
snapshot. One query for each: the same expression of a single indicator without materialising, so that its
conditions reach the file. Neither uses FILTER. Medians of the rounds; the file is written once, not counted.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fadu.analytics.measures import Measure, Scope, measures_of
from fadu.analytics.statements import statement
from fadu.analytics.tables import Column, Kind, Source, Table, table_of
from fadu.rules.indicators import Condition, FactIs, Not, Outcome
from fadu.rules.registry import registry

ORGANS = 50
YEAR = Scope(date(2024, 1, 1), date(2025, 1, 1))
Result = dict[tuple[int, int, int, int, int | None], int]
"""Measure, organ, body, month, days → number, without zeros."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; 1 if the two ways differ in any number."""
    parser = argparse.ArgumentParser(prog="fadu bench figures", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(argv)
    rooms = registry()
    system = Counter(indicator.source for indicator in rooms.indicators).most_common(1)[0][0]
    measures = measures_of([indicator for indicator in rooms.indicators if indicator.source == system])
    table = table_of(rooms, system)
    with tempfile.TemporaryDirectory(prefix="fadu-bench-") as folder, duckdb.connect() as engine:
        engine.execute(f"SET threads = {options.threads}")
        file = Path(folder) / f"{system}.parquet"
        make(engine, table, measures, options.rows, file)
        print(f"{system}：{options.rows:,} 行，{len(table.columns)} 栏，{file.stat().st_size / 1e6:.1f} MB；", end="")
        print(f"{len(measures)} 项计数，{options.threads} 线程，{options.rounds} 轮")
        return compare(engine, table, measures, options.rounds)


# ---------------------------------------------------------------- rows


def make(engine: duckdb.DuckDBPyConnection, table: Table, measures: Sequence[Measure], rows: int, file: Path) -> None:
    """Writes the file and puts the system's view over it."""
    codes: dict[str, list[str]] = {}
    for measure in measures:
        for condition in measure.where:
            for column, values in asked(condition):
                codes.setdefault(column, []).extend(values)
    columns = ", ".join(f'{value(column, codes.get(column.name, []))} AS "{column.name}"' for column in table.columns)
    engine.execute(
        f"COPY (SELECT {columns} FROM range({rows}) AS made(i) ORDER BY organ_id, opened_month, case_id)"
        f" TO '{file}' (FORMAT parquet, COMPRESSION zstd)"
    )
    engine.execute(f"CREATE VIEW \"{table.view}\" AS SELECT * FROM read_parquet('{file}')")


def asked(condition: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Column and values that a condition asks for, so that some rows have them."""
    match condition:
        case Outcome(codes):
            yield "outcome", codes
        case FactIs(fact, values):
            yield f"fact_{fact}", values
        case Not(inner):
            yield from asked(inner)


def value(column: Column, codes: Sequence[str]) -> str:
    """SQL for a column's value in row i: days after opening with gaps, flags with gaps, codes with others beside."""
    opened, dice = "DATE '2023-07-01' + (hash(i, 'opened') % 640)::INT", f"hash(i, '{column.name}')"
    match column.source, column.of:
        case Source.CASE, "id":
            return "i"
        case Source.CASE, "organ":
            return f"(i % {ORGANS})::BIGINT"
        case Source.CASE, "body":
            return f"(i % {ORGANS})::BIGINT"
        case Source.CASE, "opened":
            return opened
        case Source.CASE, "opened_month":
            return f"(year({opened}) * 100 + month({opened}))::BIGINT"
    return gaps(column.kind, opened, dice, codes)


def gaps(kind: Kind, opened: str, dice: str, codes: Sequence[str]) -> str:
    """The value, missing in every fourth row."""
    listed = ", ".join(f"'{code}'" for code in [*dict.fromkeys(codes), "other"])
    values = {
        Kind.DAY: f"{opened} + ({dice} % 150)::INT",
        Kind.WHOLE: f"({dice} % 1000)::BIGINT",
        Kind.FLAG: f"({dice} % 5 > 0)",
        Kind.TEXT: f"([{listed}])[1 + ({dice} % {len(dict.fromkeys(codes)) + 1})::INT]",
    }
    return f"CASE WHEN {dice} >> 32 & 3 > 0 THEN {values.get(kind, values[Kind.TEXT])} END"


# ---------------------------------------------------------------- measuring


def compare(engine: duckdb.DuckDBPyConnection, table: Table, measures: Sequence[Measure], rounds: int) -> int:
    """The two ways in turn; prints medians and the ratio."""
    together = statement(table, measures, YEAR, "duckdb", members=False)
    single = [statement(table, [measure], YEAR, "duckdb", members=False) for measure in measures]
    single = [text.replace("AS MATERIALIZED", "AS", 1) for text in single]
    assert not any("FILTER" in text for text in (together, *single))

    def one_scan() -> Result:
        return result(engine.execute(together).fetchall(), range(len(measures)))

    def one_each() -> Result:
        found: Result = {}
        for number, text in enumerate(single):
            found |= result(engine.execute(text).fetchall(), [number])
        return found

    ways: dict[str, Callable[[], Result]] = {"一次扫描": one_scan, "每项一次查询": one_each}
    results = {name: way() for name, way in ways.items()}  # also warms both up
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            began = perf_counter()
            way()
            took[name].append(perf_counter() - began)
    for name, times in took.items():
        print(f"{name}　{statistics.median(times):.3f} 秒（{min(times):.3f}–{max(times):.3f}）")
    ratio = statistics.median(took["每项一次查询"]) / statistics.median(took["一次扫描"])
    same = results["一次扫描"] == results["每项一次查询"]
    print(
        f"每项一次查询 ÷ 一次扫描 = {ratio:.2f}；数字 {len(results['一次扫描']):,} 个，{'全部相同' if same else '不同'}"
    )
    return 0 if same else 1


def result(rows: Sequence[Sequence[int]], numbers: Sequence[int]) -> Result:
    """Rows of a statement by what they count."""
    found: Result = {}
    for organ, body, month, days, *sums in rows:
        for number, counted in zip(numbers, sums, strict=True):
            if counted:
                found[number, organ, body, month, days] = counted
    return found


if __name__ == "__main__":
    sys.exit(main())
