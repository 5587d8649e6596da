"""What people give to be read: files by their content, or text; bounded, and kept nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from fadu.report_reader import Reading, read
from fadu.report_reader.inputs import Loaded, NotReadable
from fadu.report_reader.inputs.apart import load_apart
from fadu.rules.errors import Refusal

LARGEST_FILE = 10 * 1024 * 1024
LONGEST = 50_000
"""Characters: some four times the longest yearly reports, and read in some two seconds even where all are figures."""
LONGEST_NAME = 100
MOST_FILES = 12
LARGEST_REQUEST = 2 * LARGEST_FILE
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PAGES = re.compile(r"\d{1,6}(?:,\d{1,6})*")


@dataclass(frozen=True, slots=True)
class Given:
    """One report as it was given. name: of its file; empty for text that was typed in."""

    name: str
    loaded: Loaded

    @property
    def stem(self) -> str:
        return PurePath(self.name).stem or "年度报告"

    @property
    def pages(self) -> str:
        return ",".join(map(str, self.loaded.pages))

    @property
    def notes(self) -> str:
        return "\n".join(self.loaded.notes)

    def read(self) -> Reading:
        return read(self.loaded.text)


def given(request: HttpRequest) -> list[Given]:
    """Files and texts of a form, files first. Raises Refusal where there is nothing, too much, or no text in it."""
    uploads = request.FILES.getlist("file")
    texts = [text for text in _texts(request) if text.loaded.text.strip()]
    if not uploads and not texts:
        raise Refusal("没有文件，也没有文字。", todo="请选择一份文件，或者把报告的文字粘贴到框里。")
    if len(uploads) + len(texts) > MOST_FILES:
        raise Refusal(f"一次最多 {MOST_FILES} 份报告。", todo="请分几次核对。")
    taken = [*_files(uploads), *texts]
    for one in taken:
        if len(one.loaded.text) > LONGEST:
            raise Refusal(
                f"{_called(one.name)}超过 {LONGEST // 10_000} 万字，没有读。",
                todo="在线核对有长度限制，以免占用他人的时间。请只粘贴正文，或者分成几部分核对。",
            )
    return taken


def _texts(request: HttpRequest) -> list[Given]:
    """Typed texts; those of an earlier answer come with what else was known of their files."""
    texts = request.POST.getlist("text")
    names = [*request.POST.getlist("name"), *[""] * len(texts)]
    pages = [*request.POST.getlist("pages"), *[""] * len(texts)]
    notes = [*request.POST.getlist("notes"), *[""] * len(texts)]
    return [
        Given(_one_line(name), Loaded(_plain(text), "text", _numbers(starts), tuple(missed.splitlines())))
        for text, name, starts, missed in zip(texts, names, pages, notes, strict=False)
    ]


def _numbers(starts: str) -> tuple[int, ...]:
    return tuple(map(int, starts.split(","))) if _PAGES.fullmatch(starts) else ()


def _plain(text: str) -> str:
    """Line ends as browsers send them become single signs, as they were; what no text has becomes a space."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _files(uploads: list[UploadedFile[bytes]]) -> list[Given]:
    for one in uploads:
        if (one.size or 0) > LARGEST_FILE:
            raise Refusal(
                f"{_called(one.name)}超过 {LARGEST_FILE // 1024 // 1024} MB，没有读。",
                todo="多半是因为有大量图片。请另存为不带图片的文件，或者把正文复制出来粘贴。",
            )
    loaded = load_apart([one.read() for one in uploads], LONGEST) if uploads else []
    return [_given(one.name or "", found) for one, found in zip(uploads, loaded, strict=True)]


def _given(name: str, found: Loaded | NotReadable) -> Given:
    if isinstance(found, NotReadable):
        raise Refusal(f"{_called(name)}没有读成：{found.message}", todo=found.todo)
    if found.pages:
        return Given(_one_line(name), Loaded(_CONTROL.sub(" ", found.text), found.form, found.pages, found.notes))
    return Given(_one_line(name), Loaded(_plain(found.text), found.form, (), found.notes))


def _one_line(name: str) -> str:
    """A name that can stand in a header."""
    return " ".join(_CONTROL.sub(" ", name).split())[:LONGEST_NAME]


def _called(name: str | None) -> str:
    return f"文件“{name}”" if name else "文字"
