"""`fadu read --compare`: reports side by side on the terminal or in a file, and the plot of one measure."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from fadu.cli.table import table_lines
from fadu.report_reader import Reading
from fadu.report_reader.batch import Done
from fadu.report_reader.compare import Comparison, compare, extent_label
from fadu.report_reader.inputs import Loaded, NotReadable
from fadu.report_reader.output.as_comparison import WARNING, comparison_json, comparison_page, comparison_workbook
from fadu.report_reader.output.plot import png, svg
from fadu.report_reader.output.words import change_words, period_words, value_words

Named = tuple[str, Reading]


def named(file: str, reading: Reading, loaded: Loaded) -> Named:
    """What a comparison needs of one report."""
    return file, reading


class ComparisonWriter:
    """Gathers the readings and writes what they have in common. plot: where the plot of a measure goes."""

    def __init__(self, form: str, out: Path | None, plot: Path | None, measure: str) -> None:
        self.form, self.out, self.plot, self.measure, self.render = form, out, plot, measure, named
        self.readings: list[Named] = []

    def add(self, done: Done[Named]) -> None:
        if done.made is not None:
            self.readings.append(done.made)

    def close(self) -> None:
        found = compare(self.readings)
        data = _written(found, self.form)
        if self.out is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            self.out.write_bytes(data)
        if self.plot is not None:
            _plot(found, self.measure, self.plot)


def _written(found: Comparison, form: str) -> bytes:
    if form == "xlsx":
        return comparison_workbook(found)
    if form == "json":
        text = json.dumps(comparison_json(found), ensure_ascii=False, indent=1)
    else:
        text = comparison_page(found) if form == "html" else "\n".join(_lines(found))
    return (text + "\n").encode(errors="replace")


def _lines(found: Comparison) -> list[str]:
    """Each measure with a line for each place and period."""
    lines = [] if found.measures else ["这几份报告没有口径相同的数字。", ""]
    for measure in found.measures:
        rows = [
            (
                cell.place,
                period_words(cell.period),
                value_words(cell, measure.unit),
                f"{cell.rank}/{cell.ranked}" if cell.rank else "",
                change_words(cell, measure.unit),
            )
            for cell in measure.cells
        ]
        lines.append(f"{measure.name}　对象：{extent_label(measure.extent)}")
        lines += [*table_lines(("地方", "期间", "数值", "名次", "比上年"), rows), ""]
    return [*lines, WARNING]


def _plot(found: Comparison, name: str, file: Path) -> None:
    """Writes the plot of the first measure whose name has these words."""
    measure = next((one for one in found.measures if name in one.name or name == one.indicator), None)
    if measure is None:
        known = "、".join(dict.fromkeys(one.name for one in found.measures)) or "没有"
        raise click.UsageError(f"比较结果里没有“{name}”。有的是：{known}。")
    try:
        file.write_bytes(png(measure) if file.suffix.lower() == ".png" else svg(measure).encode())
    except NotReadable as refusal:
        raise click.UsageError(refusal.message + (refusal.todo or "")) from refusal
