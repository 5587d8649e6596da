"""One act, written and committed: acts.perform beside a hand-written limit and a plain ORM variant, in turn.

    fadu bench perform [--rounds 5] [--acts 150]

Limit: one read and one SQL function (lock, check, event, clock, case) over psycopg with SM3 and canonical JSON;
no rights, gates, form, typed facts, audience or salted digests. ORM: the same rows written the plain Django way.
Ratios are medians of the rounds; the three run in turn on one embedded server, default settings.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CASES = 50

LIMIT = """
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
INSERT INTO limit_case SELECT n, 'first', 0, '\\x00', NULL FROM generate_series(1, 50) n;
GRANT ALL ON limit_case, limit_event, limit_clock TO fadu_app;
"""


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--acts", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fadu-bench-") as folder:
        os.environ |= {"FADU_HOME": folder, "DJANGO_SETTINGS_MODULE": "fadu.config.settings"}
        sys.path.insert(0, str(ROOT))
        with importlib.import_module("fadu.infra.database").running():
            subprocess.run([sys.executable, "-m", "fadu", "migrate", "--quiet"], check=True)
            importlib.import_module("fadu.infra.boot").boot("fadu_app")
            measure(options.rounds, options.acts)
    return 0


def measure(rounds: int, acts: int) -> None:
    """Runs the three in turn and prints acts a second and the ratios to the product."""
    contenders = {"product": product(), "limit": limit(), "orm": orm()}
    speeds: dict[str, list[float]] = {name: [] for name in contenders}
    for act in contenders.values():
        run(act, CASES)
    for _ in range(rounds):
        for name, act in contenders.items():
            speeds[name].append(run(act, acts))
    for name, found in speeds.items():
        print(f"{name:<8} {statistics.median(found):8.0f} acts/s  ({min(found):.0f}–{max(found):.0f})")
    for peer in ("limit", "orm"):
        ratios = [ours / theirs for ours, theirs in zip(speeds["product"], speeds[peer], strict=True)]
        print(f"product / {peer}: {statistics.median(ratios):.2f}  ({min(ratios):.2f}–{max(ratios):.2f})")


def run(act: Callable[[int], None], times: int) -> float:
    """Acts a second."""
    begin = time.perf_counter()
    for number in range(times):
        act(number % CASES)
    return times / (time.perf_counter() - begin)


def product() -> Callable[[int], None]:
    """A step with a fact, through session, rights, gates, clocks, record and key."""
    small = importlib.import_module("tests.kernel.small")
    conftest = importlib.import_module("tests.kernel.conftest")
    access = importlib.import_module("fadu.kernel.access")
    catalogue = small.catalogue()
    access.registry = lambda: catalogue
    house: Any = conftest.build()
    cases = [house.open().case for _ in range(CASES)]
    for case in cases:
        house.do("officer", case, "accept")
    keys = iter(range(10**9))

    def act(number: int) -> None:
        house.do("officer", cases[number], "deliberate", {"secret": "合议意见"}, key=f"bench-{next(keys)}")

    return act


def limit() -> Callable[[int], None]:
    """The hand-written program."""
    psycopg = importlib.import_module("psycopg")
    database = importlib.import_module("fadu.infra.database")
    ledger = importlib.import_module("fadu.kernel.ledger")
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        owner.execute(LIMIT)
    connection = psycopg.connect(database.conninfo("fadu_app"), prepare_threshold=0)

    def act(number: int) -> None:
        position, head = connection.execute(
            "SELECT position, head FROM limit_case WHERE id = %s", [number + 1]
        ).fetchone()
        body = ledger.canonical({"position": position + 1, "step": "next", "actor": 1, "facts": {"x": "合议意见"}})
        connection.execute(
            "SELECT limit_step(%s, %s, %s::jsonb, %s, '2024-03-01')",
            [number + 1, position + 1, body.decode(), ledger.sm3(bytes(head) + body)],
        )
        connection.commit()

    return act


def orm() -> Callable[[int], None]:
    """The same rows the plain Django way: objects locked, changed and saved one by one."""
    access = importlib.import_module("fadu.kernel.access")
    models = importlib.import_module("fadu.kernel.models")
    ledger = importlib.import_module("fadu.kernel.ledger")
    with access.session(None):
        ids = list(models.Case.objects.values_list("pk", flat=True)[:CASES])

    def act(number: int) -> None:
        with access.session(None) as s:
            case = models.Case.objects.select_for_update().get(pk=ids[number])
            stream = models.Stream.objects.get_or_create(
                kind="register", name=f"orm-{number}", defaults={"head": ledger.ZERO}
            )[0]
            clock = models.Clock.objects.filter(case=case).order_by("order").last()
            body = ledger.canonical({"position": stream.position + 1, "facts": {"x": "合议意见"}})
            stream.position += 1
            stream.head = ledger.sm3(bytes(stream.head) + body)
            models.Event.objects.create(
                stream=stream, position=stream.position, act="00000000-0000-0000-0000-000000000001", step="x",
                label="x", audience="internal", role="x", happened=s.today, recorded=s.now, state="x",
                body=json.dumps(body.decode()), hash=stream.head,
            )  # fmt: skip
            stream.save()
            if clock is not None:
                clock.save()
            case.save()

    return act


if __name__ == "__main__":
    sys.exit(main())
