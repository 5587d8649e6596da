"""`fadu report check`: which sentences of a kept report no longer hold today, or stand otherwise in the signed one."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from fadu.kernel import access
from fadu.report_reader.inputs import NotReadable, load
from fadu.report_writer import Broken, kept_report, recheck, signed_otherwise
from fadu.report_writer.recheck import Moved, by_sentence, name_of
from fadu.rules.errors import BadInput

MOST = 20
"""How many cases are named; the figure's page has all."""


@click.command(help="把留存的报告（出处 .json）与今天的记录比较，指出数字不再成立的句子。什么也不改动。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--signed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="改与签发的报告（.docx、.pdf、.html、.txt）逐句比较，指出数字不同、没有照写的句子。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序使用。")
@click.pass_context
def check(ctx: click.Context, file: Path, signed: Path | None, as_json: bool) -> None:
    """Ends with 0 when every figure holds, with 1 when one does not, with 2 for a file that is none."""
    try:
        printed = kept_report(file.read_bytes())
    except BadInput as fault:
        raise click.BadParameter("；".join(fault.fields.values()), param_hint=str(file)) from fault
    if signed is not None:
        ctx.exit(_signed(printed, signed, as_json=as_json))
    with access.session(None) as s:
        broken = recheck(s, printed)
        click.echo(json.dumps([_row(one) for one in broken], ensure_ascii=False) if as_json else _told(printed, broken))
    ctx.exit(1 if broken else 0)


def _signed(printed: dict[str, object], file: Path, *, as_json: bool) -> int:
    """Tells what the signed report says otherwise; the exit status."""
    try:
        found = signed_otherwise(printed, load(file).text)
    except NotReadable as fault:
        raise click.BadParameter(f"{fault.message}{fault.todo or ''}", param_hint=str(file)) from fault
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        head = f"{len(found)} 句的数字与汇编不同，或者没有照写。" if found else "汇编的每一句数字都在签发的报告中。"
        click.echo("\n".join([f"{printed['title']}：{head}", *(f"    {one}" for one in found)]))
    return 1 if found else 0


def _told(printed: dict[str, object], broken: list[Broken]) -> str:
    if not broken:
        return f"{printed['title']}：全部数字与今天的记录相符。"
    lines = [f"{printed['title']}：{len(broken)} 个数字不再成立。"]
    for sentence, figures in by_sentence(broken).items():
        lines.append(f"“{sentence}”" if sentence else "没有印在正文里、但决定某一句是否出现的数字：")
        lines += [line for one in figures for line in _figure(one)]
    return "\n".join(lines)


def _figure(one: Broken) -> Iterator[str]:
    yield f"    {one.label}：印出 {one.then}，今天 {one.now}" + ("；口径已经修改" if one.redefined else "")
    for moved, verb in ((one.came, "今天另外计入"), (one.went, "今天不再计入")):
        if moved:
            yield f"        {verb}：{_names(moved)}"
    if not one.known and one.link:
        yield "        当时计入的案件无法还原（快照不在，或者印出的内容被改动过）"
    elif one.link and not one.came and not one.went:
        yield "        计入的案件相同，其内容或者权重有变动"
    if one.link:
        yield f"        {one.link}"


def _names(moved: Moved) -> str:
    names = [name_of(row) for row in moved.rows[:MOST]]
    left = len(moved.rows) - len(names) + moved.unseen
    return "、".join(names) + (f"等，另有 {left} 项" if left else "")


def _row(one: Broken) -> dict[str, object]:
    return {
        "name": one.name,
        "label": one.label,
        "then": one.then,
        "now": one.now,
        "sentences": one.sentences,
        "link": one.link,
        "known": one.known,
        "came": [name_of(row) for row in one.came.rows],
        "went": [name_of(row) for row in one.went.rows],
    }
