"""A kept report as it comes back from its file (.json): judged before anything in it is used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from fadu.analytics.arithmetic import Precision
from fadu.report_writer.provenance import FORMAT
from fadu.rules.errors import BadInput


class _Organ(BaseModel):
    id: int
    name: str


class _Period(BaseModel):
    since: date = Field(alias="from")
    before: date


class _Rates(BaseModel):
    digits: int = Field(ge=0, le=9)
    cut: bool


class _Snapshot(BaseModel):
    id: str
    sm3: str


class _Number(BaseModel):
    text: str
    cases: str
    sentences: list[str]


class _Last(_Number):
    period: _Period


class _Figure(_Number):
    name: str
    label: str
    definition: str
    reach: Literal["whole", "own"]
    last: _Last | None


class _Kept(BaseModel):
    format: Literal["fadu-report/1"]
    title: str
    organ: _Organ
    organs: Literal["day", "today"]
    period: _Period
    rates: _Rates
    made: datetime
    recorded_before: datetime | None
    snapshot: _Snapshot | None
    figures: list[_Figure]


def rates_of(printed: Mapping[str, Any]) -> Precision:
    """How that report prints rates, whatever is declared today."""
    return Precision(printed["rates"]["digits"], printed["rates"]["cut"])


def kept_report(text: str | bytes) -> dict[str, Any]:
    """The provenance in a file. Raises BadInput for anything else."""
    try:
        found = _Kept.model_validate_json(text)
    except ValidationError as fault:
        raise BadInput({"file": f"这个文件不是年度报告的出处（.json，格式 {FORMAT}）"}) from fault
    return found.model_dump(mode="json", by_alias=True)
