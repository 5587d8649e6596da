"""All figures of a report as tables for a spreadsheet: each with definition, parts, cases, last year and change."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from fadu.analytics.arithmetic import TWO, Precision
from fadu.analytics.comparison import Change
from fadu.analytics.figures import Figure
from fadu.infra.official.xlsx import Cell, Sheet
from fadu.rules.indicators import REACHES, Rate, Unit

_COLUMNS = {
    "指标": 30, "数值": 12, "单位": 7, "分子": 9, "分母": 9, "印出": 12, "上年": 12, "上年分子": 9, "上年分母": 9,
    "同比": 22, "转录": 26, "定义": 70, "分子的定义": 50, "分母的定义": 50, "案件清单摘要": 72, "指标代码": 34,
    "范围": 12,
}  # fmt: skip


def figures_sheet(
    figures: Mapping[str, Figure],
    before: Mapping[str, Figure],
    note: tuple[str, ...] = (),
    mirrored: Mapping[str, str] = MappingProxyType({}),
    precision: Precision = TWO,
) -> Sheet:
    """One row a figure. before: of the year before, where there is one to compare; mirrored: how much is 转录."""
    rows = tuple(_row(figure, before.get(name), mirrored.get(name, ""), precision) for name, figure in figures.items())
    return Sheet("数字", tuple(_COLUMNS), rows, tuple(_COLUMNS.values()), note)


def _row(figure: Figure, before: Figure | None, mirrored: str, precision: Precision) -> tuple[Cell, ...]:
    rate = figure.indicator if isinstance(figure.indicator, Rate) else None
    return (
        figure.indicator.label,
        number(figure),
        figure.unit,
        figure.numerator,
        figure.denominator,
        figure.printed(precision),
        number(before) if before else None,
        before.numerator if before else None,
        before.denominator if before else None,
        Change(figure, before).text(precision) if before else "上年无可比数据",
        mirrored,
        figure.definition,
        rate.numerator.definition if rate else None,
        rate.denominator.definition if rate else None,
        figure.cases,
        figure.name,
        REACHES[figure.indicator.reach],
    )


def number(figure: Figure) -> Cell:
    """A count as a number, money in 元; a rate as printed, since it is its two parts that are exact."""
    if figure.numerator is not None or figure.value is None:
        return figure.text()
    return Decimal(figure.value) / 100 if figure.indicator.unit is Unit.YUAN else figure.value


def origin_sheet(told: Mapping[str, Any]) -> Sheet:
    """Where the figures are from: period, moment, snapshot, head of the record, declarations."""
    rows: list[tuple[Cell, ...]] = [
        ("报告", told["title"]),
        ("机关", told["organ"]["name"]),
        ("期间", f"{told['period']['from']} 至 {told['period']['before']}（不含该日）"),
        ("生成时刻", told["made"]),
        ("机关变动", "按现在的机关归集" if told["organs"] == "today" else "按当日的机关归集"),
        ("按何时的记录", told["recorded_before"] or "生成时刻"),
    ]
    kept, head = told["snapshot"], told["head"]
    rows += [("快照", kept["id"]), ("快照的 SM3 摘要", kept["sm3"])] if kept else [("快照", "没有封存")]
    rows += [(f"全过程记录·{key}", str(value)) for key, value in head.items()] if head else [("全过程记录", "没有封存")]
    rows += [
        (f"声明·{source}" + (f"（{version}）" if version else ""), digest)
        for source, versions in told["declarations"].items()
        for version, digest in versions.items()
    ]
    return Sheet("出处", ("项目", "内容"), tuple(rows), (36, 90))
