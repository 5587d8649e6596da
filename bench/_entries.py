"""Entries of a register kept by the offices of a province, and their texts as the worker writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import _house  # noqa: F401 - prepares Django
import psycopg
from _full import COMMON, MATTERS, PLACES
from _measure import seconds
from _million import TODAY, copied, last

from fadu.infra import database
from fadu.kernel import ledger, sought_entries

REGISTER = "power_list"
OFFICES = """
SELECT id FROM kernel_organ WHERE id > (SELECT min(organ_id) FROM kernel_post p JOIN kernel_officer o
    ON o.id = p.officer_id WHERE o.username LIKE 'bench-%') ORDER BY id
"""
CHAIN = """
INSERT INTO kernel_stream (kind, name, organ_id, position, head) VALUES ('register', %s, %s, 0, %s) RETURNING id
"""
COLUMNS = "id, register, organ_id, key, since, data, stream_id, position"


def fill(count: int) -> None:
    """Copies the entries in, unless they are there, and has the product write what they are found by."""
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        if not owner.execute("SELECT FROM kernel_registerentry WHERE key = %s", [code(1)]).rowcount:
            _copy(owner, count)
        print(f"条目的检索文字 {seconds(sought_entries.write_entry_texts):.0f} 秒", flush=True)
        owner.execute("VACUUM ANALYZE kernel_soughtentry")


def _copy(owner: psycopg.Connection[Any], count: int) -> None:
    chains = {organ: _chain(owner, organ) for (organ,) in owner.execute(OFFICES).fetchall()}
    first = last(owner, "kernel_registerentry") + 1
    copied(owner, f"kernel_registerentry ({COLUMNS})", _rows(first, count, chains))
    owner.execute("SELECT setval(pg_get_serial_sequence('kernel_registerentry', 'id'), %s)", [first + count])
    owner.execute("VACUUM ANALYZE kernel_registerentry")


def _chain(owner: psycopg.Connection[Any], organ: int) -> int:
    said = [f"{REGISTER}:{organ}", organ, ledger.ZERO]
    return int(owner.execute(CHAIN, said).fetchall()[0][0])


def _rows(first: int, count: int, chains: dict[int, int]) -> Iterator[tuple[Any, ...]]:
    random, organs = Random("entries"), list(chains)
    for number in range(1, count + 1):
        organ = random.choice(organs)
        subject = f"对{random.choice(PLACES)}{number}号{random.choice(MATTERS)}的行政处罚"
        basis = f"{random.choice(COMMON)}的，依照有关规定责令改正，可以并处罚款" + rare(number)
        data = {"code": code(number), "subject": subject, "basis": basis, "category": "penalty"}
        yield first + number - 1, REGISTER, organ, data["code"], TODAY, json.dumps(data), chains[organ], 1


def code(number: int) -> str:
    """By which an entry is named, counted from 1."""
    return f"某A-{number}"


def rare(number: int) -> str:
    """A phrase of a thousandth of the entries."""
    return "，养鸽的除外" if number % 1000 == 7 else ""
