"""Judges a declaration when it loads: every fault is a sentence that names the procedure and the word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from fadu.rules.errors import DeclarationError
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.judge_linked import faults_of_links
from fadu.rules.judge_people import faults_of_people
from fadu.rules.judge_time import faults_of_time
from fadu.rules.law import Library
from fadu.rules.online import faults_of_online
from fadu.rules.procedure import Does, PartyRole, Procedure, Step
from fadu.rules.register_words import faults_of_changes

REGISTER = "register:"
"""What a gate reads of a list; that the list is declared is judged by the registry, which knows them all."""


def judge(procedure: Procedure, library: Library, documents: Path) -> None:
    """Raises DeclarationError with every fault found. documents: folder of the room's templates."""
    where = f"{procedure.label}（{procedure.statute} {procedure.version}）"
    faults = list(_faults(procedure, library, documents))
    if faults:
        raise DeclarationError(
            f"程序声明有误：{where}：" + "；".join(faults),
            todo=f"请修改声明 {procedure.system} {procedure.version}。",
        )


def _faults(procedure: Procedure, library: Library, documents: Path) -> Iterator[str]:
    try:
        fields = fact_fields(procedure.facts)
    except TypeError as fault:
        yield str(fault)
        return
    yield from _names(procedure)
    yield from _states(procedure)
    for step in procedure.steps:
        yield from _step(procedure, step, fields)
        yield from faults_of_changes(procedure, step, fields)
    yield from _outside(procedure)
    yield from _agreement(procedure)
    yield from _title(procedure)
    yield from faults_of_links(procedure, fields)
    yield from faults_of_people(procedure, fields, library)
    yield from faults_of_online(procedure, fields, library)
    yield from _gates(procedure, fields, library)
    yield from faults_of_time(procedure, fields, library)
    for paper in procedure.papers:
        if not (documents / f"{paper.template or paper.name}.md").is_file():
            yield f"文书“{paper.label}”没有模板 documents/{paper.template or paper.name}.md"
    if procedure.items:
        missing = {str(code) for code in procedure.items.outcome} - set(procedure.items.weight)
        if missing:
            yield f"{procedure.items.label}的结果没有排出轻重：{'、'.join(sorted(missing))}"
        if not procedure.items.weight and any(step.outcomes for step in procedure.steps):
            yield f"{procedure.items.label}没有结果的名单，步骤不能给出结果"


def _names(procedure: Procedure) -> Iterator[str]:
    for kind, names in {
        "状态": [state.name for state in procedure.states],
        "步骤": [step.name for step in procedure.steps],
        "期限": [clock.name for clock in procedure.clocks],
        "环节": [track.name for track in procedure.tracks],
        "当事人": [role.name for role in procedure.parties],
    }.items():
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{kind} {name} 出现了不止一次"
    for kind, labels in {
        "状态": [state.label for state in procedure.states],
        "步骤": [step.label for step in procedure.steps],
        "期限": [clock.label for clock in procedure.clocks],
        "文书": [paper.label for paper in procedure.papers],
        "当事人": [role.label for role in procedure.parties],
        "事实": [field.fact.label for field in fact_fields(procedure.facts).values()],
    }.items():
        for label in sorted({label for label in labels if labels.count(label) > 1}):
            yield f"{kind}“{label}”这一名称用了不止一次"


def _states(procedure: Procedure) -> Iterator[str]:
    if not procedure.opening:
        yield "没有能够立案的步骤"
    steps = [step for step in procedure.steps if step.track is None]
    reached = {step.to for step in procedure.opening}
    grown = True
    while grown:
        more = {step.to for step in steps if step.to and set(step.at) & reached} - reached
        reached |= more
        grown = bool(more)
    for state in procedure.states:
        if state not in reached:
            yield f"状态“{state.label}”无法到达"
        if not state.final and not any(state in step.at and step.to not in (None, state) for step in steps):
            yield f"状态“{state.label}”不能离开，又不是终结状态"
        if state.final and state.complete:
            yield f"终结状态“{state.label}”不必再写 complete：终结之后没有可办的事"
        if state.final and any(state in step.at for step in steps):
            yield f"终结状态“{state.label}”之后还有步骤"


def _step(procedure: Procedure, step: Step, fields: Mapping[str, FactField]) -> Iterator[str]:
    states = set(procedure.track_states(step.track)) if step.track else set(procedure.states)
    for state in (*step.at, *([step.to] if step.to else [])):
        if state not in states:
            yield f"步骤“{step.label}”的状态“{state.label}”没有声明"
    for name in (*step.takes, *step.may_take, *([step.reason] if step.reason else [])):
        if name not in fields:
            yield f"步骤“{step.label}”的事实 {name} 没有声明"
    for name, value in step.says.items():
        choices = fields[name].choices if name in fields else None
        if choices is None or value not in {str(code) for code in choices} or name in (*step.takes, *step.may_take):
            yield f"步骤“{step.label}”自己写明的 {name} 应当是表单不填写的封闭名单中的一项"
    if step.track is not None and step.track not in procedure.tracks:
        yield f"步骤“{step.label}”的环节“{step.track.label}”没有声明"
    for role in (*step.parties, *(by for by in step.by if isinstance(by, PartyRole))):
        if role not in procedure.parties:
            yield f"步骤“{step.label}”的当事人“{role.label}”没有声明"
    if not step.by:
        yield f"步骤“{step.label}”没有写由谁办理"
    of_the_case = (step.opening, step.track, step.parties, step.items, step.outcomes, step.agreed, step.names)
    if step.together and (any(of_the_case) or procedure.apart(step) or step.does not in (None, Does.ASSIGNS)):
        yield f"步骤“{step.label}”的表单因案而异，不能对多件案件一并办理（together）"
    if (step.items or step.outcomes) and procedure.items is None:
        yield f"步骤“{step.label}”涉及分项，但程序没有声明分项"


def _outside(procedure: Procedure) -> Iterator[str]:
    """What happens outside is told by a paper that the form takes, and is not our own act in any way."""
    for step in procedure.steps:
        if step.told_by is None:
            continue
        if step.told_by not in (*step.takes, *step.may_take):
            yield f"步骤“{step.label}”由 {step.told_by} 得知，但表单不填写这一内容"
        ours = [paper for paper in step.issues if paper.of is None]
        if step.opening or step.does or step.agreed or step.carries or ours:
            yield f"步骤“{step.label}”发生在外部（told_by），不能立案、呈批、制作本机关的文书，也不能是通用步骤"
    for paper in procedure.papers:
        if paper.of and (paper.series or paper.publish or paper.of not in procedure.parties):
            yield f"《{paper.label}》是外来文书，不能有本机关的文号、由本机关公开，来文者应当是当事人"


def _agreement(procedure: Procedure) -> Iterator[str]:
    """A step that needs agreement can only be done when the agreement track and all its steps are there."""
    waiting = [step.label for step in procedure.steps if step.agreed]
    if not waiting:
        return
    track = next((track for track in procedure.tracks if track.agreed), None)
    if track is None:
        yield f"步骤“{'、'.join(waiting)}”需要呈批，但程序没有呈批环节（tracks 中缺 approval.APPROVAL）"
        return
    steps = [step for step in procedure.steps if step.track == track]
    leads = (any(step.carries for step in steps), any(step.to == track.agreed for step in steps))
    if not all(leads) or (track.signed and not any(track.signed in step.at for step in steps)):
        yield f"步骤“{'、'.join(waiting)}”需要呈批，但没有拟稿、审核、用印的步骤（steps 中缺 *approval.STEPS）"


def _title(procedure: Procedure) -> Iterator[str]:
    known = {"label", *procedure.facts.model_fields, *(role.name for role in procedure.parties)}
    for _, name, _, _ in Formatter().parse(procedure.title):
        if name and name not in known:
            yield f"案件标题用到的 {name} 既不是当事人也不是事实"


def _known_words(procedure: Procedure, fields: Mapping[str, FactField]) -> set[str]:
    words = {"items", "papers"} | {f"fact:{name}" for name in fields}
    words |= {f"party:{role.name}" for role in procedure.parties}
    words |= {f"track:{track.name}" for track in procedure.tracks}
    words |= {f"clock:{clock.name}" for clock in procedure.clocks}
    words |= {f"step:{step.name}" for step in procedure.steps}
    words |= {f"paper:{paper.name}" for paper in procedure.papers}
    return words | {f"lead:{lead.name}" for lead in procedure.leads}


def _gates(procedure: Procedure, fields: Mapping[str, FactField], library: Library) -> Iterator[str]:
    known = _known_words(procedure, fields)
    known |= {f"amount:{one.statute}·{one.name}" for one in library.besides.amounts}
    for step in procedure.steps:
        for gate in procedure.gates_of(step):
            for word in gate.reads:
                if word not in known and not word.startswith(REGISTER):
                    yield f"步骤“{step.label}”的条件 {gate.name} 读取了未知的内容 {word}"
