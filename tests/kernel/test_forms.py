"""What people type is taken or refused in a Chinese sentence, whatever it is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import pytest

from fadu.kernel import forms
from fadu.rules.errors import BadInput
from fadu.rules.facts import ClosedList, Count, Fact, Facts, Files, Moment, Money, Text


class Kind(ClosedList):
    A = "a", "甲"


class Typed(Facts):
    text: Annotated[Text | None, Fact("文字")] = None
    count: Annotated[Count | None, Fact("数量")] = None
    money: Annotated[Money | None, Fact("金额")] = None
    moment: Annotated[Moment | None, Fact("时刻")] = None
    day: Annotated[date | None, Fact("日期")] = None
    yes: Annotated[bool | None, Fact("是否")] = None
    files: Annotated[Files | None, Fact("文件")] = None
    kind: Annotated[Kind | None, Fact("种类")] = None
    kinds: Annotated[list[Kind] | None, Fact("几种")] = None


def refused(name: str, value: Any) -> str:
    with pytest.raises(BadInput) as refusal:
        forms.clean_entry(Typed, {name: value})
    return refusal.value.fields[name]


@pytest.mark.parametrize("name", Typed.model_fields)
@pytest.mark.parametrize(
    "value",
    [
        "²",
        "9" * 5000,
        "1e5",
        "abc",
        "2024-03-01 10:00",
        "2024-02-30",
        "x" * 20_001,
        "10:30",
        "½",
        float("nan"),
        {"a": 1},
    ],
)
def test_every_refusal_is_chinese(name: str, value: Any) -> None:
    try:
        forms.clean_entry(Typed, {name: value})
    except BadInput as refusal:
        for sentence in refusal.fields.values():
            assert not any(word.isascii() and len(word) > 3 and word.isalpha() for word in sentence.split()), sentence


@pytest.mark.parametrize("typed", ["0", "86400", "1709251200", "2024-03-01 10:00", "2024-03-01T00:00", "20240301"])
def test_a_day_is_written_as_a_day(typed: str) -> None:
    assert refused("day", typed) == "“日期”不是有效的日期（例：2024-03-01）"


def test_numbers_that_are_none_or_too_large() -> None:
    assert refused("money", "²") == "“金额”金额应为数字，最多两位小数，单位为元"
    assert refused("money", "9" * 5000) == "“金额”数字过大"
    assert refused("money", "9" * 16) == "“金额”数字过大"
    assert refused("count", "9" * 5000) == "“数量”数字过大"
    assert forms.clean_entry(Typed, {"money": "１,２00.5"}) == {"money": 120_050}


def test_a_minute_lies_in_a_year_that_the_calendar_knows() -> None:
    assert "应当在1900年至2199年之间" in refused("moment", "9999-12-31T23:59")
    assert forms.clean_entry(Typed, {"moment": "2024-03-01 09:30"}) == {"moment": "2024-03-01T09:30"}
