"""Registers as pages show them: entries as of a day, what differs between two days, the history of an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from fadu.kernel import access, validity
from fadu.kernel.access import Session, Uploaded
from fadu.kernel.models import Event, Organ, RegisterEntry
from fadu.rules.errors import BadInput, NotFound, Refusal
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.registers import Register
from fadu.web.shared.words import chinese_day, read_day, shown
from fadu.web.workbench.at_work import at_work
from fadu.web.workbench.list_head import Chip
from fadu.web.workbench.listing import COUNTED, number

AFTER = ("所属机构", "生效日期", "终止日期")
NOT_IN_LISTS = ("long", "files")


def declared(s: Session, name: str) -> Register:
    """The register of that name. Raises NotFound."""
    found = next((register for register in s.registry.registers if register.name == name), None)
    if found is None:
        raise NotFound("名录")
    return found


def changed_at(s: Session, register: Register) -> list[Organ]:
    """The organs at which the person may change the register."""
    return [organ for organ in access.organs_of_posts(s) if any(s.holds(role.name, organ.pk) for role in register.by)]


# ---------------------------------------------------------------- what was asked


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: a day, words, an organ, a page; `other` is the later day of a difference."""

    typed: Mapping[str, str]
    on: date
    other: date
    words: str = ""
    organ: str = ""
    page: int = 1
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def on_text(self) -> str:
        """The day for its box."""
        return self.on.isoformat()

    @property
    def other_text(self) -> str:
        """The later day for its box."""
        return self.other.isoformat()

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked."""
        return any((self.words, self.organ, self.typed.get("on")))

    def address(self, **changed: object) -> str:
        """The query string of the same question, with something changed."""
        now: dict[str, object] = {"on": self.typed.get("on", ""), "q": self.words, "organ": self.organ}
        return "?" + urlencode({name: value for name, value in {**now, **changed}.items() if value not in ("", None)})


def read(s: Session, given: Mapping[str, str]) -> Asked:
    """The question of a query string; a day that is none is told, and today counts."""
    typed = {name: value.replace("\0", "").strip() for name, value in given.items()}
    faults: dict[str, str] = {}
    days: dict[str, date] = {}
    for name, label in (("on", "日期"), ("other", "后一个日期")):
        try:
            days[name] = read_day(typed.get(name, ""), label, name) or s.today
        except BadInput as fault:
            faults |= fault.fields
            days[name] = s.today
    organ, page = (number(typed.get(name, "")) for name in ("organ", "page"))
    return Asked(typed, days["on"], days["other"], typed.get("q", "")[:200], organ, int(page or 1), faults)


def chips(asked: Asked, organs: Mapping[str, str]) -> list[Chip]:
    """The conditions in words."""
    named = {
        "on": ("哪一天的名录", chinese_day(asked.on) if asked.typed.get("on") and not asked.faults else ""),
        "q": ("关键词", asked.words),
        "organ": ("所属机构", organs.get(asked.organ, "（不存在）") if asked.organ else ""),
    }
    return [Chip(label, text, asked.address(**{name: ""})) for name, (label, text) in named.items() if text]


def found(s: Session, register: Register, asked: Asked) -> QuerySet[RegisterEntry]:
    """The entries that answer the question."""
    organ = int(asked.organ) if asked.organ else None
    entries = access.register(s, register.name, asked.on, organ=organ, words=asked.words).select_related("organ")
    return entries.none() if asked.faults else entries


# ---------------------------------------------------------------- lines of a list


def columns(register: Register) -> dict[str, FactField]:
    """The facts that a list shows, the key first; long texts and files are on the page of the entry."""
    fields = fact_fields(register.model)
    short = {name: one for name, one in fields.items() if one.widget not in NOT_IN_LISTS}
    return {register.key: fields[register.key]} | short


def headings(register: Register) -> list[str]:
    """The headings of a list and of its export."""
    return [*(one.fact.label for one in columns(register).values()), *AFTER]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a list shows it. facts: label and text of what stands beside the key."""

    entry: RegisterEntry
    key: str
    facts: list[tuple[str, str]]

    @property
    def organ(self) -> str:
        return self.entry.organ.name if self.entry.organ else ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The line of the exported table."""
        before = self.entry.before.isoformat() if self.entry.before else ""
        return (self.key, *(text for _, text in self.facts), self.organ, self.entry.since.isoformat(), before)


def line(register: Register, entry: RegisterEntry) -> Line:
    fields = columns(register)
    facts = [(one.fact.label, shown(one, entry.data.get(name))) for name, one in fields.items() if name != register.key]
    return Line(entry, _name(register, entry), facts)


def _name(register: Register, entry: RegisterEntry) -> str:
    """The key as people read it: the label, where it is chosen from a list."""
    return shown(fact_fields(register.model)[register.key], entry.key)


# ---------------------------------------------------------------- what differs


@dataclass(frozen=True, slots=True)
class Differing:
    """One fact before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that stands otherwise on the later day. entry: as it is then, or was when it was last there."""

    kind: str
    entry: RegisterEntry
    name: str
    facts: list[Differing]


def differing(register: Register, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Differing]:
    """The facts that are not the same."""
    return [
        Differing(one.fact.label, shown(one, before.get(name)), shown(one, after.get(name)))
        for name, one in fact_fields(register.model).items()
        if before.get(name) != after.get(name)
    ]


def differences(s: Session, register: Register, asked: Asked) -> list[Difference]:
    """What of the register is otherwise on the later day than on the earlier; what stands unchanged is not asked for.

    Raises Refusal when there is too much for a page.
    """
    gone = _only_on(s, register, asked, asked.on, asked.other)
    come = _only_on(s, register, asked, asked.other, asked.on)
    before = {(entry.organ_id, entry.key): entry for entry in gone}
    after = {(entry.organ_id, entry.key): entry for entry in come}
    places = sorted(before.keys() | after.keys(), key=lambda place: (place[1], place[0] or 0))
    return [_difference(register, before.get(place), after.get(place)) for place in places]


def _only_on(s: Session, register: Register, asked: Asked, on: date, not_on: date) -> list[RegisterEntry]:
    """Rows valid on one day and not on the other."""
    organ = int(asked.organ) if asked.organ else None
    entries = access.register(s, register.name, on, organ=organ).select_related("organ")
    rows = list(entries.exclude(validity.on(not_on))[: COUNTED + 1])
    if len(rows) > COUNTED:
        raise Refusal(
            f"两个日期之间不同的条目超过 {COUNTED} 项，没有列出。", todo="请选择机构，或者缩短两个日期的间隔。"
        )
    return rows


def _difference(register: Register, before: RegisterEntry | None, after: RegisterEntry | None) -> Difference:
    entry = after or before
    assert entry is not None
    name = _name(register, entry)
    if before is None or after is None:
        return Difference("终止" if after is None else "新增", entry, name, [])
    return Difference("变动", entry, name, differing(register, before.data, after.data))


# ---------------------------------------------------------------- what is to come


@dataclass(frozen=True, slots=True)
class Pending:
    """A change that is decided and counts from a later day."""

    kind: str
    day: date
    line: Line


def pending(s: Session, register: Register) -> list[Pending]:
    """What begins and what ends after today, the next first; of a changed entry only that it begins anew.

    Raises Refusal when there is too much for a page.
    """
    labels = {str(kind): kind.label for kind in register.changes}
    rows = access.entries(s, register.name).select_related("organ").filter(Q(since__gt=s.today) | Q(before__gt=s.today))
    found = list(rows.order_by("since", "key", "organ")[: COUNTED + 1])
    if len(found) > COUNTED:
        raise Refusal(f"尚未生效的变动超过 {COUNTED} 项，没有列出。", todo="请按以后的日期查看名录。")
    begin = [
        Pending(labels.get(one.began or "", "新增"), one.since, line(register, one))
        for one in found
        if one.since > s.today
    ]
    anew = {(one.line.entry.organ_id, one.line.entry.key, one.day) for one in begin}
    end = [
        Pending(labels.get(one.ended or "", "终止"), one.before, line(register, one))
        for one in found
        if one.before and one.before > s.today and (one.organ_id, one.key, one.before) not in anew
    ]
    return sorted([*begin, *end], key=lambda one: (one.day, one.line.key))


def under_way(s: Session, register: Register) -> list[tuple[str, str, int]]:
    """Systems with a step that changes the register: name, label, open cases that the person sees."""
    systems = [
        name
        for name in s.registry.systems
        if any(said.register == register for step in s.registry.newest(name).steps for said in step.changes)
    ]
    rows = access.cases(s).filter(at_work(s), system__in=systems).order_by().values_list("system")
    return [(name, s.registry.newest(name).label, number) for name, number in rows.annotate(number=Count("pk"))]


# ---------------------------------------------------------------- one entry


@dataclass(frozen=True, slots=True)
class Told:
    """One act on an entry: what it was, since when it counts, the reason, what it changed."""

    event: Event
    label: str
    since: str
    reason: str
    facts: list[Differing]


def history(s: Session, register: Register, entry: RegisterEntry) -> Iterator[Told]:
    """Every act on the entry's key, oldest first; the first says all it holds on the entry's own page."""
    before: Mapping[str, Any] | None = None
    for event, said in access.entry_history(s, entry):
        data = said.get("data") or before or {}
        facts = differing(register, before, data) if before is not None else []
        label = event.label.removeprefix(f"{register.label}：").removesuffix(f"：{register.label}")
        yield Told(event, label, said.get("since", ""), said.get("reason", ""), facts)
        before = data


def uploads(s: Session, register: Register, entry: RegisterEntry) -> dict[str, Uploaded]:
    """The files in the facts of an entry."""
    names = [name for name, one in fact_fields(register.model).items() if one.widget == "files"]
    return access.files_named(s, [said for name in names for said in entry.data.get(name) or ()])
