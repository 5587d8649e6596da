"""What an uploaded file is by its content: it has to be what its name says, and must not unpack to a mountain."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

MOST_PARTS = 5_000
MOST_UNPACKED = 400 * 1024 * 1024
STEEPEST = 200
"""How many times a packed file may grow; text of office files grows tenfold to twentyfold."""
SMALL = 10 * 1024 * 1024
"""What unpacks to less is harmless, however steep."""
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def fault(ending: str, content: bytes, most: int = MOST_UNPACKED) -> str:
    """Why a file of this ending is not taken, in words that go on after its name; empty when nothing is wrong.

    most: to how many bytes it may unpack.
    """
    looks = LOOKS.get(ending)
    if looks is not None and not looks(content):
        return f"的内容不是{ending}文件，可能改过扩展名或者已经损坏，请用原来的程序打开另存后再上传"
    return _packed(ending, content, most) if ending in PACKED else ""


def _packed(ending: str, content: bytes, most: int) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return "已经损坏，打不开，请重新保存后再上传"
    unpacked = sum(part.file_size for part in parts)
    steep = unpacked > SMALL and unpacked > STEEPEST * len(content)
    if len(parts) > MOST_PARTS or unpacked > most or steep:
        return "解开后过大，可能危及系统，没有接收；请分成几个文件或者不压缩再上传"
    names = {part.filename for part in parts}
    if (main := PACKED[ending]) and main not in names:
        return f"的内容不是{ending}文件，请用办公软件另存为{ending}再上传"
    if any(name.lower().endswith("vbaproject.bin") for name in names) and main:
        return "含有宏，没有接收；请另存为不带宏的文件再上传"
    return ""


def _text(content: bytes) -> bool:
    """In one of the encodings that Chinese texts have, and without signs that no text has."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return any(_decodes(content, encoding) for encoding in ("utf-8", "gb18030", "utf-16"))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


PACKED = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".zip": ""}
"""Endings of packed files, with the part that each must have."""
LOOKS: dict[str, Callable[[bytes], bool]] = {
    ".pdf": lambda content: b"%PDF-" in content[:1024],
    ".doc": _begins(OLE),
    ".xls": _begins(OLE),
    ".jpg": _begins(b"\xff\xd8\xff"),
    ".jpeg": _begins(b"\xff\xd8\xff"),
    ".png": _begins(b"\x89PNG\r\n\x1a\n"),
    ".txt": _text,
    **dict.fromkeys(PACKED, _begins(b"PK\x03\x04", b"PK\x05\x06")),
}
