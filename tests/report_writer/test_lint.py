"""Templates type no figure; those of all rooms hold and read well with and without cases."""

from __future__ import annotations

import re

import pytest

from fadu.analytics.figures import Figure, Period
from fadu.infra.official import parse_blocks
from fadu.kernel.models import Organ
from fadu.report_writer.compose import Numbers, _render, _with_figures
from fadu.report_writer.lint import check, faults, indicators_in, numerals, template_of
from fadu.report_writer.outline import Section
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
        '某室/report.md 第4行：文字中只能输出 fig("指标")、change("指标")、organ、year',
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
    assert set(asked) <= {indicator.name for indicator in registry().indicators}
    assert asked


def figure(indicator: Indicator, number: int) -> Figure:
    period = Period.year(2024)
    if isinstance(indicator, Rate):
        return Figure(indicator, period, None, None, number, 2 * number, "")
    return Figure(indicator, period, None, number, None, None, "")


@pytest.mark.parametrize(("number", "before"), [(0, None), (0, 3), (3, None), (3, 0), (3, 3), (20, 30)])
@pytest.mark.parametrize("room", [room for room in registry().rooms if template_of(room)], ids=lambda room: room.name)
def test_the_paragraphs_of_a_room_read_well(room: object, number: int, before: int | None) -> None:
    """With no case at all and with some, this year and last: no empty clause, no doubled or missing punctuation."""
    template = template_of(room)  # type: ignore[arg-type]  # a room, named so for pytest
    assert template is not None
    source, where = template
    asked = [registry().indicator(name) for name in indicators_in(source, where)]
    earlier = {one.name: figure(one, before) for one in asked} if before is not None else {}
    numbers = Numbers({one.name: figure(one, number) for one in asked}, earlier)
    text = _render(Section("某节", "某室"), source, numbers, Organ(name="某区人民政府"), 2024)
    blocks = [_with_figures(block, numbers) for block in parse_blocks(text)]
    assert blocks
    for block in blocks:
        words = "".join(run.text for run in getattr(block, "runs", ()))
        assert not re.search(r"[，、；：。][，、；：。]|[，、；：]$|（）|\ue000", words), words
