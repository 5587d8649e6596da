"""Plain text of any encoding."""

from __future__ import annotations

import codecs
import re

import chardet

from fadu.report_reader.inputs.errors import NotReadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
_CHINESE = re.compile(r"gb|big5|utf-?(?:8|16|32)|euc-|hz", re.IGNORECASE)
_WIDE = re.compile(rb"[\x80-\xff]")
_ASCII = re.compile("[\0-\x7f]")
_FAULT = "\ufffd"
_ORDINARY = re.compile("[\u3000-\u9fff\uff00-\uffef -~\\s]")
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r\x0c\x1b"))
SAMPLE = 200_000
SELDOM = 20
GUESSED_FROM = 20_000
MOST_CONTROL = 0.02
LEAST_ORDINARY = 0.9


def looks_like_text(data: bytes) -> bool:
    """Whether a file is text at all: few control characters, unless they are the zeros of UTF-16."""
    sample = data[:SAMPLE]
    if any(sample.startswith(mark) for mark, _ in _MARKS):
        return True
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return control <= len(sample) * MOST_CONTROL or _utf_16(sample) is not None


def decoded(data: bytes) -> str:
    """The text: by its mark, as UTF-8, as it declares, else as it looks. Raises NotReadable."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if (text := _as_utf_8(data)) is not None:
        return text
    if wide := _utf_16(data[:SAMPLE]):
        return data.decode(wide, errors="replace")
    declared = _DECLARED.search(data[:4096])
    names = [name] if declared and _CHINESE.match(name := declared[1].decode("ascii")) else []
    wide_from = found.start() if (found := _WIDE.search(data)) else 0
    likely = chardet.detect(data[wide_from : wide_from + GUESSED_FROM])["encoding"]
    for name in [*names, *([likely] if likely else [])]:
        if (text := _strictly(data, name)) is not None:
            return text
    if likely is None:
        raise NotReadable("不能辨认文字的编码。", todo="请把文件另存为 UTF-8 编码的文本。")
    return data.decode("gb18030" if likely.startswith("GB") else likely, errors="replace")


def _as_utf_8(data: bytes) -> str | None:
    """UTF-8 with next to no faults: a cut end or a lost byte does not make another encoding of it."""
    text = data.decode(errors="replace")
    faults = text.count(_FAULT)
    return text if not faults or faults * SELDOM <= len(text) - len(_ASCII.findall(text)) else None


def _strictly(data: bytes, name: str) -> str | None:
    """As it is called; what is called GB 2312 is written in its superset more often than not."""
    try:
        return data.decode("gb18030" if name.lower().startswith("gb") else name)
    except (LookupError, ValueError):
        return None


def _utf_16(sample: bytes) -> str | None:
    """UTF-16 without a mark: line ends and digits leave zeros at every other place."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) // 100 + 1 or min(even, odd) * 3 > max(even, odd):
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    ordinary = len(_ORDINARY.findall(sample.decode(encoding, errors="replace")))
    return encoding if ordinary * 2 > len(sample) * LEAST_ORDINARY else None
