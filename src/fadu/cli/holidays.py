"""`fadu holidays`: loads the State Council's holiday notices into the house and re-dates what they move."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from fadu.cli.serve import bring_up_to_date
from fadu.cli.table import Line, print_table
from fadu.kernel import access, holidays
from fadu.kernel.holidays import Change, Outcome, Tick
from fadu.kernel.house_calendar import own_notices, place
from fadu.rules.holiday_files import BadHolidayFile, Notice, read_notice
from fadu.rules.holiday_text import notice_in

FILE = click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
PLACE = click.option("--place", "where", help="自治地方自己的放假规定：地方名称，如“广西”。")
OUT = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="把清单写入 CSV 文件。")
REHEARSE = click.option("--dry-run", "rehearse", is_flag=True, help="只列出会变动的期限，不作任何改动。")
HEAD = ("案号", "期限", "原到期日", "现到期日", "原届满日", "现届满日")


@click.group("holidays", help="放假通知：载入、查看、检查；载入后重算受影响的期限。", subcommand_metavar="命令 [参数]…")
def group() -> None:
    """Notices and what they move."""


@group.command(help="载入一年的放假通知（.txt：通知的全文；.yaml：同 src/fadu/law/holidays/），重算受影响的期限。")
@FILE
@PLACE
@REHEARSE
@OUT
def load(file: Path, where: str | None, out: Path | None, *, rehearse: bool) -> None:
    """Twice is harmless: what is loaded and re-dated already stays as it is."""
    notice = _read(file, where)
    bring_up_to_date()
    with _bar() as tick:
        outcome = holidays.load(notice, rehearse=rehearse, tick=tick)
    if not rehearse:
        told = "已载入" if outcome.new else "此前已经载入"
        click.echo(f"{told}：{notice.source}（{notice.year}年{where or ''}）。")
    _tell(outcome, out, rehearse=rehearse)


def _read(file: Path, where: str | None) -> Notice:
    """A notice as it was worded (.txt), or as the files of the law write it."""
    if file.suffix.lower() != ".txt":
        return read_notice(file, where)
    try:
        return notice_in(file.read_text(encoding="utf-8-sig"), where)
    except UnicodeDecodeError as fault:
        raise BadHolidayFile(f"{file.name}不是 UTF-8 编码的文本。", todo="请另存为 UTF-8 编码。") from fault


@group.command(help="按现行的放假通知重算期限（软件升级带来新的通知之后，或者载入中断之后）。")
@REHEARSE
@OUT
def redate(out: Path | None, *, rehearse: bool) -> None:
    """The second half of loading, by itself."""
    bring_up_to_date()
    with _bar() as tick:
        outcome = holidays.redate(rehearse=rehearse, tick=tick)
    _tell(outcome, out, rehearse=rehearse)


@group.command("list", help="列出已知的放假通知：年份、文号、来源，以及暂定的年份。")
def list_notices() -> None:
    """One line a notice."""
    with access.session(None) as s:
        calendar, own = s.env.calendar, own_notices()
    print_table(("年份", "文号", "地方", "来源", "放假", "调休上班"), [_line(one, own) for one in calendar.notices])
    click.echo(f"本机关所在地：{place() or '没有设置（FADU_PLACE）'}")
    eve = next(day for day in _december(calendar.years[-1]) if calendar.provisional(day))
    click.echo(f"{eve:%Y-%m-%d}以后的日期是暂定的：{calendar.years[-1] + 1}年的放假通知还没有载入。")


@group.command(help="检查一个放假通知文件，并与已知的通知核对；不载入。")
@FILE
@PLACE
def check(file: Path, where: str | None) -> None:
    """A file that does not hold ends the command with a sentence and status 1."""
    notice = _read(file, where)
    with access.session(None) as s:
        holidays.check(s, notice)
    click.echo(f"通过检查：{notice.source}，{notice.year}年，{len(notice.holidays)}个节日。")
    for one in notice.holidays:
        worked = f"；上班 {_days(one.work)}" if one.work else ""
        click.echo(f"  {one.name}{f'（{one.place}）' if one.place else ''}：放假 {_days(one.off)}{worked}")


@contextmanager
def _bar() -> Iterator[Tick]:
    """A progress bar that begins with the first case and is not there when there is none."""
    bars: list[Any] = []

    def tick(done: int, length: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=length, label="正在重算期限", width=30))
        bars[0].update(done - bars[0].pos)

    try:
        yield tick
    finally:
        for bar in bars:
            bar.render_finish()


def _tell(outcome: Outcome, out: Path | None, *, rehearse: bool) -> None:
    lines = list(map(_moved, outcome.moved))
    cases = len({change.case for change in outcome.moved})
    click.echo(f"{'将有' if rehearse else '有'} {cases} 件案件的 {len(lines)} 项期限变动。")
    if lines and out is None:
        print_table(HEAD, lines)
    if outcome.settled:
        click.echo(f"另有 {outcome.settled} 项期限日期不变，计算依据已经更新。")
    if outcome.ended:
        click.echo(f"以下 {len(outcome.ended)} 项期限已经届满或者办结，按通知日期有所不同，没有改动，请逐件核对：")
        print_table(HEAD, list(map(_moved, outcome.ended)))
    if out is not None:
        _write(out, outcome)
        click.echo(f"清单已写入 {out}。")


def _write(out: Path, outcome: Outcome) -> None:
    """With a byte-order mark, so that office programs read the Chinese."""
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*HEAD, "处理"))
        writer.writerows((*_moved(change), "重算") for change in outcome.moved)
        writer.writerows((*_moved(change), "请核对") for change in outcome.ended)


def _moved(change: Change) -> Line:
    days = (change.old.due, change.new.due, change.old.ends, change.new.ends)
    return change.number, change.clock, *(str(day) if day else "未定" for day in days)


def _line(notice: Notice, own: tuple[Notice, ...]) -> Line:
    off, work = (sum(len(getattr(one, word)) for one in notice.holidays) for word in ("off", "work"))
    source = "本机关载入" if notice in own else "随软件提供"
    return str(notice.year), notice.number or "—", notice.place or "全国", source, f"{off}日", f"{work}日"


def _december(year: int) -> Iterator[date]:
    """The days of the last month of a year, then the first day after it."""
    yield from (date(year, 12, day) for day in range(1, 32))
    yield date(year + 1, 1, 1)


def _days(days: tuple[date, ...]) -> str:
    return "、".join(f"{day.month}月{day.day}日" for day in days)
