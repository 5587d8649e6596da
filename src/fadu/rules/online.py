"""What the portal asks of people for a step that is open to them, and what the judge says of such steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from fadu.rules.facts import Audience, FactField, fact_fields
from fadu.rules.law import Library, UnknownPeriod
from fadu.rules.law_besides import ReceivedBy
from fadu.rules.procedure import SYSTEM, Paper, PartyRole, Procedure, Step
from fadu.rules.receipt import STATED

CHANNEL = "online"
"""The portal among the channels of receipt; see fadu.common.receipt."""
RECEIVED = frozenset({"channel", "receipt_proof", *STATED.values()})
"""What tells the day of receipt: the portal states it by itself."""


def asked(procedure: Procedure, step: Step) -> Step:
    """The step as the portal's form asks it: without what is internal, follows from the way, or tells of receipt.

    Parties are entered with the application only; who joins later is for the case officer.
    """
    assert step.online is not None
    fields = fact_fields(procedure.facts)
    left_out = {*step.online.without, *_told(step)}

    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        seen = (name for name in names if fields[name].fact.audience is not Audience.INTERNAL)
        return tuple(name for name in seen if name not in left_out)

    parties = step.parties if step.opening else ()
    return replace(step, takes=kept(step.takes), may_take=kept(step.may_take), parties=parties)


def _told(step: Step) -> set[str]:
    """What the portal tells by itself."""
    assert step.online is not None
    return {*step.online.says, *step.online.dated, *(RECEIVED if step.receipt else ())}


def said(procedure: Procedure, step: Step, day: date) -> dict[str, str]:
    """The facts of the case that follow from the way, and from the day on which it is sent."""
    assert step.online is not None
    says = {name: value for name, value in step.online.says.items() if name in fact_fields(procedure.facts)}
    return says | dict.fromkeys(step.online.dated, day.isoformat())


def necessary(step: Step) -> tuple[PartyRole, ...]:
    """The parties without which nobody opens a case on the portal."""
    if step.online is None or step.online.party is None or not step.opening:
        return ()
    return (step.online.party, *step.online.needs)


def represented(procedure: Procedure, step: Step) -> PartyRole | None:
    """The party for which an agent may open a case on the portal."""
    said, party = procedure.representation, step.online.party if step.online and step.opening else None
    return party if said and party in said.agents_of else None


def handed_over(paper: Paper, step: Step) -> bool:
    """A paper that whoever does the step on the portal gets by doing it: it is addressed to nobody else."""
    assert step.online is not None
    return set(paper.to) <= {step.online.party}


def said_of_items(procedure: Procedure, step: Step) -> dict[str, str]:
    """The facts of each item that follow from the way."""
    assert step.online is not None
    known = fact_fields(procedure.items.model) if procedure.items and step.items else {}
    return {name: value for name, value in step.online.says.items() if name in known}


def faults_of_online(procedure: Procedure, fields: Mapping[str, FactField], library: Library) -> Iterator[str]:
    """A sentence for every fault of the steps that are open on the portal."""
    for step in procedure.steps:
        if step.online is None:
            continue
        where = f"步骤“{step.label}”可以网上办理（online）"
        yield from (f"{where}，{fault}" for fault in _place(procedure, step))
        yield from (f"{where}，{fault}" for fault in _form(procedure, step, fields))
        if step.receipt:
            yield from (f"{where}，{fault}" for fault in _receipt(step, library))


def _place(procedure: Procedure, step: Step) -> Iterator[str]:
    assert step.online is not None
    party = step.online.party
    ours = (step.agreed, step.carries, step.does, step.opens, step.changes, step.names, step.consequence)
    if any(ours) or step.concludes or step.told_by or SYSTEM in step.by or (step.track and step.track.per_step):
        yield "不能是呈批、牵动其他案件或者名录、由期限触发的步骤"
    if not all(handed_over(paper, step) for paper in step.issues):
        yield "只能出具给办理人自己的凭证，不能制作送给别人的文书"
    if party is None:
        if step.opening or not step.items:
            yield "没有写以何种当事人的身份，只能是在已公开的案件中提出意见等分项"
    elif party not in (step.parties if step.opening else step.by):
        yield f"但不由“{party.label}”办理"
    if party and (party.organ or party not in procedure.parties):
        yield f"但“{party.label}”是机关，或者没有声明"
    if strange := [role.label for role in step.online.needs if not step.opening or role not in step.parties]:
        yield f"但不登记{'、'.join(strange)}（needs）"


def _form(procedure: Procedure, step: Step, fields: Mapping[str, FactField]) -> Iterator[str]:
    assert step.online is not None
    items = fact_fields(procedure.items.model) if procedure.items and step.items else {}
    unknown = {*step.online.without, *step.online.says, *step.online.dated} - {*step.takes, *step.may_take, *items}
    if unknown:
        yield f"所写的 {'、'.join(sorted(unknown))} 不是它填写的内容"
        return
    given = {*asked(procedure, step).takes, *_told(step)}
    if missing := [name for name in step.takes if name not in given]:
        yield f"但不问必填的 {'、'.join(missing)}"
    for name, value in step.online.says.items():
        choices = (fields.get(name) or items[name]).choices
        if choices is None or value not in {str(code) for code in choices}:
            yield f"自己写明的 {name} 应当是封闭名单中的一项"
    for name in step.online.dated:
        if name not in fields or fields[name].widget != "date":
            yield f"按提交之日写明的 {name} 应当是案件的日期"


def _receipt(step: Step, library: Library) -> Iterator[str]:
    assert step.receipt is not None
    try:
        rules = library.receipt_rules(step.receipt.statute, step.receipt.name)
    except UnknownPeriod:
        return  # told with the receipt itself
    ways = {rule.by for rule in rules if rule.channel == CHANNEL}
    if ways != {ReceivedBy.ARRIVED}:
        yield "但法律库不以到达之日为网上收到之日，应当由承办人登记"
