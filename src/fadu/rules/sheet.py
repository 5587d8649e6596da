"""The procedure sheet 办事程序: a declaration in the words of people, made from nothing but the declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fadu.rules.facts import ClosedList, FactField, fact_fields
from fadu.rules.judge_time import version_of
from fadu.rules.law import Library, Rule
from fadu.rules.procedure import (
    Actor,
    Choose,
    Clock,
    Done,
    Earliest,
    EndOf,
    FactDay,
    InPaper,
    Items,
    Latest,
    OnTrack,
    Overturned,
    Paper,
    Period,
    Procedure,
    Served,
    State,
    Step,
    UntilDay,
    Wait,
)
from fadu.rules.time_words import Single


@dataclass(frozen=True, slots=True)
class Row:
    """One step, period or paper: its name, its article, and what there is to say, a sentence each."""

    label: str
    article: str | None
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term(Row):
    """A period: its length in words, and whose it is; nobody's by name where it is a notice in advance."""

    length: str
    bearer: Actor | None


def steps(procedure: Procedure) -> list[Row]:
    """Every step: by whom, when, what it needs and leaves."""
    return [Row(step.label, step.article, tuple(_step(procedure, step))) for step in procedure.steps]


def _step(procedure: Procedure, step: Step) -> Iterator[str]:
    facts = fact_fields(procedure.facts)
    effects = "、".join(f"“{when.effect.label}”" for when in procedure.on if when.step == step)
    who = f"关联案件使本案{effects}时由系统记录" if effects else "、".join(actor.label for actor in step.by)
    yield f"办理：{who}{'，须经呈批' if step.agreed else ''}"
    if step.opening:
        yield "由此立案"
    elif step.track:
        where = f"，案件处于{_states(step.within)}" if step.within else ""
        yield f"条件：“{step.track.label}”处于{_states(step.at)}{where}"
    elif step.at:
        yield f"条件：案件处于{_states(step.at)}"
    for gate in procedure.gates_of(step):
        yield f"不能办理的情形：{gate.sentence}" + (f"（{gate.article}）" if gate.article else "")
    if step.parties:
        yield f"登记：{'、'.join(role.label for role in step.parties)}"
    if step.items and procedure.items:
        yield f"登记：{procedure.items.label}"
    if step.takes:
        yield f"填写：{'、'.join(facts[name].fact.label for name in step.takes)}"
    if step.may_take:
        yield f"可以填写：{'、'.join(facts[name].fact.label for name in step.may_take)}"
    if step.told_by:
        yield f"外部发生，由“{facts[step.told_by].fact.label}”得知：另填知悉日期"
    if step.outcomes and procedure.items:
        outcomes = "、".join(code.label for code in procedure.items.outcome)
        yield f"对每一项{procedure.items.label}选择结果：{outcomes}"
    if step.issues:
        yield f"制作：{'、'.join(f'《{paper.label}》' for paper in step.issues)}"
    if step.reserved:
        yield f"代理人办理：须有“{step.reserved.act.label}”的特别授权（{step.reserved.agent}）"
        if step.reserved.representative:
            yield f"代表人办理：须经被代表的当事人同意（{step.reserved.representative}）"
    yield from _linked(step, facts)
    if step.to:
        yield f"办理后：{f'“{step.track.label}”' if step.track else '案件'}处于“{step.to.label}”"


def _linked(step: Step, facts: Mapping[str, FactField]) -> Iterator[str]:
    if step.names:
        agents = "，其代理人列为拟任代理人" if step.names.agents else ""
        yield f"关联案件：“{facts[step.names.fact].fact.label}”所写案号的案件{agents}"
    if step.consequence:
        field = facts[step.consequence.fact]
        said = [
            f"“{_value(field.choices, code)}”：{effect.label if effect else '不受影响'}"
            for code, effect in step.consequence.effects.items()
        ]
        yield f"对所关联案件的影响：{'；'.join(said)}"


def _states(states: tuple[State, ...]) -> str:
    return "、".join(f"“{state.label}”" for state in states)


def papers(procedure: Procedure) -> list[Row]:
    """Every paper and on whom it is served."""
    return [Row(f"《{paper.label}》", None, tuple(_paper(paper))) for paper in procedure.papers]


def _paper(paper: Paper) -> Iterator[str]:
    if paper.to:
        yield f"送达：{'、'.join(role.label for role in paper.to)}"
    if paper.series:
        yield f"编号：{paper.series}"
    yield f"可见：{paper.audience.label}{'；可以向社会公开' if paper.publish else ''}"


def periods(procedure: Procedure, library: Library) -> list[Term]:
    """Every period and every notice in advance, with its length on the last day (or first, if open) of the text."""
    version = version_of(procedure, library)
    day = version.before - timedelta(days=1) if version.before else version.since or date.min
    rows = [_term(procedure, clock, library, day) for clock in procedure.clocks]
    for lead in procedure.leads:
        rule = library.period(lead.period.statute, lead.period.name, day)
        on = "、".join(role.label for role in lead.on) or "社会（公布）"
        label = fact_fields(procedure.facts)[lead.before].fact.label
        agreed = f"，或者由其“{lead.consent.label}”" if lead.consent else ""
        told = f"“{label}”{rule.in_words}将《{lead.notice.label}》送达{on}{agreed}"
        rows.append(Term(lead.label, rule.cite, (told,), rule.in_words, None))
    return rows


def _term(procedure: Procedure, clock: Clock, library: Library, day: date) -> Term:
    length = _length(procedure, clock, library, day)
    details = (f"长度：{length}", *_clock(procedure, clock))
    return Term(clock.label, _cited(clock, library, day), details, length, clock.bearer)


def _addressed(clock: Clock) -> list[Period]:
    match clock.period:
        case Period() as period:
            return [period]
        case Choose(_, chosen) | OnTrack(_, chosen):
            return list(chosen.values())
        case InPaper(at_most=most, default=default):
            return [period for period in (most, default) if period]
        case UntilDay():
            return []


def _cited(clock: Clock, library: Library, day: date) -> str:
    rules = [library.period(period.statute, period.name, day) for period in _addressed(clock)]
    own = [clock.period.article] if isinstance(clock.period, InPaper | UntilDay) else []
    return "；".join(dict.fromkeys([*own, *(rule.cite for rule in rules)]))


def _clock(procedure: Procedure, clock: Clock) -> Iterator[str]:
    yield f"起算：{_start(procedure, clock)}"
    yield f"由{clock.bearer.label}承担" + (f"，每名{clock.per.label}各自计算" if clock.per else "")
    if clock.until:
        yield f"完成：{'、'.join(f'“{step.label}”' for step in clock.until)}"
    if clock.posted:
        yield f"期满前交邮的不算过期（{fact_fields(procedure.facts)[clock.posted].fact.label}）"
    for pause in clock.pauses:
        ends = "、".join(f"“{step.label}”" for step in pause.end)
        yield f"{pause.kind.label}：自“{pause.begin.label}”至{ends}（{pause.article}）"
    for extension in clock.extensions:
        yield f"延长：“{extension.by.label}”" + (f"，限于“{extension.after.label}”之后" if extension.after else "")
    if isinstance(clock, Wait):
        yield from _cut(procedure, clock)
    if clock.lapse:
        yield f"届满（{clock.lapse.effect.label}）：{clock.lapse.told}"


def _cut(procedure: Procedure, wait: Wait) -> Iterator[str]:
    """How a minimum wait may end early."""
    if wait.waived_by:
        yield f"当事人可以放弃：{'、'.join(f'“{step.label}”' for step in wait.waived_by)}"
    if wait.shortened_by:
        length = fact_fields(procedure.facts)[wait.shortened_by.to.fact].fact.label
        yield f"可以缩短：“{wait.shortened_by.by.label}”，写明理由和“{length}”（{wait.shortened_by.to.article}）"


def _length(procedure: Procedure, clock: Clock, library: Library, day: date) -> str:
    def words(period: Period) -> str:
        rule: Rule = library.period(period.statute, period.name, day)
        by_law = any(extension.set_by is None for extension in clock.extensions)
        more = f"；{rule.extension.in_words}" if by_law and rule.extension else ""
        return rule.in_words + more

    match clock.period:
        case Period() as period:
            return words(period)
        case Choose(fact, chosen):
            field = fact_fields(procedure.facts)[fact]
            options = [f"{_value(field.choices, code)}：{words(period)}" for code, period in chosen.items()]
            return f"按“{field.fact.label}”，{'；'.join(options)}"
        case OnTrack(track, chosen):
            named = {state.name: state.label for state in procedure.track_states(track)}
            options = [f"{named[state]}：{words(period)}" for state, period in chosen.items()]
            return f"随{track.label}，{'；'.join(options)}"
        case InPaper() as length:
            text = f"由文书确定（{fact_fields(procedure.facts)[length.fact].fact.label}）"
            text += f"，不超过{words(length.at_most)}" if length.at_most else ""
            return text + (f"；文书没有写明的，{words(length.default)}" if length.default else "")
        case UntilDay(fact=fact):
            of = clock.per.model if isinstance(clock.per, Items) else procedure.facts
            return f"到文书确定的“{fact_fields(of)[fact].fact.label}”为止"


def _value(choices: type[ClosedList] | None, code: str) -> str:
    return choices.label_of(code) if choices else {"true": "是", "false": "否"}.get(code, code)


def _start(procedure: Procedure, clock: Clock) -> str:
    days = [_day(procedure, trigger) for trigger in clock.triggers]
    several = f"，以其中{clock.after.word}为准" if isinstance(clock.after, Earliest | Latest) else ""
    return "；".join(days) + several


def _day(procedure: Procedure, trigger: Single) -> str:
    match trigger:
        case Done(done, learned):
            return ("知悉" if learned else "") + "、".join(f"“{step.label}”" for step in done) + "之日"
        case Served(paper, on):
            return f"《{paper.label}》送达{on.label}之日"
        case FactDay(fact=fact):
            return f"“{fact_fields(procedure.facts)[fact].fact.label}”"
        case Overturned(paper, steps):
            return f"《{paper.label}》公开以后" + "、".join(f"“{step.label}”" for step in steps) + "之日"
        case EndOf(name):
            other = procedure.clock(name)
            return f"“{other.label if other else name}”期限届满之日"
