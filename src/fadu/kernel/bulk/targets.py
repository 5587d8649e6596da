"""Where an import went, as a target again: for the rights to take it back, and for reading its file anew."""

from __future__ import annotations

from datetime import date

from fadu.kernel import models
from fadu.kernel.access import Session
from fadu.kernel.bulk.cases import Mirrored
from fadu.kernel.bulk.columns import Target, said_of
from fadu.kernel.bulk.entries import Entries
from fadu.rules.errors import Refusal


def target_of(s: Session, bulk: models.Bulk) -> Target:
    """The target with the options of that day. Raises Refusal when its declaration is gone."""
    said = said_of(bulk)
    if bulk.kind == "case" and bulk.target in s.registry.systems:
        return Mirrored(s, bulk.target, said.get("body"), updates=said.get("updates", False))
    declared = next((one for one in s.registry.registers if one.name == bulk.target), None)
    if bulk.kind == "case" or declared is None or bulk.organ_id is None:
        raise Refusal(f"“{bulk.target}”已经没有声明。", todo="请恢复它的声明。")
    since = said.get("since")
    return Entries(declared, bulk.organ_id, date.fromisoformat(since) if since else None)
