"""Columns of the list of cases: which there are, which were chosen, how a case reads in each in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fadu.kernel.access import Session
from fadu.rules.registry import Registry
from fadu.web.workbench import list_facts
from fadu.web.workbench.listing import Line, Question

FACT = "fact:"
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """headings and texts: of the file, where one column may become several."""

    key: str
    label: str
    headings: Texts
    texts: Callable[[Line], Texts]
    sorts: bool = False


def _day(column: str) -> Callable[[Line], Texts]:
    def text(line: Line) -> Texts:
        day = getattr(line.case, column)
        return (day.isoformat() if day else "",)

    return text


def _due(line: Line) -> Texts:
    case = line.case
    return (line.left if case.due else "", case.due.isoformat() if case.due else "", case.due_label or "")


COLUMNS = {
    one.key: one
    for one in (
        Column("number", "案号", ("案号",), lambda line: (line.case.number or "",), True),
        Column("title", "标题", ("标题",), lambda line: (line.case.title,), True),
        Column("system", "程序", ("程序",), lambda line: (line.system,)),
        Column("state", "状态", ("状态",), lambda line: (line.state,)),
        Column("due", "期限", ("剩余时间", "到期日", "期限"), _due, True),
        Column("officer", "承办人", ("承办人",), lambda line: (line.case.officer or "",)),
        Column("body", "承办机构", ("承办机构",), lambda line: (line.case.body,)),
        Column("opened", "立案日期", ("立案日期",), _day("opened"), True),
        Column("closed", "办结日期", ("办结日期",), _day("closed")),
    )
}
ON_PAGE = ("number", "title", "due", "opened", "system", "state", "officer", "body")
"""What the page shows where nobody chose; a file has all of them."""


def offered(registry: Registry, system: str) -> dict[str, Column]:
    """The columns to choose among; facts of the system that is asked for stand behind the others."""
    return COLUMNS | {
        FACT + name: Column(FACT + name, field.fact.label, (field.fact.label,), lambda _: ())
        for name, field in list_facts.indexed(registry, system).items()
    }


def chosen(registry: Registry, asked: Question, default: Sequence[str]) -> list[Column]:
    """In the order of those offered; the number leads to the case, so that it is always there."""
    known = offered(registry, asked.system)
    keys = {"number", *asked.columns} & known.keys() if asked.columns else set(default)
    order = [*default, *(key for key in known if key not in default)]
    return [known[key] for key in order if key in keys]


def texts(s: Session, asked: Question, columns: Sequence[Column], lines: Sequence[Line]) -> list[Texts]:
    """The cases as a file has them: days in ISO form, what is one column on the page perhaps in several."""
    said = facts(s, asked, columns, lines)
    return [tuple(text for column in columns for text in texts_of(column, line, said)) for line in lines]


def facts(
    s: Session, asked: Question, columns: Sequence[Column], lines: Sequence[Line]
) -> Mapping[tuple[int, str], str]:
    """One look for all facts that are shown."""
    names = {column.key.removeprefix(FACT) for column in columns if column.key.startswith(FACT)}
    fields = {name: one for name, one in list_facts.indexed(s.registry, asked.system).items() if name in names}
    return list_facts.values(s, [line.case.pk for line in lines], fields)


def texts_of(column: Column, line: Line, said: Mapping[tuple[int, str], str]) -> Texts:
    """One case in one column."""
    if column.key.startswith(FACT):
        return (said.get((line.case.pk, column.key.removeprefix(FACT)), ""),)
    return column.texts(line)
