"""A province's worth of cases in the product's own tables, and the same cases in a table made for one question only.

A tree of a province, cities, counties and offices; offices handle the cases. Copied in as the owner, beside what the
house holds already; what is measured then reads as the application's role under the policies. No streams, events or
clocks: no list reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import _house  # noqa: F401 - prepares Django
import psycopg

from fadu.infra import database
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, house, models

TODAY = date(2024, 6, 3)
NOW = datetime(2024, 6, 3, 10, tzinfo=SHANGHAI)
SYSTEM, VERSION = "reconsideration", "2023"
OPEN_STATES = ("received", "correcting", "accepted", "suspended")
CLOSED = "decided"
CITIES, COUNTIES, OFFICES = 10, 10, 9
"""Cities of the province, counties of a city, offices of a county."""
OPEN_SHARE = 0.3
POSITION = 5
"""Of the record, as if there were one."""
LIMIT = """
CREATE TABLE limit_list AS
    SELECT c.id, c.system, c.version, c.state, c.number, c.title, c.opened, c.closed, c.due, c.due_label, c.officer_id,
           b.name AS body_name, c.body_id AS office, b.parent_id AS county, k.parent_id AS city
    FROM kernel_case c JOIN kernel_organ b ON b.id = c.body_id JOIN kernel_organ k ON k.id = b.parent_id;
ALTER TABLE limit_list ADD PRIMARY KEY (id);
"""
COVERED = "(number, title, opened, due_label, body_name, state)"
LEVELS = ("city", "county", "office")
ROLES = ("supervisor", "supervisor", "case_officer")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who sees the cases of one organ and of all below it."""

    level: str
    officer: int
    organ: int


def fill(cases: int) -> list[Person]:
    """Fills the house and the table of the limit; one person for each level."""
    with psycopg.connect(database.conninfo("fadu_owner")) as owner:
        root, before = last(owner, "kernel_organ") + 1, last(owner, "kernel_case")
        organs, offices = _organs(root)
        copied(owner, "kernel_organ (id, name, short, parent_id, serves_id, since)", organs)
        copied(owner, "kernel_case (id, system, version, revision, organ_id, body_id, state, number, title, opened,"
              " closed, due, due_label, position, facts, done, mirrored)", _cases(cases, offices, before))  # fmt: skip
        copied(
            owner, 'kernel_party (case_id, key, "order", data, role, name, organ_id, since)',
            _parties(cases, offices, before),
        )  # fmt: skip
        for table in ("kernel_organ", "kernel_case"):
            owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        for statement in filter(str.strip, LIMIT.split(";")):
            owner.execute(statement)
        for level in LEVELS:
            rest = f"INCLUDE {COVERED} WHERE closed IS NULL"
            owner.execute(f"CREATE INDEX ON limit_list ({level}, due, id) {rest}")
            owner.execute(f"CREATE INDEX ON limit_list ({level}, state, due, id) {rest}")
        owner.execute("GRANT SELECT ON limit_list TO fadu_app")
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE kernel_organ, kernel_case, kernel_party, limit_list")
    _appoint(root)
    return people()


def last(owner: psycopg.Connection[Any], table: str) -> int:
    """The highest number given in a table."""
    return int(owner.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchall()[0][0])


def _organs(root: int) -> tuple[list[tuple[Any, ...]], list[tuple[int, int]]]:
    """Rows of all organs, numbered from `root`, the province, and (office, county) of the offices."""
    rows: list[tuple[Any, ...]] = [(root, "某省", "省", None, None, "2020-01-01")]
    offices = []
    for city in range(CITIES):
        rows.append((above := root + len(rows), f"某市{city}", "市", root, None, "2020-01-01"))
        for number in range(COUNTIES):
            rows.append((county := root + len(rows), f"某县{city}-{number}", "县", above, None, "2020-01-01"))
            for place in range(OFFICES):
                office = root + len(rows)
                rows.append((office, f"某局{city}-{number}-{place}", "局", county, county, "2020-01-01"))
                offices.append((office, county))
    return rows, offices


def _cases(cases: int, offices: list[tuple[int, int]], before: int) -> Iterator[tuple[Any, ...]]:
    random = Random("cases")
    facts = json.dumps({"matter": "penalty", "request": "撤销行政处罚决定", "applied_on": "2024-01-08"})
    done = json.dumps({"receive": [{"position": 1, "day": "2024-01-08"}]})
    for number in range(1, cases + 1):
        office, county = random.choice(offices)
        opened = TODAY - timedelta(days=random.randrange(700))
        open_ = random.random() < OPEN_SHARE
        due = TODAY + timedelta(days=random.randrange(-40, 90)) if open_ and random.random() < 0.95 else None
        yield (
            before + number, SYSTEM, VERSION, 1, county, office, random.choice(OPEN_STATES) if open_ else CLOSED,
            f"某政复申〔2024〕{number}号", f"申请人{number}不服某局行政处罚案", opened,
            None if open_ else min(opened + timedelta(days=55), TODAY), due, "作出复议决定" if due else None, POSITION,
            facts, done, "f",
        )  # fmt: skip


def _parties(cases: int, offices: list[tuple[int, int]], before: int) -> Iterator[tuple[Any, ...]]:
    random = Random("parties")
    for number in range(1, cases + 1):
        organ = random.choice(offices)[0] if number % 3 == 0 else None
        role = "respondent" if organ else "applicant"
        data = json.dumps({"role": role, "name": f"当事人{number}", "organ": organ, "since": "2024-01-08"})
        yield before + number, f"{role}-1", 0, data, role, f"当事人{number}", organ, "2024-01-08"


def copied(owner: psycopg.Connection[Any], into: str, rows: Any) -> None:
    """Copies rows into a table with its columns."""
    with owner.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _appoint(root: int) -> None:
    """A supervisor of a city and of a county, and a case officer of an office."""
    with access.session(None, NOW) as s:
        for organ, (level, role) in enumerate(zip(LEVELS, ROLES, strict=True), root + 1):
            officer = house.register_officer(s, f"bench-{level}", level, "x")
            house.assign_post(s, officer.pk, organ, role, since=date(2020, 1, 1))


def people() -> list[Person]:
    """Those appointed."""
    with access.session(None, NOW):
        posts = models.Post.objects.filter(officer__username__startswith="bench-").select_related("officer")
        return [Person(post.officer.name, post.officer_id, post.organ_id) for post in posts.order_by("pk")]
