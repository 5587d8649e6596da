"""Files to keep: documents, tables, what was uploaded; their names may be Chinese, and lead to no other folder."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from fadu.kernel import files
from fadu.kernel.access import Uploaded
from fadu.rules.errors import NotFound
from fadu.rules.uploads import clean_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SVG = "image/svg+xml"
PDF = "application/pdf"
JSON = "application/json; charset=utf-8"
NOT_STORED = {"Cache-Control": "no-store"}


def attached(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """Content that was made for this request."""
    disposition = content_disposition_header(True, _safe(name)) or ""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition, **NOT_STORED})


def attached_upload(upload: Uploaded | None, called: str = "") -> FileResponse:
    """An uploaded file under its own name, or called otherwise. Raises NotFound when it is not on the disk."""
    if upload is None or not (path := files.path_of(upload.digest)).is_file():
        raise NotFound("文件")
    name = _safe(called + Path(upload.name).suffix if called else upload.name)
    kind = files.kind_of(upload.name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind, headers=NOT_STORED)


def _safe(name: str) -> str:
    return clean_name(name.replace("/", "／").replace("\\", "＼"))
