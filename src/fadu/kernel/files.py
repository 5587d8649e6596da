"""Uploaded files: kept by digest in the data folder; too large or of a wrong kind is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from fadu.kernel import models
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput, NotFound

LIMIT = 20 * 1024 * 1024
KINDS = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".txt": "text/plain",
    ".zip": "application/zip",
}


def path_of(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def keep(s: Session, name: str, size: int, content: IO[bytes]) -> models.File:
    """Stores an upload and returns its row. Raises BadInput when it is empty, too large or of an unknown kind."""
    ending = Path(name).suffix.lower()
    if size > LIMIT:
        limit, got = LIMIT // 1024 // 1024, -(-size // 1024 // 1024)
        raise BadInput({"files": f"文件“{name}”有 {got} MB，超过每个文件 {limit} MB 的上限，请压缩或者分成几个文件"})
    if size == 0:
        raise BadInput({"files": f"文件“{name}”是空的"})
    if ending not in KINDS:
        raise BadInput({"files": f"不接受“{ending or name}”类型的文件，可以上传 PDF、Word、Excel、图片、文本和 ZIP"})
    if s.officer is None:
        raise NotFound("上传人")
    data = content.read()
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_bytes(data)
        half.rename(path)
    row, _ = models.File.objects.get_or_create(
        digest=digest,
        defaults={"name": name, "size": size, "kind": KINDS[ending], "officer_id": s.officer, "made": s.now},
    )
    return row


def check(values: Mapping[str, Any]) -> None:
    """Every digest in the values names a stored file; others are refused before anything is written."""
    digests = {
        entry for value in values.values() if isinstance(value, list) for entry in value if isinstance(entry, str)
    }
    candidates = {digest for digest in digests if len(digest) == 64}
    known = (
        set(models.File.objects.filter(digest__in=candidates).values_list("digest", flat=True)) if candidates else set()
    )
    if candidates - known:
        raise BadInput({"files": "有文件没有上传成功，请重新上传"})
