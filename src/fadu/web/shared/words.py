"""Days, amounts and sizes as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fadu.infra.clock import SHANGHAI
from fadu.rules.errors import BadInput
from fadu.rules.facts import ClosedList, FactField, display, fact_fields
from fadu.rules.procedure import Items

_WEEKDAYS = "一二三四五六日"
_DAY_FORMS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


def chinese_day(day: date | str | None) -> str:
    """2024年3月1日; a missing day is a dash."""
    if not day:
        return "—"
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return f"{day.year}年{day.month}月{day.day}日"


def with_weekday(day: date) -> str:
    return f"{chinese_day(day)} 星期{_WEEKDAYS[day.weekday()]}"


def chinese_moment(moment: datetime) -> str:
    """2024年3月1日 10:05, in the time of the law."""
    local = moment.astimezone(SHANGHAI)
    return f"{chinese_day(local.date())} {local:%H:%M}"


def days_left(due: date | None, today: date) -> str:
    """还有 3 天 / 今天到期 / 已超 2 天, in calendar days."""
    if due is None:
        return "没有在办期限"
    left = (due - today).days
    if left < 0:
        return f"已超 {-left} 天"
    return f"还有 {left} 天" if left else "今天到期"


def whole(typed: str, digits: int = 8) -> int | None:
    """A whole number as an address or a form says it; None for anything else, and for more digits than are meant."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else None


def iso_day(typed: str) -> str:
    """What a person typed as a day, in ISO form; anything else is given back as typed."""
    typed = typed.strip()
    for form in _DAY_FORMS:
        if found := form.fullmatch(typed):
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return typed


def read_day(typed: str, label: str, field: str) -> date | None:
    """The day typed, None for nothing. Raises BadInput for a day that is none (2月30日)."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(iso_day(typed))
    except ValueError as fault:
        raise BadInput({field: f"“{label}”不是有效的日期（例：2024-03-01）"}) from fault


def size(count: int) -> str:
    """A file's size: 12 KB, 3.4 MB."""
    kilobytes = -(-count // 1024)
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{kilobytes // 1024}.{kilobytes % 1024 * 10 // 1024} MB"


def shown(field: FactField, value: Any) -> str:
    """A stored value as people read it; a code that its list no longer has is shown as it is stored."""
    try:
        return display(field, value)
    except (KeyError, ValueError, TypeError):
        return str(value)


def outcome_label(outcomes: type[ClosedList], code: str | None) -> str:
    """The label of an item's outcome; a dash before it has one."""
    if not code:
        return "—"
    try:
        return outcomes.label_of(code)
    except KeyError:
        return code


def item_name(items: Items, row: Mapping[str, Any]) -> str:
    """What an item is called for people: its first fact."""
    return str(row["facts"].get(next(iter(fact_fields(items.model)))) or "")
