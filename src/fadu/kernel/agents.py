"""Who acts for the parties: naming and relieving agents and representatives, and acts done through them (L22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.kernel import forms
from fadu.kernel.timekeeping import Env
from fadu.rules import agents
from fadu.rules.agents import AgentEndForm, AgentForm, NumberOfPersons, Representation
from fadu.rules.casefile import CaseFile, Operation, apply, put
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.law import NotInForce
from fadu.rules.law_besides import Limit
from fadu.rules.procedure import PartyRole, Procedure, Step

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Through:
    """Through whom an act is done: keys of agents; among: the parties for whom it counts, none: all.

    unmet: what stands against it, by power, term and consent.
    """

    agents: tuple[str, ...] = ()
    among: frozenset[str] = frozenset()
    unmet: tuple[Unmet, ...] = ()


def present(case: CaseFile, role: str) -> list[str]:
    """Keys of the parties of a role that are in the case now."""
    return [key for key, row in case.of("party", role=role) if not row["before"]]


# ---------------------------------------------------------------- naming and relieving


def name_agent(
    case: CaseFile, procedure: Procedure, step: Step, day: date, form: AgentForm, env: Env
) -> list[Operation]:
    """The row of somebody who acts for parties from now on. Raises BadInput, GatesUnmet."""
    said = procedure.representation
    assert said is not None  # judged when the declaration loads
    faults = agents.entry_faults(form, day)
    row = form.model_dump(mode="json") | {"before": None}
    people = case.table("party")
    chosen = [key for key in dict.fromkeys(form.parties) if key != form.person]
    if any(key not in people or people[key]["before"] for key in (*chosen, *([form.person] if form.person else []))):
        faults["parties"] = "请选择本案现有的当事人"
    if faults:
        raise BadInput(faults)
    row["parties"] = chosen
    if form.kind is agents.AgentKind.REPRESENTATIVE:
        row |= _representative(case, said, step, row, day, env)
    else:
        _refuse_agent(case, said, row, day, env)
    told = [key for key, other in case.of("agent", before=None, name=row["name"]) if other.get("proposed")]
    return [
        *(put("agent", key, before=day.isoformat()) for key in told),  # the power for this case is there now
        put("agent", case.next_key("agent", "agent"), **row),
    ]


def entered(
    case: CaseFile, procedure: Procedure, step: Step, given: Sequence[Mapping[str, Any]], day: date, env: Env
) -> list[Operation]:
    """Rows of those who act for the parties from the application on, as it names them. Raises BadInput, GatesUnmet."""
    if given and procedure.representation is None:
        raise BadInput({"agents": "这一程序不登记代理人"})
    operations: list[Operation] = []
    trial = case.copy()
    for number, form in enumerate(forms.clean_agents(given)):
        try:
            more = name_agent(trial, procedure, step, day, form, env)
        except BadInput as fault:
            faults = {f"agents.{number}.{name}": text for name, text in fault.fields.items()}
            raise BadInput(faults, article=fault.article) from fault
        operations += more
        apply(trial, more)
    return operations


def proposed(case: CaseFile, procedure: Procedure, handed: Sequence[Row], day: date) -> list[Operation]:
    """Rows of those who acted for these parties in the case that opened this one; they act here when they are named.

    handed: with the places of their parties among those that were handed over.
    """
    said, keys = procedure.representation, list(case.table("party"))
    if said is None:
        return []
    roles, empty = {role.name for role in said.agents_of}, {"person": "", "e_service": False, "e_address": ""}
    operations, trial = [], case.copy()
    for row in handed:
        mine = [keys[place] for place in row["parties"] if case.table("party")[keys[place]]["role"] in roles]
        if mine:
            more: Row = {"mandate": None, "acts": [], "until": None, "proof": "", "proof_files": [], "before": None}
            whole = row | empty | more | {"parties": mine, "since": day.isoformat(), "proposed": True}
            operations.append(put("agent", trial.next_key("agent", "agent"), **whole))
            apply(trial, operations[-1:])
    return operations


def of_named(case: CaseFile, procedure: Procedure, other: CaseFile, day: date) -> list[Operation]:
    """The same of those who acted in a case that this one names, for the parties that are here by the same name."""
    here = {row["name"]: place for place, row in enumerate(case.table("party").values()) if not row["before"]}
    known, there = {row["name"] for row in case.table("agent").values()}, other.table("party")
    handed = [
        {**row, "parties": [here[there[key]["name"]] for key in row["parties"] if there[key]["name"] in here]}
        for row in agents.proposed_rows(other.table("agent").values())
        if row["name"] not in known
    ]
    return proposed(case, procedure, handed, day)


def _refuse_agent(case: CaseFile, said: Representation, row: Row, day: date, env: Env) -> None:
    """Raises BadInput: whose agent he cannot be, of what kind, how many there are already."""
    people = case.table("party")
    roles = {role.name for role in said.agents_of}
    limit = _limit(said.agents, day, env)
    if any(people[key]["role"] not in roles for key in row["parties"]):
        who = "、".join(role.label for role in said.agents_of)
        raise BadInput({"parties": f"可以有代理人的是{who}"}, article=limit.article)
    kind = agents.AgentKind.of(row)
    if kind not in agents.ENTRUSTED:
        return
    if kind not in said.kinds:
        raise BadInput({"kind": f"“{kind.label}”不能被委托为代理人"}, article=limit.article)
    for key in row["parties"]:
        have = [
            other
            for _, other in case.of("agent")
            if other["kind"] in agents.ENTRUSTED and key in other["parties"] and not other.get("proposed")
        ]  # fmt: skip
        together = agents.overlapping(have, row["since"], row["until"])
        if limit.at_most is not None and len(together) >= limit.at_most:
            names = "、".join(other["name"] for other in together)
            sentence = f"{people[key]['name']}已经委托{names}，可以委托的代理人为{limit.in_words}"
            raise BadInput({"parties": f"{sentence}（{limit.article}）"}, article=limit.article)


def _representative(case: CaseFile, said: Representation, step: Step, row: Row, day: date, env: Env) -> Row:
    """The name of the party that represents others. Raises BadInput, GatesUnmet: few parties, too many, two sides."""
    people = case.table("party")
    role = people[row["person"]]["role"]
    limit, numerous = _limit(said.representatives, day, env), _limit(said.numerous, day, env)
    sides = {people[key]["role"] for key in row["parties"]}
    if role not in {one.name for one in said.represented} or sides != {role}:
        who = "、".join(one.label for one in said.represented)
        raise BadInput({"parties": f"可以推选代表人的是{who}，代表人从同一方当事人中推选"}, article=limit.article)
    count = len(present(case, role))
    if count < (numerous.at_least or 0):
        sentence = f"现有{count}人，{numerous.in_words}的才推选代表人"
        todo = "请由各当事人自己或者委托代理人参加。"
        raise GatesUnmet(step.label, [Unmet("numerous", sentence, numerous.article, todo)])
    others = [other for _, other in case.of("agent", kind=row["kind"]) if people[other["person"]]["role"] == role]
    if limit.at_most is not None and len(agents.overlapping(others, row["since"], row["until"])) >= limit.at_most:
        raise BadInput({"person": f"代表人为{limit.in_words}，已经满员（{limit.article}）"}, article=limit.article)
    return {"name": people[row["person"]]["name"]}


def _limit(number: NumberOfPersons, day: date, env: Env) -> Limit:
    try:
        return env.library.limit(number.statute, number.name, day)
    except NotInForce as fault:
        raise BadInput({"since": fault.message}) from fault


def end_agent(case: CaseFile, day: date, form: AgentEndForm) -> list[Operation]:
    """From this day on he acts no more. Raises BadInput."""
    row = case.table("agent").get(form.agent)
    if row is None or row["before"]:
        raise BadInput({"agent": "请选择本案现在的代理人、代表人"})
    return [put("agent", form.agent, before=day.isoformat(), reason=form.reason)]


def end_with(case: CaseFile, party: str, day: date) -> list[Operation]:
    """Who acted for a party alone that is no longer in the case, or was that party, acts no more."""
    return [
        put("agent", key, before=day.isoformat())
        for key, row in case.of("agent", before=None)
        if row["person"] == party or set(agents.acts_for(row, case.table("party"))) <= {party}
    ]


# ---------------------------------------------------------------- acts done through somebody


def through(
    case: CaseFile, procedure: Procedure, step: Step, values: Mapping[str, Any], party: str, day: date, env: Env
) -> Through:
    """Through whom a step is done, as the form says, and for whom it counts then. Raises BadInput."""
    keys = values.get("through") or ()
    said = procedure.representation
    if not keys:
        return Through()
    if not isinstance(keys, Sequence) or isinstance(keys, str) or any(key not in case.table("agent") for key in keys):
        raise BadInput({"through": "请选择本案的代理人、代表人"})
    roles = {actor.name for actor in step.by if isinstance(actor, PartyRole)}
    if said is None or not (roles or step.reserved):
        raise BadInput({"through": f"“{step.label}”不是由当事人办理的，不填写代理人、代表人"})
    rows = [case.table("agent")[key] for key in dict.fromkeys(keys)]
    unmet = [one for row in rows for one in _faults(case, said, step, row, values, party, roles, day, env)]
    everybody = {key for role in roles for key in present(case, role)}
    among = {key for row in rows for key in agents.acts_for(row, case.table("party"))} & everybody
    counts = frozenset() if party or among == everybody else frozenset(among)
    return Through(tuple(dict.fromkeys(keys)), counts, tuple(unmet))


def _faults(
    case: CaseFile, said: Representation, step: Step, row: Row, values: Mapping[str, Any], party: str,
    roles: set[str], day: date, env: Env,
) -> list[Unmet]:  # fmt: skip
    people = case.table("party")
    whose = agents.acts_for(row, people)
    mine = {key for key in whose if not roles or people[key]["role"] in roles}
    if not mine or (party in people and party not in mine):
        name = people[party]["name"] if party in people else "、".join(role.label for role in step.by)
        return [Unmet("not_his", f"{agents.in_words(row)}不是{name}的代理人、代表人", said.article, agents.RENEW)]
    faults = agents.acting_faults(row, step.reserved, str(values.get("consent") or ""), day, said.article)
    if agents.is_representative(row):
        limit = _limit(said.representatives, day, env)
        others = [other for _, other in case.of("agent", kind=row["kind"]) if agents.in_force(other, day)]
        if len(others) < (limit.at_least or 0):
            sentence = f"代表人为{limit.in_words}，现在只有{len(others)}人"
            faults.append(Unmet("representatives", sentence, limit.article, "请先登记其他代表人。"))
    return faults


# ---------------------------------------------------------------- service


def taken_by(case: CaseFile, key: str, party: str, day: date) -> tuple[Row, list[str]]:
    """Who took a paper for a party, and all the parties whom it reaches with him. Raises BadInput."""
    row = case.table("agent").get(key)
    if row is None:
        raise BadInput({"taker": "请选择本案的代理人、代表人"})
    whose = agents.acts_for(row, case.table("party"))
    if party not in whose:
        raise BadInput({"taker": f"{agents.in_words(row)}不是受送达人的代理人、代表人"})
    if not agents.in_force(row, day):
        raise BadInput({"taker": agents.not_in_force(row, day)})
    return row, whose if agents.is_representative(row) else [party]
