"""`fadu snapshot`: put the analytics tables into sealed, read-only files; list and verify them."""

from __future__ import annotations

from datetime import datetime

import click

from fadu.analytics import snapshot
from fadu.analytics.tables import names_of
from fadu.cli.table import print_table
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, house
from fadu.rules.errors import NotFound


@click.group("snapshot", help="统计数据的快照：封存、列出、核对。", subcommand_metavar="命令 [参数]…")
def group() -> None:
    """What figures can be counted on again."""


@group.command(help="把各程序、名录的统计表封存为只读文件，记入全过程记录。")
@click.option("--system", "names", multiple=True, help="只封存这个程序或者名录（可以重复）；不写时为全部。")
@click.option("--recorded-before", type=click.DateTime(["%Y-%m-%d"]), help="按这一天零时以前的记录（年-月-日）。")
def take(names: tuple[str, ...], recorded_before: datetime | None) -> None:
    """An act of the house."""
    cut = recorded_before.replace(tzinfo=SHANGHAI) if recorded_before else None
    with access.session(None) as s:
        for name in names:
            if name not in names_of(s.registry):
                raise NotFound(f"程序或者名录“{name}”")
        taken = snapshot.take(s, s.registry, names or None, cut)
    click.echo(f"已封存 {taken.id}：{len(taken.tables)} 个程序和名录，{taken.rows} 行，清单摘要 sm3:{taken.digest}")


@group.command("list", help="列出本机关的快照。")
def list_() -> None:
    """Oldest first."""
    found = snapshot.listed()
    if not found:
        click.echo("还没有快照。")
        return
    with access.session(None):
        recorded = house.recorded_snapshots()
    lines = [
        (
            one.id,
            one.manifest["recorded_before"] or one.manifest["moment"],
            str(len(one.tables)),
            str(one.rows),
            "有" if recorded.get(one.id) == one.digest else "无或不符",
        )
        for one in found
    ]
    print_table(("快照", "记录截至", "程序和名录", "行数", "封存记录"), lines)


@group.command(help="核对一份快照：清单与封存记录、各文件与清单中的摘要。")
@click.argument("id_", metavar="快照")
def verify(id_: str) -> None:
    """Exit status 1 when something does not hold."""
    with access.session(None):
        faults = snapshot.verify(id_)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo(f"快照 {id_} 与封存时的记录一致。")
