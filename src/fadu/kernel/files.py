"""Uploaded files: kept by digest in the data folder; too large, or not what their name says, is refused."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives import hashes
from django.conf import settings

from fadu.kernel import file_content, ledger, models, parameters
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.uploads import Upload, clean_name

LIMIT = 20 * 1024 * 1024
CHUNK = 1 << 20
LEFT_FREE = 1 << 30
"""Bytes that uploads leave free on the disk: the record lies there as well, and has to go on."""
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


def kind_of(name: str) -> str:
    """What a browser is told of a file of this name."""
    return KINDS.get(Path(name).suffix.lower(), "application/octet-stream")


def keep(s: Session, name: str, size: int, content: IO[bytes]) -> Upload:
    """Stores an upload, which keeps its own name. Raises BadInput when it is empty, too large or of no known kind."""
    name = clean_name(name)
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
    if shutil.disk_usage(Path(settings.MEDIA_ROOT).parent).free - size < LEFT_FREE:
        raise BadInput(
            {"files": f"服务器的磁盘快满了，没有接收文件“{name}”，请过一会儿再上传；还是不行的，请告诉办理机关"}
        )
    data = content.read()
    if fault := file_content.fault(ending, data):
        raise BadInput({"files": f"文件“{name}”{fault}"})
    digest = hashlib.sha256(data).hexdigest()
    _register(digest, len(data), s.now)
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_bytes(data)
        half.rename(path)
    return Upload(digest, name)


def _register(digest: str, size: int, made: datetime, *, recorded: bool = False) -> models.File:
    """The row of these bytes, locked before they are looked for on the disk; what is recorded stays so."""
    said = ["made", "recorded"] if recorded else ["made"]
    row = models.File(digest=digest, size=size, made=made, recorded=recorded)
    models.File.objects.bulk_create([row], update_conflicts=True, unique_fields=["digest"], update_fields=said)
    return row


def check(values: Mapping[str, Any]) -> None:
    """Every upload that the values name is stored, and is the record's from now on. Raises BadInput.

    The rows stay locked until the act is written: what it names is not swept away meanwhile.
    """
    named = {upload.digest for upload in _named(values)}
    if not named:
        return
    rows = models.File.objects.filter(digest__in=named).order_by("digest").select_for_update(no_key=True)
    known = dict(rows.values_list("digest", "recorded"))
    if named - known.keys():
        raise BadInput({"files": "有文件没有上传成功，请重新上传"})
    if not all(known.values()):
        models.File.objects.filter(digest__in=named).update(recorded=True)


def _named(value: Any) -> Iterator[Upload]:
    """The uploads that a value names, in rows within it too."""
    if isinstance(value, str):
        upload = Upload.read(value)
        if upload:
            yield upload
    elif isinstance(value, Mapping | list | tuple):
        for entry in value.values() if isinstance(value, Mapping) else value:
            yield from _named(entry)


# ---------------------------------------------------------------- what nothing came of

UNUSED = """
SELECT f.digest FROM kernel_file f WHERE NOT f.recorded AND f.made < %s
    AND NOT EXISTS (SELECT FROM kernel_draft d WHERE strpos(d.typed::text, f.digest) > 0)
    AND NOT EXISTS (SELECT FROM kernel_application a WHERE strpos(a.typed::text, f.digest) > 0)
FOR UPDATE OF f SKIP LOCKED
"""


def sweep(s: Session) -> int:
    """Removes the uploads that no act and no draft names and that nobody sent again for as long as the house says.

    The bytes go while the row is locked: who uploads them again waits, and writes them anew.
    """
    days: int = parameters.in_force(parameters.UPLOADS, s.today)["unused_after"]
    unused = [digest for (digest,) in ledger.rows(UNUSED, [s.now - timedelta(days=days)])]
    for digest in unused:
        path_of(digest).unlink(missing_ok=True)
    models.File.objects.filter(digest__in=unused).delete()
    return len(unused)


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


def keep_file(s: Session, path: Path, known: Digests) -> models.File:
    """Keeps a file of this machine among the uploads. Raises BadInput when it is no longer what was read."""
    if s.officer is None:
        raise NotFound("上传人")
    return _kept(path, known, s.now)


def keep_instead(former: models.File, path: Path, known: Digests) -> models.File:
    """Keeps what is left of a file of which something was destroyed."""
    return _kept(path, known, former.made)


def _kept(path: Path, known: Digests, made: datetime) -> models.File:
    row = _register(known.sha256, known.size, made, recorded=True)
    kept = path_of(known.sha256)
    kept.parent.mkdir(parents=True, exist_ok=True)
    half = kept.with_suffix(".part")
    shutil.copyfile(path, half)
    if digests(half) != known:
        half.unlink()
        raise BadInput({"file": f"文件“{path.name}”在导入过程中被改动"})
    half.rename(kept)
    return row
