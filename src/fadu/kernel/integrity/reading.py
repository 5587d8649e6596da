"""Reads a house for the checks: cases in batches, each batch by one statement, so that no act comes in between."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from fadu.kernel import access, certificates, ledger, models, parameters
from fadu.kernel.access import Session
from fadu.kernel.integrity.words import House, Look
from fadu.rules.casefile import TABLES, CaseFile
from fadu.rules.registry import Registry

BATCH = 200
ROWS = ", ".join(
    f"'{table}', (SELECT coalesce(json_agg(to_json(r) ORDER BY r.\"order\", r.key), '[]')"  # noqa: S608 - our own names
    f" FROM kernel_{table} r WHERE r.case_id = c.id)"
    for table in TABLES
)
CASES = f"""
SELECT json_build_object('head', to_json(c), 'rows', json_build_object({ROWS}),
    'facts', (SELECT coalesce(json_agg(to_json(f)), '[]') FROM kernel_casefact f WHERE f.case_id = c.id),
    'texts', (SELECT coalesce(json_agg(to_json(t)), '[]') FROM kernel_sought t WHERE t.case_id = c.id),
    'stream', (SELECT json_build_object('name', s.name, 'position', s.position, 'head', encode(s.head, 'hex'))
               FROM kernel_stream s WHERE s.id = c.stream_id),
    'events', (SELECT coalesce(json_agg(to_jsonb(e) || jsonb_build_object('hash', encode(e.hash, 'hex'))
                               ORDER BY e.position), '[]') FROM kernel_event e WHERE e.stream_id = c.stream_id),
    'values', (SELECT coalesce(json_agg(json_build_object('position', v.position, 'slot', v.slot,
                               'salt', encode(v.salt, 'hex'), 'value', v.value)), '[]')
               FROM kernel_eventvalue v WHERE v.stream_id = c.stream_id),
    'given', (SELECT coalesce(json_agg(n.text), '[]') FROM kernel_numbergiven n WHERE n.stream_id = c.stream_id),
    'links', (SELECT coalesce(json_agg(json_build_object('key', l.key, 'relation', l.relation, 'other', l.other_id,
                              'exists', o.id IS NOT NULL, 'act', e.act, 'back', EXISTS (SELECT 1
                              FROM kernel_link b WHERE b.case_id = l.other_id AND b.other_id = l.case_id))), '[]')
              FROM kernel_link l LEFT JOIN kernel_case o ON o.id = l.other_id
              LEFT JOIN kernel_event e ON e.stream_id = o.stream_id AND e.position = 1 WHERE l.case_id = c.id),
    'kin', (SELECT coalesce(json_agg(DISTINCT jsonb_build_object('case', o.id, 'linked', EXISTS (
                            SELECT 1 FROM kernel_link l WHERE (l.case_id = o.id AND l.other_id = c.id)
                            OR (l.case_id = c.id AND l.other_id = o.id)))), '[]')
            FROM kernel_event f JOIN kernel_event e ON e.act = f.act AND e.stream_id <> f.stream_id
            JOIN kernel_case o ON o.stream_id = e.stream_id
            WHERE f.stream_id = c.stream_id AND f.position = 1))::text
FROM kernel_case c WHERE c.id = ANY (%s) ORDER BY c.id
"""  # noqa: S608 - made of our own names


def house(s: Session, sample: int | None) -> House:
    """What all checks know of the house. sample: how many cases are folded anew, the same ones all day."""
    posts = [post for post in _posts(s) if post[3]]
    return House(
        s=s,
        officers={row["id"]: row for row in models.Officer.objects.values("id", "name", "is_active")},
        posts=frozenset((officer, role, organ) for officer, role, organ, _ in posts),
        signing={entry.key: entry.data["role"] for entry in access.register(s, access.SIGNING, s.today)},
        unserved_after=parameters.in_force(parameters.UNSERVED, s.today)["unserved_after"],
        expired=certificates.expired(s),
        sampled=None if sample is None else _draw(s, sample),
    )


def _posts(s: Session) -> Iterator[tuple[int, str, int, bool]]:
    for officer in access.colleagues(s):
        for post in officer.posts.all():
            yield officer.pk, post.role, post.organ_id, officer.is_active


def _draw(s: Session, sample: int) -> frozenset[int]:
    """The cases of the sample: those with the smallest digests of day and number, so that it can be drawn again."""
    day = s.today.isoformat()
    return frozenset(sorted(singly(), key=lambda case: ledger.sm3(f"{day}:{case}".encode()))[:sample])


def singly() -> list[int]:
    """Cases that are looked at one by one. A mirrored case on which nothing was done is compared with the file, row
    and columns, as part of its import.
    """
    untouched = Q(mirrored=True, stream=None, bulk__in=models.Bulk.objects.filter(taken_back=None))
    return list(models.Case.objects.exclude(untouched).order_by("pk").values_list("pk", flat=True))


def looks(s: Session, ids: list[int]) -> Iterator[Look]:
    """The cases with these numbers, a batch at a time."""
    for first in range(0, len(ids), BATCH):
        for (text,) in ledger.rows(CASES, [ids[first : first + BATCH]]):
            yield _look(json.loads(text), s.registry)


def _look(read: Mapping[str, Any], registry: Registry) -> Look:
    head = read["head"]
    names = ("id", "system", "version", "opened", "state", "position", "closed", "number", "title", "outcome")
    file = CaseFile(
        **{name: head[name] for name in names},
        organ=head["organ_id"],
        body=head["body_id"],
        officer=head["officer_id"],
        facts=head["facts"],
        done=head["done"],
        rows={table: {row["key"]: row["data"] for row in rows} for table, rows in read["rows"].items()},
    )
    try:
        procedure = registry.procedure(head["system"], head["version"])
    except KeyError:
        procedure = None
    read_too = ("rows", "facts", "texts", "stream", "events", "values", "given", "links", "kin")
    parts = {name: read[name] for name in read_too}
    return Look(head=head, file=file, procedure=procedure, **parts)
