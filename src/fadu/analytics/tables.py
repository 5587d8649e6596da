"""The analytics table of a system or a register: its columns, from the declarations.

One row a case, or an entry from one change to the next; whole days, months as yyyymm, no personal data. A column's
name never changes its type.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from itertools import chain

from fadu.rules.errors import DeclarationError
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.indicators import Count, Of, Rate
from fadu.rules.procedure import Items, Paper, PartyRole, Procedure
from fadu.rules.registers import Register
from fadu.rules.registry import Registry

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LONGEST_NAME = 63


class Kind(StrEnum):
    """What a column holds. MANY: codes of a closed list, or organs, joined by commas."""

    DAY = "day"
    WHOLE = "whole"
    TEXT = "text"
    FLAG = "flag"
    MANY = "many"


class Source(StrEnum):
    """What a column is made from. `of` names the fact, step or clock."""

    CASE = "case"
    ENTRY = "entry"
    FACT = "fact"
    STEP = "step"
    RAN = "ran"
    KEPT = "kept"
    DAYS = "days"
    PAPERS = "papers"
    PARTIES = "parties"
    ITEMS = "items"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. label: what it means, for people; of: the fact, step, clock or field of the case or the entry."""

    name: str
    kind: Kind
    source: Source
    of: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one system or register; the view in the database has the same columns in the same order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def view(self) -> str:
        return f"v_{self.name}"

    @property
    def register(self) -> bool:
        """Whether its rows are entries of a register, not cases."""
        return self.columns[0].source is Source.ENTRY

    @property
    def id(self) -> str:
        """The column that names a row."""
        return _ENTRY[0].name if self.register else _CASE[0].name

    @property
    def first(self) -> str:
        """The column with the first day of a row; the column of its month ends in _month."""
        return "since" if self.register else "opened"

    def column(self, name: str) -> Column:
        """The column of that name. Raises DeclarationError when the declarations know none."""
        found = next((column for column in self.columns if column.name == name), None)
        if found is None:
            kind = "名录" if self.register else "程序"
            raise DeclarationError(f"{kind}“{self.name}”的分析表没有“{name}”一栏，指标引用了没有声明的内容")
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
_ENTRY = (
    Column("entry_id", Kind.WHOLE, Source.ENTRY, "id", "条目编号（内部）"),
    Column("organ_id", Kind.WHOLE, Source.ENTRY, "organ", "机关"),
    Column("body_id", Kind.WHOLE, Source.ENTRY, "body", "所属机构"),
    Column("since", Kind.DAY, Source.ENTRY, "since", "生效日期"),
    Column("since_month", Kind.WHOLE, Source.ENTRY, "since_month", "生效年月"),
    Column("before", Kind.DAY, Source.ENTRY, "before", "终止日期（自这一天起不再有效）"),
    Column("before_month", Kind.WHOLE, Source.ENTRY, "before_month", "终止年月"),
    Column("began", Kind.TEXT, Source.ENTRY, "began", "因何变动生效"),
    Column("ended", Kind.TEXT, Source.ENTRY, "ended", "因何变动终止"),
)
_FACTS = {
    "date": Kind.DAY,
    "number": Kind.WHOLE,
    "money": Kind.WHOLE,
    "bool": Kind.FLAG,
    "choices": Kind.MANY,
    "list": Kind.MANY,
}


def tables_of(registry: Registry) -> list[Table]:
    """The tables of all systems, then of all registers."""
    return [table_of(registry, name) for name in names_of(registry)]


def names_of(registry: Registry) -> list[str]:
    """The names of all tables: systems, then registers."""
    return [*registry.systems, *(register.name for register in registry.registers)]


@cache
def table_of(registry: Registry, name: str) -> Table:
    """The table of a system or a register. Raises DeclarationError when a name is unusable or changes its type."""
    register = next((one for one in registry.registers if one.name == name), None)
    columns: dict[str, Column] = {}
    found = _entry_columns(register) if register else chain(_columns(registry.versions(name)), _counted(registry, name))
    for column in found:
        known = columns.setdefault(column.name, column)
        if (known.kind, known.source, known.of) != (column.kind, column.source, column.of):
            raise DeclarationError(f"程序“{name}”的“{column.name}”一栏在不同文本中类型不一致")
    table = Table(name, tuple(columns.values()))
    for used in (table.view, *columns):
        if not _NAME.fullmatch(used) or len(used) > _LONGEST_NAME:
            raise DeclarationError(f"“{used}”不能用作分析表的名称：只用小写英文、数字和下划线，不超过63个字符")
    return table


def _columns(texts: Iterable[Procedure]) -> Iterator[Column]:
    """Every column of every text, oldest text first."""
    yield from _CASE
    for procedure in texts:
        yield from _facts(fact_fields(procedure.facts))
        yield from (names_of_role(role) for role in procedure.parties if role.organ)
        for step in procedure.steps:
            yield Column(f"{step.name}_on", Kind.DAY, Source.STEP, step.name, f"首次“{step.label}”日期")
        for clock in procedure.clocks:
            yield Column(f"{clock.name}_ran", Kind.FLAG, Source.RAN, clock.name, f"“{clock.label}”是否起算")
            if not clock.waits:
                yield Column(f"{clock.name}_kept", Kind.FLAG, Source.KEPT, clock.name, f"“{clock.label}”是否按期")
            yield Column(f"{clock.name}_days", Kind.WHOLE, Source.DAYS, clock.name, f"“{clock.label}”用时（自然日）")


def column_of(of: Of) -> Column:
    """How many papers of a kind, parties of a role, items a case has."""
    match of:
        case Paper():
            return Column(f"{of.name}_papers", Kind.WHOLE, Source.PAPERS, of.name, f"《{of.label}》份数")
        case PartyRole():
            return Column(f"{of.name}_parties", Kind.WHOLE, Source.PARTIES, of.name, f"{of.label}人数")
        case Items():
            return Column(f"{of.name}_items", Kind.WHOLE, Source.ITEMS, of.name, f"{of.label}项数")


def names_of_role(role: PartyRole) -> Column:
    """Which organs stand in that place: the number of one of the house, the name of any other."""
    return Column(f"{role.name}_organs", Kind.MANY, Source.NAMES, role.name, role.label)


def _counted(registry: Registry, system: str) -> Iterator[Column]:
    """What figures count of the cases of a system; no more, since each is counted anew for every case."""
    for indicator in registry.indicators:
        parts = (indicator.numerator, indicator.denominator) if isinstance(indicator, Rate) else (indicator,)
        yield from (column_of(one.of) for one in parts if isinstance(one, Count) and one.of and one.system == system)


def _entry_columns(register: Register) -> Iterator[Column]:
    yield from _ENTRY
    yield from _facts(fact_fields(register.model))


def _facts(fields: Mapping[str, FactField]) -> Iterator[Column]:
    """The indexed facts, but for what is personal."""
    for name, field in fields.items():
        if field.fact.indexed and not field.fact.personal:
            yield _fact(name, field)


def _fact(name: str, field: FactField) -> Column:
    return Column(f"fact_{name}", _FACTS.get(field.widget, Kind.TEXT), Source.FACT, name, field.fact.label)
