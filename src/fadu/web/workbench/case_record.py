"""The record of a case for its page: every act that the person may see, newest first, and the way it took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.infra.clock import SHANGHAI
from fadu.kernel import ledger, mirrored, models, proofs
from fadu.kernel.proofs import Checked, Mark, Proof
from fadu.kernel.standing import ASSIGNMENT
from fadu.rules.agents import AgentKind
from fadu.rules.casefile import UPDATING, CaseFile, Recorded, refold
from fadu.rules.facts import Audience
from fadu.rules.procedure import ROLES, SYSTEM
from fadu.web.shared.case_seen import Seen
from fadu.web.shared.words import chinese_day, chinese_moment
from fadu.web.workbench.case_file import names_of


@dataclass(frozen=True, slots=True)
class Happened:
    """One act of the record."""

    event: models.Event
    who: str
    what: str
    late: bool
    same_day: bool
    silent: bool
    taken_back: bool
    internal: bool
    overtaken: str
    learned: date | None
    mark: Mark

    @property
    def proved(self) -> str:
        """What the mark means, in words."""
        if self.mark.proof is Proof.ALTERED:
            return "；".join(self.mark.faults)
        kept = f"本条记录自{chinese_moment(self.event.recorded)}记入起未被改动"
        if self.mark.moment is None:
            return f"{kept}；还没有封存，通常一分钟内自动封存。"
        place = f"是本机关全部记录的第 {self.mark.number} 条，在前 {self.mark.head} 条的封存之内"
        return f"{kept}；{chinese_moment(self.mark.moment)}封存，{place}。"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The record as it was verified just now, newest first."""

    lines: list[Happened]
    checked: Checked


def timeline(seen: Seen) -> Timeline:
    """Reads the record of the case, verifies it and tells it; what cannot be read any more by its label only."""
    if seen.case.stream_id is None:
        return Timeline([], Checked({}))
    chain = ledger.chain_of(seen.case.stream_id, "本案")
    checked = proofs.check(seen.case.stream_id, chain)
    try:
        record = ledger.recorded(chain)
    except (ValueError, LookupError, TypeError):
        record = []
    return Timeline(_lines(seen, record, checked), checked)


def _lines(seen: Seen, record: list[Recorded], checked: Checked) -> list[Happened]:
    told = {read.position: _told(seen, read.operations) for read in record}
    told |= _assigned(record)
    told |= {read.position: _told_anew(seen, record, read) for read in record if read.step == UPDATING}
    known = {read.position: day for read in record if (day := _learned(read.operations))}
    overtaken = _overtaken([read for read in record if read.position not in seen.gone])
    lines = []
    for event in reversed(seen.events):
        role = ROLES[event.role].label if event.role in ROLES else event.role
        silent = event.role == SYSTEM.name
        who = role if event.actor is None else f"{event.actor.name}（{role}）"
        learned = known.get(event.position)
        same_day = event.recorded.astimezone(SHANGHAI).date() == (learned or event.happened)
        internal = event.audience == Audience.INTERNAL
        what = told.get(event.position, "")
        late = not silent and not same_day
        gone, by = event.position in seen.gone, overtaken.get(event.position, "")
        mark = checked.marks[event.position]
        lines.append(Happened(event, who, what, late, same_day, silent, gone, internal, by, learned, mark))
    return lines


def _learned(operations: Iterable[Mapping[str, Any]]) -> date | None:
    """When the house learned of what happened outside."""
    days = [operation["learned"] for operation in operations if operation["op"] == "done" and "learned" in operation]
    return date.fromisoformat(days[0]) if days else None


def _overtaken(record: Iterable[Recorded]) -> dict[int, str]:
    """Position of each running out that an answer in time, entered after it, made of no account → by what."""
    ran_out: dict[str, int] = {}
    found: dict[int, str] = {}
    for event in record:
        for operation in event.operations:
            if operation["op"] != "put" or operation["table"] != "clock":
                continue
            if operation["value"].get("lapsed"):
                ran_out[operation["key"]] = event.position
            elif "overtaken" in operation["value"]:
                found[ran_out[operation["key"]]] = event.label
    return found


def _told(seen: Seen, operations: Iterable[Mapping[str, Any]]) -> str:
    """What an act was about, as far as its label does not say it: papers made, service, the step of a proposal."""
    papers = {row.key: row.data["label"] for row in seen.papers}
    names = names_of(seen)
    found: list[str] = []
    for operation in operations:
        value = operation.get("value") or {}
        match operation:
            case {"op": "done", "step": str(step)} if ":" in step:
                subject = seen.procedure.step(step.partition(":")[2])
                found += [subject.label] if subject else []
            case {"op": "done", "through": list(through)}:
                found.append(f"由{'、'.join(names.get(str(key), str(key)) for key in through)}代为办理")
            case {"op": "note", "name": "consent", "value": str(consent)}:
                found.append(f"被代表人同意：{consent}")
            case {"op": "put", "table": "agent", "key": key} if key in names:
                kind = AgentKind.label_of(value["kind"]) if "kind" in value else ""
                found.append(f"{kind}{names[key]}")
            case {"op": "put", "table": "paper", "key": key, "value": {"name": _}} if key in papers:
                found.append(f"制作《{papers[key]}》{value.get('number') or ''}")
            case {"op": "put", "table": "paper", "key": key} if key in papers:
                found.append(f"《{papers[key]}》")  # stamped, or amended by another
            case {"op": "put", "table": "party", "value": {"name": str(name), "role": str(role)}}:
                declared = seen.procedure.party(role)
                found.append(f"{declared.label if declared else role}{name}")
            case {"op": "put", "table": "service"} if value.get("paper") in papers:
                taker = f"（{names.get(value['taker'], '')}代收）" if value.get("taker") else ""
                found.append(f"《{papers[value['paper']]}》→ {names.get(value.get('party', ''), '')}{taker}")
            case {"op": "note", "name": "register", "value": {"label": str(label)}}:
                found.append(f"名录{label}")
            case {"op": "note", "name": "calendar", "value": {"notice": str(notice), "clocks": list(clocks)}}:
                found += [f"{notice}", *map(_redated, clocks)]
    return "；".join(found)


def _assigned(record: Iterable[Recorded]) -> dict[int, str]:
    """Position of each act that gave the case to another officer → from whom to whom, and why."""
    notes = {
        read.position: operation["value"]
        for read in record
        for operation in read.operations
        if operation["op"] == "note" and operation["name"] == ASSIGNMENT and operation["value"]
    }
    officers = models.Officer.objects.in_bulk({said[end] for said in notes.values() for end in ("from", "to")} - {None})
    names = {None: "（无人承办）"} | {number: officer.name for number, officer in officers.items()}
    return {at: f"{names[said['from']]} → {names[said['to']]}（{said['reason']}）" for at, said in notes.items()}


def _told_anew(seen: Seen, record: list[Recorded], update: Recorded) -> str:
    """What a later import told otherwise, old and new, as far as the person may see it."""
    case = seen.case
    empty = CaseFile(case.pk, case.system, case.version, case.organ_id, case.body_id, case.opened.isoformat())
    before = refold(empty, [read for read in record if read.position < update.position])
    found = mirrored.differences(seen.procedure, before, update.operations)
    return "；".join(str(one) for one in found if one.audience.includes(seen.audience))


def _redated(clock: Mapping[str, Any]) -> str:
    """One period that a holiday notice gave other days; the light's day where that moved, else the last day."""
    old, new = ("old", "new") if clock["old"] != clock["new"] else ("ended", "ends")
    word = "到期日" if old == "old" else "届满日"
    return f"{clock['label']}{word}由{_day(clock[old])}变为{_day(clock[new])}"


def _day(text: str | None) -> str:
    return chinese_day(date.fromisoformat(text)) if text else "未定"


def way(seen: Seen) -> list[str]:
    """The states the case went through, acts taken back left out."""
    return [event.state for event in seen.events if event.position not in seen.gone and event.reverses is None]
