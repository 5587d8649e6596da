"""The documented, stable JSON of a reading; see docs/algorithms/reading.md."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fadu.report_reader.inputs import Loaded
from fadu.report_reader.model import Claim, Other, Reading, Relation


def as_json(reading: Reading, file: str = "", loaded: Loaded | None = None) -> dict[str, Any]:
    """Plain objects for `json.dumps`. start and end are characters of the decoded text; page is counted from 1."""
    return {
        "file": file,
        "meta": {
            "place": reading.meta.place,
            "year": reading.meta.year,
            "issued": reading.meta.issued,
            "title": reading.meta.title,
            "reports_to": reading.meta.reports_to,
            "rounding": reading.meta.rounding,
        },
        "claims": [_claim(one, loaded) for one in reading.claims],
        "relations": [_relation(one) for one in reading.relations],
        "not_claims": [_other(one) | {"kind": one.kind} for one in reading.others],
        "unread": [_other(one) for one in reading.unread],
        "numbers": len(reading.claims) + len(reading.others) + len(reading.unread),
    }


def number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON has it: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _claim(one: Claim, loaded: Loaded | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "start": one.start,
        "end": one.end,
        "page": loaded.page_at(one.start) if loaded else None,
        "raw": one.raw,
        "value": number(one.value),
        "high": number(one.high),
        "unit": one.unit,
        "approx": one.approx,
        "qualifier": one.qualifier,
        "subject": one.subject,
        "measure": one.measure,
        "indicator": one.indicator,
        "period": one.period,
        "sentence": one.sentence,
    }


def _relation(one: Relation) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "expr": one.expr,
        "claims": one.claims,
        "computed": number(one.computed),
        "stated": number(one.stated),
        "verdict": one.verdict.value,
        "reading": one.reading,
        "reason": one.reason,
    }


def _other(one: Other) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "raw": one.raw}
