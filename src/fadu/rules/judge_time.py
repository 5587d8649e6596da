"""Judges the words of time of a declaration: clocks, their triggers, periods and lapses, notices in advance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from fadu.rules.errors import DeclarationError, FaduError
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.law import Kind, Library, Unit, Version
from fadu.rules.procedure import (
    SYSTEM,
    Choose,
    Clock,
    Does,
    Done,
    Earliest,
    EndOf,
    FactDay,
    InPaper,
    Items,
    LapseEffect,
    Latest,
    Lead,
    OnTrack,
    Overturned,
    Paper,
    PartyRole,
    Period,
    Procedure,
    Role,
    Served,
    Step,
    UntilDay,
    Wait,
)

DAYS = ("date", "moment")
"""Widgets of facts that state a day."""
PAPER_UNITS = {Unit.DAY.value, Unit.WORKDAY.value, Unit.MONTH.value, Unit.YEAR.value}


def version_of(procedure: Procedure, library: Library) -> Version:
    """The version of the statute that the procedure is written under."""
    for version in library.statute(procedure.statute).versions:
        if version.label == procedure.version:
            return version
    raise DeclarationError(f"法律库中没有《{procedure.statute}》{procedure.version}版（程序 {procedure.system}）")


def faults_of_time(procedure: Procedure, fields: Mapping[str, FactField], library: Library) -> Iterator[str]:
    """Every fault of the procedure's clocks and leads, a sentence each."""
    for clock in procedure.clocks:
        yield from _clock(procedure, clock, fields)
        yield from _periods(procedure, clock, fields, library)
    for lead in procedure.leads:
        yield from _lead(procedure, lead, fields, library)


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
    triggered = [step for trigger in clock.triggers if isinstance(trigger, Done | Overturned) for step in trigger.steps]
    for step in (*clock.until, *paused, *extended, *triggered):
        if step not in procedure.steps:
            yield f"期限“{clock.label}”所指的步骤“{step.label}”不在本程序中"
    if clock.posted and (clock.posted not in fields or fields[clock.posted].widget not in DAYS):
        yield f"期限“{clock.label}”的交邮之日 {clock.posted} 不是日期"
    for pause in clock.pauses:
        for name in pause.lasted or ():
            if name not in pause.begin.takes or name not in fields or fields[name].widget not in DAYS:
                yield f"期限“{clock.label}”被耽误的时间 {name} 不是步骤“{pause.begin.label}”必须填写的日期"
    for extension in clock.extensions:
        for amount in (extension.amount, extension.set_by.fact if extension.set_by else None):
            if amount and (amount not in fields or fields[amount].widget != "number"):
                yield f"期限“{clock.label}”的延长天数 {amount} 不是数字"
        if extension.set_by:
            yield from _length(procedure, clock, extension.set_by, fields)
            if extension.set_by.at_most or extension.set_by.default:
                yield f"期限“{clock.label}”由文书确定的延长不能另有法定长度，有的请用 amount"
    notices = [pause.counts_if for pause in clock.pauses] + [extension.counts_if for extension in clock.extensions]
    for notice in filter(None, notices):
        yield from _served(procedure, clock, notice, "的中止、延长以送达为条件")
    if isinstance(clock, Wait):
        yield from _cut(procedure, clock, fields)
    yield from _whose(procedure, clock)
    yield from _trigger(procedure, clock, fields)
    yield from _lapse(procedure, clock)


def _cut(procedure: Procedure, wait: Wait, fields: Mapping[str, FactField]) -> Iterator[str]:
    """Only whom a wait protects gives it up, each for himself; whoever shortens it gives a reason and a length."""
    for step in wait.waived_by:
        if step not in procedure.steps:
            yield f"期限“{wait.label}”所指的步骤“{step.label}”不在本程序中"
        if not all(isinstance(actor, PartyRole) for actor in step.by):
            yield f"期限“{wait.label}”只能由当事人放弃，步骤“{step.label}”不是由当事人办理的"
        if any(isinstance(actor, PartyRole) and actor.many and actor != wait.per for actor in step.by):
            yield f"期限“{wait.label}”可以由多名当事人分别放弃，应当按当事人各自计算（per）"
    shortening = wait.shortened_by
    if shortening is None:
        return
    step, length = shortening.by, shortening.to
    if step not in procedure.steps or step.reason is None or length.fact not in step.takes:
        yield f"期限“{wait.label}”由步骤“{step.label}”缩短，这一步应当在本程序中，并要求写明理由和缩短后的长度"
    if length.at_most or length.default:
        yield f"期限“{wait.label}”缩短后的长度不能另有法定长度"
    yield from _length(procedure, wait, length, fields)


def _served(procedure: Procedure, clock: Clock, service: Served, why: str) -> Iterator[str]:
    paper, on = service.paper, service.on
    if paper not in procedure.papers or on not in paper.to:
        yield f"期限“{clock.label}”{why}：《{paper.label}》送达{on.label}，但没有这样的送达"


def _whose(procedure: Procedure, clock: Clock) -> Iterator[str]:
    """A clock of each item or each paper has such rows to be about."""
    if isinstance(clock.per, Items) and clock.per != procedure.items:
        yield f"期限“{clock.label}”按{clock.per.label}各自计算，但程序没有声明这一分项"
    after = clock.after
    if isinstance(clock.per, Paper) and not (isinstance(after, Served | Overturned) and after.paper == clock.per):
        otherwise = "，或者从公开以后被撤销等起算"
        yield f"期限“{clock.label}”按每份《{clock.per.label}》各自计算，应当从它送达起算{otherwise}"


def _overturned(procedure: Procedure, clock: Clock, after: Overturned) -> Iterator[str]:
    """What was public is retracted, paper by paper."""
    if not after.paper.publish or after.paper != clock.per:
        yield f"期限“{clock.label}”从公开以后被撤销等起算，应当按可以公开的文书各自计算（per）"
    if not any(step.does is Does.RETRACTS and step in procedure.steps for step in clock.until):
        yield f"期限“{clock.label}”从公开以后被撤销等起算，应当由撤回公开的步骤答复"


def _trigger(procedure: Procedure, clock: Clock, fields: Mapping[str, FactField]) -> Iterator[str]:
    for trigger in clock.triggers:
        match trigger:
            case Done(steps, learned=True):
                inside = "、".join(step.label for step in steps if step.told_by is None)
                if inside:
                    yield f"期限“{clock.label}”从知悉之日起算，但步骤“{inside}”没有写明由哪份文书得知（told_by）"
            case FactDay(fact=fact) if fact not in fields or fields[fact].widget not in DAYS:
                yield f"期限“{clock.label}”的起算日 {fact} 不是日期"
            case Served() as service:
                yield from _served(procedure, clock, service, "从送达起算")
            case Overturned() as after:
                yield from _overturned(procedure, clock, after)
            case EndOf(name) if procedure.clock(name) is None:
                yield f"期限“{clock.label}”所接续的期限 {name} 没有声明"
    if isinstance(clock.after, Earliest | Latest):
        yield from _several(clock, clock.after, fields)
    match clock.period:
        case Choose(fact, periods):
            field = fields.get(fact)
            closed = {str(c) for c in field.choices} if field and field.choices else {"true", "false"}
            if field is None or closed != set(periods):
                wrong = "、".join(sorted(closed ^ set(periods)))
                label = field.fact.label if field else fact
                yield f"期限“{clock.label}”没有为“{label}”的每一种情形写明长度（缺少或者多出：{wrong}）"
        case OnTrack(track, periods):
            known = {state.name for state in procedure.track_states(track)} if track in procedure.tracks else set()
            if known != set(periods):
                wrong = "、".join(sorted(known ^ set(periods)))
                yield f"期限“{clock.label}”没有为环节“{track.label}”的每一种状态写明长度（缺少或者多出：{wrong}）"
        case InPaper() as length:
            yield from _length(procedure, clock, length, fields)
            for step in [] if length.default else _starting(procedure, clock):
                if length.fact not in step.takes:
                    yield f"期限“{clock.label}”的长度由文书确定，步骤“{step.label}”使它起算，却没有要求写明长度"
        case UntilDay(fact=fact):
            yield from _last_day(procedure, clock, fact, fields)


def _last_day(procedure: Procedure, clock: Clock, fact: str, fields: Mapping[str, FactField]) -> Iterator[str]:
    """Who starts the clock says its last day: of the case, or of each item whose clock it is."""
    of = fact_fields(clock.per.model) if isinstance(clock.per, Items) else fields
    if fact not in of or of[fact].widget != "date":
        yield f"期限“{clock.label}”的最后一日 {fact} 不是日期"
    for step in _starting(procedure, clock):
        if not (step.items if isinstance(clock.per, Items) else fact in step.takes):
            yield f"期限“{clock.label}”的最后一日由文书确定，步骤“{step.label}”使它起算，却没有要求写明"


def _several(clock: Clock, after: Earliest | Latest, fields: Mapping[str, FactField]) -> Iterator[str]:
    """Several days are compared: more than one, each a day, each of its own time."""
    if not after.of[1:]:
        yield f"期限“{clock.label}”的起算只有一项，不必比较先后"
    for trigger in after.of:
        if isinstance(trigger, FactDay):
            if trigger.looking_back:
                yield f"期限“{clock.label}”的起算由几项比较先后，其中的 {trigger.fact} 不能回溯（looking_back）"
            if trigger.fact in fields and fields[trigger.fact].widget != "date":
                yield f"期限“{clock.label}”的起算由几项比较先后，{trigger.fact} 应当是日期"


def _length(procedure: Procedure, clock: Clock, length: InPaper, fields: Mapping[str, FactField]) -> Iterator[str]:
    """What a paper sets: a number, and of what."""
    if length.fact not in fields or fields[length.fact].widget != "number":
        yield f"期限“{clock.label}”的文书所定长度 {length.fact} 不是数字"
    if isinstance(length.unit, Unit):
        if length.unit is Unit.HOUR:
            yield f"期限“{clock.label}”由文书确定，不能按小时计算"
        return
    field = fields.get(length.unit)
    if field is None or not field.choices or {str(code) for code in field.choices} - PAPER_UNITS:
        yield f"期限“{clock.label}”的单位 {length.unit} 不是由日、工作日、月、年组成的名单"
    for step in procedure.steps:
        if length.fact in step.takes and length.unit not in step.takes:
            yield f"步骤“{step.label}”写明期限“{clock.label}”的长度，却没有要求写明单位"


def _starting(procedure: Procedure, clock: Clock) -> Iterator[Step]:
    """The steps that bring the clock's start about, so that the case knows its length from then on."""
    for trigger in clock.triggers:
        match trigger:
            case Done(steps) | Overturned(steps=steps):
                yield from steps
            case Served(paper):
                yield from (step for step in procedure.steps if paper in step.issues)
            case FactDay(fact=fact):
                yield from (step for step in procedure.steps if fact in (*step.takes, *step.may_take))
            case EndOf():
                yield from procedure.opening


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
    if lapse.unless and lapse.effect is not LapseEffect.FORFEITS:
        yield f"期限“{clock.label}”只有须由人认定的后果才可以有除外情形（unless）"
    for name in lapse.opens:
        other = procedure.clock(name)
        if other is None or EndOf(clock.name) not in other.triggers:
            yield f"期限“{clock.label}”届满后打开的期限 {name} 没有从它的届满起算"


def _periods(procedure: Procedure, clock: Clock, fields: Mapping[str, FactField], library: Library) -> Iterator[str]:
    match clock.period:
        case Period() as period:
            periods = [period]
        case Choose(_, chosen) | OnTrack(_, chosen):
            periods = list(chosen.values())
        case InPaper(at_most=most, default=default):
            periods = [period for period in (most, default) if period]
        case UntilDay():
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
            if isinstance(clock.period, InPaper) and rule.amount is None:
                yield f"期限“{clock.label}”所依据的{period}没有写明长度"
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
    if not lead.on and not lead.notice.publish:
        yield f"提前期“{lead.label}”没有写明通知谁，《{lead.notice.label}》也不向社会公开"
    for role in lead.on:
        if role not in lead.notice.to:
            yield f"提前期“{lead.label}”要求通知{role.label}，但《{lead.notice.label}》不送达{role.label}"
    step = lead.consent
    if step and (step not in procedure.steps or not set(step.by) <= set(lead.on)):
        yield f"提前期“{lead.label}”由步骤“{step.label}”同意，这一步应当在本程序中，并由受通知的当事人办理"
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
