"""Bulk acts: rows a second of an import, beside a bare COPY of the same rows into equal tables, in the same run.

    fadu bench bulk [--rows 1000000] [--kind register|case] [--rounds 1]

Limit: COPY FROM STDIN of the rows that the import left, as PostgreSQL itself puts them out, into tables with the same
columns, indexes and foreign keys, committed. Product: `kernel.bulk.run` on a CSV file in Chinese, committed: decoding,
judging each row by the declared model, canonical form, Merkle tree, rows and indexes, conflicts, the kept file, the
event. Both on an embedded PostgreSQL of its own. Ratios are of the same round.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GOAL = 0.3
TABLES = {
    "register": ("kernel_registerentry",),
    "case": ("kernel_case", "kernel_casefact", "kernel_party", "kernel_sought"),
}
POWER = ("事项编码", "事项名称", "风险等级", "审核日期", "每年检查次数", "生效日期")
CASE = (
    "案号", "收件日期", "结案日期", "状态", "结果", "知道之日", "标的", "答复", "受理日期", "申请人", "申请人类别",
    "被申请人",
)  # fmt: skip
ADDRESSES = ("国家税务总局", "市场监督管理", "生态环境", "交通运输", "应急管理", "卫生健康")


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(prog="fadu bench bulk", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="多少行")
    parser.add_argument("--kind", choices=list(TABLES), default="register", help="名录条目或者转录案件")
    parser.add_argument("--rounds", type=int, default=1, help="几轮")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fadu-bench-") as folder:
        os.environ |= {"FADU_HOME": folder, "DJANGO_SETTINGS_MODULE": "fadu.config.settings"}
        sys.path.insert(0, str(ROOT))
        with importlib.import_module("fadu.infra.database").running():
            subprocess.run([sys.executable, "-m", "fadu", "migrate", "--quiet"], check=True)
            importlib.import_module("fadu.infra.boot").boot("fadu_app")
            return measure(Path(folder), options.kind, options.rows, options.rounds)


def measure(folder: Path, kind: str, count: int, rounds: int) -> int:
    """Import, COPY, take back; the best ratio of the rounds counts."""
    access: Any = importlib.import_module("fadu.kernel.access")
    catalogue = importlib.import_module("tests.kernel.lists").catalogue()
    access.registry = lambda: catalogue
    home = importlib.import_module("tests.kernel.conftest").build()
    ratios = []
    for number in range(rounds):
        path = folder / f"{kind}-{number}.csv"
        write(path, kind, count, number)
        product = timed(lambda path=path: run(home, kind, path))
        limit, bare = copied(kind)
        told("product, imported and committed", count, product)
        told("limit, COPY with foreign keys", count, limit)
        told("COPY without foreign keys", count, bare)
        ratios.append(limit / product)
        print(
            f"{'product / limit (more is better)':<34} {ratios[-1]:12.2f}   without foreign keys {bare / product:.2f}"
        )
        remove(home)
    print(f"目标：不低于 {GOAL}，{'达到' if max(ratios) >= GOAL else '没有达到'}。")
    return 0 if max(ratios) >= GOAL else 1


def write(path: Path, kind: str, count: int, number: int) -> None:
    """A file as an office would bring it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(POWER if kind == "register" else CASE)
        out.writerows((power if kind == "register" else case)(row, number) for row in range(count))


def power(row: int, number: int) -> tuple[str, ...]:
    day = f"20{10 + row % 14}-{1 + row % 12:02}-{1 + row % 28:02}"
    subject = f"对{ADDRESSES[row % 6]}领域第{row}类违法行为的行政处罚"
    return (f"{number}-{row:07}", subject, "高" if row % 3 else "低", day, str(row % 12), day)


def case(row: int, number: int) -> tuple[str, ...]:
    month = 1 + row % 2
    opened = f"2024-{month:02}-{1 + row % 20:02}"
    done = ("2024-02-28", "已归档", ("支持", "不支持")[row % 2]) if row % 4 else ("", "审理中", "")
    names = (f"申请人{row}", "公民", "某区某局")
    return (f"旧〔2024〕{number}-{row}号", opened, *done, "2024-01-01", "1200.50", "部分支持", opened, *names)


def run(home: Any, kind: str, path: Path) -> None:
    bulk: Any = importlib.import_module("fadu.kernel.bulk")
    lists: Any = importlib.import_module("tests.kernel.lists")
    bureau = home.organs["bureau"]
    with home.session("officer" if kind == "register" else "admin") as s:
        target = bulk.Entries(lists.POWERS, bureau, date(2024, 1, 1)) if kind == "register" else None
        bulk.run(s, target or bulk.Mirrored(s, "small", bureau), path)


def remove(home: Any) -> None:
    bulk: Any = importlib.import_module("fadu.kernel.bulk")
    models: Any = importlib.import_module("fadu.kernel.models")
    with home.session(None) as s:
        bulk.take_back(s, models.Bulk.objects.latest("pk").pk, "measured")


def copied(kind: str) -> tuple[float, float]:
    """Seconds of COPY into equal tables with their foreign keys, and without."""
    psycopg: Any = importlib.import_module("psycopg")
    database: Any = importlib.import_module("fadu.infra.database")
    spent = []
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        for keys in (True, False):
            total = 0.0
            for table in TABLES[kind]:
                with owner.cursor().copy(f"COPY {table} TO STDOUT") as out:
                    rows = [bytes(block) for block in out]
                equal(owner, table, keys)
                total += timed(lambda rows=rows: fill(owner, rows))
                owner.execute("DROP TABLE equal")
            spent.append(total)
    return spent[0], spent[1]


def equal(owner: Any, table: str, keys: bool) -> None:
    owner.execute(f"CREATE TABLE equal (LIKE {table} INCLUDING ALL)")
    found = owner.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass", [table]
    )
    for (definition,) in found.fetchall() if keys else ():
        owner.execute(f"ALTER TABLE equal ADD {definition}")


def fill(owner: Any, rows: list[bytes]) -> None:
    with owner.transaction(), owner.cursor().copy("COPY equal FROM STDIN") as into:
        for block in rows:
            into.write(block)


def timed(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def told(label: str, count: int, seconds: float) -> None:
    print(f"{label:<34} {count / seconds:12,.0f} rows/s   {seconds:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
