"""`fadu work`: the worker, which runs background jobs until it is told to stop."""

from __future__ import annotations

from contextlib import nullcontext

import click

from fadu.cli.beside import end_with
from fadu.cli.compiling import compiling_beside
from fadu.cli.serve import bring_up_to_date
from fadu.infra import jobs
from fadu.kernel.edition import record_edition


@click.command(help="运行后台任务（让届满的期限发生法律效果等）。fadu serve 自带一个，可以另外再运行几个。")
@click.option("--once", is_flag=True, help="做完现有的任务就退出。")
@click.option("--beside", type=int, hidden=True)
def work(*, once: bool, beside: int | None) -> None:
    """Until SIGTERM or Ctrl-C. beside: ends with the process of this number, which started it."""
    if beside:
        end_with(beside)
    else:
        bring_up_to_date()
        record_edition()
        click.echo("后台任务已启动。" if once else "后台任务已启动（按 Ctrl-C 停止）。")
    with nullcontext() if once else compiling_beside():
        jobs.work(once=once)
    if not beside:
        click.echo("后台任务已停止。")
