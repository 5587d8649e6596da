"""`fadu read`: figures of published reports, and whether they agree."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from fadu.cli.compare import ComparisonWriter
from fadu.cli.read_output import Writer, writer_for
from fadu.report_reader.batch import STDIN, Done, files_of, read_all, shown
from fadu.report_reader.explain import explained
from fadu.report_reader.inputs import NotReadable, load

HELP = """读公开的年度报告：找出全部统计数字，核对它们是否相符。

可以写一个或者多个文件（.txt、.html、.docx、.pdf）、文件夹；写 - 时读标准输入。

退出状态：0 读成了至少一个文件（查出不符也是 0）；1 一个文件都没有读成；2 命令写得不对。"""


@click.command(help=HELP)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="文件或者文件夹…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "html", "xlsx"]),
    default="table",
    show_default=True,
    help="格式。",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="写到这个文件；.xlsx 必须写明。多个文件的 html 写到这个文件夹。"
)
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help="同时读几个文件。")
@click.option(
    "--explain",
    is_flag=False,
    flag_value="",
    metavar="[编号或者字句]",
    help="逐步说明怎样读的。写数字编号（c012）、核对编号（r003）或者句中的字，只说明那几句。",
)
@click.option("--compare", "compares", is_flag=True, help="把几份报告放在一起，比较口径相同的数字。")
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="比较时，把一个指标画成图（.svg 或者 .png），写到这个文件。",
)
@click.option("--measure", default="", help="画哪个指标：比较结果中的名称，或者名称的一部分；不写的，画第一个。")
def reader(
    files: tuple[Path, ...],
    form: str,
    out: Path | None,
    jobs: int,
    explain: str | None,
    *,
    compares: bool,
    plot: Path | None,
    measure: str,
) -> None:
    """Findings are no errors: the exit status is 0 unless not one file could be read."""
    if explain and (explain == "-" or os.path.exists(explain)):  # --explain FILE: no words were given
        files, explain = (Path(explain), *files), ""
    if not files:
        raise click.UsageError("请写明文件或者文件夹；读标准输入时写 -。")
    paths, faults = files_of(files)
    if explain is not None:
        sys.exit(_explain(paths, faults, explain))
    if plot is not None and (not compares or plot.suffix.lower() not in (".svg", ".png")):
        raise click.UsageError("--plot 与 --compare 一起用，文件名以 .svg 或者 .png 结尾。")
    several = len(paths) > 1 and not compares
    if out is None and (form == "xlsx" or (form == "html" and several)):
        raise click.UsageError(f"写 {form} 要用 --out 写明{'文件夹' if form == 'html' else '文件'}。")
    try:
        writer = ComparisonWriter(form, out, plot, measure) if compares else writer_for(form, out, several)
        sys.exit(_read(paths, faults, writer, jobs, quiet=out is None and sys.stdout.isatty()))
    except OSError as error:
        if out is None:
            raise
        raise click.ClickException(f"不能写入 {out}（{error.strerror}）。请检查路径和权限。") from error


def _read(paths: list[Path], faults: list[str], writer: Writer, jobs: int, quiet: bool) -> int:
    """Reads and writes all, with a bar on a terminal that shows no figures, and sums up."""
    read, notes, counts = 0, [], [0, 0, 0]
    found: Iterable[Done[Any]] = read_all(paths, writer.render, jobs) if paths else ()
    hidden = quiet or len(paths) < 2 or not sys.stderr.isatty()
    with click.progressbar(found, length=len(paths), label="读取", file=sys.stderr, hidden=hidden) as bar:
        for done in bar:
            if done.fault:
                faults.append(f"{done.file}：{done.fault}")
                continue
            read += 1
            writer.add(done)
            counts = [sum(pair) for pair in zip(counts, (done.figures, done.checks, done.findings), strict=True)]
            notes += [f"{done.file}：{note}" for note in done.notes]
    writer.close()
    for line in (*notes, *faults):
        click.echo(f"法度：{line}", err=True)
    if len(paths) > 1 or faults:
        told = f"统计数字 {counts[0]} 个，核对 {counts[1]} 项，其中需要询问的 {counts[2]} 项"
        click.echo(f"读了 {read} 个文件，{len(faults)} 个没有读成；{told}。", err=True)
    return 0 if read else 1


def _explain(paths: list[Path], faults: list[str], about: str) -> int:
    """One file after the other."""
    read = 0
    for path in paths:
        name = shown(path)
        try:
            lines = explained(load(None if path == STDIN else path).text, about)
        except NotReadable as refusal:
            faults.append(f"{name}：{refusal.message}{refusal.todo or ''}")
            continue
        read += 1
        if len(paths) > 1:
            click.echo(f"【{name}】")
        click.echo("\n".join(lines) if lines else f"没有与“{about}”有关的句子。")
    for fault in faults:
        click.echo(f"法度：{fault}", err=True)
    return 0 if read else 1
