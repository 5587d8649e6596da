"""The catalogue of rooms: loads them by name, judges every declaration, answers which text is in force when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from fadu.rules.errors import DeclarationError
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.indicators import Indicator, Reach, reaching
from fadu.rules.judge import REGISTER, judge
from fadu.rules.judge_time import version_of
from fadu.rules.law import Library, load_library
from fadu.rules.procedure import Effect, Names, NumberOf, Opens, Procedure
from fadu.rules.register_words import ChangesRegister, faults_of_every
from fadu.rules.registers import Register, judge_register


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One heading of the catalogue of systems: its procedures, indicators, registers, paragraphs of the report.

    folder: where README.md, documents/, examples/ and report.md lie.
    """

    name: str
    label: str
    folder: Path
    procedures: tuple[Procedure, ...]
    indicators: tuple[Indicator, ...] = ()
    registers: tuple[Register, ...] = ()

    @property
    def documents(self) -> Path:
        return self.folder / "documents"


class Registry:
    """All rooms in force. Raises DeclarationError when one of them does not hold."""

    def __init__(self, rooms: Sequence[Room], library: Library) -> None:
        self.rooms = tuple(rooms)
        self.library = library
        self._procedures: dict[tuple[str, str], Procedure] = {}
        self._digests: dict[tuple[str, str], str] = {}
        self._versions: dict[str, tuple[Procedure, ...]] = {}
        self._rooms: dict[str, Room] = {}
        for room in rooms:
            for procedure in room.procedures:
                self._add(room, procedure)
        self._check_linked()
        self._indicators: dict[str, Indicator] = {}
        for indicator in (i for room in rooms for i in room.indicators):
            if self._indicators.setdefault(indicator.name, indicator) != indicator:
                raise DeclarationError(f"指标 {indicator.name} 声明了不止一次")
        self._reaching = dict(self._indicators)
        self._registers: dict[str, Register] = {}
        for register in (r for room in rooms for r in room.registers):
            judge_register(register, library)
            if register.name in self._rooms:
                raise DeclarationError(f"名录 {register.name} 与程序同名，两者的统计表不能区分")
            if self._registers.setdefault(register.name, register) != register:
                raise DeclarationError(f"名录 {register.name} 声明了不止一次")
        self._check_every()
        self._check_read()

    def _check_every(self) -> None:
        for procedure in self._procedures.values():
            register = self._registers.get(procedure.every.register) if procedure.every else None
            if faults := list(faults_of_every(procedure, register)):
                raise DeclarationError(f"程序“{procedure.label}”（{procedure.version}）每年的事项：{'；'.join(faults)}")

    def _check_read(self) -> None:
        """Every register that a gate reads is declared."""
        for procedure in self._procedures.values():
            gates = [gate for step in procedure.steps for gate in procedure.gates_of(step)]
            read = {word.removeprefix(REGISTER) for gate in gates for word in gate.reads if word.startswith(REGISTER)}
            if missing := sorted(read - set(self._registers)):
                raise DeclarationError(f"程序“{procedure.label}”的条件所读的名录 {'、'.join(missing)} 没有声明")

    def _add(self, room: Room, procedure: Procedure) -> None:
        key = (procedure.system, procedure.version)
        if key in self._procedures or self._rooms.get(procedure.system, room) is not room:
            raise DeclarationError(f"程序 {procedure.system} {procedure.version} 声明了不止一次")
        judge(procedure, self.library, room.documents)
        self._check_templates(room, procedure)
        self._procedures[key] = procedure
        self._rooms[procedure.system] = room

    def _check_templates(self, room: Room, procedure: Procedure) -> None:
        """Papers of different systems of a room have templates of their own."""
        taken = {
            paper.template or paper.name: (paper, other.label)
            for (_, _), other in self._procedures.items()
            if self._rooms[other.system] is room and other.system != procedure.system
            for paper in other.papers
        }
        for paper in procedure.papers:
            template = paper.template or paper.name
            if taken.get(template, (paper, ""))[0] != paper:
                raise DeclarationError(
                    f"文书“{paper.label}”的模板 documents/{template}.md 已由“{taken[template][1]}”使用",
                    todo="请给文书另起一个 name，或者写明 template。",
                )

    def _check_linked(self) -> None:
        for procedure in self._procedures.values():
            for step in procedure.steps:
                if step.opens:
                    self._check_opening(procedure, step.label, step.opens)
                if step.names and step.names.system:
                    self._check_named(procedure, step.label, step.names)
            self._check_awaited(procedure)

    def _check_awaited(self, procedure: Procedure) -> None:
        """A procedure that waits opens or names cases of which each text has a step that concludes."""
        if procedure.hears(Effect.OVER) is None:
            return
        systems = {word.system for step in procedure.steps for word in (step.opens, step.names) if word}
        texts = [text for (system, _), text in self._procedures.items() if system in systems]
        if not any(step.concludes for text in texts for step in text.steps):
            told = f"程序“{procedure.label}”（{procedure.version}）等待另案的结果"
            raise DeclarationError(f"{told}，但它打开、关联的程序没有一个步骤写明有了结果（concludes）")

    def _check_named(self, procedure: Procedure, label: str, names: Names) -> None:
        """Every text of the system that is named receives every effect that may come."""
        texts = [text for (system, _), text in self._procedures.items() if system == names.system]
        if not texts:
            raise DeclarationError(f"步骤“{label}”所关联的程序 {names.system} 没有声明")
        given = {effect for step in procedure.steps if step.consequence for effect in step.consequence.effects.values()}
        for text in texts:
            missing = sorted(effect.label for effect in given if effect and text.hears(effect) is None)
            if missing:
                told = f"程序“{text.label}”（{text.version}）没有写明所关联的“{procedure.label}”"
                raise DeclarationError(f"{told}使它{'、'.join(missing)}时怎么办（on 中缺 When）")

    def _check_opening(self, procedure: Procedure, label: str, opens: Opens) -> None:
        """The other procedure has the opening step, and on both sides there is what is handed over."""
        targets = [text for (system, _), text in self._procedures.items() if system == opens.system]
        if not targets or any(opens.step not in {step.name for step in text.opening} for text in targets):
            raise DeclarationError(f"步骤“{label}”要打开的程序 {opens.system} 没有声明，或者没有立案步骤 {opens.step}")
        here = set(procedure.facts.model_fields) | {role.name for role in procedure.parties}
        here |= {paper.name for paper in procedure.papers}
        for text in targets:
            there = set(text.facts.model_fields) | {role.name for role in text.parties}
            numbers = {there: here.paper if isinstance(here, NumberOf) else here for there, here in opens.hands.items()}
            handed = {**numbers, **opens.parties}
            missing = sorted(
                (set(handed) - there) | (set(handed.values()) - here)
                | (set(opens.returns) - here) | (set(opens.returns.values()) - there)
            )  # fmt: skip
            if missing:
                raise DeclarationError(f"步骤“{label}”向程序 {opens.system} 移交的 {'、'.join(missing)} 没有声明")
            mine, theirs = (one.items.model if one.items else None for one in (procedure, text))
            if opens.returns and procedure.hears(Effect.OVER) is None:
                raise DeclarationError(
                    f"步骤“{label}”等程序 {opens.system} 交回结果，但本程序不等待另案（on 中缺 OVER）"
                )
            if opens.items and (mine is None or mine is not theirs):
                raise DeclarationError(f"步骤“{label}”向程序 {opens.system} 移交分项，但两边的分项不同")

    @property
    def systems(self) -> tuple[str, ...]:
        return tuple(self._rooms)

    def room_of(self, system: str) -> Room:
        return self._rooms[system]

    def procedure(self, system: str, version: str) -> Procedure:
        """The declaration a case was opened under. KeyError when it is not there."""
        return self._procedures[system, version]

    def digest_of(self, procedure: Procedure) -> str:
        """The digest of a declaration, made once, when it is first asked for (D6)."""
        key = (procedure.system, procedure.version)
        if key not in self._digests:
            self._digests[key] = digest(self._procedures[key])
        return self._digests[key]

    def versions(self, system: str) -> tuple[Procedure, ...]:
        """All texts of a system, oldest first."""
        if system not in self._versions:
            found = [p for (name, _), p in self._procedures.items() if name == system]
            self._versions[system] = tuple(sorted(found, key=lambda p: version_of(p, self.library).since or date.min))
        return self._versions[system]

    def in_force(self, system: str, on: date) -> Procedure:
        """The text in force on a day. Raises DeclarationError when there is none (say which there are)."""
        for procedure in self.versions(system):
            version = version_of(procedure, self.library)
            if (version.since or date.min) <= on < (version.before or date.max):
                return procedure
        raise DeclarationError(f"{on.isoformat()} 没有可以适用的“{system}”程序")

    def newest(self, system: str) -> Procedure:
        return self.versions(system)[-1]

    def indicator(self, name: str) -> Indicator:
        """An indicator; after an @ its reach where another one than declared is meant. KeyError when there is none."""
        if name not in self._reaching:
            plain, _, reach = name.partition("@")
            if reach not in [*Reach]:
                raise KeyError(name)
            self._reaching[name] = reaching(self._indicators[plain], Reach(reach))
        return self._reaching[name]

    def declared(self, name: str) -> Indicator | None:
        """The same, or nothing."""
        try:
            return self.indicator(name)
        except KeyError:
            return None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(self._indicators.values())

    @property
    def registers(self) -> tuple[Register, ...]:
        return tuple(self._registers.values())

    def register(self, name: str) -> Register:
        """The declaration of a register. KeyError when it is not there."""
        return self._registers[name]


def digest(declared: Procedure | Register) -> str:
    """SHA-256 over everything the declaration says, and only that; gates by name and sentence (D6)."""
    text = json.dumps(plain(declared), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A declaration as JSON: words by name and field, functions left out, models by their facts."""
    if isinstance(value, type):
        if hasattr(value, "model_fields"):
            return {name: _plain_fact(field) for name, field in fact_fields(value).items()}
        return (
            [[str(member), getattr(member, "label", ""), getattr(member, "article", None)] for member in value]
            if issubclass(value, Enum)
            else None
        )
    if is_dataclass(value):
        said = {
            f.name: plain(getattr(value, f.name))
            for f in fields(value)
            if f.name not in ("holds", "tells") and _said(f, value)
        }
        if isinstance(value, ChangesRegister):
            said["register"] = value.register.name  # which has a digest of its own
        return {"": type(value).__name__} | said
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    if hasattr(value, "items"):
        return {str(key): plain(entry) for key, entry in value.items()}
    return value.value if isinstance(value, Enum) else value


def _said(field: Field[Any], word: Any) -> bool:
    """Whether a word says something of its own in a field: one that the language got later changes no text."""
    value = getattr(word, field.name)
    unsaid = field.default_factory() if field.default_factory is not MISSING else field.default
    return unsaid is MISSING or bool(value != unsaid)


def _plain_fact(field: FactField) -> list[Any]:
    fact = field.fact
    return [fact.label, fact.audience.value, field.widget, fact.indexed, fact.personal, plain(field.choices)]


def load(rooms: Sequence[str], library: Library | None = None) -> Registry:
    """Loads the rooms (module names under fadu.domains) and judges them."""
    found = [import_module(f"fadu.domains.{name}").ROOM for name in rooms]
    return Registry(found, library or load_library())


@cache
def registry() -> Registry:
    """The rooms in force: every package under fadu.domains."""
    folder = Path(import_module("fadu.domains").__path__[0])
    names = sorted(path.parent.name for path in folder.glob("*/__init__.py"))
    return load(names)
