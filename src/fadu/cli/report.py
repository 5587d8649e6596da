"""`fadu report`: the yearly report of a year as HTML, .docx, PDF or JSON with the provenance of its figures."""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import click

from fadu.infra.official import to_docx, to_html
from fadu.infra.official.pdf import to_pdf
from fadu.infra.trouble import Trouble
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer import Report, write

FORMATS: dict[str, Callable[[Report], bytes]] = {
    "html": lambda report: _page(report).encode(),
    "docx": lambda report: to_docx(report.document),
    "pdf": lambda report: to_pdf(to_docx(report.document)),
    "json": lambda report: (json.dumps(report.provenance, ensure_ascii=False, indent=1) + "\n").encode(),
}


@click.command(help="生成一年的法治政府建设年度报告。")
@click.option("--year", type=click.IntRange(2000, 2999), required=True, help="年度。")
@click.option("--organ", help="机关的全称；不写时为本单位的上级机关。")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="html", show_default=True, help="文件格式。"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到这个文件。")
def report(year: int, organ: str | None, form: str, out: Path) -> None:
    """The figures are those of all cases of the house."""
    with access.session(None) as s:
        written = write(s, year, _organ(s, organ))
    out.write_bytes(FORMATS[form](written))
    click.echo(f"已写入 {out}：{written.provenance['title']}，数字 {len(written.figures)} 个。")


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
    head = f'<meta charset="utf-8"><title>{title}</title>'
    return f'<!doctype html>\n<html lang="zh-CN"><head>{head}</head><body>\n{to_html(written.document)}</body></html>\n'
