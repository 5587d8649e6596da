"""`fadu serve`: the workbench and the portal, on this machine only unless told otherwise."""

import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from importlib import import_module
from typing import Any

import click
from django.conf import settings
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

from fadu.analytics.views import outdated
from fadu.cli.beside import end_with, worker_beside
from fadu.cli.ledger import keep_sealed
from fadu.infra.database import address, keep_open
from fadu.infra.migrations import behind
from fadu.infra.roles import APP
from fadu.infra.trouble import Trouble
from fadu.kernel.clockwork import run_due
from fadu.kernel.edition import record_edition
from fadu.rules.registry import registry

PORTS_TRIED = 20
THREADS = 8
SECONDS_TO_END = 5
"""How long a web server's process may go on with what it was asked when the server is ended; then it is killed."""
ENDING = (signal.SIGTERM, signal.SIGINT)


@click.command(help="启动网站。默认只能从本机访问；端口被占用时顺延。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--port", default=8000, show_default=True, help="监听的端口。")
@click.option("--workers", default=1, show_default=True, help="工作进程数。")
@click.option("--no-worker", is_flag=True, help="不同时运行后台任务（另行运行 fadu work 的）。")
def serve(host: str, port: int, workers: int, *, no_worker: bool) -> None:
    """Bring the database up to date, find a port, serve until stopped."""
    bring_up_to_date()
    record_edition()
    run_due()
    keep_sealed()
    connection.close()
    port = free_port(host, port)
    settings.ALLOWED_HOSTS.append(host)
    click.echo(f"法度已启动：http://{host}:{port}/　（按 Ctrl-C 停止）")
    server = Granian(
        "fadu.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=SECONDS_TO_END,
        log_level="error",  # type: ignore[arg-type]  # granian takes the name as well
    )
    end_while_loading()
    try:
        with nullcontext() if no_worker else worker_beside():
            server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)
    finally:
        keep_sealed()
        connection.close()


def end_while_loading() -> None:
    """A process of the web server ends at once when told to before it has its own answer to signals.

    It is forked with the main one's answer, which tells nobody in the new process: there it would be lost.
    """

    def in_child() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the main one too, which then ends this one
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, ENDING),
        after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, ENDING),
        after_in_child=in_child,
    )


def _application(parent: int) -> Callable[..., Any]:
    """Loads the pages in a process of the web server, which ends with the main one."""
    end_with(parent)
    return application()


def application() -> Callable[..., Any]:
    """The pages with all declarations, loaded before the first visitor comes.

    What was loaded stays for good: else every full collection of garbage looks at it again, in the midst of a page.
    """
    keep_open(THREADS)
    found: Callable[..., Any] = import_module("fadu.config.wsgi").application
    registry()
    gc.collect()
    gc.freeze()
    return found


def bring_up_to_date() -> None:
    """The embedded database is migrated at once; the office's own is its engineer's business."""
    old = behind()
    other_views = old or outdated(registry())
    connection.close()
    if not other_views:
        return
    if address(APP) is None:
        click.echo("正在准备数据库……")
        command = [sys.executable, "-m", "fadu", "migrate", "--quiet"]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    elif old:
        raise Trouble("数据库还没有升级到当前版本，请先运行 fadu migrate。")
    else:
        click.echo("统计视图与现行程序声明不一致，请运行 fadu sync；在此之前不能查看统计和报告。", err=True)


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one that nobody uses."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Trouble(f"{host} 上从 {wanted} 起的 {PORTS_TRIED} 个端口都不能使用，请用 --port 另指定一个。")
