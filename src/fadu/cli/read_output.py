"""What `fadu read` writes, one report after the other: nothing of a report is kept once it is written."""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import IO, Any, Protocol

from fadu.cli.table import table_lines
from fadu.report_reader import Reading, Verdict
from fadu.report_reader.batch import Done, Render
from fadu.report_reader.inputs import Loaded
from fadu.report_reader.output.as_json import as_json
from fadu.report_reader.output.as_page import alone, as_page
from fadu.report_reader.output.as_workbook import ReportBook, rows_of
from fadu.report_reader.output.marks import WARNING

ORDER = [Verdict.FAILS, Verdict.ALTERNATIVE, Verdict.UNVERIFIABLE, Verdict.HOLDS]


class Writer(Protocol):
    """render: makes of one reading, in the process that read it, what `add` writes."""

    @property
    def render(self) -> Render[Any]: ...

    def add(self, done: Done[Any]) -> None: ...

    def close(self) -> None: ...


def writer_for(form: str, out: Path | None, several: bool) -> Writer:
    """The writer of a format."""
    if form == "xlsx":
        assert out is not None  # asked for by the command
        return _Workbook(out)
    if form == "html" and several:
        assert out is not None  # asked for by the command
        return _Pages(out)
    stream = out.open("wb") if out else sys.stdout.buffer
    if form == "json":
        return _Json(stream, several)
    return _Plain(stream, page_text if form == "html" else table_text)


def page_text(file: str, reading: Reading, loaded: Loaded) -> str:
    return as_page(reading, file, loaded.notes) + "\n"


def json_text(file: str, reading: Reading, loaded: Loaded) -> str:
    return json.dumps(as_json(reading, file, loaded), ensure_ascii=False, indent=1)


def table_text(file: str, reading: Reading, loaded: Loaded) -> str:
    """Figures in a line each, then the checks, the doubtful ones first, then what was not read."""
    meta = reading.meta
    head = f"{meta.title or file}　{meta.place}　{meta.year or ''}　{meta.issued}".rstrip("　")
    figures = [(c.id, _one_line(c.raw), c.unit, c.qualifier, c.period, c.measure[-40:]) for c in reading.claims]
    checks = sorted(reading.relations, key=lambda relation: ORDER.index(relation.verdict))
    total = len(reading.claims) + len(reading.others) + len(reading.unread)
    kinds = f"统计数字 {len(reading.claims)}，其他 {len(reading.others)}，没有读懂 {len(reading.unread)}"
    lines = [
        head,
        *table_lines(("编号", "原文", "单位", "限定", "期间", "事项"), figures),
        "",
        *table_lines(
            ("编号", "结论", "算式", "说明"), [(r.id, r.verdict.label, short(r.expr), r.reason) for r in checks]
        ),
        "",
        f"数字 {total} 个：{kinds}。",
        *(f"  没有读懂：{_one_line(one.raw)}（第 {one.start + 1} 字）" for one in reading.unread),
        "",
    ]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def short(expr: str) -> str:
    """A sum of thousands does not fit in a line."""
    return expr if len(expr) <= 120 else f"{expr[:100]} …"


class _Plain:
    """One text after the other."""

    def __init__(self, stream: IO[bytes], render: Render[str]) -> None:
        self.stream, self.render = stream, render

    def add(self, done: Done[str]) -> None:
        self.stream.write((done.made or "").encode(errors="replace"))

    def close(self) -> None:
        _closed(self.stream)


class _Json:
    """One object, or the objects of all reports in one list."""

    def __init__(self, stream: IO[bytes], several: bool) -> None:
        self.stream, self.several, self.written, self.render = stream, several, 0, json_text

    def add(self, done: Done[str]) -> None:
        before = "" if not self.several else ",\n" if self.written else '{"reports": [\n'
        self.stream.write((before + (done.made or "")).encode(errors="replace"))
        self.written += 1

    def close(self) -> None:
        empty = "{}" if not self.several else '{"reports": []}'
        self.stream.write((("]}" if self.several else "") + "\n").encode() if self.written else f"{empty}\n".encode())
        _closed(self.stream)


class _Pages:
    """A page for each report in a folder, and one that lists them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.render, self.names, self.rows = folder, page_text, set[str](), list[str]()
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, done: Done[str]) -> None:
        stem = name = Path(done.file).stem[:80]
        while name in self.names or name == "index":
            name = f"{stem}-{len(self.names)}"
        self.names.add(name)
        (self.folder / f"{name}.html").write_bytes((done.made or "").encode(errors="replace"))
        counts = "".join(f"<td>{count}</td>" for count in (done.figures, done.checks, done.findings))
        self.rows.append(f'<tr><td><a href="{escape(name)}.html">{escape(done.file)}</a></td>{counts}</tr>')

    def close(self) -> None:
        labels = "".join(f"<th>{label}</th>" for label in ("文件", "统计数字", "核对", "需要询问"))
        table = f"<table><tr>{labels}</tr>{''.join(self.rows)}</table>"
        page = alone("报告核对", f'<p class="warning">{WARNING}</p>{table}') + "\n"
        (self.folder / "index.html").write_bytes(page.encode())


class _Workbook:
    """Three sheets for all reports together."""

    def __init__(self, out: Path) -> None:
        self.out, self.book, self.render = out, ReportBook(), rows_of

    def add(self, done: Done[Any]) -> None:
        self.book.add(done.made or ([], [], []))

    def close(self) -> None:
        self.book.save(self.out)


def _closed(stream: IO[bytes]) -> None:
    stream.flush()
    if stream is not sys.stdout.buffer:
        stream.close()
