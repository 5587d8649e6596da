"""The list of cases with its count on a million cases, beside a table with covering indexes for it, in turn.

    fadu bench worklist [--cases 1000000] [--rounds 5] [--questions 20]

Product: a session of its own for each page, the policies of the database, the list's own query, count and lines, for
a supervisor of a city (a tenth of the cases), one of a county (a hundredth) and an officer of one office.
Limit: one table with the ancestors of each case's office as columns and covering partial indexes, asked by prepared
statements through psycopg; no rights, no objects, no labels. Both count as far as the list does and must answer the
same cases in the same order. Page 500 is asked by offset, of the city, as far as it has so many.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from random import Random
from time import perf_counter
from typing import Any

import _house
import _million
import psycopg
from _measure import goal, seconds, spread, watched
from _million import NOW, OPEN_STATES, SYSTEM, TODAY, Person

from fadu.infra import database
from fadu.kernel import access
from fadu.web.workbench import listing
from fadu.web.workbench.listing import COUNTED, PAGE_SIZE, Question

FAR = 500
WAYS = ("product", "limit")
COLUMNS = "id, number, title, opened, due, due_label, body_name, state"
Answer = tuple[int, list[int]]
"""The count, and the ids of the page."""


def main() -> int:
    """Prepares a throw-away house and measures in it; 1 if the two ever answer differently."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--questions", type=int, default=20, help="of each level in each round")
    options = parser.parse_args()
    with _house.running():
        print(f"{options.cases:,} 件，装入用时 ", end="", flush=True)
        people: list[Person] = []
        print(f"{seconds(lambda: people.extend(_million.fill(options.cases))):.0f} 秒", flush=True)
        with watched(), psycopg.connect(database.conninfo(), prepare_threshold=0, autocommit=True) as limit:
            return measure(limit, people, options.rounds, options.questions)


def measure(limit: psycopg.Connection[Any], people: Sequence[Person], rounds: int, number: int) -> int:
    """First pages of each level, then the far page of the first."""
    same = True
    for person in people:
        asked = questions(number)
        same &= in_turn(limit, person, asked, rounds, f"{person.level} 首页加计数", most=3)
    far = min(FAR, max(1, ours(people[0], Question(), None)[0] // PAGE_SIZE))
    same &= in_turn(limit, people[0], [Question(page=far)], rounds * 4, f"{people[0].level} 第 {far} 页", most=2)
    return 0 if same else 1


def questions(number: int) -> list[Question]:
    """What people ask of the list: everything open, one state, what is overdue, both."""
    random = Random("questions")
    return [
        replace(
            Question(),
            state=random.choice(["", *(f"{SYSTEM}:{state}" for state in OPEN_STATES)]),
            light=random.choice(["", "overdue"]),
        )
        for _ in range(number)
    ]


def in_turn(
    limit: psycopg.Connection[Any], person: Person, asked: Sequence[Question], rounds: int, label: str, most: float
) -> bool:
    """The same questions to both, one after the other; prints times and the goal."""
    same, times = True, {name: list[list[float]]() for name in WAYS}
    counted = COUNTED if "计数" in label else 0
    for number in range(rounds + 1):
        took: dict[str, list[float]] = {name: [] for name in WAYS}
        for question in asked:
            answers = []
            for name in WAYS if number % 2 else reversed(WAYS):
                begin = perf_counter()
                ask = partial(theirs, limit) if name == "limit" else ours
                answers.append(ask(person, question, counted))
                took[name].append(perf_counter() - begin)
            same &= answers[0] == answers[1]
        if number:  # the first round warms up
            for name in WAYS:
                times[name].append(took[name])
    for name, found in times.items():
        every = sorted(one * 1e3 for round_ in found for one in round_)
        late = every[min(len(every) - 1, len(every) * 95 // 100)]
        print(f"{label:<20} {name:<8} {spread(every, 2)} 毫秒，p95 {late:.2f}")
    ratios = [sum(mine) / sum(other) for mine, other in zip(times["product"], times["limit"], strict=True)]
    goal(f"{label}，product ÷ limit", ratios, most=most)
    if not same:
        print(f"{label}：两者的回答不同")
    return same


def ours(person: Person, asked: Question, counted: int | None) -> Answer:
    """As the page of cases does it. counted: as far as that; 0: not at all; None: to the end."""
    with access.session(person.officer, NOW) as s:
        found = listing.found(s, asked)
        total = 0 if counted == 0 else (found.order_by()[: counted + 1] if counted else found).count()
        first = (asked.page - 1) * PAGE_SIZE
        return total, [listing.line(s, case).case.pk for case in listing.page(s, found, first, PAGE_SIZE)]


def theirs(limit: psycopg.Connection[Any], person: Person, asked: Question, counted: int | None) -> Answer:
    """The same by hand."""
    where = f"{person.level} = %(organ)s AND closed IS NULL"
    where += " AND state = %(state)s" if asked.state else ""
    where += " AND due < %(today)s" if asked.light else ""
    state = asked.state.partition(":")[2]
    values = {"organ": person.organ, "state": state, "today": TODAY, "first": (asked.page - 1) * PAGE_SIZE}
    page = limit.execute(
        f"SELECT {COLUMNS} FROM limit_list WHERE {where} ORDER BY due, id LIMIT {PAGE_SIZE} OFFSET %(first)s", values
    ).fetchall()
    total = 0
    if counted:
        bounded = f"SELECT 1 FROM limit_list WHERE {where} LIMIT {counted + 1}"
        total = limit.execute(f"SELECT count(*) FROM ({bounded}) AS rows", values).fetchall()[0][0]
    return total, [row[0] for row in page]


if __name__ == "__main__":
    sys.exit(main())
