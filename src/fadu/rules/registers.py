"""Registers 名录、清单、库 as declarations: what an entry holds and what names it, who makes which changes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fadu.rules.errors import DeclarationError, FaduError
from fadu.rules.facts import ClosedList, Facts, fact_fields, public_facts
from fadu.rules.law import Library
from fadu.rules.procedure import SYSTEM, Role

HOUSE_OWN = (
    *("certificates", "contacts", "holidays", "paper_templates", "parameters", "portal", "promises", "reception"),
    *("retention", "second_factor", "signing", "targets"),
)
"""Registers that the house keeps for itself, without a declaration; no room may take their names."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Effect(StrEnum):
    """What a kind of change does with the entry."""

    ENTERS = "enters"
    CHANGES = "changes"
    ENDS = "ends"


class ChangeKind(ClosedList):
    """Base of a register's kinds of change: code, label, effect, article, whether a reason must be given."""

    effect: Effect
    needs_reason: bool

    def __new__(
        cls, code: str, label: str, effect: Effect, article: str | None = None, needs_reason: bool = False
    ) -> ChangeKind:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.effect = effect
        member.article = article
        member.needs_reason = needs_reason
        return member


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register. Every entry belongs to an organ and is valid from–to; it is read as of any day.

    model: what an entry holds, a fact with a default may be left out; key: the fact that names an entry within its
    organ; changes: the kinds of change; by: roles that may make them at the entry's organ.
    """

    name: str
    label: str
    model: type[Facts]
    key: str
    changes: type[ChangeKind]
    by: tuple[Role, ...]
    statute: str
    article: str

    def change(self, code: str) -> ChangeKind | None:
        """A kind of change by its code."""
        return next((kind for kind in self.changes if kind == code), None)


def is_public(register: Register) -> bool:
    """A list is public when what names its entries is."""
    return register.key in public_facts(register.model)


def judge_register(register: Register, library: Library) -> None:
    """Raises DeclarationError with every fault found."""
    faults = list(_faults(register, library))
    if faults:
        raise DeclarationError(
            f"名录声明有误：{register.label}：" + "；".join(faults), todo=f"请修改名录 {register.name} 的声明。"
        )


def _faults(register: Register, library: Library) -> Iterator[str]:
    if not _NAME.fullmatch(register.name):
        yield f"名称 {register.name} 只能用小写英文、数字和下划线"
    if register.name in HOUSE_OWN:
        yield f"名称 {register.name} 由本机关自用"
    if not register.article:
        yield "没有条文依据"
    try:
        library.statute(register.statute)
    except FaduError as fault:
        yield fault.message
    yield from _facts(register)
    yield from _changes(register)
    if not register.by:
        yield "没有写由谁登记"
    if SYSTEM in register.by:
        yield "名录只由人登记，不能由法定期限触发"


def _facts(register: Register) -> Iterator[str]:
    try:
        fields = fact_fields(register.model)
    except TypeError as fault:
        yield str(fault)
        return
    labels = [field.fact.label for field in fields.values()]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield f"事实“{label}”这一名称用了不止一次"
    key = fields.get(register.key)
    if key is None:
        yield f"用来区分条目的事实 {register.key} 没有声明"
    elif key.widget not in ("text", "choice") or not register.model.model_fields[register.key].is_required():
        yield f"用来区分条目的事实“{key.fact.label}”应当是必填的文字或者选项"


def _changes(register: Register) -> Iterator[str]:
    kinds = list(register.changes)
    if len(kinds) < len(register.changes.__members__):
        yield "变动种类的代码重复"
    labels = [kind.label for kind in kinds]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield f"变动种类“{label}”出现了不止一次"
    for effect, said in ((Effect.ENTERS, "新增条目"), (Effect.ENDS, "终止条目")):
        if all(kind.effect is not effect for kind in kinds):
            yield f"没有能够{said}的变动种类"
