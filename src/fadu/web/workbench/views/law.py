"""法律库: the statutes with their periods on a day; and the sheet that explains a procedure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.facts import fact_fields
from fadu.rules.judge_time import version_of
from fadu.rules.law import LawError, Statute
from fadu.rules.procedure import (
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
    Period,
    Procedure,
    Served,
    Step,
    UntilDay,
)
from fadu.rules.resting import articles
from fadu.rules.time_words import Single
from fadu.web.shared import flow
from fadu.web.shared.officer import me
from fadu.web.shared.words import chinese_day, read_day


@require_safe
def statutes(request: HttpRequest) -> HttpResponse:
    """Every statute of the library, and every procedure in force."""
    with access.session(me(request)) as s:
        wanted = request.GET.get("name", "").strip()
        found: dict[str, list[Statute]] = {}
        for law in sorted(s.env.library.statutes(), key=lambda law: law.place or ""):
            if wanted in law.full_title or wanted in law.title:
                found.setdefault(law.place or "全国", []).append(law)
        rooms = [
            (room.label, [text for name in dict.fromkeys(p.system for p in room.procedures)
                          for text in reversed(s.registry.versions(name))])
            for room in s.registry.rooms
        ]  # fmt: skip
        context = {
            "section": "law",
            "statutes": found,
            "count": sum(map(len, found.values())),
            "name": wanted,
            "rooms": rooms,
        }
        return render(request, "workbench/statutes.html", context)


@require_safe
def statute(request: HttpRequest, slug: str) -> HttpResponse:
    """One statute with its periods as they stand on a day."""
    with access.session(me(request)) as s:
        found = next((law for law in s.env.library.statutes() if law.slug == slug), None)
        if found is None:
            raise NotFound("法规")
        typed, fault = request.GET.get("on", ""), ""
        try:
            on = read_day(typed, "日期", "on") or s.today
        except BadInput as refusal:
            on, fault = s.today, refusal.fields["on"]
        rules = [(name, [rule for rule in series if rule.in_force(on)]) for name, series in found.periods.items()]
        context = {
            "section": "law", "law": found, "on": on, "typed": typed or on.isoformat(), "fault": fault,
            "version": _version(found, on),
            "rules": [(name, current) for name, current in rules if current],
            "besides": [
                one for one in s.env.library.besides.numbers if one.statute == found.title and one.in_force(on)
            ],
            "articles": articles(s.registry, s.env.library, found.title),
            "ended": [name for name, current in rules if not current],
        }  # fmt: skip
        return render(request, "workbench/statute.html", context, status=422 if fault else 200)


def _version(law: Statute, on: Any) -> Any:
    for version in law.versions:
        if (version.since is None or version.since <= on) and (version.before is None or on < version.before):
            return version
    return None


# ---------------------------------------------------------------- a procedure explained


@require_safe
def procedure(request: HttpRequest, system: str, version: str) -> HttpResponse:
    """程序说明: states, steps with gates and articles, periods, tracks, papers."""
    with access.session(me(request)) as s:
        texts = {text.version: text for text in s.registry.versions(system)}
        text = texts.get(version)
        if text is None:
            raise NotFound("程序")
        labels = {name: one.fact.label for name, one in fact_fields(text.facts).items()}
        context = {
            "section": "law",
            "procedure": text,
            "texts": list(texts.values()),
            "room": s.registry.room_of(system),
            "steps": [step_sheet(text, step, labels) for step in text.steps],
            "clocks": [(clock, *clock_words(s, text, clock)) for clock in text.clocks],
            "leads": [(lead, _period(s, text, lead.period)) for lead in text.leads],
            "picture": flow.of_procedure(text),
            "tracks": [flow.of_track(text, track) for track in text.tracks],
        }
        return render(request, "workbench/procedure.html", context)


def step_sheet(text: Procedure, step: Step, labels: dict[str, str]) -> dict[str, Any]:
    """A step as the sheet tells it."""
    return {
        "step": step,
        "gates": text.gates_of(step),
        "who": "、".join(actor.label for actor in step.by) or "（法定期限）",
        "at": "、".join(state.label for state in step.at) or ("立案" if step.opening else "随时"),
        "to": step.to.label if step.to else "",
        "takes": [labels[name] for name in step.takes],
        "may_take": [labels[name] for name in step.may_take],
    }


def clock_words(s: Session, text: Procedure, clock: Clock) -> tuple[str, str, str]:
    """A period in words: how long, from when, until what."""
    return _length(s, text, clock), _start(text, clock), "、".join(step.label for step in clock.until)


def _length(s: Session, text: Procedure, clock: Clock) -> str:
    labels = {name: one.fact.label for name, one in fact_fields(text.facts).items()}
    match clock.period:
        case Period() as period:
            return _period(s, text, period)
        case Choose(fact=fact, periods=periods):
            lengths = dict.fromkeys(_period(s, text, period) for period in periods.values())
            return f"按“{labels[fact]}”：" + "；".join(lengths)
        case OnTrack(track=track, periods=periods):
            lengths = dict.fromkeys(_period(s, text, period) for period in periods.values())
            return f"随{track.label}：" + "；".join(lengths)
        case InPaper() as length:
            said = f"文书写明的“{labels[length.fact]}”（{length.article}）"
            said += f"，不超过{_period(s, text, length.at_most)}" if length.at_most else ""
            return said + (f"；文书没有写明的，{_period(s, text, length.default)}" if length.default else "")
        case UntilDay(fact=fact, article=article):
            of = fact_fields(clock.per.model) if isinstance(clock.per, Items) else fact_fields(text.facts)
            return f"到文书写明的“{of[fact].fact.label}”为止（{article}）"


def _period(s: Session, text: Procedure, period: Period) -> str:
    """The period's length and article on the last day of the text, or today while it is in force."""
    version = version_of(text, s.env.library)
    on = s.today if version.before is None else min(s.today, version.before - timedelta(days=1))
    try:
        rule = s.env.library.period(period.statute, period.name, on, place=s.env.place)
    except LawError:
        return f"{period}（{chinese_day(on)}没有规定）"
    return f"{rule.in_words}，{rule.cite}"


def _start(text: Procedure, clock: Clock) -> str:
    days = [_day(text, trigger) for trigger in clock.triggers]
    several = f"，以其中{clock.after.word}为准" if isinstance(clock.after, Earliest | Latest) else ""
    return "；".join(days) + several


def _day(text: Procedure, trigger: Single) -> str:
    labels = {name: one.fact.label for name, one in fact_fields(text.facts).items()}
    match trigger:
        case Done(steps=steps, learned=learned):
            return ("知悉" if learned else "办理") + "“" + "”或者“".join(step.label for step in steps) + "”之日起"
        case Served(paper=paper, on=party):
            return f"《{paper.label}》送达{party.label}之日起"
        case FactDay(fact=fact):
            return f"“{labels[fact]}”起"
        case Overturned(paper=paper, steps=steps):
            return f"《{paper.label}》公开以后“" + "”或者“".join(step.label for step in steps) + "”之日起"
        case EndOf(clock=name):
            other = text.clock(name)
            return f"“{other.label if other else name}”期限届满之日起"
