"""The two tables of periods as rows of one shape: amounts, units, half-known kinds, parsed exclusions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

NATION = "国家"
UNIT_WORDS = {"day": "日", "workday": "个工作日", "month": "个月", "year": "年", "hour": "小时"}
KIND_WORDS = {"min": "不少于", "lead": "提前", "frequency": "每", "validity": "有效期", "window": "时段"}
EXCLUDED = re.compile(r"；?扣除[:：]([^；]*)")


@dataclass(frozen=True)
class Row:
    """One row of either table; `place` is None for the nation, `kind` is inferred for the first table."""

    id: str
    topic: str
    step: str
    trigger: str
    act: str
    actor: str
    kind: str
    amount: int | None
    amount_min: int | None
    unit: str | None
    month_day: str | None
    basis: str
    since: date | None
    until: date | None
    verified: bool
    place: str | None
    extension: Mapping[str, Any] | None
    excluded: str | None
    note: str

    @property
    def length_in_words(self) -> str:
        if self.month_day:
            return self.month_day
        if self.amount is None:
            return "由文书确定"
        least = f"{self.amount_min}至" if self.amount_min is not None else ""
        return f"{KIND_WORDS.get(self.kind, '')}{least}{self.amount}{UNIT_WORDS[self.unit or 'day']}"


def read_rows(folder: Path) -> list[Row]:
    """All rows of both tables, in their order; rows of the first are numbered L1-001 and so on."""
    first = json.loads((folder / "law_1.json").read_text(encoding="utf-8"))
    second = json.loads((folder / "law_2.json").read_text(encoding="utf-8"))
    return [_first(number, row) for number, row in enumerate(first, 1)] + [_second(row) for row in second]


def _first(number: int, row: Mapping[str, Any]) -> Row:
    given = row["extendable"] or None
    extension = {"amount": given["by"], **{word: given[word] for word in given if word != "by"}} if given else None
    excluded = EXCLUDED.search(row["note"])
    return Row(
        id=f"L1-{number:03d}",
        topic=row["procedure"].partition(" ")[2],
        kind=_kind(row),
        amount=row["length"],
        amount_min=None,
        month_day=None,
        since=_day(row["from"]),
        until=_day(row["until"]),
        place=None,
        extension=extension,
        excluded=excluded.group(1) if excluded else None,
        note=EXCLUDED.sub("", row["note"]).strip("；"),
        **{word: row[word] for word in ("step", "trigger", "act", "actor", "unit", "basis", "verified")},
    )


def _second(row: Mapping[str, Any]) -> Row:
    return Row(
        id=row["id"],
        topic=row["procedure"],
        amount=row["length"],
        amount_min=row["length_min"],
        month_day=row["date"],
        since=_day(row["from"]),
        until=_day(row["until"]),
        place=None if row["jurisdiction"] == NATION else row["jurisdiction"],
        extension={"condition": row["extension"]} if row["extendable"] else None,
        excluded=row["suspension"] or None,
        **{
            word: row[word] for word in ("step", "trigger", "act", "actor", "kind", "unit", "basis", "verified", "note")
        },
    )


def _kind(row: Mapping[str, Any]) -> str:
    """The first table has no kinds: no length is by_paper, 倒计 counts back, the rest is to be done within."""
    if row["length"] is None:
        return "by_paper"
    return "lead" if "倒计" in row["trigger"] else "max"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
