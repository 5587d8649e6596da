"""Puts the stages together: text → claims, relations, numbers that are none, numbers left unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from itertools import groupby

from fadu.report_reader.catalogue import statistic_of
from fadu.report_reader.found import UNREAD, Found, NoFigure, Quantity
from fadu.report_reader.measures import Named, measure_of, meta_of, named_in, period_of, subject_of
from fadu.report_reader.model import Claim, Kind, Other, Reading, Relation, Verdict
from fadu.report_reader.normalise import Text, normalise
from fadu.report_reader.numerals import READING
from fadu.report_reader.quantities import quantities
from fadu.report_reader.relations.arithmetic import Digits
from fadu.report_reader.relations.bounds import parts_of
from fadu.report_reader.relations.chains import chains
from fadu.report_reader.relations.changes import averages, differences, enumerations
from fadu.report_reader.relations.expressions import expression
from fadu.report_reader.relations.farther import farther
from fadu.report_reader.relations.growth import growth
from fadu.report_reader.relations.lists import continued, gathered, stacked
from fadu.report_reader.relations.portions import FARTHEST, portions
from fadu.report_reader.relations.restated import restated
from fadu.report_reader.relations.scope import NEAREST, Check, Scope, scopes
from fadu.report_reader.relations.shares import shares
from fadu.report_reader.relations.sums import sums
from fadu.report_reader.segment import Layout, segment
from fadu.report_reader.tables import Table, figures_of, tables, totals


@dataclass(slots=True)
class Stages:
    """What each stage made of a text, and the reading that came out. claims: of each figure, by identity."""

    text: Text
    layout: Layout
    tables: list[Table]
    found: list[Found]
    reading: Reading
    claims: dict[int, Claim] = field(default_factory=dict)

    def figures(self) -> list[Quantity]:
        return [one for one in self.found if isinstance(one, Quantity)]


def read(source: str) -> Reading:
    """Reads the text of a report. Places in the result are characters of `source`.

    Needs neither Django nor a database. Never fails: a text without figures gives an empty reading.
    """
    return stages(source).reading


def figured(source: str) -> Stages:
    """The stages before the relations: every figure with what it measures, and the numbers that are none."""
    with localcontext(READING):
        text = normalise(source)
        layout = segment(text.text)
        grids = tables(layout)
        found = quantities(layout, figures_of(grids))
        done = Stages(text, layout, grids, found, Reading(source, meta=meta_of(layout)))
        _claims(done)
        _others(text, found, done.reading)
        return done


def stages(source: str) -> Stages:
    """The same as `read`, with what lies between."""
    done = figured(source)
    with localcontext(READING):
        checks = list(_checks(done.layout, done.figures()))
        checks += (check for table in done.tables for check in totals(table))
        checks += restated(done.layout, done.figures(), done.reading.claims)
        done.reading.relations = [
            _relation(f"r{number:03d}", check, done.claims) for number, check in enumerate(_once(checks), start=1)
        ]
        done.reading.meta.rounding = _rounding(checks)
        return done


def _claims(done: Stages) -> None:
    """Every figure with what it measures; figures of one sentence share its text."""
    last = -1
    for number, one in enumerate(done.figures(), start=1):
        if one.sentence != last:
            last = one.sentence
            named = named_in(done.layout, last)
        claim = _claim(done.text, named, one, f"c{number:03d}", done.reading.meta.year)
        done.reading.claims.append(claim)
        done.claims[id(one)] = claim


def _claim(text: Text, named: Named, one: Quantity, name: str, year: int | None) -> Claim:
    start, end = text.span(one.start, one.end)
    return Claim(
        id=name,
        start=start,
        end=end,
        raw=text.source[start:end],
        value=_plain(one.value),
        unit=one.unit,
        approx=one.approx,
        qualifier=one.qualifier,
        high=one.high,
        decimals=one.decimals,
        subject=subject_of(named, one),
        measure=measure_of(named, one),
        period=period_of(named, one, year),
        indicator=statistic_of(one, named.around),
        sentence=named.text,
    )


def _plain(value: Decimal) -> Decimal:
    """Without zeros behind the point; whole ones without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _others(text: Text, found: list[Found], reading: Reading) -> None:
    source, span = text.source, text.span
    for one in found:
        if isinstance(one, NoFigure):
            start, end = span(one.start, one.end)
            other = Other(start, end, source[start:end], one.kind)
            (reading.unread if one.kind == UNREAD else reading.others).append(other)


def _checks(layout: Layout, figures: list[Quantity]) -> Iterator[Check]:
    listed = list(scopes(layout, figures))
    before: list[Quantity] = []
    for _, sentences in groupby(listed, key=lambda scope: layout.sentences[scope.figures[0].sentence].paragraph):
        paragraph = list(sentences)
        begun = len(before)
        for scope in paragraph:
            following = listed[scope.place + 1] if scope.place + 1 < len(listed) else None
            yield from _of_sentence(scope, following, before[-FARTHEST:], before[max(begun, len(before) - NEAREST) :])
            before.extend(scope.figures[i] for i in scope.counts())
        yield from gathered(paragraph)
    yield from stacked(listed)


def _of_sentence(
    scope: Scope, following: Scope | None, before: list[Quantity], near: list[Quantity]
) -> Iterator[Check]:
    """before: the counts before it; near: those of them in its paragraph."""
    yield from continued(scope, before, near)
    yield from enumerations(scope)
    totals = list(sums(scope)) if scope.has_alike() else []
    yield from totals
    if any(one.percent for one in scope.figures):
        yield from shares(scope, parts_of(totals), near)
        yield from portions(scope, before, len(near))
        yield from chains(scope)
    if len(scope.figures) < 2:
        return
    yield from growth(scope, following, near)
    yield from farther(scope, following)
    if "均" in scope.said() or "每" in scope.said():
        yield from averages(scope)
    if scope.has_alike():
        yield from differences(scope)


def _once(checks: list[Check]) -> Iterator[Check]:
    """Two ways of finding one relation give it once; a rate that was checked is not unverifiable as well."""
    seen: set[tuple[str, frozenset[int]]] = set()
    told = {id(one.figures[0]) for one in checks if one.verdict != "unverifiable" and one.kind in ("ratio", "growth")}
    for check in checks:
        key = (check.kind, frozenset(id(one) for one in check.figures))
        if key not in seen and not (check.verdict == "unverifiable" and id(check.figures[0]) in told):
            seen.add(key)
            yield check


def _relation(name: str, check: Check, claims: dict[int, Claim]) -> Relation:
    names = [claims[id(one)].id for one in check.figures]
    stated = check.stated if check.stated is not None else check.figures[0].value
    return Relation(
        Kind(check.kind),
        expression(check.expr, names),
        list(dict.fromkeys(names)),
        check.computed,
        stated,
        Verdict(check.verdict),
        check.reason,
        check.reading,
        name,
    )


def _rounding(checks: list[Check]) -> str:
    """How this text prints quotients, as far as they tell."""
    seen = Counter(check.digits for check in checks if check.digits)
    if seen[Digits.ROUNDED] and not seen[Digits.TRUNCATED]:
        return "四舍五入"
    if seen[Digits.TRUNCATED] and not seen[Digits.ROUNDED]:
        return "截断"
    return "不一致" if seen[Digits.ROUNDED] else ""
