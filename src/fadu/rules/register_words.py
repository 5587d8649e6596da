"""Cases and registers 名录: what an act of a case changes in one, what the entries of one owe every year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fadu.rules.facts import FactField
    from fadu.rules.procedure import Procedure, State, Step
    from fadu.rules.registers import ChangeKind, Register


@dataclass(frozen=True, slots=True)
class NumberOf:
    """The number of the newest paper of a kind in the case."""

    paper: str


@dataclass(frozen=True, slots=True)
class LastDayOf:
    """The last day of a period of the case, as it stands after the act."""

    clock: str


@dataclass(frozen=True, slots=True)
class DayAfter:
    """The day after the last day of a period of the case."""

    clock: str


ORGAN = "organ"
"""Keeper of entries: the organ in whose name the case is handled (机关)."""

Source = str | NumberOf | LastDayOf
"""Where a fact of an entry comes from; a str is a fact of the case, or of the item where there is one for each item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRegister:
    """The act makes a change in a register as well: on the register's own chain, under the same act id.

    values: fact of the entry → its source; what is not known is left out. each: one change for every item, or only
    for those with one of these outcomes; None: one for the case. keeper: the party role whose organs keep the
    entries, or ORGAN, else the body that handles the case. since: the fact with the day from which it holds, or the
    day after a period; else the day of the act. reason: the fact that gives it. if_listed: what the register does
    not have is passed over, not refused.
    """

    register: Register
    change: ChangeKind
    values: Mapping[str, Source] = field(hash=False)
    each: tuple[str, ...] | None = None
    keeper: str = ""
    since: str | DayAfter = ""
    reason: str = ""
    if_listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """每年 (L30): what each entry of a register owes year after year. The clock opens the case on the day after the
    year it is about, at the entry's organ, so that its periods run whether or not anybody thinks of it.

    register: entries valid on the year's last day owe it; step: the opening step; year, year_end: facts that tell the
    year (2024年度) and hold its last day; hands: fact of the case → fact of the entry; parties: role → fact of the
    entry that names them, divided by 、. A case of that year with the same handed facts counts as begun, whoever
    opened it, but not in one of the states `without`.
    """

    register: str
    step: str
    year: str
    year_end: str
    hands: Mapping[str, str] = field(default_factory=dict, hash=False)
    parties: Mapping[str, str] = field(default_factory=dict, hash=False)
    without: tuple[State, ...] = ()


def faults_of_every(procedure: Procedure, register: Register | None) -> Iterator[str]:
    """What the registry says of a duty of every year, once all registers are known."""
    every = procedure.every
    if every is None:
        return
    if register is None:
        yield f"名录 {every.register} 没有声明"
        return
    step = next((step for step in procedure.opening if step.name == every.step), None)
    if step is None:
        yield f"没有立案步骤 {every.step}"
        return
    given = {every.year, every.year_end, *every.hands}
    if given - {*step.takes, *step.may_take} or set(step.takes) - given:
        yield f"立案步骤“{step.label}”所填写的与每年所给的不同"
    if set(every.parties) - {role.name for role in step.parties}:
        yield f"立案步骤“{step.label}”不登记所给的当事人"
    if missing := sorted({*every.hands.values(), *every.parties.values()} - set(register.model.model_fields)):
        yield f"取自名录“{register.label}”没有的 {'、'.join(missing)}"


def faults_of_changes(procedure: Procedure, step: Step, fields: Mapping[str, FactField]) -> Iterator[str]:
    """What the judge says of the changes in registers that a step makes."""
    for said in step.changes:
        where = f"步骤“{step.label}”对名录“{said.register.label}”的变动"
        if said.change not in said.register.changes:
            yield f"{where}“{said.change.label}”没有声明"
        if said.register.key not in said.values:
            yield f"{where}没有写是哪一条（{said.register.key}）"
        if said.change.needs_reason and not said.reason:
            yield f"{where}“{said.change.label}”应当写明理由，没有写理由取自哪一事实"
        unknown = sorted(set(said.values) - set(said.register.model.model_fields))
        if unknown:
            yield f"{where}写了名录没有的 {'、'.join(unknown)}"
        missing = sorted(set(_unknown_sources(procedure, said, fields)))
        if missing:
            yield f"{where}取自没有声明的 {'、'.join(missing)}"
        if said.each is not None and procedure.items is None:
            yield f"{where}逐项进行，但程序没有声明分项"
        if any(by in procedure.parties or by.name == "system" for by in step.by):
            yield f"{where}只能由人办理，不能由当事人办理或者由期限触发"


def _unknown_sources(procedure: Procedure, said: ChangesRegister, fields: Mapping[str, FactField]) -> Iterator[str]:
    items = procedure.items.model.model_fields if procedure.items and said.each is not None else {}
    facts = [source for source in (*said.values.values(), said.since, said.reason) if isinstance(source, str)]
    yield from (name for name in facts if name and name not in fields and name not in items)
    clocks = {clock.name for clock in procedure.clocks}
    papers = {paper.name for paper in procedure.papers}
    for source in (*said.values.values(), said.since):
        if isinstance(source, LastDayOf | DayAfter) and source.clock not in clocks:
            yield source.clock
        if isinstance(source, NumberOf) and source.paper not in papers:
            yield source.paper
    if said.keeper not in ("", ORGAN) and said.keeper not in {role.name for role in procedure.parties}:
        yield said.keeper
    if said.each and procedure.items:
        yield from set(said.each) - {str(code) for code in procedure.items.outcome}
