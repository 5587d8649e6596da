"""A synthetic year of a city of ten million: loaded by one bulk act, every clock recomputed, the report printed.

    fadu bench city [--cases 1000000] [--year 2024]

Cases of reconsideration in one CSV file, as an office would bring them, spread over the city's own office and those of
sixteen districts, each with departments and towns as respondents.
Load: `kernel.bulk.run`, committed. Clocks: every case is read back, the periods that its days and facts start are
started, answered and reckoned by `kernel.timekeeping`, one process a core; imported cases keep none of them. Report:
all its figures on PostgreSQL, the city whole and alone, and the text; divided: the same figures by district. Seconds,
rows a second, and the most memory that this process held; no peer does this.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage

import _house
from _measure import watched
from django.db import connections

from fadu.analytics.figures import Period, compute_by
from fadu.analytics.whose import Whose
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, bulk, house, models, timekeeping
from fadu.kernel.access import Session
from fadu.kernel.timekeeping import Happening
from fadu.report_writer import write
from fadu.rules.casefile import CaseFile, apply
from fadu.rules.registry import registry

SYSTEM, DISTRICTS, DEPARTMENTS, TOWNS = "reconsideration", 16, 9, 12
SINCE = date(2020, 1, 1)
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
        with told("divided", options.cases), access.session(None, now) as s:
            year, asked = Period.year(options.year), [one.indicator for one in report.figures.values()]
            city = Whose(report.provenance["organ"]["id"])
            parts = compute_by(s, s.registry, asked, year.since, year.before, "unit", city)
        received = sum(part["recon_received"].value or 0 for part in parts.values())
        most = getrusage(RUSAGE_SELF).ru_maxrss >> 10
        print(f"分 {len(parts)} 个机关，收到申请合计 {received:,} 件；本进程内存最多 {most} MB")
        return 0 if received == report.figures["recon_received"].value == options.cases else 1


def furnish(now: datetime) -> tuple[int, list[tuple[str, str]]]:
    """A city with its districts: the administrator, and (office, respondent) of every respondent."""
    with access.session(None, now) as s:
        city = house.register_organ(s, "某市人民政府", "某政", since=SINCE)
        officer = house.register_officer(s, "bench", "管理员", "x")
        house.assign_post(s, officer.pk, city.pk, "administrator", since=SINCE)
        found = [*respondents(s, city, "某市", DEPARTMENTS)]
        for number in range(DISTRICTS):
            name = f"某市第{number}区"
            district = house.register_organ(s, f"{name}人民政府", f"区{number}政", parent=city.pk, since=SINCE)
            found += respondents(s, district, name, DEPARTMENTS + TOWNS)
    return officer.pk, found


def respondents(s: Session, government: models.Organ, name: str, count: int) -> Iterator[tuple[str, str]]:
    """A government's office, which handles its cases, with each department or town below it."""
    office = house.register_organ(
        s, f"{name}司法局", f"{name}司", parent=government.pk, serves=government.pk, since=SINCE
    )
    for number in range(count):
        label = f"{name}第{number}{'局' if number < DEPARTMENTS else '镇人民政府'}"
        house.register_organ(s, label, f"{name}{number}", parent=government.pk, since=SINCE)
        yield office.name, label


def fill(path: Path, count: int, year: int, offices: list[tuple[str, str]]) -> None:
    """The file: most cases were decided, some on the last days or late, some still run."""
    random, days = Random(count), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        for number in range(count):
            office, department = random.choice(offices)
            opened = date(year, 1, 1) + timedelta(days=random.randrange(days))
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
    """Reckons the periods of every case, a share of them in each of as many processes as there are cores."""
    with access.session(None):
        last = models.Case.objects.latest("pk").pk
    cores = os.cpu_count() or 1
    ends = [last * number // cores for number in range(cores + 1)]
    connections.close_all()  # a forked process must not use the connection of this one
    with ProcessPoolExecutor(cores, get_context("fork")) as pool:
        return sum(pool.map(reckoned, ends[:-1], ends[1:]))


def reckoned(after: int, last: int) -> int:
    """Starts, answers and reckons the periods of the cases in (after, last]; how many there were."""
    procedures = {one.version: one for one in registry().versions(SYSTEM)}
    count = 0
    with access.session(None) as s:
        for row in access.cases(s).filter(system=SYSTEM, pk__gt=after, pk__lte=last).iterator(chunk_size=5000):
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
