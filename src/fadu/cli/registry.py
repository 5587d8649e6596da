"""`fadu registry`: the catalogue of procedures, the sheet of one of them, and the record of what was published."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import click

from fadu.cli.table import print_table
from fadu.rules import published, sheet
from fadu.rules.errors import Refusal
from fadu.rules.judge_time import version_of
from fadu.rules.law import load_library
from fadu.rules.procedure import Procedure
from fadu.rules.registers import Register
from fadu.rules.registry import Registry
from fadu.rules.registry import registry as catalogue

DECLARATIONS = Path(__file__).resolve().parents[1] / "domains" / "declarations.yaml"


@click.group(help="程序目录：列出全部程序，查看办事程序，登记已公布的声明。", subcommand_metavar="命令 [参数]…")
def registry() -> None:
    """The catalogue loads without a database."""


@registry.command("list", help="列出全部程序：文本、步骤、期限、文书、指标、名录。")
def list_systems() -> None:
    """One line a text of a system, room by room; then the indicators."""
    rooms = catalogue()
    for room in rooms.rooms:
        click.echo(f"{room.label}（{room.name}）")
        texts = [text for system in dict.fromkeys(p.system for p in room.procedures) for text in rooms.versions(system)]
        head = ("程序", "名称", "文本", "法律", "步骤", "期限", "文书", "状态")
        print_table(head, [_line(text) for text in texts])
        if room.indicators:
            print_table(("指标", "名称", "单位"), [(i.name, i.label, i.unit.value) for i in room.indicators])
        if room.registers:
            print_table(("名录", "名称", "依据", "变动"), [_listed(register) for register in room.registers])
        click.echo()


def _listed(register: Register) -> tuple[str, ...]:
    return (register.name, register.label, register.article, "、".join(kind.label for kind in register.changes))


def _line(text: Procedure) -> tuple[str, ...]:
    sizes = (len(text.steps), len(text.clocks), len(text.papers), len(text.states))
    return (text.system, text.label, text.version, f"《{text.statute}》", *map(str, sizes))


@registry.command(help="用人话写出一个程序：步骤、条件、期限、文书，逐项注明条文。")
@click.argument("system", metavar="程序")
@click.option("--text", "version", help="哪一文本（如 2023），默认最新的。")
def show(system: str, version: str | None) -> None:
    """The procedure sheet of one text."""
    text = _find(catalogue(), system, version)
    library = load_library()
    force = version_of(text, library)
    since = f"自{force.since}起" if force.since else "自最早可见之日起"
    until = f"至{force.before - timedelta(days=1)}" if force.before else "现行有效"
    click.echo(f"{text.label}（{text.system}）：《{text.statute}》{text.version}，{since}，{until}")
    if text.scope:
        click.echo(f"范围：{text.scope}")
    click.echo(
        "状态："
        + "、".join(
            f"{state.label}{'（终结）' if state.final else '（可以停留）' if state.complete else ''}"
            for state in text.states
        )
    )
    parts: dict[str, Sequence[sheet.Row]] = {
        "步骤": sheet.steps(text),
        "期限": sheet.periods(text, library),
        "文书": sheet.papers(text),
    }
    for title, rows in parts.items():
        click.echo(f"\n{title}")
        for row in rows:
            click.echo(f"  {row.label}" + (f"  {row.article}" if row.article else ""))
            for detail in row.details:
                click.echo(f"    {detail}")


def _find(rooms: Registry, system: str, version: str | None) -> Procedure:
    """A text by its system's name in programs or its name for people."""
    found = [text for one in rooms.systems for text in rooms.versions(one) if system in (one, text.label)]
    if version:
        found = [text for text in found if text.version == version]
    if not found:
        asked = f"“{system}”{version or ''}"
        raise Refusal(f"没有名为{asked}的程序。", todo="全部程序见 fadu registry list。")
    return found[-1]


@registry.command(help="登记现行声明的摘要；声明变了而修订号没有增加的，不予登记。")
def publish() -> None:
    """Rewrites src/fadu/domains/declarations.yaml."""
    news = published.publish(DECLARATIONS, published.current(catalogue()))
    for sentence in news:
        click.echo(sentence)
    click.echo(f"已登记，新公布 {len(news)} 项。" if news else "没有变化。")
