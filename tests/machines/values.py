"""Values for the forms of steps, drawn from the declaration: dates, closed lists, money, odd but legal text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic import BaseModel

from fadu.common.receipt import TOLD_BY
from fadu.rules.agents import ENTRUSTED, AgentKind, Mandate, ReservedAct
from fadu.rules.casefile import CaseFile
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.parties import Method, PartyKind
from fadu.rules.procedure import Procedure, Step

Draw = Callable[[SearchStrategy[Any]], Any]

WORDS = (
    "略", "撤销〔2024〕3号", "《条例》第三条", "a|b", "*重*", "# 标题", "1. 项", "- 列", "{{ day }}", "{% if %}", "<b>",
    "&amp;", "\\", "$x^2$", "“引”", "😀👨‍👩‍👧", "𠮷野家", "㐂", "龘", "第一行\n第二行", "\u3000空\u3000", "e\u0301",
    "`码`", "~~删~~", "|||", "0", "None", "王某。", "%s{0}",
)  # fmt: skip
ALPHABET = "|*#_`<>&《》〔〕“”【】、。\\{}%$~+-1年王𠮷㐂😀 \n"
TEXT = st.one_of(st.sampled_from(WORDS), st.text(ALPHABET, min_size=1, max_size=6))
MONEY = st.sampled_from(("0", "1", "1234.5", "1,234,567.89", "１２", 99, 0))
AROUND = st.sampled_from((0, 0, 0, -1, 1, -3, 5, 9, 12, -20, -59, 40, -400))


def of_field(field: FactField, day: date) -> SearchStrategy[Any]:
    """Legal values of one fact, as a form would send them on a day."""
    if field.choices:
        codes = st.sampled_from([str(code) for code in field.choices])
        return st.lists(codes, min_size=1, max_size=3, unique=True) if field.widget == "choices" else codes
    kinds: dict[str, SearchStrategy[Any]] = {
        "bool": st.booleans(),
        "number": st.sampled_from((1, 2, 5, 10, 15, 30, 0, 60)),
        "money": MONEY,
        "date": AROUND.map(lambda days: (day + timedelta(days=days)).isoformat()),
        "files": st.just([]),
    }
    return kinds.get(field.widget, TEXT)


def of_model(model: type[BaseModel], draw: Draw, day: date) -> dict[str, Any]:
    """A whole row: what need not be given is given now and then."""
    fields, info = fact_fields(model), model.model_fields
    names = [name for name in fields if info[name].is_required() or draw(st.booleans())]
    return {name: draw(of_field(fields[name], day)) for name in names}


def parties(step: Step, draw: Draw) -> list[dict[str, Any]]:
    """None, one or several parties of each role, as far as the role allows."""
    entered = []
    for role in step.parties:
        for _ in range(draw(st.sampled_from((1, 1, 0, 2, 3) if role.many else (1, 1, 1, 0)))):
            party: dict[str, Any] = {"role": role.name, "name": draw(TEXT), "e_service": draw(st.booleans())}
            party["e_address"] = draw(TEXT)
            kinds = [PartyKind.ORGAN] if role.organ else [kind for kind in PartyKind if kind is not PartyKind.ORGAN]
            party["kind"] = str(draw(st.sampled_from(kinds)))
            if role.organ:
                party["organ"] = draw(st.sampled_from((1, 2)))
            else:
                party |= {"address": draw(TEXT), "phone": "1"}
            entered.append(party)
    return entered


def of_step(procedure: Procedure, step: Step, case: CaseFile, draw: Draw, day: date) -> dict[str, Any]:
    """A filled form of the step."""
    fields = fact_fields(procedure.facts)
    names = [*step.takes, *(name for name in step.may_take if draw(st.booleans()))]
    values: dict[str, Any] = {name: draw(of_field(fields[name], day)) for name in names}
    if step.receipt and draw(st.sampled_from((True, True, True, False))):
        values = {name: value for name, value in values.items() if name not in TOLD_BY} | draw(received(day))
    if step.parties:
        values["parties"] = parties(step, draw)
    if step.items and procedure.items:
        values["items"] = [
            of_model(procedure.items.model, draw, day) for _ in range(draw(st.sampled_from((1, 1, 2, 3))))
        ]
    if step.outcomes and procedure.items:
        codes = st.sampled_from([str(code) for code in procedure.items.outcome])
        values["outcomes"] = {key: draw(codes) for key in case.table("item")}
    return values | through(step, case, draw)


def received(day: date) -> SearchStrategy[dict[str, str]]:
    """What tells that an application came in on that day."""
    posted = {"channel": "post", "signed_on": day.isoformat(), "receipt_proof": "邮单"}
    arrived = {"channel": "email", "came_at": f"{day.isoformat()} 23:59", "receipt_proof": "回执"}
    return st.sampled_from(({"channel": "counter"}, posted, arrived))


def through(step: Step, case: CaseFile, draw: Draw) -> dict[str, Any]:
    """Now and then somebody acts for a party, with or without the consent of those whom he represents."""
    agents = sorted(case.table("agent"))
    if not agents or not draw(st.booleans()):
        return {}
    chosen = draw(st.lists(st.sampled_from(agents), min_size=1, max_size=2))
    return {"through": chosen, "consent": draw(st.sampled_from(("", "同意书")))}


def agent(case: CaseFile, draw: Draw, day: date) -> dict[str, Any]:
    """Somebody who acts for some parties; mostly as the form wants it."""
    people = st.sampled_from(sorted(case.table("party")) or ["none"])
    kind = draw(st.sampled_from(list(AgentKind)))
    mandate = draw(st.sampled_from(list(Mandate))) if kind in ENTRUSTED else None
    until = draw(st.sampled_from((None, None, 0, 5, -1)))
    return {
        "kind": str(kind), "parties": draw(st.lists(people, min_size=1, max_size=3)), "since": day.isoformat(),
        "person": draw(people) if kind is AgentKind.REPRESENTATIVE else "", "name": draw(TEXT), "proof": draw(TEXT),
        "mandate": str(mandate) if mandate else None, "acts": [draw(st.sampled_from(list(ReservedAct)))]
        if mandate is Mandate.SPECIAL else [], "e_service": draw(st.booleans()), "e_address": draw(TEXT),
        "until": None if until is None else (day + timedelta(days=until)).isoformat(),
    }  # fmt: skip


def service(case: CaseFile, draw: Draw, day: date) -> dict[str, Any]:
    """A service of some paper on some party by some method; mostly of one it is meant for."""
    papers, everybody = case.table("paper"), case.table("party")
    paper = draw(st.sampled_from(sorted(papers)))
    meant = [key for key, row in everybody.items() if row["role"] in papers[paper]["to"]] or list(everybody) or ["none"]
    method = draw(st.sampled_from((Method.DIRECT, Method.DIRECT, *Method)))
    sent = day - timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 3))))
    here = method is not Method.NOTICE and draw(st.sampled_from((True, True, False)))
    return {
        "paper": paper, "party": draw(st.sampled_from(meant)), "method": str(method), "sent_on": sent.isoformat(),
        "received_on": day.isoformat() if here else None, "proof": "回证" if here else "", "reason": draw(TEXT),
        "taker": draw(st.sampled_from(("", "", *sorted(case.table("agent"))))),
    }  # fmt: skip


def receipt(case: CaseFile, draw: Draw, day: date) -> dict[str, Any]:
    """The arrival of something on its way, or of anything else that was served."""
    keys = [key for key, row in case.table("service").items() if not row["effective"]] or list(case.table("service"))
    return {"service": draw(st.sampled_from(keys)), "received_on": day.isoformat(), "proof": draw(TEXT)}


def plain(procedure: Procedure, step: Step, case: CaseFile, day: date, variant: int) -> Mapping[str, Any]:
    """The variant-th plain form of the step: for a way to the end, codes are gone through one after the other."""
    fields = fact_fields(procedure.facts)
    values: dict[str, Any] = {name: _plain(fields[name], day, variant) for name in step.takes}
    if variant % 2:
        values |= {name: _plain(fields[name], day, variant) for name in step.may_take}
    if step.parties:
        values["parties"] = [
            {"role": role.name, "name": f"某{role.label}", "kind": "organ" if role.organ else "person"}
            | ({"organ": 1} if role.organ else {})
            for role in step.parties
        ]
    if step.items and procedure.items:
        model = fact_fields(procedure.items.model)
        needed = [name for name, info in procedure.items.model.model_fields.items() if info.is_required()]
        values["items"] = [{name: _plain(model[name], day, variant) for name in needed}]
    if step.outcomes and procedure.items:
        codes = [str(code) for code in procedure.items.outcome]
        values["outcomes"] = {key: codes[variant % len(codes)] for key in case.table("item")}
    return values


def _plain(field: FactField, day: date, variant: int) -> Any:
    if field.choices:
        code = str(list(field.choices)[variant % len(field.choices)])
        return [code] if field.widget == "choices" else code
    later = day + timedelta(days=(0, 0, 20)[variant % 3])
    kinds: dict[str, Any] = {
        "bool": bool(variant % 2), "number": 10, "money": "1", "date": later.isoformat(), "files": [],
    }  # fmt: skip
    return kinds.get(field.widget, "略")
