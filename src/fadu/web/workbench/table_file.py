"""A table as a .csv file that spreadsheets open in Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """The file, in UTF-8 with a mark that says so."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is shown as text."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
