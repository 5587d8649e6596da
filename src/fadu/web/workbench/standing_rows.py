"""The rows of the board as HTML: a supervisor of a province has a thousand, too many cells for a template."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from fadu.web.workbench.standing import KINDS, Row

PLOTTED = {"normal": "", "soon": "warn", "overdue": "bad"}
"""What the plot takes from the table, and the class of a number that is not nothing."""
PLAIN = ("open", "none", "done")


def html(rows: Sequence[Row]) -> list[SafeString]:
    """One table row each."""
    return [mark_safe(_row(row)) for row in rows]  # noqa: S308 - each cell escapes its text


def _row(row: Row) -> str:
    address, number = escape(row.address), row.numbers
    label = f'<a href="{address}">{escape(row.label)}</a>' if row.key else escape(row.label)
    cells = [f'<td class="lead">{label}</td>']
    for kind, name in PLOTTED.items():
        count = getattr(number, kind)
        marked = f' class="{name}"' if name and count else ""
        cells.append(f'<td data-label="{KINDS[kind]}" data-value="{count}"{marked}>{_link(address, kind, count)}</td>')
    for kind in PLAIN:
        cells.append(f'<td data-label="{KINDS[kind]}">{_link(address, kind, getattr(number, kind))}</td>')
    late = f'<small><a href="{address}&amp;kind=late">{number.late} 件有逾期</a></small>' if number.late else ""
    cells.append(f'<td data-label="按期办结">{number.in_time}{late}</td>')
    return f"<tr{'' if row.key else ' data-sum'}>{''.join(cells)}</tr>"


def _link(address: str, kind: str, count: int) -> str:
    return f'<a class="value" href="{address}&amp;kind={kind}">{count}</a>'
