"""Changes of register entries 名录 as rules without a database, and which of them an act of a case makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from fadu.kernel import forms
from fadu.kernel.timekeeping import Env, reckon_all
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import BadInput, GatesUnmet, NotFound, Refusal, Unmet
from fadu.rules.procedure import ChangesRegister, Step
from fadu.rules.register_words import ORGAN, DayAfter, LastDayOf, NumberOf, Source
from fadu.rules.registers import ChangeKind, Effect, Register


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it came in. kind: code of the register's list; since: the day it takes effect, today if not given.

    values: the facts of the entry; for a change those that change, for an end only the key.
    """

    kind: str
    values: Mapping[str, Any]
    since: date | None = None
    reason: str = ""


class Valid(Protocol):
    """A row of a register as far as the rules for its changes ask: a model's, or one kept in memory."""

    @property
    def since(self) -> date: ...

    @property
    def before(self) -> date | None: ...

    @property
    def data(self) -> Mapping[str, Any]: ...


def key_of(register: Register, values: Mapping[str, Any]) -> str:
    """What names the entry, as a person typed it or chose it."""
    key = str(values.get(register.key) or "").strip()
    if not key:
        label = forms.label_of(register.model, register.key)
        raise BadInput({register.key: f"“{label}”没有填写"})
    return key


def content(
    register: Register, kind: ChangeKind, key: str, last: Valid | None, change: Change, since: date
) -> dict[str, Any]:
    """What the entry holds after the change, all rules about days checked."""
    if kind.effect is Effect.ENTERS:
        _refuse_twice(key, last, since)
        return forms.clean_entry(register.model, change.values)
    if last is None:
        raise NotFound(f"“{register.label}”中的条目“{key}”")
    if last.before is not None:
        raise BadInput({register.key: f"条目“{key}”已自{last.before.isoformat()}起终止，不能再{kind.label}"})
    if since < last.since:
        raise BadInput({"since": f"条目“{key}”自{last.since.isoformat()}起生效，不能补录在此之前的{kind.label}"})
    if kind.effect is Effect.ENDS:
        return dict(last.data)
    data = forms.clean_entry(register.model, {**last.data, **change.values})
    if data == last.data:
        raise BadInput({register.key: f"条目“{key}”的内容没有变化"})
    return data


def _refuse_twice(key: str, last: Valid | None, since: date) -> None:
    if last is not None and last.before is None:
        raise BadInput({"key": f"已有条目“{key}”（自{last.since.isoformat()}起），不能重复登记"})
    if last is not None and last.before is not None and since < last.before:
        raise BadInput({"since": f"条目“{key}”到{last.before.isoformat()}才终止，不能在此之前重新登记"})


# ---------------------------------------------------------------- by acts of cases


@dataclass(frozen=True, slots=True)
class Wanted:
    """One change that an act of a case makes. keepers: organs that keep the entry, or may keep it."""

    register: Register
    kind: ChangeKind
    keepers: tuple[int, ...]
    change: Change
    if_listed: bool

    @property
    def since(self) -> date:
        """From when the change holds."""
        assert self.change.since is not None  # wanted() gives it
        return self.change.since


def wanted(case: CaseFile, step: Step, day: date, env: Env) -> list[Wanted]:
    """What the step changes in registers, asked of the case as it is after the act; in the order of their chains."""
    found: list[Wanted] = []
    for said in step.changes:
        keepers = _keepers(case, said)
        for facts in _each(case, said):
            values = {there: _value(case, here, facts, env) for there, here in said.values.items()}
            given = {name: value for name, value in values.items() if value is not None}
            reason = str(facts.get(said.reason) or "")
            since = _since(case, said, facts, day, env)
            change = Change(str(said.change), given, since, reason)
            found.append(Wanted(said.register, said.change, keepers, change, said.if_listed))
    return sorted(found, key=lambda want: (want.register.name, want.keepers))


def _keepers(case: CaseFile, said: ChangesRegister) -> tuple[int, ...]:
    if said.keeper in ("", ORGAN):
        return (case.organ if said.keeper else case.body,)
    rows = [row for _, row in case.of("party", role=said.keeper) if row["organ"] and not row["before"]]
    return tuple(sorted({row["organ"] for row in rows}))


def _each(case: CaseFile, said: ChangesRegister) -> Iterator[Mapping[str, Any]]:
    """The facts that each change goes by: those of the case, with those of the item where there is one for each."""
    if said.each is None:
        yield case.facts
        return
    for row in case.table("item").values():
        if not said.each or row["outcome"] in said.each:
            yield case.facts | row["facts"]


def _value(case: CaseFile, source: Source, facts: Mapping[str, Any], env: Env) -> Any:
    if isinstance(source, LastDayOf):
        last = _last_day(case, source.clock, env)
        return last.isoformat() if last else None
    return case.said(source) if isinstance(source, NumberOf) else facts.get(source)


def _since(case: CaseFile, said: ChangesRegister, facts: Mapping[str, Any], day: date, env: Env) -> date:
    if isinstance(said.since, DayAfter):
        last = _last_day(case, said.since.clock, env)
        return last + timedelta(days=1) if last else day
    return date.fromisoformat(facts[said.since]) if facts.get(said.since) else day


def _last_day(case: CaseFile, clock: str, env: Env) -> date | None:
    keys = [key for key, _ in case.of("clock", name=clock)]
    return reckon_all(case, env)[keys[-1]].last_day if keys else None


def places(want: Wanted, step: Step, latest: Callable[[int, str], Valid | None]) -> Iterator[int]:
    """The organs at which the change is still to be made: an entry that is as wanted already is left alone.

    latest: the newest row of an organ under a key. Raises GatesUnmet when no organ has the entry, or the change
    does not go with what stands there.
    """
    try:
        key = key_of(want.register, want.change.values)
        rows = {organ: latest(organ, key) for organ in want.keepers}
        enters = want.kind.effect is Effect.ENTERS
        meant = {organ: row for organ, row in rows.items() if enters or row is not None}
        if not meant and not want.if_listed:
            raise NotFound(f"“{want.register.label}”中的条目“{key}”")
        for organ, row in meant.items():
            if not _as_wanted(want, row):
                content(want.register, want.kind, key, row, want.change, want.since)
                yield organ
    except Refusal as refusal:
        sentence = f"还不能在“{want.register.label}”中办理“{want.kind.label}”：{refusal.message.rstrip('。')}"
        todo = f"请先核对“{want.register.label}”，由登记人员补登或者更正后再办理。"
        article = want.kind.article or want.register.article
        raise GatesUnmet(step.label, [Unmet("register", sentence, article, todo)]) from refusal


def changed_since(step: Step, label: str) -> GatesUnmet:
    """The refusal to take back an act whose change in a register another change followed."""
    todo = "请先撤回之后的操作；直接在名录中办理的，请先在名录中更正。"
    return GatesUnmet(step.label, [Unmet("register", f"{label}以后，这一条目又有变动", None, todo)])


def _as_wanted(want: Wanted, row: Valid | None) -> bool:
    if row is None:
        return False
    if want.kind.effect is Effect.ENDS:
        return row.before is not None
    kinds = (None,) if want.kind.effect is Effect.ENTERS else ()  # an entry may say less, but nothing else
    same = all(row.data.get(name) in (*kinds, value) for name, value in want.change.values.items())
    return row.before is None and same
