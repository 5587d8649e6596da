"""150 figures of ten million cases from a snapshot's file, beside polars' streaming engine on the same file, in turn.

    fadu bench snapshot [--rows 10000000] [--figures 150] [--rounds 5] [--threads 2]        (polars: bench.in)

The file is in the form of `fadu snapshot`, sorted by organ and month; its rows are made from numbers by DuckDB.
Figures: conditional counts of one to three conditions, of the kinds and days that the declared ones have, by organ,
body and month. Product: its own reader and statement, from the closed file to the rows, without the lists of cases
behind the numbers. polars: the same conditions by hand, lazily, all days collected together by the streaming engine.
Both must give the same numbers. Beside the goal: the check of the file's digests, which every counting on a snapshot
begins with, and what one figure more costs.
"""

from __future__ import annotations

import argparse
import operator
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any, assert_never

import _house  # noqa: F401 - prepares Django
import duckdb
from _measure import goal, in_turn, paired, seconds, tell, watched
from figures import YEAR, Result, asked, result, value

from fadu.analytics import parquet, snapshot
from fadu.analytics.measures import Measure, measures_of
from fadu.analytics.statements import statement
from fadu.analytics.tables import Column, Kind, Table, table_of
from fadu.rules.indicators import (
    Before,
    Closed,
    Condition,
    Count,
    Day,
    DayOf,
    Did,
    FactIs,
    Kept,
    Mirrored,
    Missed,
    Not,
    Opened,
    Outcome,
    Ran,
)
from fadu.rules.registry import registry

SYSTEM = "reconsideration"


def main() -> int:
    """Measure; 1 if the two differ in any number."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--figures", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = str(options.threads)
    table, counts = table_of(registry(), SYSTEM), figures(options.figures)
    with tempfile.TemporaryDirectory(prefix="fadu-bench-") as folder:
        file = Path(folder) / f"{SYSTEM}.parquet"
        make(table, counts, options.rows, file)
        print(f"{options.rows:,} 行，{file.stat().st_size / 1e6:.0f} MB；{len(counts)} 项计数，{options.threads} 线程")
        with watched():
            return measure(table, counts, file, options.rounds, options.threads)


def figures(number: int) -> list[Measure]:
    """Counts with the days and the conditions of the declared ones, put together anew."""
    declared = measures_of([i for i in registry().indicators if i.source == SYSTEM])
    plain = [one for one in declared if isinstance(one, Count)]
    newest, random = registry().newest(SYSTEM), Random("figures")
    pool: list[Condition] = [condition for one in plain for condition in one.where]
    pool += [Did((step,)) for step in newest.steps]
    pool += [made for clock in newest.clocks if not clock.waits for made in (Ran(clock), Kept(clock))]
    return [
        replace(random.choice(plain), name=f"n{n}", where=tuple(random.sample(pool, random.randint(1, 3))))
        for n in range(number)
    ]


def make(table: Table, counts: Sequence[Measure], rows: int, file: Path) -> None:
    """Writes the file as a snapshot has it: flags as 0 and 1, and the length of each case's record."""
    codes: dict[str, list[str]] = {}
    for condition in (condition for one in counts for condition in one.where):
        for column, values in asked(condition):
            codes.setdefault(column, []).extend(values)
    columns = [f'{_stored(column, codes)} AS "{column.name}"' for column in table.columns]
    columns.append(f"5::BIGINT AS {parquet.LENGTH}")
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (SELECT {', '.join(columns)} FROM range({rows}) AS made(i) ORDER BY organ_id, opened_month, case_id)"
            f" TO '{file}' (FORMAT parquet, COMPRESSION zstd)"
        )


def _stored(column: Column, codes: dict[str, list[str]]) -> str:
    text = value(column, codes.get(column.name, []))
    return f"({text})::TINYINT" if column.kind is Kind.FLAG else text


# ---------------------------------------------------------------- measuring


def measure(table: Table, counts: Sequence[Measure], file: Path, rounds: int, threads: int) -> int:
    """Both in turn; then what belongs to the product alone."""
    text = statement(table, counts, YEAR, "duckdb", members=False)
    fewer = statement(table, counts[:-1], YEAR, "duckdb", members=False)
    ways = {
        "product": lambda: seconds(lambda: by_product(table, text, file, threads)),
        "product, one figure fewer": lambda: seconds(lambda: by_product(table, fewer, file, threads)),
    }
    same = True
    if find_spec("polars"):
        plan = by_polars(table, counts, file)
        ours, theirs = result(by_product(table, text, file, threads), range(len(counts))), plan()
        same = ours == theirs
        print(f"数字 {len(ours):,} 个，{'全部相同' if same else '不同'}")
        ways["polars"] = lambda: seconds(plan)
    else:
        print("没有安装 polars，不比较；安装：pip install -r requirements/bench.in")
    took = in_turn(ways, rounds)
    tell(took, "秒", 2)
    if "polars" in took:
        goal(f"{len(counts)} 项，product ÷ polars（用时）", paired(took["product"], took["polars"]), most=0.5)
    added = [1 - part for part in paired(took["product, one figure fewer"], took["product"])]
    goal("再加一项的用时 ÷ 全部用时", added, most=0.01)
    print(f"核对文件摘要（每次统计之前）：{seconds(lambda: snapshot.digests(file)):.2f} 秒")
    return 0 if same else 1


def by_product(table: Table, text: str, file: Path, threads: int) -> list[tuple[Any, ...]]:
    """The product's reader and statement."""
    with parquet.reading(file, table) as engine:
        engine.execute(f"SET threads = {threads}")
        found: list[tuple[Any, ...]] = engine.execute(text).fetchall()
        return found


def by_polars(table: Table, counts: Sequence[Measure], file: Path) -> Any:
    """The same by hand: one lazy frame a day, all collected together; called, it gives the numbers."""
    pl = import_module("polars")
    days = list(dict.fromkeys(one.day for one in counts))
    mine = [[n for n, one in enumerate(counts) if one.day == day] for day in days]

    def plan() -> Result:
        frames = []
        for day, numbers in zip(days, mine, strict=True):
            frame = pl.scan_parquet(file).with_columns(_first(pl, day).alias("when"))
            frame = frame.filter((pl.col("when") >= YEAR.since) & (pl.col("when") < YEAR.before))
            month = (pl.col("when").dt.year().cast(pl.Int64) * 100 + pl.col("when").dt.month()).alias("month")
            sums = [_all(pl, table, counts[n].where).sum().alias(f"n{n}") for n in numbers]
            frames.append(frame.group_by("organ_id", "body_id", month).agg(sums))
        found: Result = {}
        for numbers, frame in zip(mine, pl.collect_all(frames, engine="streaming"), strict=True):
            found |= result([(*row[:3], None, *row[3:]) for row in frame.iter_rows()], numbers)
        return found

    return plan


def _first(pl: Any, day: Day) -> Any:
    match day:
        case Opened():
            return pl.col("opened")
        case Closed():
            return pl.col("closed")
        case DayOf(steps):
            return pl.min_horizontal([pl.col(f"{step.name}_on") for step in steps])


def _all(pl: Any, table: Table, where: Sequence[Condition]) -> Any:
    return reduce(operator.and_, (_holds(pl, table, condition) for condition in where))


def _holds(pl: Any, table: Table, condition: Condition) -> Any:
    """A condition as true or false, never unknown."""
    match condition:
        case Did(steps):
            return reduce(operator.or_, (pl.col(f"{step.name}_on").is_not_null() for step in steps))
        case Outcome(codes):
            return pl.col("outcome").is_in(list(codes)).fill_null(False)
        case FactIs(fact, values):
            return _is_one_of(pl, table.column(f"fact_{fact}"), values).fill_null(False)
        case Kept(clock):
            return (pl.col(f"{clock.name}_kept") == 1).fill_null(False)
        case Missed(clock):
            return (pl.col(f"{clock.name}_kept") == 0).fill_null(False)
        case Ran(clock):
            return (pl.col(f"{clock.name}_ran") == 1).fill_null(False)
        case Mirrored():
            return (pl.col("mirrored") == 1).fill_null(False)
        case Before(day):
            return (_first(pl, day) < YEAR.since).fill_null(False)
        case Not(inner):
            return ~_holds(pl, table, inner)
    assert_never(condition)


def _is_one_of(pl: Any, column: Column, values: Sequence[str]) -> Any:
    match column.kind:
        case Kind.TEXT:
            return pl.col(column.name).is_in(list(values))
        case Kind.MANY:
            listed = pl.lit(",") + pl.col(column.name) + pl.lit(",")
            return reduce(operator.or_, (listed.str.contains(f",{code},", literal=True) for code in values))
        case Kind.FLAG:
            return pl.col(column.name).is_in([int(text == "true") for text in values])
        case Kind.WHOLE:
            return pl.col(column.name).is_in([int(text) for text in values])
        case Kind.DAY:
            return pl.col(column.name).cast(pl.String).is_in(list(values))


if __name__ == "__main__":
    sys.exit(main())
