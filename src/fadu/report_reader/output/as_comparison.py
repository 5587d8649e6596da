"""A comparison as JSON, as part of a page, as a page, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from fadu.report_reader.compare import Cell, Comparison, Measure, extent_label
from fadu.report_reader.output.as_json import number
from fadu.report_reader.output.as_page import alone
from fadu.report_reader.output.as_workbook import Row, Sheets, workbook
from fadu.report_reader.output.plot import svg
from fadu.report_reader.output.words import change_words, period_words, state_words, value_words

WARNING = (
    "只比较口径相同的数字：目录中的同一指标，或者名称和单位都相同；对象（全区或者全市、本级、未说明）不同的不放在一起。"
    "名次只表示大小，不表示好坏。各地人口、职能不同，比较前请核对原文。"
)
_SHEETS: Sheets = (
    (
        "比较",
        (
            "指标",
            "单位",
            "对象",
            "地方",
            "期间",
            "数值",
            "说明",
            "名次",
            "共几个地方",
            "比上年",
            "比上年（%）",
            "原文",
            "文件",
        ),
    ),
    ("报告", ("文件", "地方", "年度", "标题")),
)


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Plain objects for `json.dumps`."""
    return {
        "reports": [
            {"file": one.file, "place": one.place, "year": one.year, "title": one.title} for one in comparison.reports
        ],
        "measures": [_measure(one) for one in comparison.measures],
    }


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "unit": one.unit,
        "extent": one.extent,
        "indicator": one.indicator,
        "cells": [_cell(cell) for cell in one.cells],
    }


def _cell(one: Cell) -> dict[str, Any]:
    return {
        "place": one.place,
        "period": one.period,
        "state": one.state.value,
        "value": number(one.value),
        "others": list(one.others),
        "rank": one.rank,
        "ranked": one.ranked,
        "change": number(one.change),
        "change_percent": number(one.change_percent),
        "sources": [
            {"file": source.file, "claim": source.claim.id, "raw": source.claim.raw, "sentence": source.claim.sentence}
            for source in one.sources
        ],
    }


def comparison_rows(comparison: Comparison) -> Iterator[Row]:
    """A line for each measure, place and period."""
    for measure in comparison.measures:
        for cell in measure.cells:
            yield [
                measure.name,
                measure.unit,
                extent_label(measure.extent),
                cell.place,
                period_words(cell.period),
                number(cell.value),
                state_words(cell),
                cell.rank,
                cell.ranked or None,
                number(cell.change),
                number(cell.change_percent),
                "；".join(dict.fromkeys(source.claim.sentence for source in cell.sources)),
                "；".join(dict.fromkeys(source.file for source in cell.sources)),
            ]


def comparison_workbook(comparison: Comparison) -> bytes:
    """One sheet of lines, one of the reports."""
    reports: list[Row] = [[one.file, one.place, one.year, one.title] for one in comparison.reports]
    return workbook(_SHEETS, (comparison_rows(comparison), reports))


def comparison_page(comparison: Comparison) -> str:
    """A page that needs nothing else."""
    return alone("年度报告比较", f'<p class="warning">{WARNING}</p>{comparison_body(comparison)}')


def comparison_body(comparison: Comparison) -> str:
    """Reports, then the measures with a table and a plot each, as sections of a page."""
    if not comparison.measures:
        return '<section class="asked"><p class="none">这几份报告没有口径相同的数字，没有可以比较的。</p></section>'
    links = "".join(f'<li><a href="#m{at}">{_title(one)}</a></li>' for at, one in enumerate(comparison.measures, 1))
    jump = f'<nav class="measures" aria-label="指标"><ul>{links}</ul></nav>' if len(comparison.measures) > 1 else ""
    sections = "".join(_section(one, at) for at, one in enumerate(comparison.measures, 1))
    return f'{jump}<div class="comparison">{sections}</div>'


def _title(one: Measure) -> str:
    unit = f"（{one.unit}）" if one.unit else ""
    return f"{escape(one.name + unit)} <small>对象：{escape(extent_label(one.extent))}</small>"


def _section(one: Measure, at: int) -> str:
    head = "".join(f'<th scope="col">{period_words(period)}</th>' for period in one.periods)
    rows = "".join(
        f'<tr><th scope="row">{escape(place)}</th>{"".join(_td(one, place, period) for period in one.periods)}</tr>'
        for place in one.places
    )
    table = f'<table id="t{at}"><thead><tr><th scope="col">地方</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
    # the picture stands for itself; a page with the plots' script draws its own from the table
    kind = "lines" if len(one.periods) > 2 else "rows"
    box = f'<figure class="plot-box" data-plot="{kind}" data-table="t{at}" aria-label="{escape(one.name)}">'
    plot = f'<details class="held"><summary>图</summary>{box}{svg(one)}</figure></details>'
    region = f'<div class="grid" role="region" aria-labelledby="m{at}" tabindex="0">{table}</div>'
    return f'<section class="measure"><h2 id="m{at}">{_title(one)}</h2>{region}{plot}</section>'


def _td(one: Measure, place: str, period: str) -> str:
    cell = one.cell(place, period)
    if cell is None:
        return "<td>—</td>"
    small = [f"第{cell.rank}（共{cell.ranked}个）"] if cell.rank else []
    small += [f"比上年{words}"] if (words := change_words(cell, one.unit)) else []
    told = f"<small>{'，'.join(small)}</small>" if small else ""
    said = escape("；".join(dict.fromkeys(source.claim.sentence for source in cell.sources)))
    title = f' title="{said}"' if said else ""
    value = f' data-value="{number(cell.value)}"' if cell.value is not None else ""
    return f'<td class="{cell.state.value}"{title}{value}>{escape(value_words(cell, one.unit))}{told}</td>'
