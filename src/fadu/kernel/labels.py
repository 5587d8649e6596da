"""The names people see, turned into the names declarations use; a wrong one is refused with the nearest ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel

from fadu.rules.errors import DeclarationError
from fadu.rules.facts import ClosedList, FactField, fact_fields
from fadu.rules.parties import Method, PartyForm, PartyKind
from fadu.rules.procedure import Clock, Paper, Procedure, State, Step, Track

T = TypeVar("T")

STANDING = ("送达", "签收", "公开", "撤回", "更正", "撤回公开", "变更当事人", "登记代理人", "解除代理", "应当")
YES_NO = {"是": True, "否": False}


def where(file: str, number: int, entry: Mapping[str, Any]) -> str:
    """示例 a.yaml 第3条“受理”"""
    what = entry.get("办理") or next((word for word in STANDING if word in entry), "")
    return f"示例 {file} 第{number}条“{what}”"


class Labels:
    """Everything in one procedure that has a name for people."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._fields = fact_fields(procedure.facts)
        self._organs = 0

    @staticmethod
    def pick(here: str, kind: str, said: str, known: Mapping[str, T]) -> T:
        """What bears this name. Raises DeclarationError that names the place and the nearest names."""
        if said in known:
            return known[said]
        near = get_close_matches(str(said), known, n=3, cutoff=0.3) or list(known)[:5]
        raise DeclarationError(f"{here}：没有名为“{said}”的{kind}", todo=f"您要写的是不是：{'、'.join(near)}？")

    @staticmethod
    def known(here: str, entry: Mapping[str, Any], words: Iterable[str]) -> None:
        """Refuses an entry with a word that is not among those it may have."""
        allowed = {word: word for word in words}
        for word in entry:
            Labels.pick(here, "项目", word, allowed)

    def step(self, here: str, said: str) -> Step:
        return self.pick(here, "步骤", said, {step.label: step for step in self._procedure.steps})

    def state(self, here: str, said: str) -> State:
        return self.pick(here, "状态", said, {state.label: state for state in self._procedure.states})

    def track(self, here: str, said: str) -> Track:
        return self.pick(here, "环节", said, {track.label: track for track in self._procedure.tracks})

    def paper(self, here: str, said: str) -> Paper:
        return self.pick(here, "文书", said, {paper.label: paper for paper in self._procedure.papers})

    def clock(self, here: str, said: str) -> Clock:
        return self.pick(here, "期限", said, {clock.label: clock for clock in self._procedure.clocks})

    def method(self, here: str, said: str) -> Method:
        return self.pick(here, "送达方式", said, {method.label: method for method in Method})

    def outcome(self, here: str, said: str) -> str:
        outcomes = self._procedure.items.outcome if self._procedure.items else ()
        return self.pick(here, "结果", said, {code.label: str(code) for code in outcomes})

    def facts(self, here: str, said: Mapping[str, Any]) -> dict[str, Any]:
        return self._values(here, said, self._fields)

    def stand_ins(self, step: Step) -> dict[str, Any]:
        """Something for each fact the step must take; the first of a closed list, never a day."""
        plain: dict[str, Any] = {"bool": False, "number": 1, "text": "略", "long": "略", "money": 0}
        fields = [self._fields[name] for name in step.takes]
        chosen = {f.name: str(next(iter(f.choices))) for f in fields if f.choices and f.widget == "choice"}
        return {f.name: plain[f.widget] for f in fields if f.widget in plain} | chosen

    @classmethod
    def form(cls, here: str, model: type[BaseModel], said: Mapping[str, Any]) -> dict[str, Any]:
        """A row of a standing step, an entry of a register."""
        return cls._values(here, said, fact_fields(model))

    def item(self, here: str, said: Mapping[str, Any]) -> dict[str, Any]:
        model: type[BaseModel] | None = self._procedure.items.model if self._procedure.items else None
        return self._values(here, said, fact_fields(model) if model else {})

    def party(self, here: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """A party; its kind is told by its role, and an organ of the house gets a number."""
        given = {name: value for name, value in said.items() if name != "身份"}
        roles = {role.label: role for role in self._procedure.parties}
        role = self.pick(here, "当事人身份", said.get("身份", ""), roles)
        party: dict[str, Any] = {"kind": (PartyKind.ORGAN if role.organ else PartyKind.PERSON).value, "role": role.name}
        if role.organ:
            self._organs += 1
            party["organ"] = self._organs
        return party | self._values(here, given, fact_fields(PartyForm))

    @classmethod
    def _values(cls, here: str, said: Mapping[str, Any], fields: Mapping[str, FactField]) -> dict[str, Any]:
        by_label = {field.fact.label: field for field in fields.values()}
        values: dict[str, Any] = {}
        for label, value in said.items():
            field = cls.pick(here, "填写项", label, by_label)
            values[field.name] = cls._value(here, field, value)
        return values

    @classmethod
    def _value(cls, here: str, field: FactField, value: Any) -> Any:
        """One value: labels of closed lists, 是 and 否, amounts in 元."""
        kind = f"“{field.fact.label}”"
        match field.widget:
            case "choice":
                return cls._code(here, kind, value, field.choices)
            case "choices":
                return [cls._code(here, kind, one, field.choices) for one in value]
            case "bool":
                return cls.pick(here, kind, value, YES_NO)
            case "text" | "long" | "money":
                return str(value)
            case _:
                return value

    @classmethod
    def _code(cls, here: str, kind: str, said: str, choices: type[ClosedList] | None) -> str:
        return cls.pick(here, kind, said, {code.label: str(code) for code in choices or ()})
