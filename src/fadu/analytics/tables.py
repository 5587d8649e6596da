"""The analytics table of a system: its columns, from the declarations of all texts of its procedure.

One row a case; whole days, months as yyyymm, no personal data. A column's name never changes its type.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache

from fadu.rules.errors import DeclarationError
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.procedure import Procedure
from fadu.rules.registry import Registry

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LONGEST_NAME = 63


class Kind(StrEnum):
    """What a column holds. MANY: codes of a closed list, joined by commas."""

    DAY = "day"
    WHOLE = "whole"
    TEXT = "text"
    FLAG = "flag"
    MANY = "many"


class Source(StrEnum):
    """What a column is made from. `of` names the fact, step or clock."""

    CASE = "case"
    FACT = "fact"
    STEP = "step"
    RAN = "ran"
    KEPT = "kept"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. label: what it means, for people; of: the fact, step, clock or field of the case."""

    name: str
    kind: Kind
    source: Source
    of: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one system; the view in the database has the same columns in the same order."""

    system: str
    columns: tuple[Column, ...]

    @property
    def view(self) -> str:
        return f"v_{self.system}"

    def column(self, name: str) -> Column:
        """The column of that name. Raises DeclarationError when the declarations know none."""
        found = next((column for column in self.columns if column.name == name), None)
        if found is None:
            raise DeclarationError(f"程序“{self.system}”的分析表没有“{name}”一栏，指标引用了没有声明的内容")
        return found

    @property
    def digest(self) -> str:
        """Changes with any column: a view made from other declarations is recognised by it."""
        columns = [asdict(column) for column in self.columns]
        text = json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


_CASE = (
    Column("case_id", Kind.WHOLE, Source.CASE, "id", "案件编号（内部）"),
    Column("organ_id", Kind.WHOLE, Source.CASE, "organ", "机关"),
    Column("body_id", Kind.WHOLE, Source.CASE, "body", "办理机构"),
    Column("version", Kind.TEXT, Source.CASE, "version", "适用的程序文本"),
    Column("opened", Kind.DAY, Source.CASE, "opened", "收件立卷日期"),
    Column("opened_month", Kind.WHOLE, Source.CASE, "opened_month", "收件立卷年月"),
    Column("closed", Kind.DAY, Source.CASE, "closed", "结案日期"),
    Column("closed_month", Kind.WHOLE, Source.CASE, "closed_month", "结案年月"),
    Column("state", Kind.TEXT, Source.CASE, "state", "状态"),
    Column("outcome", Kind.TEXT, Source.CASE, "outcome", "计入的结果"),
    Column("number", Kind.TEXT, Source.CASE, "number", "案号"),
    Column("mirrored", Kind.FLAG, Source.CASE, "mirrored", "是否转录（在外部平台办理）"),
)
_FACTS = {
    "date": Kind.DAY,
    "number": Kind.WHOLE,
    "money": Kind.WHOLE,
    "bool": Kind.FLAG,
    "choices": Kind.MANY,
    "list": Kind.MANY,
    "files": Kind.MANY,
}


@cache
def table_of(registry: Registry, system: str) -> Table:
    """The table of a system. Raises DeclarationError when a name is unusable or changes its type."""
    columns: dict[str, Column] = {}
    for column in _columns(registry.versions(system)):
        known = columns.setdefault(column.name, column)
        if (known.kind, known.source, known.of) != (column.kind, column.source, column.of):
            raise DeclarationError(f"程序“{system}”的“{column.name}”一栏在不同文本中类型不一致")
    table = Table(system, tuple(columns.values()))
    for name in (table.view, *columns):
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise DeclarationError(f"“{name}”不能用作分析表的名称：只用小写英文、数字和下划线，不超过63个字符")
    return table


def _columns(texts: Iterable[Procedure]) -> Iterator[Column]:
    """Every column of every text, oldest text first."""
    yield from _CASE
    for procedure in texts:
        for name, field in fact_fields(procedure.facts).items():
            if field.fact.indexed and not field.fact.personal:
                yield _fact(name, field)
        for step in procedure.steps:
            yield Column(f"{step.name}_on", Kind.DAY, Source.STEP, step.name, f"首次“{step.label}”日期")
        for clock in procedure.clocks:
            yield Column(f"{clock.name}_ran", Kind.FLAG, Source.RAN, clock.name, f"“{clock.label}”是否起算")
            if not clock.waits:
                yield Column(f"{clock.name}_kept", Kind.FLAG, Source.KEPT, clock.name, f"“{clock.label}”是否按期")
            yield Column(f"{clock.name}_days", Kind.WHOLE, Source.DAYS, clock.name, f"“{clock.label}”用时（自然日）")


def _fact(name: str, field: FactField) -> Column:
    return Column(f"fact_{name}", _FACTS.get(field.widget, Kind.TEXT), Source.FACT, name, field.fact.label)
