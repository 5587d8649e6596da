"""What of a case goes by an act of destruction, and what remains of its rows. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from fadu.infra.official import escaped
from fadu.rules.casefile import DESTROYING, CaseFile, Operation, Recorded, put, set_fact, set_head
from fadu.rules.errors import BadInput, Refusal
from fadu.rules.facts import FactField, fact_fields, is_there
from fadu.rules.parties import PartyForm
from fadu.rules.procedure import Procedure

GONE = "（已销毁）"
SHORTEST = 2
"""A single character stands in too many texts to be looked for."""
REMAINING: Mapping[str, frozenset[str]] = {
    "party": frozenset(("role", "kind", "organ", "since", "before", "e_service")),
    "agent": frozenset(
        ("kind", "parties", "person", "e_service", "mandate", "acts", "since", "until", "before", "proposed")
    ),
    "item": frozenset(("outcome",)),
    "track": frozenset(("name", "state")),
    "paper": frozenset(("name", "label", "to", "step", "day", "number", "organ", "audience", "digest", "stamped")),
    "service": frozenset(("paper", "party", "method", "taker", "sent_on", "received_on", "effective")),
    "publication": frozenset(("paper", "label", "number", "day", "place")),
}
"""Fields of rows that say nothing personal: they are kept, whatever is destroyed."""

Place = tuple[int, int]
"""Where a value lies in a case's record: position of the event, slot."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be destroyed. goes: whether an operation's value goes; left: what remains of a value of it.

    whole: the whole file; fact: the one fact.
    """

    label: str
    goes: Callable[[Operation], bool]
    left: Callable[[Any], Any]
    whole: bool = False
    fact: str | None = None


def of_party(case: CaseFile, record: Sequence[Recorded], key: str) -> Scope:
    """The personal data of one party, wherever the case says them. Raises BadInput, Refusal."""
    row = case.table("party").get(key)
    if row is None:
        known = "、".join(f"{name}（{one['name']}）" for name, one in case.table("party").items())
        raise BadInput({"party": f"本案没有当事人“{key}”，有：{known}"})
    if row["organ"] is not None:
        raise Refusal("这一当事人是行政机关，它的名称不是个人信息。", todo="请选择自然人或者其他组织。")
    if row["name"] == GONE:
        raise Refusal("这一当事人的个人信息已经销毁过。", todo="无须再办理。")
    personal = [name for name, field in fact_fields(PartyForm).items() if field.fact.personal]
    said = [
        one["value"] for one in _hidden(record) if one["op"] == "put" and (one["table"], one["key"]) == ("party", key)
    ]
    words = {str(value[name]) for value in (row, *said) for name in personal if value.get(name)}
    held = _holding(words)
    return Scope(
        f"当事人 {key} 的个人信息",
        lambda one: (one.get("table"), one.get("key")) == ("party", key) or held(one["value"]),
        _without(words),
    )


def of_fact(case: CaseFile, record: Sequence[Recorded], procedure: Procedure, name: str) -> Scope:
    """One fact that is not counted, and its text wherever the case repeats it. Raises BadInput, Refusal."""
    field = fact_fields(procedure.facts).get(name)
    if field is None or not is_there(case.facts.get(name)):
        raise BadInput({"fact": f"本案没有“{field.fact.label if field else name}”这一项内容，或者已经销毁"})
    if counted(field):
        raise Refusal(
            f"“{field.fact.label}”用于统计，单独销毁会使已经公布的数字改变。",
            todo="个人信息请按当事人或者所在的项目销毁。",
        )
    values = [one["value"] for one in _hidden(record) if one["op"] == "fact" and one["name"] == name]
    words = {text for value in values for text in _texts(value)} if field.choices is None else set()
    held = _holding(words)
    return Scope(
        f"“{field.fact.label}”",
        lambda one: (one["op"] == "fact" and one["name"] == name) or held(one["value"]),
        _without(words),
        fact=name,
    )


def of_file(procedure: Procedure) -> Scope:
    """The whole file; what remains is the catalogue entry 目录: number, days, outcome, and what is counted."""
    kept = {name for name, field in fact_fields(procedure.facts).items() if counted(field)}

    def goes(operation: Operation) -> bool:
        match operation["op"]:
            case "put":
                return not operation["value"].keys() <= REMAINING[operation["table"]]
            case "fact":
                return operation["name"] not in kept
            case "head":
                return "title" in operation["value"]
            case _:
                return True

    return Scope("全部案卷", goes, _nothing, whole=True)


def places(record: Sequence[Recorded], erased: Collection[Place], scope: Scope) -> list[tuple[Place, Operation]]:
    """The values that go, with their operations; what an earlier destruction said of itself stays."""
    return [
        ((event.position, operation["slot"]), operation)
        for event in record
        for operation in event.operations
        if "slot" in operation
        and (event.position, operation["slot"]) not in erased
        and not (event.step == DESTROYING and operation["op"] == "note")
        and scope.goes(operation)
    ]


def remains(case: CaseFile, going: Sequence[Operation], scope: Scope, position: int) -> list[Operation]:
    """Operations that state anew what is left of everything that goes, so that folding the record gives the case.

    position: of the act of destruction; papers that lost text bear it as `erased`.
    """
    rows = dict.fromkeys((one["table"], one["key"]) for one in going if one["op"] == "put")
    facts = dict.fromkeys(one["name"] for one in going if one["op"] == "fact")
    head = {name for one in going if one["op"] == "head" for name in one["value"]}
    left = [
        put(table, key, **_row_left(table, case.table(table)[key], scope, position))
        for table, key in rows
        if key in case.table(table)
    ]
    left += [set_fact(name, _fact_left(name, case.facts[name], scope)) for name in facts if name in case.facts]
    if head:
        left.append(set_head(**{name: scope.left(getattr(case, name)) for name in sorted(head)}))
    return left


def _row_left(table: str, row: Mapping[str, Any], scope: Scope, position: int) -> dict[str, Any]:
    kept = REMAINING[table]
    left = {name: value if name in kept else scope.left(value) for name, value in row.items()}
    if table == "party" and left["name"] != row["name"]:
        left |= {name: GONE if name == "name" else "" for name, value in row.items() if name not in kept and value}
    if table == "paper" and left["text"] != row["text"]:
        left["erased"] = position
        if scope.whole:
            left["text"] = f"# {row['label']}\n\n本文书的正文已依法销毁。\n"
    return left


def _fact_left(name: str, value: Any, scope: Scope) -> Any:
    """Of a fact that is destroyed itself nothing is left; another keeps what does not repeat the words."""
    left = None if scope.whole or name == scope.fact else scope.left(value)
    return None if left == GONE else left


def _nothing(value: Any) -> Any:
    """What remains of a value that goes whole: its kind."""
    if isinstance(value, str):
        return GONE if value else ""
    return type(value)() if isinstance(value, list | dict) else None


# ---------------------------------------------------------------- words


def counted(field: FactField) -> bool:
    """Whether figures are made from a fact."""
    return field.fact.indexed and not field.fact.personal


def personal_facts(model: type[BaseModel], facts: Mapping[str, Any]) -> list[str]:
    """Labels of the personal facts that a case has."""
    return [field.fact.label for name, field in fact_fields(model).items() if field.fact.personal and facts.get(name)]


def _hidden(record: Sequence[Recorded]) -> Iterator[Operation]:
    return (one for event in record for one in event.operations if "slot" in one)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)


def _spelt(words: Collection[str]) -> list[str]:
    """The words as entered and as papers write them, longest first."""
    long = {word for word in words if len(word) >= SHORTEST}
    return sorted(long | {escaped(word) for word in long}, key=len, reverse=True)


def _holding(words: Collection[str]) -> Callable[[Any], bool]:
    """Whether a value repeats one of the words."""
    spelt = [json.dumps(word, ensure_ascii=False)[1:-1] for word in _spelt(words)]
    return lambda value: any(word in json.dumps(value, ensure_ascii=False) for word in spelt)


def _without(words: Collection[str]) -> Callable[[Any], Any]:
    """Values without the words, in every text within them."""
    spelt = _spelt(words)

    def left(value: Any) -> Any:
        if isinstance(value, list):
            return [left(entry) for entry in value]
        if isinstance(value, dict):
            return {name: left(entry) for name, entry in value.items()}
        if isinstance(value, str):
            for word in spelt:
                value = value.replace(word, GONE)
        return value

    return left
