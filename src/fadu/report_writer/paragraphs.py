"""Paragraphs with figures: templates rendered, every figure a run that opens its cases, headings numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from jinja2 import StrictUndefined, Template
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from fadu.analytics.arithmetic import TWO, Precision, rounded
from fadu.analytics.comparison import Change
from fadu.analytics.figures import Figure
from fadu.infra.official import Heading, Paragraph, Run, Table, parse_blocks
from fadu.infra.official.model import Block, Runs
from fadu.report_writer.provenance import link_of
from fadu.report_writer.span import Span
from fadu.report_writer.whose import named
from fadu.rules.errors import DeclarationError

_MARK = re.compile("\ue000(.+?)\ue001")
"""Where a figure stands in rendered text, until its run is made."""

_CHANGE = "\ue002"

_environment = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def mark(name: str, *, change: bool = False) -> str:
    """Stands in rendered text where a figure, or its change, will be printed."""
    return f"\ue000{_CHANGE if change else ''}{name}\ue001"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures that the paragraphs may print, and those of the year before."""

    now: Mapping[str, Figure]
    before: Mapping[str, Figure]
    precision: Precision = TWO

    def change(self, name: str) -> str:
        """What is said against last year, with its comma; nothing without a comparison."""
        return Change(self.now[name], self.before[name]).phrase(self.precision) if name in self.before else ""

    def runs(self, mark: str, bold: bool) -> list[Run]:
        """What stands at a mark: a figure, or its change, which opens the cases of last year."""
        if not mark.startswith(_CHANGE):
            figure = self.now[mark]
            return [Run(figure.printed(self.precision), bold, link_of(figure), "figure")]
        name = mark.removeprefix(_CHANGE)
        said = self.change(name)
        return [Run(said[0], bold), Run(said[1:], bold, link_of(self.before[name]), "figure")]


@dataclass(frozen=True, slots=True)
class Told:
    """Whose report it is and of which days, as its paragraphs name them."""

    organ: str
    span: Span


class Marks(Protocol):
    """What stands at the marks of a text."""

    def runs(self, mark: str, bold: bool) -> list[Run]: ...


def paragraphs(source: str, where: str, numbers: Numbers, told: Told) -> list[Block]:
    """The blocks of a template, with its headings still without a number. Raises DeclarationError."""
    text = render(source, where, numbers, told)
    return [with_figures(block, numbers) for block in parse_blocks(text)]


def render(source: str, where: str, numbers: Numbers, told: Told) -> str:
    """The text with a mark where each figure will stand."""

    def change(name: str) -> str:
        return mark(name, change=True) if numbers.change(name) else ""

    def value(name: str) -> int | None:
        return value_of(numbers.now[name])

    span = told.span
    names = {**named(told.organ), "year": span.year, "over": span.over, "end": span.end}
    try:
        return _template(source).render(fig=mark, change=change, value=value, **names)
    except TemplateError as fault:
        raise DeclarationError(f"年度报告“{where}”的段落无法生成：{fault}") from fault


def bare_text(source: str, said: str) -> str:
    """The text as if there were one of everything: a mark for each figure, `said` for what the house says by itself."""
    names = dict.fromkeys((*named(""), "year", "over", "end"), said)
    return _template(source).render(fig=mark, change=lambda _: "", value=lambda _: 1, **names)


@cache
def _template(source: str) -> Template:
    """Compiled once in a process."""
    return _environment.from_string(source)


def value_of(figure: Figure) -> int | None:
    """What a template may ask in a condition: the number; of a rate hundredths of a percent, None without base."""
    if figure.numerator is None:
        return figure.value
    return rounded(10_000 * figure.numerator, figure.denominator) if figure.denominator else None


def with_figures(block: Block, numbers: Marks) -> Block:
    """The same block with a run of its own for every figure; what follows a heading's first sentence is text."""
    match block:
        case Paragraph(runs):
            return Paragraph(_runs(runs, numbers))
        case Table(rows, header):
            return Table(tuple(tuple(_runs(cell, numbers) for cell in row) for row in rows), header)
        case Heading(level, text):
            return heading(level, text, numbers)
        case other:
            return other


def heading(level: int, line: str, numbers: Marks) -> Heading:
    """加强统筹协调。全年… is a heading of one sentence with the text after it; without a full stop it stands alone."""
    head, stop, rest = line.partition("。")
    return Heading(level, head + stop, _runs((Run(rest),), numbers) if rest else ())


def _runs(runs: Runs, numbers: Marks) -> Runs:
    found: list[Run] = []
    for run in runs:
        for position, part in enumerate(_MARK.split(run.text)):
            if position % 2:
                found += numbers.runs(part, run.bold)
            elif part:
                found.append(Run(part, run.bold))
    return tuple(found)


# ---------------------------------------------------------------- numbers of headings


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a section with （一） before its headings; one alone has no number."""
    found = list(blocks)
    several = sum(isinstance(block, Heading) for block in found) > 1
    number = 0
    for block in found:
        if isinstance(block, Heading) and several:
            number += 1
            yield Heading(2, f"（{chinese(number)}）{block.text}", block.runs)
        elif isinstance(block, Heading):
            yield Heading(2, block.text, block.runs)
        else:
            yield block


_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 99 as headings number themselves."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        raise ValueError(f"no heading has the number {number}")
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
