"""Contenders of `perform` and `engines`: the product, the hand-written program, the plain ORM; each on its own cases.

Arguments: product, limit, orm or five, and the client's number; what it then waits for: see _contender.py.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import _five
import _house  # noqa: F401 - prepares Django
import psycopg
from _contender import Act, answer

from fadu.infra import database
from fadu.kernel import access, acts, ledger, models
from fadu.kernel.acts import Request
from fadu.rules.registry import Registry
from tests.kernel import small
from tests.kernel.conftest import House

CASES = 20
CLIENTS = 8
BUREAU = "某区司法局"
LIMIT = f"""
CREATE TABLE limit_case (id bigint PRIMARY KEY, state text, position int, head bytea, due date);
CREATE TABLE limit_event (id bigint, position int, body jsonb, hash bytea, PRIMARY KEY (id, position));
CREATE TABLE limit_clock (id bigint, position int, due date, open boolean, PRIMARY KEY (id, position));
CREATE FUNCTION limit_step(c bigint, p int, b jsonb, h bytea, d date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM limit_case WHERE id = c AND position = p - 1 FOR UPDATE;
    IF NOT FOUND THEN RAISE 'stale'; END IF;
    INSERT INTO limit_event VALUES (c, p, b, h);
    UPDATE limit_clock SET open = false WHERE id = c AND open;
    INSERT INTO limit_clock VALUES (c, p, d, true);
    UPDATE limit_case SET state = 'next', position = p, head = h, due = d WHERE id = c;
END $$;
INSERT INTO limit_case SELECT n, 'first', 0, '\\x00', NULL FROM generate_series(1, {CASES * CLIENTS}) n;
GRANT ALL ON limit_case, limit_event, limit_clock TO fadu_app;
"""


def house(catalogue: Registry) -> House:
    """The small house of the tests, as it stands in the database, under a catalogue."""
    access.registry = lambda: catalogue
    with access.session(None) as s:
        people = {officer.username: officer.pk for officer in access.colleagues(s)}
        organs = {"bureau": models.Organ.objects.get(name=BUREAU).pk}
        organs["respondent"] = models.Organ.objects.get(name="某区某局").pk
    return House(organs, people)


def make_limit() -> None:
    """The tables and the one function of the hand-written program."""
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        owner.execute(LIMIT)


def accepted(made: House) -> list[int]:
    """Cases of the small procedure in which it can be deliberated as often as wished."""
    cases = [made.open().case for _ in range(CASES)]
    for case in cases:
        made.do("officer", case, "accept")
    return cases


def product(client: int) -> Callable[[int], Sequence[Act]]:
    """A step with a fact, through session, rights, gates, clocks, record and key."""
    made = house(small.catalogue())
    cases = accepted(made)

    def prepare(number: int) -> Sequence[Act]:
        def act(case: int) -> Act:
            key = uuid4().hex
            return lambda: made.do("officer", case, "deliberate", {"secret": "合议意见"}, key=key)

        return [act(cases[n % CASES]) for n in range(number)]

    return prepare


def five(client: int) -> Callable[[int], Sequence[Act]]:
    """The five steps, in cases opened beforehand."""
    made = house(_five.catalogue())

    def prepare(number: int) -> Sequence[Act]:
        def act(case: int, step: int) -> Act:
            key = uuid4().hex
            return lambda: made.do("officer", case, f"step_{step}", _five.FORM, key=key)

        cases = []
        for _ in range(-(-number // _five.STEPS)):
            with made.session("officer") as s:
                cases.append(acts.open_case(s, "five", made.organs["bureau"], Request("begin", {})).case)
        return [act(case, step) for case in cases for step in range(1, _five.STEPS + 1)][:number]

    return prepare


def limit(client: int) -> Callable[[int], Sequence[Act]]:
    """The hand-written program: reads, then calls one function."""
    connection = psycopg.connect(database.conninfo("fadu_app"), prepare_threshold=0)

    first = client * CASES + 1
    return lambda number: [partial(limit_act, connection, first + n % CASES, "合议意见") for n in range(number)]


def limit_act(connection: psycopg.Connection[Any], case: int, said: str) -> None:
    """One act of the hand-written program."""
    found = connection.execute("SELECT position, head FROM limit_case WHERE id = %s", [case]).fetchone()
    assert found is not None
    position, head = found
    body = ledger.canonical({"position": position + 1, "step": "next", "actor": 1, "facts": {"x": said}})
    connection.execute(
        "SELECT limit_step(%s, %s, %s::jsonb, %s, '2024-03-01')",
        [case, position + 1, body.decode(), ledger.sm3(bytes(head) + body)],
    )
    connection.commit()


def orm(client: int) -> Callable[[int], Sequence[Act]]:
    """The same rows the plain Django way: objects locked, changed and saved one by one."""
    ids = accepted(house(small.catalogue()))

    def act(number: int) -> None:
        with access.session(None) as s:
            case = models.Case.objects.select_for_update().get(pk=ids[number])
            stream = models.Stream.objects.get_or_create(
                kind="register", name=f"orm-{client}-{number}", defaults={"head": ledger.ZERO}
            )[0]
            clock = models.Clock.objects.filter(case=case).order_by("order").last()
            body = ledger.canonical({"position": stream.position + 1, "facts": {"x": "合议意见"}})
            stream.position += 1
            stream.head = ledger.sm3(bytes(stream.head) + body)
            models.Event.objects.create(
                stream=stream, position=stream.position, act="00000000-0000-0000-0000-000000000001", step="x",
                label="x", audience="internal", role="x", happened=s.today, recorded=s.now, state="x",
                body=json.dumps(body.decode()), papers=[], hash=stream.head,
            )  # fmt: skip
            stream.save()
            if clock is not None:
                clock.save()
            case.save()

    return lambda number: [partial(act, n % len(ids)) for n in range(number)]


if __name__ == "__main__":
    answer({"product": product, "limit": limit, "orm": orm, "five": five}[sys.argv[1]](int(sys.argv[2])))
