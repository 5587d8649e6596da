"""A synthetic year of a city of ten million: loaded by one bulk act, every clock recomputed, the report printed.

    fadu bench city [--cases 1000000] [--year 2024]

Cases of reconsideration in one CSV file, as an office would bring them, of ten districts with nine respondents each.
Load: `kernel.bulk.run`, committed. Clocks: every case is read back, the periods that its days and facts start are
started, answered and reckoned by `kernel.timekeeping`, in one process; imported cases keep none of them. Report: all
its figures on PostgreSQL and the text. Seconds, and rows a second; no peer does this.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import _house
from _measure import watched

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, bulk, house, models, timekeeping
from fadu.kernel.timekeeping import Happening
from fadu.report_writer import write
from fadu.rules.casefile import CaseFile, apply
from fadu.rules.registry import registry

SYSTEM, DISTRICTS, DEPARTMENTS = "reconsideration", 10, 9
HEADINGS = (
    "案号", "办理机构", "收件日期", "结案日期", "状态", "结果", "申请方式", "案件事项", "被申请复议的行政行为",
    "申请期限起算日", "受理日期", "发送申请书副本日期", "提出书面答复并举证日期", "作出复议决定日期",
    "申请人", "申请人类别", "被申请人",
)  # fmt: skip
CATEGORIES = ("行政处罚", "行政许可", "不履行法定职责", "政府信息公开", "工伤认定")
OUTCOMES = ("维持", "维持", "维持", "驳回复议请求", "撤销", "变更", "责令履行", "确认违法")


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000, help="多少件")
    parser.add_argument("--year", type=int, default=2024, help="哪一年，应当适用2023年文本")
    options = parser.parse_args()
    now = datetime(options.year + 1, 2, 1, 9, tzinfo=SHANGHAI)
    with _house.running(), watched():
        officer, offices = furnish(now)
        path = Path(os.environ["FADU_HOME"]) / "city.csv"
        fill(path, options.cases, options.year, offices)
        with told("load", options.cases), access.session(officer, now) as s:
            bulk.run(s, bulk.Mirrored(s, SYSTEM, None), path)
        with told("clocks", options.cases):
            clocks = recompute()
        print(f"期限 {clocks:,} 个")
        with told("report", options.cases), access.session(None, now) as s:
            report = write(s, options.year)
        print(f"报告数字 {len(report.figures)} 个")
    return 0


def furnish(now: datetime) -> tuple[int, list[tuple[str, str]]]:
    """A city with offices and departments: its administrator, and (office, department) of every respondent."""
    found, since = [], date(2020, 1, 1)
    with access.session(None, now) as s:
        city = house.register_organ(s, "某市人民政府", "某政", parent=None, serves=None, since=since)
        officer = house.register_officer(s, "bench", "管理员", "x")
        house.assign_post(s, officer.pk, city.pk, "administrator", since=since)
        for number in range(DISTRICTS):
            office = house.register_organ(
                s, f"第{number}复议处", f"复{number}", parent=city.pk, serves=city.pk, since=since
            )
            for other in range(DEPARTMENTS):
                name = f"某局{number}-{other}"
                house.register_organ(s, name, f"局{number}{other}", parent=city.pk, serves=None, since=since)
                found.append((office.name, name))
    return officer.pk, found


def fill(path: Path, count: int, year: int, offices: list[tuple[str, str]]) -> None:
    """The file: most cases were decided, some on the last days or late, some still run."""
    random = Random(count)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        for number in range(count):
            office, department = random.choice(offices)
            opened = date(year, 1, 1) + timedelta(days=random.randrange(366))
            accepted, sent = (
                opened + timedelta(days=random.randrange(7)),
                opened + timedelta(days=random.randrange(7, 13)),
            )
            answered, decided = (
                sent + timedelta(days=random.randrange(3, 18)),
                sent + timedelta(days=random.randrange(20, 75)),
            )
            over = decided.year == year
            out.writerow((
                f"市政复〔{year}〕{number}号", office, opened, decided if over else "", "已归档" if over else "审理中",
                random.choice(OUTCOMES) if over else "", "当面提交", random.choice(CATEGORIES), "行政行为",
                opened - timedelta(days=random.randrange(1, 70)), accepted, sent,
                answered if answered.year == year else "", decided if over else "",
                f"申请人{number}", "公民", department,
            ))  # fmt: skip


def recompute() -> int:
    """Starts, answers and reckons the periods of every case; how many there were."""
    procedures = {one.version: one for one in registry().versions(SYSTEM)}
    count = 0
    with access.session(None) as s:
        for row in access.cases(s).filter(system=SYSTEM).iterator(chunk_size=5000):
            opened = row.opened.isoformat()
            case = CaseFile(row.pk, SYSTEM, row.version, row.organ_id, row.body_id, opened, facts=row.facts)
            for happening in happenings(row):
                apply(case, list(timekeeping.stop(case, procedures[row.version], happening, s.env)))
                apply(case, list(timekeeping.start(case, procedures[row.version], happening, s.env)))
            count += len(timekeeping.reckon_all(case, s.env))
    return count


def happenings(row: models.Case) -> Iterator[Happening]:
    """What is known of the case, by day: its facts first, then its steps."""
    yield Happening(row.opened, facts=row.facts)
    days = [(date.fromisoformat(entries[0]["day"]), step) for step, entries in row.done.items()]
    for day, step in sorted(days):
        yield Happening(day, step)


@contextmanager
def told(label: str, count: int) -> Iterator[None]:
    """Tells how long it took."""
    begin = time.perf_counter()
    yield
    spent = time.perf_counter() - begin
    print(f"{label:<8} {spent:9.1f} 秒  {count / spent:12,.0f} 件/秒", flush=True)


if __name__ == "__main__":
    sys.exit(main())
