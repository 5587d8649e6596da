"""A table as a .csv file that spreadsheets open in Chinese."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from fadu.infra.table_file import write_rows
from fadu.web.shared.downloads import attached


def table_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """The file, in UTF-8 with a mark that says so."""
    text = io.StringIO()
    write_rows(text, headings, rows)
    return attached(text.getvalue(), "text/csv; charset=utf-8", name)
