"""`fadu read`: figures of published reports, and whether they agree."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click

from fadu.cli.table import print_table
from fadu.report_reader import Reading, Verdict, read
from fadu.report_reader.inputs import Loaded, NotReadable, load
from fadu.report_reader.output.as_json import as_json
from fadu.report_reader.output.as_page import as_page
from fadu.report_reader.output.as_workbook import as_workbook

ENDINGS = frozenset((".txt", ".html", ".htm", ".docx", ".pdf"))
STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class One:
    """What became of one file: a reading, or the sentence that says why not."""

    file: str
    reading: Reading | None = None
    loaded: Loaded | None = None
    fault: str = ""


@click.command(help="读公开的年度报告：找出全部统计数字，核对它们是否相符。文件写 - 时读标准输入。")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="文件或者文件夹…"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "html", "xlsx"]),
    default="table",
    show_default=True,
    help="格式。",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件；.xlsx 必须写明。")
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help="同时读几个文件。")
def reader(files: tuple[Path, ...], form: str, out: Path | None, jobs: int) -> None:
    """Findings are no errors: the exit status is 0 unless not one file could be read."""
    if form == "xlsx" and out is None:
        raise click.UsageError("写 .xlsx 要用 --out 写明文件。")
    paths = list(_paths(files))
    if not paths:
        raise click.UsageError("文件夹里没有 .txt、.html、.docx 或者 .pdf 文件。")
    ones = list(_all(paths, jobs))
    good = [one for one in ones if one.reading is not None]
    _write(good, form, out, several=len(paths) > 1)
    for one in ones:
        if one.fault:
            click.echo(f"法度：{one.file}：{one.fault}", err=True)
    if len(paths) > 1:
        click.echo(f"读了 {len(good)} 个文件，{len(ones) - len(good)} 个没有读成。", err=True)
    if not good:
        sys.exit(1)


def _paths(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
        else:
            yield path


def _all(paths: list[Path], jobs: int) -> Iterator[One]:
    """One after another, or side by side, in the order given, with a bar on a terminal."""
    if len(paths) == 1:
        yield _one(paths[0])
        return
    with ProcessPoolExecutor(min(jobs, len(paths))) as pool:
        read_ones = pool.map(_one, paths, chunksize=max(1, min(32, len(paths) // (jobs * 4))))
        with click.progressbar(
            read_ones, length=len(paths), label="读取", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            yield from bar


def _one(path: Path) -> One:
    name = "标准输入" if path == STDIN else str(path)
    try:
        loaded = load(None if path == STDIN else path)
    except NotReadable as refusal:
        return One(name, fault=refusal.message + (refusal.todo or ""))
    return One(name, read(loaded.text), loaded)


def _write(ones: list[One], form: str, out: Path | None, several: bool) -> None:
    if form == "table":
        for one in ones:
            _print(one)
        return
    if form == "xlsx":
        data = as_workbook([(one.file, one.reading) for one in ones if one.reading])
    elif form == "json":
        objects = [as_json(one.reading, one.file, one.loaded) for one in ones if one.reading]
        told = {"reports": objects} if several else (objects[0] if objects else {})
        data = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    else:
        data = "\n".join(as_page(one.reading, one.file) for one in ones if one.reading).encode()
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        out.write_bytes(data)
        click.echo(f"已写入 {out}。", err=True)


def _print(one: One) -> None:
    """Figures in a line each, then the checks, the doubtful ones first, then what was not read."""
    reading = one.reading
    if reading is None:
        return
    meta = reading.meta
    click.echo(f"{meta.title or one.file}　{meta.place}　{meta.year or ''}　{meta.issued}".rstrip("　"))
    lines = [(c.id, c.raw, c.unit, c.qualifier, c.period, c.measure[-40:]) for c in reading.claims]
    print_table(("编号", "原文", "单位", "限定", "期间", "事项"), lines)
    click.echo("")
    order = [Verdict.FAILS, Verdict.ALTERNATIVE, Verdict.UNVERIFIABLE, Verdict.HOLDS]
    checks = sorted(reading.relations, key=lambda relation: order.index(relation.verdict))
    print_table(("结论", "算式", "说明"), [(r.verdict.label, r.expr, r.reason) for r in checks])
    total = len(reading.claims) + len(reading.others) + len(reading.unread)
    kinds = f"统计数字 {len(reading.claims)}，其他 {len(reading.others)}，没有读懂 {len(reading.unread)}"
    click.echo(f"\n数字 {total} 个：{kinds}。")
    for unread in reading.unread:
        click.echo(f"  没有读懂：{unread.raw}（第 {unread.start} 字）")
