"""Decides one act: may it happen on this day, and what does it change? Pure: a case and a form in, operations out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fadu.kernel import agents, forms, receiving, standing, timekeeping
from fadu.kernel.timekeeping import Env, Happening
from fadu.rules.casefile import CaseFile, Operation, apply, mark_done, note, put, set_fact, set_head, set_state
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.procedure import SYSTEM, Does, Effect, Gate, Opens, Paper, Procedure, Relation, Step, Track
from fadu.rules.view import View

WAITING = (Relation.OPENS.value, Relation.CONCERNS.value)
"""Links with a case for which this one may wait: it opened it, or names it."""
MOST_TOLD = 5
"""How much of what stands against a gate is told with it."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person (or the passing of time: actor None) does.

    values: facts by name, and the reserved names parties, items, outcomes, through, consent; key: which instance of a
    track (for 呈批 the step it is about); party: for which party, when several have clocks of their own; learned:
    the day on which the house learned of what happened outside; handed: what another case hands over, not a person.
    """

    step: Step
    day: date
    actor: int | None
    values: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    party: str = ""
    learned: date | None = None
    handed: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What an act changes. papers: (row key, kind) to be written, numbered and kept; more: what is said of them.

    changing: the step, if it changes registers.
    """

    operations: list[Operation]
    papers: tuple[tuple[str, Paper], ...] = ()
    opens: Opens | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    changing: Step | None = None


def stamped_later(procedure: Procedure, name: str) -> dict[str, str]:
    """What the papers of a step say of 用印 when they are made: nothing, or that they wait for it."""
    step, track = procedure.step(name), procedure.agreement
    return {"stamped": ""} if step and step.agreed and track and track.signed else {}


def track_row(case: CaseFile, track: Track, key: str) -> tuple[str, dict[str, Any]]:
    """Row key and row of a track instance; before it began, a row in its first state."""
    row_key = f"{track.name}:{key}" if track.per_step else track.name
    return row_key, case.table("track").get(row_key, {"state": track.initial.name})


def unmet(
    case: CaseFile, procedure: Procedure, step: Step, day: date, env: Env, actor: int | None, key: str = ""
) -> list[Unmet]:
    """Every condition of the step that does not hold: state, agreement, then the declared gates."""
    found = [] if step.opening else _wrong_place(case, procedure, step, key)
    if step.agreed and actor is not None:
        track = procedure.agreement
        if track and track.agreed and track_row(case, track, step.name)[1]["state"] != track.agreed.name:
            todo = f"请先对“{step.label}”拟稿并经审核同意。"
            found.append(Unmet("agreed", f"“{step.label}”还没有经过{track.label}", None, todo))
    gates = procedure.gates_of(step)
    asked = any(read.startswith("lead:") for gate in gates for read in gate.reads)
    late = timekeeping.late_notices(case, procedure, env) if asked else frozenset()
    view = View(
        case, procedure, day, timekeeping.reckon_all(case, env), actor, late, key,
        lambda register: env.entries(register, (case.body, case.organ), day),
        lambda statute, name: env.library.amount(statute, name, day).at_most,
    )  # fmt: skip
    for gate in gates:
        if not gate.holds(view.through(gate)):
            found.append(Unmet(gate.name, _told(gate, view, env, day), gate.article, gate.todo))
    return found


def _told(gate: Gate, view: View, env: Env, day: date) -> str:
    """The gate's sentence, with the amounts that it reads and the first of what stands against it."""
    amounts = "、".join(env.library.amount(*amount, day).in_words for amount in gate.amounts)
    against = gate.tells(view.through(gate)) if gate.tells else ()
    told = "；".join(map(str, against[:MOST_TOLD])) + (f"；等{len(against)}处" if len(against) > MOST_TOLD else "")
    return gate.sentence + (f"（{amounts}）" if amounts else "") + (f"：{told}" if told else "")


def _wrong_place(case: CaseFile, procedure: Procedure, step: Step, key: str) -> list[Unmet]:
    state = procedure.state(case.state)
    label = state.label if state else case.state
    if step.track is not None:
        now = track_row(case, step.track, key)[1]["state"]
        over = state is not None and state.final and not (step.track.signed and now == step.track.signed.name)
        allowed_here = not over and (not step.within or case.state in {s.name for s in step.within})
        if allowed_here and (not step.at or now in {s.name for s in step.at}):
            return []
        states = {s.name: s.label for s in procedure.track_states(step.track)}
        return [
            Unmet(
                "state",
                f"{step.track.label}现在处于“{states.get(now, now)}”，案件处于“{label}”，不能办理这一步",
            )
        ]
    if step.does is not None or case.state in {s.name for s in step.at}:
        return []
    return [Unmet("state", f"案件现在处于“{label}”，不能办理这一步")]


def decide(case: CaseFile, procedure: Procedure, act: Act, env: Env) -> Decision:
    """The operations of an act, or a refusal that tells everything that is missing.

    Raises BadInput, GatesUnmet. The case given is not changed.
    """
    if act.step.by == (SYSTEM,) and act.actor is not None and not act.step.opening:
        sentence = "只能由期限届满产生，不能由人办理"
        raise GatesUnmet(act.step.label, [Unmet("by_time", sentence, act.step.article)])
    if act.step.does is Does.HEARS:
        todo = "请在所关联的案件中办理。"
        raise GatesUnmet(act.step.label, [Unmet("by_link", "只能由关联案件的办理产生", act.step.article, todo)])
    if act.step.does is not None:
        return _standing(case, procedure, act, env)
    if act.step.carries:
        return Decision(_propose(case, procedure, act, env))
    return _perform(case, procedure, act, env)


def _perform(case: CaseFile, procedure: Procedure, act: Act, env: Env) -> Decision:
    step, trial = act.step, case.copy()
    operations: list[Operation] = []

    def take(more: list[Operation]) -> None:
        operations.extend(more)
        apply(trial, more)

    values = act.values
    if step.agreed and act.actor is not None:
        values = _agreed_values(case, procedure, step) or values
    facts = forms.clean_facts(procedure, step, values)
    facts |= step.says
    facts |= timekeeping.left_open(case, procedure, step, facts)
    take([set_fact(name, value) for name, value in facts.items()])
    if step.receipt and not act.handed:
        receiving.check_day(step, facts, act.day, env)
    timekeeping.check_lengths(trial, procedure, Happening(act.day, facts=facts), env)
    take(_rows(trial, procedure, step, values, act.day))
    if act.handed:
        take(agents.proposed(trial, procedure, values.get("agents", ()), act.day))
    elif step.opening:
        take(agents.entered(trial, procedure, step, values.get("agents") or (), act.day, env))
    by = agents.through(trial, procedure, step, values, act.party, act.day, env)
    missing = [*unmet(trial, procedure, step, act.day, env, act.actor, act.key), *by.unmet]
    if missing:
        raise GatesUnmet(step.label, missing)
    if by.agents and values.get("consent"):
        take([note("consent", str(values["consent"]))])
    take(_moves(trial, procedure, act, by.agents))
    take(list(timekeeping.follow(trial, procedure, step, env)))
    what = Happening(act.day, step.name, act.party, facts, learned=act.learned, among=by.among)
    take(list(timekeeping.start(trial, procedure, Happening(act.day, facts=facts), env)))
    take(list(timekeeping.stop(trial, procedure, what, env)))
    take(list(timekeeping.pause(trial, procedure, what)))
    take(list(timekeeping.consent(trial, procedure, step, what)))
    take(list(timekeeping.extend(trial, procedure, step, what, env)))
    take(list(timekeeping.cut(trial, procedure, step, what, env)))
    take(list(timekeeping.start(trial, procedure, Happening(act.day, step.name, act.party, learned=act.learned), env)))
    papers = tuple((trial.next_key("paper", paper.name), paper) for paper in step.issues)
    state = procedure.state(trial.state)
    if state and state.final and trial.closed is None:
        take(list(timekeeping.stop_the_rest(trial, procedure, act.day, step)))
        take([set_head(closed=act.day.isoformat())])
    return Decision(operations, papers, step.opens, changing=step if step.changes else None)


def _agreed_values(case: CaseFile, procedure: Procedure, step: Step) -> Mapping[str, Any] | None:
    track = procedure.agreement
    carried: Mapping[str, Any] | None = track_row(case, track, step.name)[1].get("carries") if track else None
    return carried


def _rows(case: CaseFile, procedure: Procedure, step: Step, values: Mapping[str, Any], day: date) -> list[Operation]:
    """Parties and items entered, outcomes given. What is entered later is numbered on from what is there."""
    operations: list[Operation] = []
    trial = case.copy()

    def enter(table: str, stem: str, **fields: Any) -> None:
        operations.append(put(table, trial.next_key(table, stem), **fields))
        apply(trial, operations[-1:])

    for party in forms.clean_parties(step, values.get("parties") or ()):
        enter("party", party["role"], **party, since=day.isoformat(), before=None)
    if step.items and procedure.items:
        for item in forms.clean_items(procedure.items, values.get("items") or ()):
            enter("item", procedure.items.name, facts=item, outcome=None)
    if step.outcomes and procedure.items:
        outcomes = forms.clean_outcomes(procedure.items, case.table("item"), values.get("outcomes") or {})
        operations += [put("item", key, outcome=code) for key, code in outcomes.items()]
        operations.append(set_head(outcome=procedure.items.heaviest(tuple(outcomes.values()))))
    return operations


def _moves(case: CaseFile, procedure: Procedure, act: Act, through: tuple[str, ...]) -> list[Operation]:
    """State of the case or of the track after the step; what was agreed and issues papers now waits for the stamp."""
    step = act.step
    done = f"{step.name}:{act.key}" if step.track and step.track.per_step else step.name
    operations = [mark_done(done, act.day, act.actor, act.learned, through)]
    if step.track is not None:
        key, row = track_row(case, step.track, act.key)
        to = step.to.name if step.to else row["state"]
        operations.append(put("track", key, name=step.track.name, state=to))
        operations += _stamped(case, step.track, row, act)
    elif step.to is not None:
        operations.append(set_state(step.to.name))
    track = procedure.agreement
    if step.agreed and track:
        key, _ = track_row(case, track, step.name)
        after = track.signed if track.signed and step.issues else track.initial
        operations.append(put("track", key, name=track.name, state=after.name, carries=None, drafts=None))
    return operations


def _stamped(case: CaseFile, track: Track, row: dict[str, Any], act: Act) -> list[Operation]:
    """用印: the papers of the step that was signed bear the organ's stamp from this day on."""
    if track.signed is None or row["state"] != track.signed.name:
        return []
    waiting = case.of("paper", step=act.key, stamped="")
    return [put("paper", key, stamped=act.day.isoformat()) for key, _ in waiting]


def _propose(case: CaseFile, procedure: Procedure, act: Act, env: Env) -> list[Operation]:
    """拟稿: the step named by the key is decided as if it were done now, and its inputs are carried."""
    target = procedure.step(act.key)
    if target is None or not target.agreed:
        raise BadInput({"key": "请选择要呈批的事项"})
    missing = _wrong_place(case, procedure, act.step, act.key)
    if missing:
        raise GatesUnmet(act.step.label, missing)
    _perform(case, procedure, Act(target, act.day, None, act.values), env)
    facts = forms.clean_facts(procedure, target, act.values)
    carried = {**facts, **{name: act.values[name] for name in forms.RESERVED if name in act.values}}
    track = act.step.track
    assert track is not None  # a step that carries stands on a track: judged when the declaration loads
    assert act.step.to is not None
    key, _ = track_row(case, track, act.key)
    return [
        mark_done(f"{act.step.name}:{act.key}", act.day, act.actor),
        put("track", key, name=track.name, state=act.step.to.name, carries=carried),
    ]


def _standing(case: CaseFile, procedure: Procedure, act: Act, env: Env) -> Decision:
    """A step that stands open in every case: its rows, and the periods that it answers or starts."""
    missing = unmet(case, procedure, act.step, act.day, env, act.actor)
    if missing:
        raise GatesUnmet(act.step.label, missing)
    rows = standing.rows(case, procedure, act.step, act.day, act.values, env)
    operations = [mark_done(act.step.name, act.day, act.actor), *rows.operations]
    trial = case.copy()
    apply(trial, operations)
    operations += timekeeping.stop(trial, procedure, Happening(act.day, act.step.name, rows.about), env)
    return Decision(operations, rows.papers, more=rows.more)


# ---------------------------------------------------------------- linked cases


def named(
    case: CaseFile, procedure: Procedure, step: Step, day: date, other: CaseFile, text: Procedure
) -> list[Operation]:
    """The link with a case that an act names, and who acted there. Raises BadInput when there is one already."""
    if case.of("link", other=other.id, relation=Relation.CONCERNS.value):
        raise BadInput({"other": "已经关联过这一案件"})
    refuse_waiting(case, procedure, step, other, text)
    key = f"{Relation.CONCERNS}-{other.id}"
    link = put("link", key, other=other.id, relation=Relation.CONCERNS.value, effect=None, label=text.label)
    return [link, *(agents.of_named(case, procedure, other, day) if step.names and step.names.agents else ())]


def given(case: CaseFile, step: Step) -> tuple[Effect, list[str]] | None:
    """The effect that a step has on the cases which this one names, and the keys of those links."""
    said = step.consequence
    effect = said.effects.get(str(case.facts.get(said.fact))) if said else None
    keys = [key for key, _ in case.of("link", relation=Relation.CONCERNS.value)]
    return (effect, keys) if effect and keys else None


def waits(case: CaseFile, procedure: Procedure, other: int) -> Step | None:
    """The step by which a case hears that another has its result; none when no period of it rests for that one."""
    step, links = procedure.hears(Effect.OVER), case.table("link").values()
    mine = [row for row in links if row["other"] == other and row["relation"] in WAITING and not row.get("void")]
    if step is None or not mine:
        return None
    ends = {pause.begin.name for clock in procedure.clocks for pause in clock.pauses if step in pause.end}
    running = [row for row in case.table("clock").values() if row["stopped"] is None]
    resting = {pause["begun_by"] for row in running for pause in row["pauses"] if pause["end"] is None}
    return step if resting & ends else None


def over(case: CaseFile, procedure: Procedure) -> bool:
    """Whether a case has its result, so that nobody need wait for it."""
    return case.closed is not None or any(step.concludes and step.name in case.done for step in procedure.steps)


def refuse_waiting(case: CaseFile, procedure: Procedure, step: Step, other: CaseFile, text: Procedure) -> None:
    """A case that is over is nothing to wait for. Raises BadInput."""
    hears = procedure.hears(Effect.OVER)
    begins = any(pause.begin == step and hears in pause.end for clock in procedure.clocks for pause in clock.pauses)
    if step.names and begins and over(other, text):
        said = f"“{text.label}”{other.number or ''}已经有了结果，不必等待"
        raise BadInput({step.names.fact: said}, article=step.article)


def returned(text: Procedure, given: CaseFile) -> list[Operation]:
    """What a case that has its result hands back to the one that opened it."""
    back = {name: said for step in text.steps if step.opens and step.opens.system == given.system
            for name, said in step.opens.returns.items()}  # fmt: skip
    return [set_fact(name, given.facts[said]) for name, said in back.items() if given.facts.get(said) is not None]


def ended_waiting(other: int, label: str) -> list[Operation]:
    """What a case that concludes says of the one that waited for it."""
    key = f"{Relation.AWAITED}-{other}"
    link = put("link", key, other=other, relation=Relation.AWAITED.value, effect=None, label=label)
    return [link, put("link", key, effect=Effect.OVER.value)]


def hear(
    case: CaseFile, procedure: Procedure, step: Step, effect: Effect, giver: tuple[int, str], act: Act, env: Env,
    because: str = "", back: Sequence[Operation] = (),
) -> Decision:  # fmt: skip
    """What an effect changes in the case that it reaches; what was decided there stays.

    giver: case and its label; back: what that case hands back.
    """
    trial = case.copy()
    other, label = giver
    key = case.next_key("link", f"{Relation.EFFECT}-{other}")
    link = put("link", key, other=other, relation=Relation.EFFECT.value, effect=effect.value, label=label)
    operations = [mark_done(step.name, act.day, act.actor), link, *back]
    apply(trial, operations)
    what = Happening(act.day, step.name, because=because)
    operations += (more := list(timekeeping.stop(trial, procedure, what, env)))
    apply(trial, more)
    operations += (more := list(timekeeping.pause(trial, procedure, what)))
    apply(trial, more)
    return Decision([*operations, *timekeeping.start(trial, procedure, what, env)], opens=step.opens)


# ---------------------------------------------------------------- silence


def silence(due: timekeeping.DueLapse) -> Step:
    """As what step a lapse stands in the record: the one it deems, or the running out of the period itself."""
    declared = due.clock.lapse
    assert declared is not None  # only clocks with a lapse fall due
    if declared.effect == "deems" and declared.step:
        return replace(declared.step, article=declared.article)
    label = f"{due.clock.label}期限届满：{declared.sentence}"
    return Step(name=f"lapse:{due.clock.name}", label=label, by=(SYSTEM,), article=declared.article)


def lapse(case: CaseFile, procedure: Procedure, due: timekeeping.DueLapse, env: Env) -> Decision:
    """The event of silence for one clock that ran out: marks it, deems the step, opens what it opens."""
    declared = due.clock.lapse
    assert declared is not None
    operations = [put("clock", due.key, lapsed={"effect": declared.effect.value, "day": due.day.isoformat()})]
    trial = case.copy()
    apply(trial, operations)
    party = trial.table("clock")[due.key]["party"]
    ended = Happening(due.day, ended=((due.clock.name, party, due.day),))
    more = list(timekeeping.start(trial, procedure, ended, env))
    apply(trial, more)
    operations += more
    if declared.effect != "deems" or declared.step is None:
        return Decision(operations)
    deemed = _perform(trial, procedure, Act(declared.step, due.day, None), env)
    return Decision(operations + deemed.operations, deemed.papers, deemed.opens, changing=deemed.changing)
