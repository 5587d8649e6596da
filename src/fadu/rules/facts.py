"""Typed facts of a case: a Pydantic model per procedure, closed lists, audiences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, create_model

from fadu.rules.uploads import Upload


class Audience(StrEnum):
    """Who may see a fact, a paper or a step (D14). Order: internal ⊂ parties ⊂ public."""

    INTERNAL = "internal"
    PARTIES = "parties"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        return {"internal": "内部（副卷）", "parties": "当事人", "public": "公开"}[self.value]

    def includes(self, viewer: Audience) -> bool:
        """Whether something with this audience may be shown to `viewer`."""
        order = (Audience.INTERNAL, Audience.PARTIES, Audience.PUBLIC)
        return order.index(viewer) <= order.index(self)


class ClosedList(StrEnum):
    """A list closed by law: each entry has a code, a Chinese label and, where it has one, an article."""

    label: str
    article: str | None

    def __new__(cls, code: str, label: str, article: str | None = None) -> ClosedList:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.article = article
        return member

    @classmethod
    def label_of(cls, code: str) -> str:
        """The Chinese label of a code. KeyError when the list has no such code."""
        return {member.value: member.label for member in cls}[code]


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said about one fact, inside `Annotated[type, Fact(...)]`.

    label: Chinese name on forms and papers; audience: internal unless said otherwise; indexed: copied
    to typed columns for lists and figures; personal: masked at publication; long: many lines.
    """

    label: str
    audience: Audience = Audience.INTERNAL
    indexed: bool = False
    personal: bool = False
    long: bool = False
    hint: str = ""


_YUAN = re.compile(r"(\d+)(?:\.(\d{0,2}))?")
_MOST_DIGITS = 20
YEARS = range(1900, 2200)
"""Years that a day may name: the calendar counts on from it and must not run out of days."""
OUT_OF_YEARS = f"应当在{YEARS[0]}年至{YEARS[-1]}年之间"


def _fen(value: object) -> object:
    """Yuan as typed by a person ("1234.50") → whole 分; integers are taken as 分 already."""
    if not isinstance(value, str):
        return value
    found = _YUAN.fullmatch(value.replace(",", "").replace("，", "").strip())
    if found is None:
        raise ValueError("金额应为数字，最多两位小数，单位为元")
    yuan, rest = found[1], found[2] or ""
    if len(yuan) > _MOST_DIGITS:
        raise ValueError("数字过大")
    return int(yuan) * 100 + int((rest + "00")[:2])


def _minute(value: object) -> object:
    """A minute as typed (2024-03-01 09:30, with or without the T, seconds left out) → 2024-03-01T09:30."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    except ValueError as fault:
        raise ValueError("不是有效的时刻（例：2024-03-01 09:30）") from fault
    if moment.tzinfo is not None or (isinstance(value, str) and ":" not in value):
        raise ValueError("应当写明北京时间的日期和时、分（例：2024-03-01 09:30）")
    if moment.year not in YEARS:
        raise ValueError(OUT_OF_YEARS)
    return moment.isoformat(timespec="minutes")


def _not_negative(value: int) -> int:
    if value < 0:
        raise ValueError("不能为负数")
    return value


def _upload(value: str) -> str:
    if Upload.read(value) is None:
        raise ValueError("有文件没有上传成功，请重新上传")
    return value


@dataclass(frozen=True, slots=True)
class _Widget:
    name: str


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Count = Annotated[int, AfterValidator(_not_negative)]
Money = Annotated[int, BeforeValidator(_fen), AfterValidator(_not_negative), _Widget("money")]
Moment = Annotated[str, BeforeValidator(_minute), _Widget("moment")]
"""A minute in the time of the house, as 2024-03-01T09:30: for periods counted in hours."""
Files = Annotated[list[Annotated[str, AfterValidator(_upload)]], _Widget("files")]
"""Uploaded files in order, each as rules.uploads writes it. Not indexed: the names may be personal."""


class Facts(BaseModel):
    """Base of a procedure's facts: names and types. A case holds those its steps have taken so far."""

    # Built when first used: a process uses few of all rooms' facts, and building them was a fifth of its start.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact as forms, lists and tables need it."""

    name: str
    fact: Fact
    type: Any
    widget: str
    choices: type[ClosedList] | None


def _widget(annotation: Any, metadata: Sequence[Any], fact: Fact) -> tuple[str, type[ClosedList] | None]:
    """How a fact is entered and shown; what may be left out is shown like what may not."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(kind for kind in get_args(annotation) if kind is not NoneType)
    if get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        metadata = [*metadata, *more]
    named = next((m.name for m in metadata if isinstance(m, _Widget)), None)
    if named:
        return named, None
    if isinstance(annotation, type) and issubclass(annotation, ClosedList):
        return "choice", annotation
    if get_origin(annotation) is list:
        inner = get_args(annotation)[0]
        if isinstance(inner, type) and issubclass(inner, ClosedList):
            return "choices", inner
        return "list", None
    simple = {bool: "bool", int: "number", date: "date"}
    return simple.get(annotation, "long" if fact.long else "text"), None


@cache
def fact_fields(model: type[BaseModel]) -> dict[str, FactField]:
    """The declared facts of a model by name, in order.

    Raises TypeError when a field carries no `Fact`: an undeclared fact has no label and no audience.
    """
    fields: dict[str, FactField] = {}
    for name, info in model.model_fields.items():
        fact = next((m for m in info.metadata if isinstance(m, Fact)), None)
        if fact is None:
            raise TypeError(f"{model.__name__}.{name} 没有用 Fact(...) 说明名称和可见范围")
        widget, choices = _widget(info.annotation, info.metadata, fact)
        if widget == "files" and fact.indexed:
            raise TypeError(f"{model.__name__}.{name} 是上传的文件，不能列入索引：文件名可能含有个人信息")
        fields[name] = FactField(name, fact, info.annotation, widget, choices)
    return fields


def public_facts(model: type[BaseModel]) -> dict[str, FactField]:
    """The facts that everybody may read."""
    fields = fact_fields(model)
    return {name: one for name, one in fields.items() if one.fact.audience is Audience.PUBLIC and not one.fact.personal}


@cache
def form_model(model: type[BaseModel], required: tuple[str, ...], optional: tuple[str, ...]) -> type[Facts]:
    """The part of a facts model that one step takes; unknown names raise KeyError."""
    hints = get_type_hints(model, include_extras=True)
    fields: dict[str, Any] = {name: (hints[name], ...) for name in required}
    fields |= {name: (hints[name] | None, None) for name in optional}
    return create_model(f"{model.__name__}Form", __base__=Facts, **fields)


def is_there(value: Any) -> bool:
    """Whether anything was entered: nought and no are something."""
    return value not in (None, "", [])


def display(field: FactField, value: Any) -> str:
    """A stored value as people read it: labels of lists, 元 for money, Chinese dates."""
    if not is_there(value):
        return "—"
    if field.widget == "choice" and field.choices:
        return str(field.choices.label_of(value))
    if field.widget == "choices" and field.choices:
        return "、".join(field.choices.label_of(v) for v in value)
    if field.widget == "bool":
        return "是" if value else "否"
    if field.widget == "money":
        return f"{value // 100:,}.{value % 100:02d} 元"
    if field.widget == "date":
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if field.widget == "moment":
        at = datetime.fromisoformat(value)
        return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"
    if field.widget == "files":
        return f"{len(value)} 个文件"
    if isinstance(value, list):
        return "、".join(str(v) for v in value)
    return str(value)
