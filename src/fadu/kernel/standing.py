"""What the steps do that stand open in every case: service, receipt, publication, amendment, parties, officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fadu.kernel import agents, forms, retraction, timekeeping
from fadu.kernel.timekeeping import Env, Happening, Reached
from fadu.rules.agents import receiver as receiver_of
from fadu.rules.casefile import CaseFile, Operation, apply, note, put, set_head
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.law import NotInForce
from fadu.rules.parties import (
    AmendmentForm,
    AssignmentForm,
    Method,
    PartyChange,
    PartyChangeForm,
    ServiceForm,
    service_faults,
)
from fadu.rules.procedure import STAMP_KEEPER, Does, Paper, Procedure, Step
from fadu.rules.service import effective_day

AMENDMENT = "amendment"
"""Template of an amending paper, among those that all rooms share."""

ASSIGNMENT = "assignment"
"""Name of the note that says from whom to whom a case went, and why."""

ALTERABLE = ("address", "phone", "e_service", "e_address")
"""What of a party may change while it remains the same person."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a standing step leaves in the case, and the paper it issues with what is said of it. about: whose period it
    answers, when each paper has its own.
    """

    operations: list[Operation] = field(default_factory=list)
    papers: tuple[tuple[str, Paper], ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""


def rows(case: CaseFile, procedure: Procedure, step: Step, day: date, values: Mapping[str, Any], env: Env) -> Rows:
    """The rows of a standing step. Raises BadInput, GatesUnmet.

    The masked text of a publication and the folding of a reversal are added by kernel.acts, which asks too whether
    somebody may handle the case.
    """
    assert step.does is not None
    form: Any = forms.clean_row(step.does, values)
    match step.does:
        case Does.SERVES:
            return Rows(_serve(case, procedure, day, form, env))
        case Does.RECEIVES:
            return Rows(_receive(case, procedure, day, form, env))
        case Does.AMENDS:
            return _amend(case, procedure, day, form)
        case Does.CHANGES_PARTY:
            return Rows(_change_party(case, procedure, step, day, form))
        case Does.NAMES_AGENT | Does.ENDS_AGENT:
            _refuse_when_over(case, procedure, step)
            if step.does is Does.ENDS_AGENT:
                return Rows(agents.end_agent(case, day, form))
            return Rows(agents.name_agent(case, procedure, step, day, form, env))
        case Does.ASSIGNS:
            if not timekeeping.duties(case, procedure):  # what is still owed must be somebody's
                _refuse_when_over(case, procedure, step)
            return Rows(_assign(case, step, form))
        case Does.PUBLISHES:
            publishable(case, procedure, form.paper)
        case Does.RETRACTS:
            return Rows(retraction.retract(case, procedure, day, form), about=form.paper)
    return Rows()


def publishable(case: CaseFile, procedure: Procedure, key: str) -> None:
    """Refuses a paper that is not there or is not of a kind that is made public."""
    row = case.table("paper").get(key)
    paper = procedure.paper(row["name"]) if row else None
    if paper is None or not paper.publish:
        raise BadInput({"paper": "请选择一份可以向社会公开的文书"})
    if row and row.get("stamped") == "":
        raise BadInput({"paper": f"《{row['label']}》还没有用印，不能公开"})
    if fallen := retraction.overturned(case, procedure, key):
        raise BadInput({"paper": f"《{paper.label}》所作的决定已经不算数（{fallen}），不再公开"})


def _serve(case: CaseFile, procedure: Procedure, day: date, form: ServiceForm, env: Env) -> list[Operation]:
    paper = case.table("paper").get(form.paper)
    party = case.table("party").get(form.party)
    if paper is None or party is None:
        raise BadInput({"paper": "请选择本案已经制作的文书和当事人"})
    receiver, reached = party, [form.party]
    if form.taker:
        taker, reached = agents.taken_by(case, form.taker, form.party, form.received_on or form.sent_on)
        receiver = dict(receiver_of(taker, case.table("party")))
    faults = service_faults(form, day, receiver)
    if paper.get("stamped") == "":
        faults["paper"] = f"《{paper['label']}》还没有用印，请先由{STAMP_KEEPER.label}用印"
    if form.sent_on.isoformat() < paper["day"]:
        faults["sent_on"] = "送出日期不能早于文书的成文日期"
    if faults:
        raise BadInput(faults)
    try:
        effective = effective_day(form.method, form.sent_on, form.received_on, env.library)
    except NotInForce as fault:
        raise BadInput({"sent_on": fault.message}, article=fault.article) from fault
    operations: list[Operation] = []
    trial = case.copy()
    for key in reached:  # a representative takes it for all whom he represents
        row = form.model_dump(mode="json") | {"effective": effective.isoformat() if effective else None, "party": key}
        made = [put("service", trial.next_key("service", form.paper), **row)]
        made += _reached(trial, procedure, made, paper, key, effective, env)
        apply(trial, made)
        operations += made
    return operations


def _receive(case: CaseFile, procedure: Procedure, day: date, form: Any, env: Env) -> list[Operation]:
    service = case.table("service").get(form.service)
    if service is None or service["effective"] or service["method"] == Method.NOTICE:
        raise BadInput({"service": "请选择一份尚在途中的送达"})
    if not date.fromisoformat(service["sent_on"]) <= form.received_on <= day:
        raise BadInput({"received_on": "签收日期应当在送出日期之后，且不晚于今天"})
    came = form.received_on
    paper = case.table("paper")[service["paper"]]
    operations: list[Operation] = []
    trial = case.copy()
    for key in _sent_together(case, form.service):
        made = [put("service", key, received_on=came.isoformat(), effective=came.isoformat(), proof=form.proof)]
        made += _reached(trial, procedure, made, paper, case.table("service")[key]["party"], came, env)
        apply(trial, made)
        operations += made
    return operations


def _sent_together(case: CaseFile, key: str) -> list[str]:
    """The service itself, and those of the same paper that went with it to one who takes it for several."""
    one = case.table("service")[key]
    if not one.get("taker"):
        return [key]
    same = {name: one[name] for name in ("paper", "taker", "method", "sent_on")}
    return [other for other, _ in case.of("service", effective=None, **same)]


def _reached(
    case: CaseFile,
    procedure: Procedure,
    before: list[Operation],
    paper: dict[str, Any],
    party: str,
    effective: date | None,
    env: Env,
) -> list[Operation]:
    """The clocks that an effective service starts; the same paper reaching the same party again starts nothing."""
    row = before[0]
    made = case.table("service").get(row["key"], {}) | row["value"]
    earlier = case.of("service", paper=made["paper"], party=party)
    if effective is None or any(other["effective"] for key, other in earlier if key != row["key"]):
        return []
    trial = case.copy()
    apply(trial, before)
    renews = bool(paper.get("renews"))
    what = Happening(effective, service=Reached(made["paper"], paper["name"], party, effective, renews))
    counted = list(timekeeping.count(trial, procedure, what))
    if paper.get("amends") and not renews:
        return counted
    return [*counted, *timekeeping.start(trial, procedure, what, env)]


# ---------------------------------------------------------------- amendment


def _amend(case: CaseFile, procedure: Procedure, day: date, form: AmendmentForm) -> Rows:
    """更正: a paper of the same kind that says what was wrong in the other; both are linked (L21).

    It is served like the other, and stamped where that was; with `renews` its service starts the periods anew.
    """
    row = case.table("paper").get(form.paper)
    paper = procedure.paper(row["name"]) if row else None
    if row is None or paper is None:
        raise BadInput({"paper": "请选择本案已经制作的文书"})
    if "text" in row and form.wrong not in row["text"]:
        raise BadInput({"wrong": f"《{row['label']}》中没有这些文字，请照原文填写"})
    if form.wrong == form.right:
        raise BadInput({"right": "更正前后的文字相同"})
    key = case.next_key("paper", paper.name)
    operations = [put("paper", form.paper, amended_by=key)]
    operations += [put("publication", k, amended_by=key) for k, _ in case.of("publication", paper=form.paper)]
    more = {
        "amends": form.paper, "amended": f"《{row['label']}》{row['number'] or ''}", "step": row["step"],
        "renews": form.renews, "wrong": form.wrong, "right": form.right, "reason": form.reason, "basis": form.article,
    }  # fmt: skip
    track = procedure.agreement
    if "stamped" in row and track and track.signed:
        more["stamped"] = ""
        operations.append(put("track", f"{track.name}:{row['step']}", name=track.name, state=track.signed.name))
    label = f"{row['label']}更正书" if "amends" not in row else row["label"]
    return Rows(operations, ((key, replace(paper, label=label, series=None, template=AMENDMENT)),), more)


def _assign(case: CaseFile, step: Step, form: AssignmentForm) -> list[Operation]:
    """改派: another officer handles the case from now on; what was done before stays that of who did it."""
    if case.mirrored:
        sentence = "这是转录的案件，在外部平台办理，本系统中没有承办人"
        raise GatesUnmet(step.label, [Unmet("mirrored", sentence, None, "请在办理这一案件的平台上改派。")])
    if form.officer == case.officer:
        raise BadInput({"officer": "本案现在就由这名工作人员承办"})
    said = {"from": case.officer, "to": form.officer, "reason": form.reason}
    return [set_head(officer=form.officer), note(ASSIGNMENT, said)]


# ---------------------------------------------------------------- parties


def _change_party(
    case: CaseFile, procedure: Procedure, step: Step, day: date, form: PartyChangeForm
) -> list[Operation]:
    """追加、退出、承受、变更: rows are ended and added, never overwritten; periods pass to the successor (L22)."""
    _refuse_when_over(case, procedure, step)
    said = form.model_dump(mode="json", exclude={"change", "party", "role", "reason", "article"})
    if form.change is PartyChange.JOINS:
        return [_entered(case, procedure, form.role, said, day)]
    row = case.table("party").get(form.party)
    if row is None or row["before"]:
        raise BadInput({"party": "请选择本案现有的当事人"})
    if form.change is PartyChange.ALTERS:
        return [put("party", form.party, **{name: said[name] for name in ALTERABLE if said[name] not in ("", None)})]
    ended = [put("party", form.party, before=day.isoformat()), *agents.end_with(case, form.party, day)]
    running = [key for key, clock in case.of("clock", party=form.party) if clock["stopped"] is None]
    if form.change is PartyChange.LEAVES:
        return [*ended, *(put("clock", key, stopped=day.isoformat(), void=True) for key in running)]
    new = _entered(case, procedure, row["role"], said, day, many=True)
    new["value"]["succeeds"] = form.party
    return [*ended, new, *(put("clock", key, party=new["key"]) for key in running)]


def _refuse_when_over(case: CaseFile, procedure: Procedure, step: Step) -> None:
    state = procedure.state(case.state)
    if state and state.final:
        raise GatesUnmet(step.label, [Unmet("state", f"案件已经处于“{state.label}”，不能再变更当事人、代理人、承办人")])


def _entered(
    case: CaseFile, procedure: Procedure, name: str, said: dict[str, Any], day: date, *, many: bool = False
) -> Operation:
    """The row of somebody who comes into the case."""
    role = procedure.party(name)
    if role is None:
        raise BadInput({"role": "请选择身份"})
    faults = {}
    if not said["name"]:
        faults["name"] = "没有填写姓名或者名称"
    if role.organ and said["organ"] is None:
        faults["organ"] = f"请从机关名单中选择{role.label}"
    if not (role.many or many) and any(row["before"] is None for _, row in case.of("party", role=name)):
        faults["role"] = f"{role.label}只能有一个"
    if faults:
        raise BadInput(faults)
    said = said | {"role": name, "e_service": bool(said["e_service"])}
    return put("party", case.next_key("party", name), **said, since=day.isoformat(), before=None)
