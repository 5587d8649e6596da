"""Entries of a register out of a file: the facts of the declared model, and from when to when each is valid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fadu.kernel import forms, models, registers, streams
from fadu.kernel.access import Session
from fadu.kernel.bulk.columns import (
    A_DAY,
    About,
    Cells,
    Made,
    about_facts,
    by_meaning,
    converters_of,
    day,
    fact_columns,
    facts_of,
)
from fadu.rules.errors import BadInput
from fadu.rules.facts import fact_fields
from fadu.rules.registers import Register

DAYS = {"生效日期": "since", "终止日期": "before"}


class Entries:
    """A register at an organ. since: from when rows without a day of their own are valid."""

    kind = "register"
    updates = False

    def __init__(self, register: Register, organ: int, since: date | None) -> None:
        self.register, self.name, self.label = register, register.name, register.label
        self.organ: int | None = organ
        self._place, self._since = organ, since
        self._fields = fact_fields(register.model)
        self._converters = converters_of(self._fields)

    def options(self) -> dict[str, Any]:
        return {"organ": self._place, "since": self._since.isoformat() if self._since else None}

    def columns(self) -> Mapping[str, str]:
        return fact_columns(self._fields) | DAYS

    def about(self) -> Mapping[str, About]:
        return about_facts(self._fields) | dict.fromkeys(DAYS, A_DAY)

    def required(self) -> Sequence[str]:
        facts = self.register.model.model_fields.items()
        labels = [self._fields[name].fact.label for name, info in facts if info.is_required()]
        return labels if self._since else [*labels, "生效日期"]

    def role(self, s: Session) -> str:
        return registers.may(s, self.register, self._place)

    def stream(self) -> models.Stream:
        return streams.locked("register", registers.stream_name(self.name, self._place), self._place)

    def made(self, cells: Cells) -> Made:
        since = _day(cells, "since") if "since" in cells else self._since
        before = _day(cells, "before") if "before" in cells else None
        if since is None:
            raise BadInput({"since": "“生效日期”没有填写"})
        if before is not None and before <= since:
            raise BadInput({"before": "“终止日期”应当晚于“生效日期”"})
        try:
            data = forms.clean_entry(self.register.model, facts_of(cells, self._converters))
        except BadInput as fault:
            raise by_meaning(fault) from fault
        days = {"since": since.isoformat(), "before": before.isoformat() if before else None}
        return Made({"key": str(data[self.register.key]), "data": data, **days})

    def conflict(self, about: str, since: str) -> tuple[str, str]:
        return f"fact:{self.register.key}", f"已有条目“{about}”（自{since}起），有效期重叠"


def _day(cells: Cells, meaning: str) -> date:
    try:
        return date.fromisoformat(day(cells[meaning]))
    except ValueError as fault:
        label = next(heading for heading, other in DAYS.items() if other == meaning)
        raise BadInput({meaning: f"“{label}”不是有效的日期（例：2024-03-01）"}) from fault
