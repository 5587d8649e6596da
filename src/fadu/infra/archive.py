"""The file of a back-up: a plain .tar that tells of itself whether it is whole.

Members in order: `manifest.json`, `chains.jsonl` (the end of every chain), `database.dump` (pg_dump's own form),
`files/ab/abcd…` (uploads under their SHA-256), and last `SHA256`, the hash of all bytes before it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from fadu.infra.trouble import Trouble

FORMAT = 1
MANIFEST, CHAINS, DUMP, CHECKSUM = "manifest.json", "chains.jsonl", "database.dump", "SHA256"
UPLOAD = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a back-up holds. record: SHA-256 of the ends of all chains; missing: uploads that were gone or changed."""

    made: str
    program: str
    server: int
    migrations: list[str]
    tables: dict[str, int]
    streams: int
    record: str
    files: int
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


class _Hashed(io.RawIOBase):
    """Writes through and hashes what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.file.tell()

    def write(self, data: Any) -> int:
        self.hash.update(data)
        return self.file.write(data)


def write(target: Path, manifest: Manifest, chains: bytes, dump: Path, uploads: Iterable[Path]) -> None:
    """Writes the file, synced, readable by its owner only; an existing one is refused."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            hashed = _Hashed(file)
            with tarfile.open(fileobj=hashed, mode="w") as tar:
                _add(tar, MANIFEST, manifest.as_bytes())
                _add(tar, CHAINS, chains)
                _add_file(tar, DUMP, dump)
                for path in uploads:
                    _add_file(tar, f"files/{path.name[:2]}/{path.name}", path)
                _add(tar, CHECKSUM, hashed.hash.hexdigest().encode())
            file.flush()
            os.fsync(file.fileno())
        _place(part, target)
    finally:
        part.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    entry = tarfile.TarInfo(name)
    with path.open("rb") as file:
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
        tar.addfile(entry, file)


def _place(part: Path, target: Path) -> None:
    """Gives the finished file its name, never another file's."""
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise Trouble(f"{target} 已经存在，备份不覆盖已有的文件，请换一个名字。") from error
    except OSError:  # a file system without hard links
        if target.exists():
            raise Trouble(f"{target} 已经存在，备份不覆盖已有的文件，请换一个名字。") from None
        part.rename(target)


@dataclass(frozen=True)
class Archive:
    """A back-up that was read through and found whole."""

    path: Path
    manifest: Manifest
    uploads: tuple[str, ...]

    def extract_dump(self, target: Path) -> None:
        """Puts the dump of the database there."""
        with tarfile.open(self.path, "r:") as tar, target.open("wb") as file:
            for chunk in _content(tar, DUMP):
                file.write(chunk)

    def extract_uploads(self, folder: Path) -> None:
        """Puts the uploads into a folder; each must be what its name says."""
        with tarfile.open(self.path, "r:") as tar:
            for name in self.uploads:
                digest = name.rpartition("/")[2]
                path = folder / digest[:2] / digest
                path.parent.mkdir(parents=True, exist_ok=True)
                found = hashlib.sha256()
                with path.open("wb") as file:
                    for chunk in _content(tar, name):
                        found.update(chunk)
                        file.write(chunk)
                if found.hexdigest() != digest:
                    raise Trouble(f"备份中的文件 {digest} 与它的摘要不符，没有恢复。")


def check(source: Path) -> Archive:
    """Reads a back-up through. Raises Trouble when it is none, cut short or changed."""
    try:
        with tarfile.open(source, "r:") as tar:
            entries = tar.getmembers()
            names = [entry.name for entry in entries]
            if names[:3] != [MANIFEST, CHAINS, DUMP]:
                raise Trouble(f"{source.name} 不是法度的备份文件。")
            if names[-1] != CHECKSUM:
                raise Trouble(f"备份文件 {source.name} 不完整，后面缺了一截，没有恢复。")
            _check_whole(tar, entries[-1], source)
            manifest = _manifest(b"".join(_content(tar, MANIFEST)))
            chains = b"".join(_content(tar, CHAINS))
    except tarfile.ReadError as error:
        whole = "不是法度的备份文件" if source.stat().st_size < tarfile.BLOCKSIZE or not _is_tar(source) else "不完整"
        raise Trouble(f"{source.name} {whole}，没有恢复。") from error
    except OSError as error:
        raise Trouble(f"不能读取备份文件 {source}：{error.strerror or error}") from error
    uploads = tuple(names[3:-1])
    regular = all(entry.isreg() for entry in entries) and len(set(names)) == len(names)
    if not regular or not all(UPLOAD.fullmatch(name) for name in uploads):
        raise Trouble(f"备份文件 {source.name} 中有不应当有的内容，没有恢复。")
    if hashlib.sha256(chains).hexdigest() != manifest.record or len(uploads) != manifest.files:
        raise Trouble(f"备份文件 {source.name} 的清单与内容不符，没有恢复。")
    return Archive(source, manifest, uploads)


def _is_tar(source: Path) -> bool:
    with source.open("rb") as file:
        try:
            return tarfile.TarInfo.frombuf(file.read(tarfile.BLOCKSIZE), "utf-8", "strict").name == MANIFEST
        except tarfile.HeaderError:
            return False


def _check_whole(tar: tarfile.TarFile, checksum: tarfile.TarInfo, source: Path) -> None:
    """All bytes before the checksum give it, and nothing stands behind it."""
    told = b"".join(_content(tar, CHECKSUM))
    found, left = hashlib.sha256(), checksum.offset
    with source.open("rb") as file:
        while left:
            chunk = file.read(min(CHUNK, left))
            found.update(chunk)
            left -= len(chunk)
        file.seek(checksum.offset_data + checksum.size)
        behind = file.read(CHUNK)
    if told != found.hexdigest().encode() or len(behind) == CHUNK or behind.strip(b"\0"):
        raise Trouble(f"备份文件 {source.name} 与它的校验和不符：内容被改动过或者存储损坏，没有恢复。")


def _content(tar: tarfile.TarFile, name: str) -> Iterator[bytes]:
    file = tar.extractfile(name)
    if file is None:
        raise Trouble("备份文件中有不应当有的内容，没有恢复。")
    while chunk := file.read(CHUNK):
        yield chunk


def _manifest(text: bytes) -> Manifest:
    try:
        said = json.loads(text)
        if said["format"] != FORMAT:
            raise Trouble("备份由另一版本的程序作出，请用那个版本或者更新的版本恢复。")
        return Manifest(**said)
    except (ValueError, TypeError, KeyError) as error:
        raise Trouble("备份文件的清单无法识别，没有恢复。") from error
