"""Numbers and periods of a comparison in words."""

from __future__ import annotations

from decimal import Decimal

from fadu.report_reader.compare import Cell, State, extent_label


def period_words(period: str) -> str:
    """2023年, 2023年1—6月."""
    first, _, last = period.partition("/")
    year, _, month = first.partition("-")
    if not month:
        return f"{year}年"
    end = int(last.partition("-")[2] or month)
    return f"{year}年{int(month)}月" if end == int(month) else f"{year}年{int(month)}—{end}月"


def plain(value: Decimal) -> str:
    """A number without an exponent and without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_words(cell: Cell, unit: str) -> str:
    """What stands in a cell: the number with its unit, or why there is none."""
    if cell.value is None:
        return state_words(cell)
    printed = "".join((plain(cell.value), unit))
    if cell.state is State.INEXACT:
        return f"{cell.sources[0].claim.raw}（约数）"
    return printed


def state_words(cell: Cell) -> str:
    """Why there is no number, or why it is not ranked; empty for an exact one."""
    told = [extent_label(one) for one in cell.others]
    if cell.state is State.SEVERAL:
        told = list(dict.fromkeys(source.claim.raw for source in cell.sources))
    return cell.state.label + (f"：{'、'.join(told)}" if told else "")


def change_words(cell: Cell, unit: str) -> str:
    """＋20（＋20.0%）, or the difference in percentage points; empty without a year before."""
    if cell.change is None:
        return ""
    if unit in ("%", "‰"):
        return f"{_signed(cell.change)}个{'百' if unit == '%' else '千'}分点"
    share = f"（{_signed(cell.change_percent, tenth=True)}%）" if cell.change_percent is not None else ""
    return f"{_signed(cell.change)}{unit}{share}"


def _signed(value: Decimal, *, tenth: bool = False) -> str:
    sign = "＋" if value > 0 else "－" if value < 0 else ""
    return sign + (f"{abs(value):f}" if tenth else plain(abs(value)))
