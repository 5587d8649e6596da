"""`fadu law`: looks up the periods of law, and checks the files they stand in."""

from datetime import datetime, timedelta
from pathlib import Path

import click

from fadu.cli.table import Line, print_table
from fadu.infra.clock import now
from fadu.rules.law import KIND_WORDS, LAW_FOLDER, Rule, Statute, UnknownStatute, load_library
from fadu.rules.working_days import HOLIDAY_FOLDER, Calendar, read_notices

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(help="法律库：查期限、找条文、检查文件。", subcommand_metavar="命令 [参数]…")
def law() -> None:
    """Looking things up in the law needs no database."""


@law.command("list", help="列出全部法律：期限数、版本、适用的地方和领域。")
def list_statutes() -> None:
    """One line a statute."""
    lines = [
        (
            statute.title,
            str(len(statute.periods)),
            "、".join(version.label for version in statute.versions),
            "".join(word for word in (statute.place, statute.sector) if word) or "全国",
        )
        for statute in load_library().statutes()
    ]
    print_table(("法律", "期限", "版本", "适用"), lines)


@law.command(help="列出一部法律在某日有效的全部期限。")
@click.argument("title", metavar="法律")
@click.option("--on", "moment", type=DAY, help="哪一天有效（年-月-日），默认今天。")
@click.option("--all", "every", is_flag=True, help="列出全部版本的数值，不论是否有效。")
def show(title: str, moment: datetime | None, every: bool) -> None:
    """The periods of one statute; extension, exclusions and note stand below their line."""
    day = (moment or now()).date()
    statute = _statute(title)
    chosen = [rule for series in statute.periods.values() for rule in series if every or rule.in_force(day)]
    when = "全部版本" if every else f"{day}有效"
    click.echo(f"《{statute.title}》{when}的数值{len(chosen)}个")
    click.echo(f"末日：{'顺延' if statute.roll == 'next' else '不顺延'}。{statute.roll_basis}")
    click.echo(f"跨版本的案件：{statute.transition_basis}\n")
    head = ("期限", "谁", "长度", "种类", "条文", "起止")
    print_table(head, [_line(rule) for rule in chosen], [_below(rule) for rule in chosen])
    for one in load_library().besides.numbers:
        if one.statute == statute.title and (every or one.in_force(day)):
            click.echo(f"{one.name}：{one.in_words}（{one.article}）")
    if not chosen:
        click.echo("该日没有有效的数值；用 --all 查看全部版本。")


@law.command(help="按字词查找期限：名称、主体、起算事由、应做的事。")
@click.argument("word", metavar="字词")
def find(word: str) -> None:
    """Every value whose statute, period, actor, trigger or act contains the word."""
    found = [
        rule
        for rule in load_library().rules()
        if any(word in text for text in (rule.statute, rule.period, rule.actor, rule.trigger, rule.act))
    ]
    print_table(
        ("法律", "期限", "长度", "条文", "起止"),
        [(rule.statute, rule.period, rule.in_words, rule.article, _span(rule)) for rule in found],
    )
    click.echo(f"共{len(found)}个数值。" if found else f"没有找到含有“{word}”的期限。")


@law.command(help="检查全部法律文件和放假通知；有错时指出文件和期限。")
@click.argument("folder", metavar="[目录]", required=False, type=click.Path(exists=True, path_type=Path))
def check(folder: Path | None) -> None:
    """Loads everything anew; a file that does not hold ends the command with a sentence and status 1."""
    library = load_library(folder or LAW_FOLDER)
    calendar = Calendar(read_notices(HOLIDAY_FOLDER if folder is None else folder / "holidays"))
    statutes, rules = library.statutes(), library.rules()
    periods = sum(len(statute.periods) for statute in statutes)
    years = f"{calendar.years[0]}—{calendar.years[-1]}年" if calendar.years else "无"
    click.echo(f"法律{len(statutes)}部，期限{periods}项，数值{len(rules)}个，全部通过检查。")
    click.echo(f"本地设置（未经核实，不生效）{len(library.local_settings())}条。")
    click.echo(f"放假通知：{years}。")
    click.echo(f"法律库摘要：{library.digest()}")


def _statute(title: str) -> Statute:
    try:
        return load_library().statute(title)
    except UnknownStatute as error:
        raise click.UsageError(f"{error.message}{error.todo or ''}") from error


def _line(rule: Rule) -> Line:
    return rule.period, rule.actor, rule.in_words, KIND_WORDS[rule.kind], rule.article, _span(rule)


def _below(rule: Rule) -> list[str]:
    """What does not fit into a column, each with its name."""
    scope = "".join(word for word in (rule.place, rule.sector) if word)
    notes = (
        ("适用", scope),
        ("延长", rule.extension.in_words if rule.extension else ""),
        ("不计入", rule.excluded or ""),
        ("备注", rule.note),
    )
    return [f"{name}：{text}" for name, text in notes if text]


def _span(rule: Rule) -> str:
    """First and last day in force, both included."""
    last = str(rule.before - timedelta(days=1)) if rule.before else "现行"
    return f"{rule.since or '最早'} 至 {last}"
