"""Judges a declaration when it loads: every fault is a sentence that names the procedure and the word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from string import Formatter

from fadu.rules.errors import DeclarationError, FaduError
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.law import Kind, Library, Unit, Version
from fadu.rules.procedure import (
    SYSTEM,
    Choose,
    Clock,
    Done,
    EndOf,
    FactDay,
    InPaper,
    Items,
    LapseEffect,
    Lead,
    Paper,
    PartyRole,
    Period,
    Procedure,
    Role,
    Served,
    Step,
)

DAYS = ("date", "moment")
"""Widgets of facts that state a day."""


def judge(procedure: Procedure, library: Library, documents: Path) -> None:
    """Raises DeclarationError with every fault found. documents: folder of the room's templates."""
    where = f"{procedure.label}（{procedure.statute} {procedure.version}）"
    faults = list(_faults(procedure, library, documents))
    if faults:
        raise DeclarationError(
            f"程序声明有误：{where}：" + "；".join(faults),
            todo=f"请修改声明 {procedure.system} {procedure.version}。",
        )


def version_of(procedure: Procedure, library: Library) -> Version:
    """The version of the statute that the procedure is written under."""
    for version in library.statute(procedure.statute).versions:
        if version.label == procedure.version:
            return version
    raise DeclarationError(f"法律库中没有《{procedure.statute}》{procedure.version}版（程序 {procedure.system}）")


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
    yield from _agreement(procedure)
    yield from _title(procedure)
    yield from _gates(procedure, fields)
    for clock in procedure.clocks:
        yield from _clock(procedure, clock, fields)
        yield from _periods(procedure, clock, fields, library)
    for lead in procedure.leads:
        yield from _lead(procedure, lead, fields, library)
    for paper in procedure.papers:
        if not (documents / f"{paper.template or paper.name}.md").is_file():
            yield f"文书“{paper.label}”没有模板 documents/{paper.template or paper.name}.md"
    if procedure.items:
        missing = {str(code) for code in procedure.items.outcome} - set(procedure.items.weight)
        if missing:
            yield f"{procedure.items.label}的结果没有排出轻重：{'、'.join(sorted(missing))}"


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
    if step.track is not None and step.track not in procedure.tracks:
        yield f"步骤“{step.label}”的环节“{step.track.label}”没有声明"
    for role in (*step.parties, *(by for by in step.by if isinstance(by, PartyRole))):
        if role not in procedure.parties:
            yield f"步骤“{step.label}”的当事人“{role.label}”没有声明"
    if not step.by:
        yield f"步骤“{step.label}”没有写由谁办理"
    if (step.items or step.outcomes) and procedure.items is None:
        yield f"步骤“{step.label}”涉及分项，但程序没有声明分项"


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


def _gates(procedure: Procedure, fields: Mapping[str, FactField]) -> Iterator[str]:
    known = _known_words(procedure, fields)
    for step in procedure.steps:
        for gate in step.gates:
            for word in gate.reads:
                if word not in known:
                    yield f"步骤“{step.label}”的条件 {gate.name} 读取了未知的内容 {word}"


def _clock(procedure: Procedure, clock: Clock, fields: Mapping[str, FactField]) -> Iterator[str]:
    if isinstance(clock.bearer, PartyRole) and clock.bearer not in procedure.parties:
        yield f"期限“{clock.label}”的承担者没有声明"
    if not isinstance(clock.bearer, Role | PartyRole):
        yield f"期限“{clock.label}”没有承担者"
    if clock.lapse is None and not clock.waits:
        yield f"期限“{clock.label}”没有写明届满的后果"
    if not clock.until and not clock.waits and not (clock.lapse and clock.lapse.effect is LapseEffect.EXPIRES):
        yield f"期限“{clock.label}”没有写明由哪一步完成"
    paused = [step for pause in clock.pauses for step in (pause.begin, *pause.end, *pause.void_by)]
    extended = [step for extension in clock.extensions for step in (extension.by, extension.after) if step]
    triggered = list(clock.after.steps) if isinstance(clock.after, Done) else []
    for step in (*clock.until, *paused, *extended, *triggered):
        if step not in procedure.steps:
            yield f"期限“{clock.label}”所指的步骤“{step.label}”不在本程序中"
    if clock.posted and (clock.posted not in fields or fields[clock.posted].widget not in DAYS):
        yield f"期限“{clock.label}”的交邮之日 {clock.posted} 不是日期"
    for extension in clock.extensions:
        for amount in (extension.amount, extension.set_by.fact if extension.set_by else None):
            if amount and (amount not in fields or fields[amount].widget != "number"):
                yield f"期限“{clock.label}”的延长天数 {amount} 不是数字"
    notices = [pause.counts_if for pause in clock.pauses] + [extension.counts_if for extension in clock.extensions]
    for notice in filter(None, notices):
        yield from _served(procedure, clock, notice, "的中止、延长以送达为条件")
    yield from _whose(procedure, clock)
    yield from _trigger(procedure, clock, fields)
    yield from _lapse(procedure, clock)


def _served(procedure: Procedure, clock: Clock, service: Served, why: str) -> Iterator[str]:
    paper, on = service.paper, service.on
    if paper not in procedure.papers or on not in paper.to:
        yield f"期限“{clock.label}”{why}：《{paper.label}》送达{on.label}，但没有这样的送达"


def _whose(procedure: Procedure, clock: Clock) -> Iterator[str]:
    """A clock of each item or each paper has such rows to be about."""
    if isinstance(clock.per, Items) and clock.per != procedure.items:
        yield f"期限“{clock.label}”按{clock.per.label}各自计算，但程序没有声明这一分项"
    if isinstance(clock.per, Paper) and not (isinstance(clock.after, Served) and clock.after.paper == clock.per):
        yield f"期限“{clock.label}”按每份《{clock.per.label}》各自计算，应当从它送达起算"


def _trigger(procedure: Procedure, clock: Clock, fields: Mapping[str, FactField]) -> Iterator[str]:
    match clock.after:
        case FactDay(fact=fact) if fact not in fields or fields[fact].widget not in DAYS:
            yield f"期限“{clock.label}”的起算日 {fact} 不是日期"
        case Served() as service:
            yield from _served(procedure, clock, service, "从送达起算")
        case EndOf(name) if procedure.clock(name) is None:
            yield f"期限“{clock.label}”所接续的期限 {name} 没有声明"
    match clock.period:
        case Choose(fact, periods):
            field = fields.get(fact)
            closed = {str(c) for c in field.choices} if field and field.choices else {"true", "false"}
            if field is None or closed != set(periods):
                wrong = "、".join(sorted(closed ^ set(periods)))
                label = field.fact.label if field else fact
                yield f"期限“{clock.label}”没有为“{label}”的每一种情形写明长度（缺少或者多出：{wrong}）"
        case InPaper(fact) if fact not in fields or fields[fact].widget != "number":
            yield f"期限“{clock.label}”的文书所定天数 {fact} 不是数字"


def _lapse(procedure: Procedure, clock: Clock) -> Iterator[str]:
    lapse = clock.lapse
    if lapse is None:
        return
    if lapse.effect in (LapseEffect.DEEMS, LapseEffect.FORFEITS) and lapse.step not in procedure.steps:
        yield f"期限“{clock.label}”届满后的步骤没有声明"
    if lapse.effect is LapseEffect.DEEMS and lapse.step and lapse.step.by != (SYSTEM,):
        yield f"期限“{clock.label}”届满视为的步骤“{lapse.step.label}”必须由法定期限触发"
    if lapse.effect is LapseEffect.DEEMS and lapse.step and (lapse.step.gates or lapse.step.takes):
        yield f"期限“{clock.label}”届满视为的步骤“{lapse.step.label}”不能有条件，也不能有必填的内容：没有人在办理"
    for name in lapse.opens:
        other = procedure.clock(name)
        if other is None or other.after != EndOf(clock.name):
            yield f"期限“{clock.label}”届满后打开的期限 {name} 没有从它的届满起算"


def _periods(procedure: Procedure, clock: Clock, fields: Mapping[str, FactField], library: Library) -> Iterator[str]:
    match clock.period:
        case Period() as period:
            periods = [period]
        case Choose(_, chosen):
            periods = list(chosen.values())
        case _:
            periods = []
    try:
        version = version_of(procedure, library)
    except FaduError as fault:
        yield fault.message
        return
    for period in periods:
        for day in _probes(version):
            try:
                rule = library.period(period.statute, period.name, day)
                if period.moved_to and rule.before:
                    library.period(period.moved_to.statute, period.moved_to.name, rule.before)
            except FaduError as fault:
                yield f"期限“{clock.label}”：{fault.message}"
                break
            if not rule.article:
                yield f"期限“{clock.label}”没有条文依据"
            if rule.unit is Unit.HOUR and not _states_minute(clock, fields):
                yield f"期限“{clock.label}”按小时计算，应当从写明时刻的事实（Moment）起算"
            if rule.kind is Kind.LEAD:
                yield f"期限“{clock.label}”在法律中是提前期，应当声明为 Lead"


def _states_minute(clock: Clock, fields: Mapping[str, FactField]) -> bool:
    after = clock.after
    return isinstance(after, FactDay) and after.fact in fields and fields[after.fact].widget == "moment"


def _lead(procedure: Procedure, lead: Lead, fields: Mapping[str, FactField], library: Library) -> Iterator[str]:
    if lead.before not in fields or fields[lead.before].widget != "date":
        yield f"提前期“{lead.label}”所对的日期 {lead.before} 不是日期"
    if lead.notice not in procedure.papers:
        yield f"提前期“{lead.label}”的《{lead.notice.label}》没有步骤制作"
    for role in lead.on:
        if role not in lead.notice.to:
            yield f"提前期“{lead.label}”要求通知{role.label}，但《{lead.notice.label}》不送达{role.label}"
    try:
        for day in _probes(version_of(procedure, library)):
            library.period(lead.period.statute, lead.period.name, day)
    except FaduError as fault:
        yield f"提前期“{lead.label}”：{fault.message}"


def _probes(version: Version) -> list[date]:
    """Days on which the period must exist: the version's last day, or its first when it is open."""
    if version.before is not None:
        return [version.before - timedelta(days=1)]
    return [version.since] if version.since is not None else []
