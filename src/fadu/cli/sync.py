"""`fadu sync`: make the typed views of all systems and registers anew, as the owner role."""

import click

from fadu.analytics.compile import check as check_indicators
from fadu.analytics.views import sync as make_views
from fadu.report_writer import check as check_paragraphs
from fadu.rules.registry import registry


@click.command(help="按现行程序声明重建统计视图（每个程序、名录一个），并检查指标和年度报告的段落。")
@click.option("--quiet", is_flag=True, help="没有问题时不显示。")
def sync(quiet: bool) -> None:
    """Check what is declared, make the views, tell of stored values that do not have their declared type."""
    rooms = registry()
    check_indicators(rooms)
    check_paragraphs(rooms)
    bad = make_views(rooms)
    for entry in bad:
        click.echo(f"{entry.table}：“{entry.label}”（{entry.column}）有 {entry.rows} 行的数据类型不对，按空值统计。")
    if not quiet:
        made = f"{len(rooms.systems)} 个程序、{len(rooms.registers)} 个名录"
        click.echo(f"已重建 {made}的统计视图，指标 {len(rooms.indicators)} 项，核对无误。")
