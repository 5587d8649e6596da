"""Files to keep: documents, tables, what was uploaded; their names may be Chinese."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json; charset=utf-8"
NOT_STORED = {"Cache-Control": "no-store"}


def attached(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """Content that was made for this request."""
    disposition = content_disposition_header(True, name) or ""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition, **NOT_STORED})


def attached_file(path: Path, kind: str, name: str) -> FileResponse:
    """A file of the data folder."""
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind, headers=NOT_STORED)
