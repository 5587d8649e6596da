"""Uploaded files: kept by digest in the data folder; too large, or not what their name says, is refused."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives import hashes
from django.conf import settings

from fadu.kernel import file_content, models
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput, NotFound

LIMIT = 20 * 1024 * 1024
CHUNK = 1 << 20
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
    """Stores an upload and returns its row. Raises BadInput when it is empty, too large or of no known kind."""
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
    if fault := file_content.fault(ending, data):
        raise BadInput({"files": f"文件“{name}”{fault}"})
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_bytes(data)
        half.rename(path)
    row, _ = models.File.objects.get_or_create(
        digest=digest,
        defaults={"name": name, "size": size, "kind": KINDS[ending], "officer_id": s.actor, "made": s.now},
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


# ---------------------------------------------------------------- files of bulk acts, of any size


@dataclass(frozen=True, slots=True)
class Digests:
    """What names a file: by SHA-256 it is kept, by SM3 the record tells it."""

    sha256: str
    sm3: str
    size: int


def digests(path: Path) -> Digests:
    """Reads a file through."""
    sha256, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
            sm3.update(chunk)
            size += len(chunk)
    return Digests(sha256.hexdigest(), "sm3:" + sm3.finalize().hex(), size)


def keep_file(s: Session, path: Path, known: Digests, kind: str) -> models.File:
    """Keeps a file of this machine among the uploads. Raises BadInput when it is no longer what was read."""
    if s.officer is None:
        raise NotFound("上传人")
    _copy(path, known)
    row, _ = models.File.objects.get_or_create(
        digest=known.sha256,
        defaults={"name": path.name, "size": known.size, "kind": kind, "officer_id": s.officer, "made": s.now},
    )
    return row


def keep_instead(former: models.File, path: Path, known: Digests) -> models.File:
    """Keeps what is left of a file of which something was destroyed, under its name."""
    _copy(path, known)
    said = {"name": former.name, "kind": former.kind, "officer_id": former.officer_id, "made": former.made}
    row, _ = models.File.objects.get_or_create(digest=known.sha256, defaults={"size": known.size, **said})
    return row


def _copy(path: Path, known: Digests) -> None:
    kept = path_of(known.sha256)
    kept.parent.mkdir(parents=True, exist_ok=True)
    half = kept.with_suffix(".part")
    shutil.copyfile(path, half)
    if digests(half) != known:
        half.unlink()
        raise BadInput({"file": f"文件“{path.name}”在导入过程中被改动"})
    half.rename(kept)
