"""What rests on the law: the steps, gates and clocks that an article is cited for, the clocks a period measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from fadu.rules.indicators import Indicator, Opened
from fadu.rules.law import Library, UnknownStatute
from fadu.rules.law_terms import Rule
from fadu.rules.procedure import Clock, Lead, Paper, PartyRole, Period, Procedure, State, Step
from fadu.rules.registry import Registry

_CITED = re.compile(r"《([^》]+)》(?:（\d{4}）)?([^《]+)")
_ARTICLES = re.compile(r"第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Resting:
    """Something of a procedure. kind: 步骤, 条件, 期限, as people call it."""

    procedure: Procedure
    kind: str
    label: str


def of_figure(registry: Registry, counted: Indicator) -> list[str]:
    """The articles on which what a figure counts rests, each once: those of its steps, of the periods it asks for."""

    def walk(one: object, system: str) -> Iterator[str | None]:
        match one:
            case Step():
                yield one.article
            case Clock():
                yield one.lapse.article if one.lapse else None
            case Opened():
                yield from (step.article for step in registry.newest(system).opening)
            case tuple():
                for part in one:
                    yield from walk(part, system)
            case _ if is_dataclass(one):
                here = getattr(one, "system", system)
                for field in fields(one):
                    yield from walk(getattr(one, field.name), here)

    return list(dict.fromkeys(article for article in walk(counted, "") if article))


# ---------------------------------------------------------------- articles


def articles(registry: Registry, library: Library, title: str) -> dict[str, list[Resting]]:
    """Article of a statute → what rests on it, in the order of the articles."""
    found = _all_articles(registry, library).get(title, {})
    return {article: found[article] for article in sorted(found, key=lambda article: (_number(article), article))}


@cache
def _all_articles(registry: Registry, library: Library) -> dict[str, dict[str, list[Resting]]]:
    """Title of a statute → article → what rests on it."""
    found: dict[str, dict[str, list[Resting]]] = {}
    texts = [text for system in registry.systems for text in registry.versions(system)]
    for procedure in texts:
        for kind, label, cited in _citations(procedure, library):
            for title, article in _read(cited, library):
                here = found.setdefault(title, {}).setdefault(article, [])
                if (one := Resting(procedure, kind, label)) not in here:
                    here.append(one)
    return found


def _citations(procedure: Procedure, library: Library) -> Iterator[tuple[str, str, str]]:
    """Kind, label and citation of everything that cites."""
    for step in procedure.steps:
        if step.article:
            yield "步骤", step.label, step.article
        for gate in procedure.gates_of(step):
            if gate.article:
                yield "条件", f"{step.label}：{gate.sentence}", gate.article
    for clock in procedure.clocks:
        if clock.lapse:
            yield "期限", f"{clock.label}：{clock.lapse.sentence}", clock.lapse.article
        for period in periods(clock):
            for rule in _rules(library, period):
                yield "期限", clock.label, f"《{rule.statute}》{rule.article}"


def _rules(library: Library, period: Period) -> tuple[Rule, ...]:
    return library.series(period.statute, period.name)


def _read(cited: str, library: Library) -> Iterator[tuple[str, str]]:
    """Title and article of each citation of a statute that the library has."""
    for name, rest in _CITED.findall(cited):
        try:
            title = library.statute(name).title
        except UnknownStatute:
            continue
        for article in _ARTICLES.findall(rest):
            yield title, article


def _number(article: str) -> int:
    """第一百二十三条 as a number."""
    total, digit = 0, 0
    for sign in article.partition("条")[0].removeprefix("第"):
        if sign in _TENS:
            total, digit = total + (digit or 1) * _TENS[sign], 0
        else:
            digit = _DIGITS.get(sign, 0)
    return total + digit


# ---------------------------------------------------------------- periods


def measured(registry: Registry, library: Library, title: str, name: str) -> Iterator[tuple[Procedure, Clock | Lead]]:
    """The clocks and notices whose length is this period, or may be."""
    for system in registry.systems:
        for procedure in registry.versions(system):
            found: tuple[Clock | Lead, ...] = (*procedure.clocks, *procedure.leads)
            for one in found:
                if any(_is(library, period, title, name) for period in periods(one)):
                    yield procedure, one


def _is(library: Library, period: Period, title: str, name: str) -> bool:
    return period.name == name and library.statute(period.statute).title == title


def periods(value: object) -> Iterator[Period]:
    """Every period of the law within a clock or a notice, also those that took its place."""
    if isinstance(value, Period):
        yield value
        yield from periods(value.moved_to)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from periods(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from periods(part)
    elif is_dataclass(value) and not isinstance(value, Step | Paper | PartyRole | State | type):
        for one in fields(value):
            yield from periods(getattr(value, one.name))
