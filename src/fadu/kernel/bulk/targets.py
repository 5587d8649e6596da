"""Where an import went, as a target again: for the rights to take it back, and for reading its file anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fadu.kernel import models
from fadu.kernel.access import Session
from fadu.kernel.bulk.cases import Mirrored
from fadu.kernel.bulk.columns import Target, said_of
from fadu.kernel.bulk.entries import Entries
from fadu.rules.errors import Refusal


def target_of(s: Session, bulk: models.Bulk) -> Target:
    """The target with the options of that day. Raises Refusal when its declaration is gone."""
    return aim(s, bulk.kind, bulk.target, said_of(bulk))


def aim(s: Session, kind: str, name: str, options: Mapping[str, Any]) -> Target:
    """A target from what it says of itself. Raises Refusal when its declaration is gone."""
    if kind == Mirrored.kind and name in s.registry.systems:
        return Mirrored(s, name, options.get("body"), updates=options.get("updates", False))
    declared = next((one for one in s.registry.registers if one.name == name), None)
    if kind == Mirrored.kind or declared is None:
        raise Refusal(f"“{name}”已经没有声明。", todo="请恢复它的声明。")
    since = options.get("since")
    return Entries(declared, options["organ"], date.fromisoformat(since) if since else None)
