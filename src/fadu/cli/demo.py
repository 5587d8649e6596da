"""`fadu demo`: builds the demonstration house when it is not there yet, then serves it."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import click
import psycopg
from django.db import connection

from fadu.cli.ledger import keep_sealed
from fadu.cli.serve import bring_up_to_date, serve
from fadu.demo import build
from fadu.infra import roles
from fadu.infra.database import address, conninfo
from fadu.infra.home import home
from fadu.infra.trouble import Trouble
from fadu.kernel.clockwork import run_due
from fadu.rules.procedure import ROLES

MARK = "demo-built"
FULL, SMALL = "full", "small"


@click.command(help="准备并启动演示机关“安宁区（虚构）”。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--port", default=8000, show_default=True, help="监听的端口。")
@click.option("--reset", is_flag=True, help="清空演示数据，重新生成。")
@click.option("--build-only", is_flag=True, help="只生成演示数据，不启动网站。")
@click.option("--full", is_flag=True, help="生成一个区 2023 年全年的工作，需要几分钟。")
@click.option("--no-worker", is_flag=True, help="不同时运行后台任务。")
@click.pass_context
def demo(
    ctx: click.Context, host: str, port: int, *, reset: bool, build_only: bool, full: bool, no_worker: bool
) -> None:
    """Build once, serve each time. A half-built house (interrupted) is built anew."""
    if address(roles.APP) is not None:
        raise Trouble("演示机关只使用内置数据库，请取消 DATABASE_URL 后再试。")
    mark = home() / MARK
    if full and not reset and mark.exists() and FULL not in mark.read_text(encoding="utf-8").split():
        raise Trouble("已有的是小的演示机关；要换成全年的，请加 --reset，原有演示数据会清空。")
    if reset or not mark.exists():
        _empty()
    bring_up_to_date()
    if not mark.exists():
        _build(full=full)
        mark.write_text(f"{build.content_digest()} {FULL if full else SMALL}\n", encoding="utf-8")
    run_due()
    keep_sealed()
    click.echo(f"演示内容摘要：{mark.read_text(encoding='utf-8').strip()[:16]}")
    if build_only:
        return
    _say_accounts()
    connection.close()
    ctx.invoke(serve, host=host, port=port, workers=1, no_worker=no_worker)


def _empty() -> None:
    """Empties the demonstration database, which lies in a data folder of its own."""
    (home() / MARK).unlink(missing_ok=True)
    with psycopg.connect(conninfo(roles.OWNER), autocommit=True) as owner:
        owner.execute("DROP SCHEMA public CASCADE")
        owner.execute("CREATE SCHEMA public")
    subprocess.run([sys.executable, "-m", "fadu", "migrate", "--quiet"], check=True, stdin=subprocess.DEVNULL)


def _build(*, full: bool) -> None:
    length = sum(1 for _ in build.days())
    begin = time.monotonic()
    with click.progressbar(length=length, label=f"正在生成演示机关{'全年' if full else ''}的工作", width=30) as bar:

        def tick(day: date) -> None:
            bar.update(1)

        build.build(tick, full=full)
    click.echo(f"用时 {time.monotonic() - begin:.0f} 秒。")


def _say_accounts() -> None:
    said = build.settings()
    click.echo(f"\n演示账号（密码都是 {said['password']}）：")
    for person in said["officers"][:6]:
        posts = "、".join(dict.fromkeys(ROLES[post["role"]].label for post in person["posts"]))
        click.echo(f"  {person['username']:<10} {person['name']}　{posts}")
    click.echo("  其余账号见登录页。\n")
