"""`fadu report`: the yearly report of a year as HTML, .docx, PDF, .xlsx or JSON with the provenance of its figures."""

import json
from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path

import click

from fadu.analytics.arithmetic import NOTHING
from fadu.cli.report_check import check
from fadu.cli.table import print_table
from fadu.infra.official import to_docx, to_html
from fadu.infra.official.pdf import printed
from fadu.infra.official.xlsx import to_xlsx
from fadu.infra.trouble import Trouble
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer import Again, Report, again, kept_report, write

STYLE = (Path(__file__).parents[1] / "infra" / "official" / "page.css").read_text(encoding="utf-8")

FORMATS: dict[str, Callable[[Report], bytes]] = {
    "html": lambda report: _page(report).encode(),
    "docx": lambda report: to_docx(report.document),
    "pdf": lambda report: printed(report.document),
    "xlsx": lambda report: to_xlsx(report.sheets),
    "json": lambda report: (json.dumps(report.provenance, ensure_ascii=False, indent=1) + "\n").encode(),
}


@click.group(
    invoke_without_command=True,
    help="生成一年的法治政府建设年度报告；或者核对、重算留存的报告。",
    subcommand_metavar="[命令]",
)
@click.option("--year", type=click.IntRange(2000, 2999), help="年度。")
@click.option("--organ", help="机关的全称；不写时为本单位的上级机关。")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="html", show_default=True, help="文件格式。"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件。")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="只写到这一天；不写时到年末，本年度到今天。")
@click.option("--keep", is_flag=True, help="封存一份统计快照，数字在快照上计算，出处（.json）写在报告旁边。")
@click.option("--as-today", is_flag=True, help="按现在的机关归集：年内撤销、合并的机关计入继受机关。")
@click.option(
    "--again",
    "printed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="不生成报告：读入这份出处（.json），逐个比较印出的数字、快照上的数字和今天的数字。",
)
@click.pass_context
def report(
    ctx: click.Context,
    year: int | None,
    organ: str | None,
    form: str,
    out: Path | None,
    until: datetime | None,
    keep: bool,
    as_today: bool,
    printed: Path | None,
) -> None:
    """The figures are those of all cases of the house."""
    if ctx.invoked_subcommand is not None:
        return
    if printed is not None:
        _again(printed)
        return
    if year is None or out is None:
        raise click.UsageError("生成报告要写明 --year 和 --out。")
    with access.session(None) as s:
        last = until.date() if until else None
        written = write(s, year, _organ(s, organ), until=last, keep=keep, today=as_today)
    out.write_bytes(FORMATS[form](written))
    click.echo(f"已写入 {out}：{written.provenance['title']}，数字 {len(written.figures)} 个。")
    if keep:
        beside = out if form == "json" else out.with_name(f"{out.name}.json")
        beside.write_bytes(FORMATS["json"](written))
        click.echo(f"快照 {written.provenance['snapshot']['id']}，出处 {beside}")


report.add_command(check)


def _again(printed: Path) -> None:
    said = kept_report(printed.read_bytes())
    with access.session(None) as s:
        found = again(s, said)
        print_table(
            ("指标", "印出", "快照上再算", "今天"),
            [(one.label, one.printed, one.kept or NOTHING, one.today or NOTHING) for one in found],
            [_below(one) for one in found],
        )
    changed = sum(not one.holds for one in found)
    click.echo(
        f"数字 {len(found)} 个，{f'其中 {changed} 个与印出的不同或者案件已变' if changed else '全部与印出的相同'}。"
    )


def _below(one: Again) -> list[str]:
    told = [one.reason] if one.reason else []
    if one.kept is not None and one.kept != one.printed:
        told.append("印出的数字与快照上的不符")
    if one.redefined and one.today is not None:
        told.append("口径已经修改")
    if one.other_cases and one.kept == one.today:
        told.append("数字相同，案件不同")
    return [*told, *map(str, one.acts)]


def _organ(s: Session, name: str | None) -> int | None:
    if name is None:
        return None
    found = access.organs(s).filter(name=name).first()
    if found is None:
        raise Trouble(f"没有名为“{name}”的机关，全部机关见 fadu house show。")
    return found.pk


def _page(written: Report) -> str:
    """A page of its own; the links of its figures lead into the workbench."""
    title = escape(str(written.provenance["title"]))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="zh-CN"><head>{head}</head><body>\n{to_html(written.document)}</body></html>\n'
