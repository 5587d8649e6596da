"""A case as the fold of its events: state, facts, rows. Operations are plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fadu.rules.agents import proposed_rows
from fadu.rules.procedure import NumberOf, Opens

TABLES = ("party", "agent", "item", "track", "clock", "paper", "service", "publication", "link")
"""Rows a case consists of, each a table of the database with key (case, key)."""

REDATING = "calendar"
"""The step of events that re-date periods after a holiday notice: no procedure declares it, nobody takes it back."""
DESTROYING = "destroy"
"""The step of events that erase values: no procedure declares it, nobody takes it back."""
UPDATING = "mirror_update"
"""The step of events by which a later import told a mirrored case anew: taken back with their import only."""

Json = Any
Operation = dict[str, Json]


def set_state(state: str) -> Operation:
    return {"op": "state", "to": state}


def set_fact(name: str, value: Json) -> Operation:
    return {"op": "fact", "name": name, "value": value}


def put(table: str, key: str, **fields: Json) -> Operation:
    """Merge fields into the row (table, key), which is made when it is not there."""
    return {"op": "put", "table": table, "key": key, "value": fields}


def mark_done(
    step: str, day: date, by: int | None, learned: date | None = None, through: Sequence[str] = ()
) -> Operation:
    """learned: the day on which the house learned of what somebody outside did; through: keys of agents who did it."""
    known: Operation = {"learned": learned.isoformat()} if learned else {}
    if through:
        known["through"] = list(through)
    return {"op": "done", "step": step, "day": day.isoformat(), "by": by, **known}


def set_days(step: str, days: list[Json]) -> Operation:
    """The days of a step as they are to be, where a mirrored case was told otherwise before; none: it was not done."""
    return {"op": "days", "step": step, "days": days}


def set_head(**fields: Json) -> Operation:
    """Fields of the case's own head: number, title, officer, outcome, closed."""
    return {"op": "head", "value": fields}


def note(name: str, value: Json) -> Operation:
    """Something said in the event that changes nothing in the case (a reason, an act of the house)."""
    return {"op": "note", "name": name, "value": value}


def hold(clock: str) -> Operation:
    """A period whose lapse was taken back waits for a person: it does not run out again by itself."""
    return {"op": "hold", "key": clock}


@dataclass(slots=True)
class CaseFile:
    """One case in memory.

    done: step → list of {"day", "by"}, "learned" of what happened outside, "through" of agents; rows: table → key →
    row. All values are JSON; days are ISO text. mirrored: handled elsewhere, known by an import (转录).
    """

    id: int
    system: str
    version: str
    organ: int
    body: int
    opened: str
    state: str = ""
    position: int = 0
    closed: str | None = None
    number: str | None = None
    title: str = ""
    officer: int | None = None
    outcome: str | None = None
    facts: dict[str, Json] = field(default_factory=dict)
    done: dict[str, list[dict[str, Json]]] = field(default_factory=dict)
    rows: dict[str, dict[str, dict[str, Json]]] = field(default_factory=lambda: {table: {} for table in TABLES})
    mirrored: bool = False

    def copy(self) -> CaseFile:
        """A copy that operations may change: they replace values and append to lists of days, nothing deeper."""
        return replace(
            self,
            facts=dict(self.facts),
            done={step: list(days) for step, days in self.done.items()},
            rows={table: {key: dict(row) for key, row in rows.items()} for table, rows in self.rows.items()},
        )

    def table(self, name: str) -> dict[str, dict[str, Json]]:
        return self.rows[name]

    def of(self, table: str, **match: Json) -> list[tuple[str, dict[str, Json]]]:
        """Rows whose fields equal those given, in the order of their making."""
        return [
            (key, row)
            for key, row in self.rows[table].items()
            if all(row.get(name) == value for name, value in match.items())
        ]

    def present(self) -> list[tuple[str, int | None]]:
        """Role and organ (of the house, if it is one) of every party that is in the case now."""
        return [(row["role"], row["organ"]) for row in self.rows["party"].values() if not row["before"]]

    def said(self, source: str | NumberOf) -> Json:
        """A fact, or the number of the newest paper of a kind; None when there is none."""
        if isinstance(source, str):
            return self.facts.get(source)
        numbers = [row["number"] for row in self.rows["paper"].values() if row["name"] == source.paper]
        return numbers[-1] if numbers else None

    def next_key(self, table: str, stem: str) -> str:
        """A key not yet used: stem-1, stem-2, …; after one that was taken back the numbers go on behind the last."""
        used = [int(key.rpartition("-")[2]) for key in self.rows[table] if key.rpartition("-")[0] == stem]
        return f"{stem}-{max(used, default=0) + 1}"


OF_THE_CASE = ("since", "before", "consents")
"""What a party's row says of its part in this case alone."""


def handed_over(case: CaseFile, opens: Opens) -> dict[str, Json]:
    """What a step that opens another case puts into that case's first form: facts by name, parties with those who acted
    for them, perhaps items.
    """
    hands = {there: case.said(here) for there, here in opens.hands.items()}
    values: dict[str, Json] = {there: value for there, value in hands.items() if value is not None}
    going = [
        (key, {name: value for name, value in row.items() if name not in OF_THE_CASE} | {"role": there})
        for there, here in opens.parties.items()
        for key, row in case.of("party", role=here)
        if not row["before"]
    ]
    values["parties"], places = [row for _, row in going], {key: place for place, (key, _) in enumerate(going)}
    values["agents"] = [
        {**row, "parties": whose}
        for row in proposed_rows(case.table("agent").values())
        if (whose := [places[key] for key in row["parties"] if key in places])
    ]
    if opens.items:
        values["items"] = [row["facts"] for row in case.table("item").values()]
    return values


def apply(case: CaseFile, operations: Iterable[Operation]) -> None:
    """Carry operations out on the case in memory, in order."""
    for operation in operations:
        match operation["op"]:
            case "state":
                case.state = operation["to"]
            case "fact":
                case.facts[operation["name"]] = operation["value"]
            case "put":
                case.rows[operation["table"]].setdefault(operation["key"], {}).update(operation["value"])
            case "done":
                entry: dict[str, Json] = {
                    word: operation[word] for word in ("day", "by", "learned", "through") if word in operation
                }
                case.done.setdefault(operation["step"], []).append(entry)
            case "days":
                case.done[operation["step"]] = list(operation["days"])
                if not operation["days"]:
                    del case.done[operation["step"]]
            case "head":
                for name, value in operation["value"].items():
                    setattr(case, name, value)
            case "hold":
                if operation["key"] in case.rows["clock"]:  # not when the act that started it is taken back too
                    case.rows["clock"][operation["key"]]["held"] = True
            case "note":
                pass
            case other:
                raise ValueError(f"未知的记录种类：{other}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event of a case as the record tells it; values that were erased are gone from its operations.

    actor: None for the passing of time; reverses: position of the event that it takes back.
    """

    position: int
    step: str
    label: str
    actor: int | None
    reverses: int | None
    operations: list[Operation]


def taken_back(record: Iterable[Recorded]) -> frozenset[int]:
    """Positions of the events that no longer count."""
    return frozenset(event.reverses for event in record if event.reverses is not None)


def rests_on(later: Iterable[Operation], earlier: Iterable[Operation]) -> bool:
    """Whether what happened later stands on a row that the earlier act made or changed.

    It does when it changes that row further, or when it is about that paper, party or agent. Such an earlier act is
    taken back only after the later one: folding without it would leave half a row, or the service of a paper
    that was never made.
    """
    rows = {(operation["table"], operation["key"]) for operation in earlier if operation["op"] == "put"}
    return any(rows & _about(operation) for operation in later)


def _about(operation: Operation) -> set[tuple[str, str]]:
    """The rows that an operation changes or speaks of."""
    if operation["op"] == "done":
        return {("agent", key) for key in operation.get("through", ())}
    if operation["op"] != "put":
        return set()
    value = operation["value"]
    named = [("paper", value.get("paper")), ("party", value.get("party")), ("party", value.get("person"))]
    named += [("agent", value.get("taker")), *(("party", key) for key in value.get("parties") or ())]
    return {(operation["table"], operation["key"]), *((table, key) for table, key in named if key)}


def fold(
    head: Mapping[str, Json], events: Iterable[tuple[int, list[Operation]]], reversed_: frozenset[int]
) -> CaseFile:
    """The case that results from its events, leaving out the reversed ones.

    head: id, system, version, organ, body, opened, officer, mirrored; events: (position, operations) in order.
    """
    case = CaseFile(**head)
    for position, operations in events:
        if position not in reversed_:
            apply(case, operations)
        case.position = position
    return case


def refold(case: CaseFile, record: Sequence[Recorded], without: frozenset[int] = frozenset()) -> CaseFile:
    """The case folded anew from its record, leaving out what was taken back so far and the positions given."""
    names = ("id", "system", "version", "organ", "body", "opened", "officer", "mirrored")
    head = {name: getattr(case, name) for name in names}
    return fold(head, [(event.position, event.operations) for event in record], taken_back(record) | without)
