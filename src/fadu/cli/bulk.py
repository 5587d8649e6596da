"""`fadu bulk`: imports files of many rows (entries of a register, mirrored cases), lists imports, takes one back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from fadu.cli.serve import bring_up_to_date
from fadu.cli.table import print_table
from fadu.infra.clock import SHANGHAI
from fadu.infra.table_file import write_table
from fadu.kernel import access, models
from fadu.kernel import bulk as bulk_acts
from fadu.kernel.access import Session
from fadu.kernel.bulk import Entries, Fault, Faulty, Line, Mirrored, Result, Target
from fadu.rules.errors import NotFound

SHOWN = 20
FILE = click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
BY = click.option("--by", "username", required=True, metavar="用户名", help="由谁办理，记入全过程记录。")
ORGAN = click.option("--organ", metavar="名称", help="所属单位；导入案件时是没有“办理机构”一列的行的办理机构。")
SINCE = click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="没有“生效日期”一列时，各行自哪一天起生效。")
CHECK = click.option("--check", is_flag=True, help="只检查，不导入。")
COLUMN = click.option(
    "--column", "columns", multiple=True, metavar="列名=含义", help="说明一列的含义；“列名=-”为不导入。"
)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FAULTS = click.option("--faults", type=click.Path(dir_okay=False, path_type=Path), help="把错误清单写入 CSV 文件。")


@click.group("bulk", help="批量导入：名录条目，或者在外部平台办理的案件（转录）。", subcommand_metavar="命令 [参数]…")
def group() -> None:
    """One file, one event."""


@group.command(help="导入一个名录的条目。")
@click.argument("name", metavar="名录")
@FILE
@BY
@ORGAN
@SINCE
@COLUMN
@FAULTS
@CHECK
def register(name: str, file: Path, organ: str | None, since: datetime | None, **options: Any) -> None:
    """Rows of CSV, headings in Chinese."""
    if organ is None:
        raise click.UsageError("请用 --organ 写明条目所属的单位。")

    def target(s: Session) -> Target:
        declared = next((one for one in s.registry.registers if name in (one.name, one.label)), None)
        if declared is None:
            raise NotFound(f"名录“{name}”")
        return Entries(declared, _organ(organ), since.date() if since else None)

    _import(target, file, **options)


@group.command(help="转录一个程序的案件：历史案件，或者在外部平台办理的案件；再次导出的，用 --update 更新。")
@click.argument("system", metavar="程序")
@FILE
@BY
@ORGAN
@COLUMN
@click.option("--update", "updates", is_flag=True, help="已经转录过的案件按案号对应，只登记有变化的内容；没有的新增。")
@click.option("--report", type=NEW_FILE, help="与 --update 合用：每一行的结果（新增、更新、未变、错误）写入文件。")
@FAULTS
@CHECK
def cases(system: str, file: Path, organ: str | None, *, updates: bool, report: Path | None, **options: Any) -> None:
    """Gates are not run, no papers, no clocks."""

    def target(s: Session) -> Target:
        return Mirrored(s, _system(s, system), _organ(organ) if organ else None, updates=updates)

    _import(target, file, report=report, **options)


@group.command("export", help="把本单位一个程序的案件按转录的列导出为 CSV，供上级平台或者其他单位转录。")
@click.argument("system", metavar="程序")
@click.argument("file", metavar="文件", type=NEW_FILE)
@BY
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="收件日期自哪一天起。")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="收件日期到哪一天止。")
def export_(system: str, file: Path, username: str, since: datetime | None, until: datetime | None) -> None:
    """What the officer sees from inside; cases that are mirrored here are not handled here."""
    officer = _officer(username)
    with access.session(officer) as s:
        name = _system(s, system)
        found = bulk_acts.own(s, name)
        found = found.filter(opened__gte=since.date()) if since else found
        found = found.filter(opened__lte=until.date()) if until else found
        columns = bulk_acts.layout(s, name)
        count = write_table(file, list(columns), bulk_acts.rows(s, found, list(columns.values())))
    click.echo(f"已导出{count}件案件到 {file}。其中有个人信息，请妥善保管。")


@group.command(help="列出一个名录或者程序能够导入的列。")
@click.argument("name", metavar="名录或者程序")
def columns(name: str) -> None:
    """Headings, meanings, which must be there."""
    with access.session(None) as s:
        declared = next((one for one in s.registry.registers if name in (one.name, one.label)), None)
        target = Entries(declared, 0, None) if declared else Mirrored(s, _system(s, name), None)
        required = set(target.required())
        lines = [(heading, "必须有" if heading in required else "", said) for heading, said in target.columns().items()]
    print_table(("列名", "", "含义"), sorted(lines, key=lambda line: not line[1]))


@group.command("list", help="列出全部批量导入：日期、内容、行数、文件、是否已撤回。")
def list_() -> None:
    """Oldest first."""
    with access.session(None) as s:
        lines = [_line(s, one) for one in bulk_acts.imports(s)]
    print_table(("编号", "日期", "导入到", "单位", "行数", "文件", "状态"), lines)


@group.command("take-back", help="整批撤回一次导入：所导入的内容已有后续办理的不能撤回，由另一人办理。")
@click.argument("number", metavar="编号", type=int)
@BY
@click.option("--reason", required=True, help="撤回的理由。")
def take_back(number: int, username: str, reason: str) -> None:
    """The rows go; the file and both events stay."""
    officer = _officer(username)
    with access.session(officer) as s:
        taken = bulk_acts.take_back(s, number, reason)
    click.echo(f"已撤回第{number}号导入，{taken.rows}行已移除；文件和两次操作的记录保留。")


def _import(
    target: Callable[[Session], Target], file: Path, *, username: str, columns: tuple[str, ...], faults: Path | None,
    check: bool, report: Path | None = None,
) -> None:  # fmt: skip
    bring_up_to_date()
    said = dict(_pair(one) for one in columns)
    officer = _officer(username)
    try:
        with _bar() as tick, access.session(officer) as s:
            aim = target(s)
            outcome = bulk_acts.run(s, aim, file, said=said, check=check, tick=tick)
    except Faulty as refused:
        _tell(refused.faults, faults)
        _report(refused.lines, report)
        raise
    if aim.updates:
        _tell_changes(outcome.lines)
        _report(outcome.lines, report)
    if check:
        click.echo(f"检查通过：{outcome.rows}行，可以导入“{aim.label}”。没有导入任何内容。")
        return
    click.echo(f"已导入“{aim.label}”{outcome.rows}行，第{outcome.bulk}号导入。")
    click.echo(f"文件摘要 {outcome.digest}\n各行的树根 {outcome.root}")


def _tell(faults: list[Fault], out: Path | None) -> None:
    for fault in faults[:SHOWN]:
        click.echo(fault.sentence, err=True)
    if len(faults) > SHOWN:
        click.echo("……" if out else "……（用 --faults 文件名 得到完整的清单）", err=True)
    if out:
        write_table(out, ("行号", "列", "问题"), ([str(f.row), f.column, f.said] for f in faults))
        click.echo(f"错误清单已写入 {out}。", err=True)


def _tell_changes(lines: Sequence[Line]) -> None:
    """How many were new, changed, as they were; the changed ones and those that the file does not have by number."""
    found = Counter(line.result for line in lines)
    click.echo("、".join(f"{one.label}{found[one]}件" for one in Result if one is not Result.FAULTY) + "。")
    told = [line for line in lines if line.result in (Result.UPDATED, Result.MISSING)]
    for line in told[:SHOWN]:
        where = f"第{line.row}行" if line.row else ""
        about = "，".join(part for part in (where + (line.number or "没有案号的案件"), line.said) if part)
        click.echo(f"{line.result.label}：{about}")
    if len(told) > SHOWN:
        click.echo("……（用 --report 文件名 得到完整的清单）")


def _report(lines: Sequence[Line], out: Path | None) -> None:
    if out:
        table = ([str(line.row or ""), line.number, line.result.label, line.said] for line in lines)
        write_table(out, ("行号", "案号", "结果", "说明"), table)
        click.echo(f"每一行的结果已写入 {out}。", err=True)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar that is there for long files only."""
    bars: list[Any] = []

    def tick(done: int, length: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=length, label="正在读入", width=30))
        bars[0].update(done - bars[0].pos)

    try:
        yield tick
    finally:
        for bar in bars:
            bar.render_finish()


def _pair(said: str) -> tuple[str, str]:
    heading, equals, meaning = said.rpartition("=")
    if not equals or not meaning:
        raise click.UsageError(f"--column 应当写成“列名=含义”，不是“{said}”。")
    return heading, meaning


def _officer(username: str) -> int:
    with access.session(None):
        found = models.Officer.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise NotFound(f"账号“{username}”")
    return found.pk


def _organ(name: str) -> int:
    found = models.Organ.objects.filter(name=name).first()
    if found is None:
        raise NotFound(f"单位“{name}”")
    return found.pk


def _system(s: Session, said: str) -> str:
    found = next((system for system in s.registry.systems if said in (system, s.registry.newest(system).label)), None)
    if found is None:
        raise NotFound(f"程序或者名录“{said}”")
    return found


def _line(s: Session, one: models.Bulk) -> tuple[str, ...]:
    day = one.made.astimezone(SHANGHAI).date().isoformat()
    state = "已撤回" if one.taken_back is not None else ""
    organ, file = one.organ.name if one.organ else "", bulk_acts.said_of(one).get("name", "")
    return (str(one.pk), day, one.target, organ, str(one.rows), file, state)
