"""`fadu integrity`: runs every check over the house, tells what was found and what to do."""

from __future__ import annotations

import sys

import click

from fadu.cli.table import print_table
from fadu.kernel import access, integrity
from fadu.kernel.integrity import CHECKS, Check, Run

SHOWN = 20


@click.command(help="完整性检查：逐项核对案件、记录、期限、文书和人员，指出问题和办法；只看，不改。")
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="件数", help="只抽若干件案件重新推算（其余各项仍查全部）。"
)
@click.option("--all", "everything", is_flag=True, help=f"列出全部问题（默认每项列出前 {SHOWN} 条）。")
def run_checks(sample: int | None, everything: bool) -> None:
    """Exit status 1 when something does not hold together; work that waits for somebody is no failure."""
    run = _examine(sample)
    with access.session(None, run.at) as s:
        integrity.record(s, run)
    told = [check for check in CHECKS if run.counts.get(check.name)]
    click.echo(f"检查了 {run.cases} 件案件（其中 {run.refolded} 件按记录重新推算），共 {len(CHECKS)} 项。")
    if not told:
        click.echo("没有发现问题。")
        return
    lines = [(check.severity.label, check.title, str(run.counts[check.name])) for check in told]
    print_table(("程度", "检查", "问题数"), lines)
    for check in told:
        _tell(check, run, None if everything else SHOWN)
    if run.failed:
        raise SystemExit(1)


def _examine(sample: int | None) -> Run:
    """The run, with a bar where somebody looks on."""
    with access.session(None) as s, click.progressbar(length=0, label="检查", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(1)

        return integrity.examine(s, sample=sample, progress=progress)


def _tell(check: Check, run: Run, most: int | None) -> None:
    found = [one for one in run.findings if one.check == check.name]
    click.echo(f"\n{check.title}（{check.severity.label}）：{check.meaning}")
    for one in found[:most]:
        click.echo(f"  {one.sentence}")
    left = run.counts[check.name] - len(found[:most])
    if left:
        click.echo(f"  另有 {left} 条，{'加 --all 列出' if len(found) > len(found[:most]) else '没有逐条保留'}。")
