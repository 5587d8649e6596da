"""Mirrored cases (转录) out of a file: handled elsewhere; key days, facts, state and result are known (D16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from fadu.kernel import forms, models, sought, store, streams
from fadu.kernel.access import Session
from fadu.kernel.bulk.columns import (
    A_DAY,
    About,
    Cells,
    Convert,
    Made,
    about_facts,
    by_meaning,
    converters_of,
    day,
    fact_columns,
    facts_of,
    names_in,
)
from fadu.kernel.titles import title_of
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import BadInput, DeclarationError, NotAllowed
from fadu.rules.facts import fact_fields
from fadu.rules.parties import PartyForm, PartyKind
from fadu.rules.procedure import ADMINISTRATOR, SYSTEM, PartyRole, Procedure, Step

HEAD = {
    "案号": "number", "标题": "title", "办理机构": "body", "收件日期": "opened", "结案日期": "closed", "状态": "state",
    "结果": "outcome",
}  # fmt: skip
DAYS = ("opened", "closed")
ORGAN_TODO = "请写登记的全称，没有登记的先登记"
SEVERAL = "几个的，以顿号分开"
KINDS = {kind.label: str(kind) for kind in PartyKind}


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the procedure with what rows need of it."""

    procedure: Procedure
    converters: Mapping[str, tuple[str, Convert]]
    states: Mapping[str, tuple[str, bool]]
    outcomes: Mapping[str, str]
    steps: Mapping[str, Step]
    roles: Mapping[str, PartyRole]


class Mirrored:
    """Cases of a system. body: the 机构 of rows without one of their own; updates: tells anew those that are there."""

    kind = "case"
    organ: int | None = None

    def __init__(self, s: Session, system: str, body: int | None, *, updates: bool = False) -> None:
        self.updates = updates
        self.name, self.label = system, s.registry.newest(system).label
        self._body, self._today, self._registry = body, s.today, s.registry
        self._versions = s.registry.versions(system)
        self._organs = {organ.name: organ for organ in models.Organ.objects.all()}
        self._by_id = {organ.pk: organ for organ in self._organs.values()}
        self._text = lru_cache(maxsize=4096)(self._text_on)
        self._read = {procedure.version: _read(procedure) for procedure in self._versions}

    def options(self) -> dict[str, Any]:
        return {"body": self._body} | ({"updates": True} if self.updates else {})

    def columns(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for procedure in self._versions:
            found |= fact_columns(fact_fields(procedure.facts))
            for role in procedure.parties:
                found[role.label] = f"party:{role.name}"
                if not role.organ:
                    found[f"{role.label}类别"] = f"kind:{role.name}"
            found |= {f"{step.label}日期": f"step:{step.name}" for step in procedure.steps}
        return found | HEAD

    def about(self) -> Mapping[str, About]:
        found: dict[str, About] = {}
        states: list[str] = []
        outcomes: list[str] = []
        for text in self._read.values():
            found |= about_facts(fact_fields(text.procedure.facts))
            found |= {f"{step.label}日期": A_DAY for step in text.procedure.steps}
            for role in text.roles.values():
                kind = "机关的全称" if role.organ else "姓名或者名称"
                found[role.label] = About(kind, hint=SEVERAL if role.many else "")
                found[f"{role.label}类别"] = About("选一项", tuple(KINDS))
            states += text.states
            outcomes += text.outcomes
        chosen = {"状态": states, "结果": outcomes, "办理机构": self._organs}
        found |= {heading: About("选一项", tuple(dict.fromkeys(labels))) for heading, labels in chosen.items()}
        return found | {"收件日期": A_DAY, "结案日期": A_DAY, "标题": About(hint="不填的由系统拟定")}

    def required(self) -> Sequence[str]:
        numbered = ("案号",) if self.updates else ()
        return (*numbered, "收件日期", "状态", *(() if self._body else ("办理机构",)))

    def role(self, s: Session) -> str:
        if s.officer is None:
            return SYSTEM.name
        if not any(role == ADMINISTRATOR.name for role, _ in s.posts):
            raise NotAllowed("导入案件由系统管理员办理，您没有这项权限。", todo="请联系本单位系统管理员。")
        return ADMINISTRATOR.name

    def stream(self) -> models.Stream:
        return streams.locked("house", "house")

    def conflict(self, about: str, since: str) -> tuple[str, str]:
        where = f"收件日期为{since}的案件" if since else "本系统编发的文书"
        return "number", f"案号“{about}”已经用于{where}"

    def made(self, cells: Cells) -> Made:
        faults: dict[str, str] = {}
        opened, closed = self._days(cells, faults)
        text = self._text(opened) if opened else None
        if opened and text is None:
            faults["opened"] = f"{opened.isoformat()}没有可以适用的程序文本"
        if opened is None or text is None:
            raise BadInput(faults)
        if self.updates and "number" not in cells:
            faults["number"] = "“案号”没有填写：没有案号，无法与已经转录的案件对应"
        body = self._handler(cells, faults)
        state, outcome = _state(text, cells, closed, faults), _outcome(text, cells, faults)
        done = _done(text, cells, opened, self._today, faults)
        parties = self._parties(text, cells, opened, faults)
        facts: dict[str, Any] = {}
        try:
            facts = forms.clean_known(text.procedure, facts_of(cells, text.converters))
        except BadInput as fault:
            faults |= by_meaning(fault).fields
        faults |= {m: "这一文本没有这项内容" for m in cells if m.startswith("fact:") and m not in text.converters}
        if faults or body is None:
            raise BadInput(faults)
        organ = body.serves_id or body.pk
        case = CaseFile(
            0, self.name, text.procedure.version, organ, body.pk, opened.isoformat(), state=state, outcome=outcome,
            closed=closed.isoformat() if closed else None, number=cells.get("number"), facts=facts, done=done,
        )  # fmt: skip
        case.rows["party"] = parties
        case.title = cells.get("title") or title_of(case, text.procedure)
        return Made(body_of(case), self._derived(case, text.procedure))

    @staticmethod
    def _derived(case: CaseFile, procedure: Procedure) -> dict[str, Any]:
        indexed = list(store.indexed_facts(case, procedure))
        texts = sought.pieces(case, procedure)
        return {"organ": case.organ, "revision": procedure.revision, "indexed": indexed, "sought": texts}

    def _text_on(self, opened: date) -> Text | None:
        try:
            return self._read[self._registry.in_force(self.name, opened).version]
        except DeclarationError:
            return None

    def _days(self, cells: Cells, faults: dict[str, str]) -> tuple[date | None, date | None]:
        days: dict[str, date | None] = dict.fromkeys(DAYS)
        for meaning in DAYS:
            if meaning in cells:
                days[meaning] = _day(cells, meaning, faults)
        opened, closed = days["opened"], days["closed"]
        if "opened" not in cells:
            faults["opened"] = "“收件日期”没有填写"
        if opened and opened > self._today:
            faults["opened"] = "“收件日期”不能晚于今天"
        if closed and opened and not opened <= closed <= self._today:
            faults["closed"] = "“结案日期”应当在收件日期之后，且不晚于今天"
        return opened, closed

    def _handler(self, cells: Cells, faults: dict[str, str]) -> models.Organ | None:
        found = self._organs.get(cells["body"]) if "body" in cells else self._by_id.get(self._body or 0)
        if found is None:
            unknown = f"没有登记过机构“{cells['body']}”，{ORGAN_TODO}" if "body" in cells else ""
            faults["body"] = unknown or "“办理机构”没有填写"
        return found

    def _parties(self, text: Text, cells: Cells, opened: date, faults: dict[str, str]) -> dict[str, dict[str, Any]]:
        rows: dict[str, dict[str, Any]] = {}
        for meaning, role in text.roles.items():
            names = names_in(cells.get(meaning, ""))
            kinds = _kinds(role, names_in(cells.get(f"kind:{role.name}", "")), len(names))
            if names and not kinds:
                each = "，或者依次写明每一人的类别" if len(names) > 1 else ""
                faults[f"kind:{role.name}"] = f"“{role.label}类别”应当是{'、'.join(KINDS)}之一{each}"
            if len(names) > 1 and not role.many:
                faults[meaning] = f"{role.label}只能有一个"
            for number, (name, kind) in enumerate(zip(names, kinds, strict=False), start=1):
                organ = self._organs.get(name) if role.organ else None
                if role.organ and organ is None:
                    faults[meaning] = f"没有登记过机关“{name}”，{ORGAN_TODO}"
                rows[f"{role.name}-{number}"] = _party(role, name, kind, organ, opened)
        return rows


def body_of(case: CaseFile) -> dict[str, Any]:
    """What a row says of its case: its canonical form is the leaf of the import's tree."""
    names = ("body", "closed", "done", "facts", "number", "opened", "outcome", "state", "title", "version")
    return {name: getattr(case, name) for name in names} | {"parties": case.table("party")}


def _kinds(role: PartyRole, said: list[str], count: int) -> list[str]:
    """The kind of each party of a role, told once for all or for each; none when it cannot be told."""
    if role.organ:
        return [str(PartyKind.ORGAN)] * count
    found = [KINDS[one] for one in said if one in KINDS]
    if len(found) != len(said) or len(said) not in (1, count):
        return []
    return found if len(said) == count else found * count


def _party(role: PartyRole, name: str, kind: str | None, organ: models.Organ | None, opened: date) -> dict[str, Any]:
    form = {info_name: info.default for info_name, info in PartyForm.model_fields.items() if not info.is_required()}
    since = {"since": opened.isoformat(), "before": None}
    return form | {"role": role.name, "name": name, "kind": kind, "organ": organ.pk if organ else None} | since


def _read(procedure: Procedure) -> Text:
    states = {state.label: (state.name, state.final) for state in procedure.states}
    outcomes = {member.label: str(member) for member in procedure.items.outcome} if procedure.items else {}
    return Text(
        procedure,
        converters_of(fact_fields(procedure.facts)),
        states,
        outcomes,
        {f"step:{step.name}": step for step in procedure.steps},
        {f"party:{role.name}": role for role in procedure.parties},
    )


def _day(cells: Cells, meaning: str, faults: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(day(cells[meaning]))
    except ValueError:
        faults[meaning] = f"“{cells[meaning]}”不是有效的日期（例：2024-03-01）"
        return None


def _state(text: Text, cells: Cells, closed: date | None, faults: dict[str, str]) -> str:
    said = cells.get("state", "")
    name, final = text.states.get(said, ("", False))
    if not name:
        faults["state"] = f"没有状态“{said}”，应当是{'、'.join(text.states)}之一"
    elif final and closed is None and "closed" not in cells:
        faults["closed"] = f"状态为“{said}”的，应当有结案日期"
    elif closed is not None and not final:
        faults["state"] = f"有结案日期的，状态不能是“{said}”"
    return name


def _outcome(text: Text, cells: Cells, faults: dict[str, str]) -> str | None:
    said = cells.get("outcome")
    if said is None:
        return None
    if said not in text.outcomes:
        known = f"应当是{'、'.join(text.outcomes)}之一" if text.outcomes else "这一程序不登记结果"
        faults["outcome"] = f"没有结果“{said}”，{known}"
    return text.outcomes.get(said)


def _done(
    text: Text, cells: Cells, opened: date, today: date, faults: dict[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """Days of steps. The day of receipt is that of the opening step, where there is only one."""
    done: dict[str, list[dict[str, Any]]] = {}
    opening = text.procedure.opening
    if len(opening) == 1:
        done[opening[0].name] = [{"day": opened.isoformat(), "by": None}]
    for meaning in cells:
        if not meaning.startswith("step:"):
            continue
        step, on = text.steps.get(meaning), _day(cells, meaning, faults)
        if step is None:
            faults[meaning] = "这一文本没有这个步骤"
        elif on is not None and not opened <= on <= today:
            faults[meaning] = f"“{step.label}日期”应当在收件日期之后，且不晚于今天"
        elif on is not None:
            done[step.name] = [{"day": on.isoformat(), "by": None}]
    return done
