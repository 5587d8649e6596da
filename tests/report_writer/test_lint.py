"""Templates type no figure; those of all rooms hold and read well with and without cases."""

from __future__ import annotations

import re
from datetime import date

import pytest

from fadu.analytics.figures import Figure, Period
from fadu.analytics.whose import EVERYBODY
from fadu.report_writer.lint import check, faults, indicators_in, numerals, template_of
from fadu.report_writer.outline import outline
from fadu.report_writer.paragraphs import Numbers, Told, paragraphs
from fadu.report_writer.span import Span
from fadu.rules.errors import DeclarationError
from fadu.rules.indicators import Indicator, Rate
from fadu.rules.registry import registry


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年受理44件", ["44"]),
        ("受理四十四件", ["四十四"]),
        ("占比３９％", ["３９"]),
        ("约两千人", ["两千"]),
        ("涉案二〇二三年", ["二〇二三"]),
        ("依照《行政复议法》第三条", ["三"]),
        ("依照《中华人民共和国2023年法》", []),
        ("临政发〔2023〕号", []),
        ("推行“1+8”机制", []),
        ("进一步统一标准，一律公开", []),
        ("其中一审、二审各有几件", []),
        ("落实三项制度和双随机一公开", []),
        ("统一受理一百件", ["一百"]),
        ("没有数字的话", []),
    ],
)
def test_numerals_are_found_outside_quotes_and_names(text: str, found: list[str]) -> None:
    assert numerals(text) == found


def test_a_declared_name_may_contain_a_numeral() -> None:
    assert numerals("办理二手房登记") == ["二"]
    assert numerals("办理二手房登记", ["二手房登记"]) == []


def test_a_fault_names_its_place() -> None:
    text = '第一行没有\n{{ fig("x") }}\n\n共5件，{{ "7" }}'
    assert faults(text, "某室/report.md") == [
        "某室/report.md 第1行：“一”是直接写下的数字，应当用 fig(…) 引用指标",
        "某室/report.md 第4行：“5”是直接写下的数字，应当用 fig(…) 引用指标",
        '某室/report.md 第4行：文字中只能输出 fig("指标")、change("指标")、organ、whole、own、year、over、end',
    ]


@pytest.mark.parametrize(
    "text",
    ['{{ value("x") }}', "{{ 7 }}", '{{ fig("x") ~ "7" }}', "{{ fig(organ) }}", '{{ "七" }}', '{{ fig("x", 1) }}'],
)
def test_nothing_but_figures_and_names_is_put_out(text: str) -> None:
    assert faults(text, "某室")


def test_conditions_may_compare() -> None:
    text = '{% if value("x") > 1 %}{{ organ }}{{ year }}年办理{{ fig("y") }}{% endif %}'
    assert faults(text, "某室") == []
    assert indicators_in(text, "某室") == ["x", "y"]


@pytest.mark.parametrize(
    "text", ["{% if value(organ) %}{% endif %}", "{% set a = range(3) %}", "{% if other('x') %}{% endif %}"]
)
def test_an_indicator_is_asked_for_by_its_plain_name(text: str) -> None:
    with pytest.raises(DeclarationError, match="只能写"):
        indicators_in(text, "某室")


def test_the_paragraphs_of_all_rooms_hold() -> None:
    check(registry())
    asked = [name for room in registry().rooms if (text := template_of(room)) for name in indicators_in(*text)]
    assert all(registry().declared(name) for name in asked)
    assert asked


def figure(indicator: Indicator, number: int) -> Figure:
    period = Period.year(2024)
    if isinstance(indicator, Rate):
        return Figure(indicator, period, EVERYBODY, None, number, 2 * number, "")
    return Figure(indicator, period, EVERYBODY, number, None, None, "")


TEMPLATES = {room.name: text[0] for room in registry().rooms if (text := template_of(room))}
TEMPLATES |= {part.fact: part.says for part in outline().written.parts if part.says}  # type: ignore[union-attr]
MAY_BE_EMPTY = {"organisation", "powers", "annual_report", "example", "first_duty"}
"""Where nothing to tell is no news; the others say that there was none."""


@pytest.mark.parametrize("last", [date(2024, 12, 31), date(2024, 10, 31), date(2024, 10, 15)])
@pytest.mark.parametrize(("number", "before"), [(0, None), (0, 3), (1, None), (3, None), (3, 0), (3, 3), (20, 30)])
@pytest.mark.parametrize("name", list(TEMPLATES))
def test_the_paragraphs_of_a_room_read_well(name: str, number: int, before: int | None, last: date) -> None:
    """With no case at all and with some, this year and last: no empty clause, no doubled or missing punctuation."""
    source = TEMPLATES[name]
    assert faults(source, name) == []
    asked = [registry().indicator(one) for one in indicators_in(source, name)]
    earlier = {one.name: figure(one, before) for one in asked} if before is not None else {}
    numbers = Numbers({one.name: figure(one, number) for one in asked}, earlier)
    blocks = paragraphs(source, name, numbers, Told("某区人民政府", Span(2024, last)))
    assert blocks or (number == 0 and name in MAY_BE_EMPTY)
    for block in blocks:
        words = getattr(block, "text", "") + "".join(run.text for run in getattr(block, "runs", ()))
        assert not re.search(r"[，、；：。][，、；：。]|[，、；：]$|（）|\ue000|[全年末]。", words), words
        assert ("全年" in words) <= (last == date(2024, 12, 31))
