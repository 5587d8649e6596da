"""`fadu record`: destroy personal data and files whose time is over, and say how long files are kept."""

from __future__ import annotations

import click
from django.db.models import Q

from fadu.infra.trouble import Trouble
from fadu.kernel import access, destruction, models
from fadu.kernel.destruction import Ground, Plan, What
from fadu.kernel.destruction_entries import WhatEntry, plan_entry
from fadu.kernel.destruction_entries import destroy_entry as destroy_entry_
from fadu.rules.errors import NotFound


@click.group(help="案卷：按规定销毁个人信息和到期的案卷，登记保管期限。", subcommand_metavar="命令 [参数]…")
def record() -> None:
    """What is kept, and for how long."""


@record.command(help="登记一个程序的案卷保管多久（依档案保管期限表），自办结的次年起算。")
@click.argument("system", metavar="程序")
@click.option("--years", type=click.IntRange(min=1), help="保管的年数。")
@click.option("--forever", is_flag=True, help="永久保管。")
@click.option("--article", required=True, help="依据，例如本单位档案保管期限表的条目。")
def keep(system: str, years: int | None, article: str, *, forever: bool) -> None:
    """An act of the house."""
    if forever is (years is not None):
        raise click.UsageError("请写明 --years 或者 --forever，二者选一")
    with access.session(None) as s:
        destruction.set_retention(s, system, years, article)
    click.echo(f"已登记：“{system}”的案卷{'永久保管' if forever else f'保管 {years} 年'}。")


@record.command(help="销毁已办结案件的内容：一名当事人的个人信息、一项内容，或者到期的全部案卷。不能恢复。")
@click.argument("case", metavar="案件")
@click.option("--party", help="当事人的编号，例如 applicant-1。")
@click.option("--fact", help="一项内容的名称。")
@click.option("--file", "whole", is_flag=True, help="全部案卷，保管期限届满以后才可以。")
@click.option("--reason", default="", help="理由。")
@click.option("--article", default="", help="依据。")
@click.option("--by", "by", required=True, metavar="用户名", help="办理人：档案管理人员或者系统管理员。")
@click.option("--approved-by", required=True, metavar="用户名", help="批准人：另一名机构负责人或者机关负责人。")
@click.option("--yes", is_flag=True, help="不再询问，供程序使用。")
def destroy(
    case: str, party: str | None, fact: str | None, reason: str, article: str, by: str, approved_by: str,
    *, whole: bool, yes: bool,
) -> None:  # fmt: skip
    """Shows what goes, asks, and destroys it."""
    if [party is not None, fact is not None, whole].count(True) != 1:
        raise click.UsageError("请写明 --party、--fact 或者 --file，三者选一")
    with access.session(None):
        what = What(_case(case), party, fact)
        ground = Ground(reason, article, _officer(by), _officer(approved_by))
    _tell(destruction.plan(what, ground))
    if not yes and not click.confirm("确定销毁吗？销毁之后任何人都不能恢复", default=False):
        raise Trouble("没有销毁。")
    done = destruction.destroy(what, ground)
    click.echo(f"已销毁 {done.number} 的{done.label}，记入案件的全过程记录。")
    click.echo("以前作的备份、导出里仍然有，请一并按规定处理。")


@record.command(
    "destroy-entry", help="销毁名录中已经终止的一个条目的内容：只留编码、起止日期和统计用的项目。不能恢复。"
)
@click.argument("name", metavar="名录")
@click.argument("key", metavar="条目")
@click.option("--organ", required=True, metavar="名称", help="条目所属的单位。")
@click.option("--reason", default="", help="理由。")
@click.option("--article", default="", help="依据。")
@click.option("--by", "by", required=True, metavar="用户名", help="办理人：档案管理人员或者系统管理员。")
@click.option("--approved-by", required=True, metavar="用户名", help="批准人：另一名机构负责人或者机关负责人。")
@click.option("--yes", is_flag=True, help="不再询问，供程序使用。")
def destroy_entry(
    name: str, key: str, organ: str, reason: str, article: str, by: str, approved_by: str, *, yes: bool
) -> None:
    """Shows what goes, asks, and destroys it."""
    with access.session(None) as s:
        register = next((one.name for one in s.registry.registers if name in (one.name, one.label)), name)
        what = WhatEntry(register, _organ(organ), key)
        ground = Ground(reason, article, _officer(by), _officer(approved_by))
    found = plan_entry(what, ground)
    click.echo(
        f"{found.label}“{found.key}”：将销毁{found.rows}段内容，记录中{found.values}处，导入的文件中{found.imported}行"
    )
    if not yes and not click.confirm("确定销毁吗？销毁之后任何人都不能恢复", default=False):
        raise Trouble("没有销毁。")
    destroy_entry_(what, ground)
    click.echo(
        "已销毁，记入名录的记录。以前作的备份、导出里仍然有，办理案件时在案卷中写到这一条目的，请一并按规定处理。"
    )


def _tell(plan: Plan) -> None:
    click.echo(f"{plan.number}：将销毁{plan.label}")
    for what, count in plan.values.items():
        click.echo(f"　{what}　{count} 处")
    if plan.uploads:
        click.echo(f"　上传的文件　{len(plan.uploads)} 个")
    if plan.personal:
        click.echo(f"案卷中还有其他个人信息：{'、'.join(plan.personal)}")
    if plan.linked:
        click.echo(f"关联案件不会一并销毁，须另行办理：{'、'.join(f'编号 {case}' for case in plan.linked)}")


def _case(said: str) -> int:
    wanted = Q(number=said) | (Q(pk=int(said)) if said.isdecimal() else Q(pk__in=()))
    found = models.Case.objects.filter(wanted).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(f"案件“{said}”")
    return int(found)


def _organ(name: str) -> int:
    found = models.Organ.objects.filter(name=name).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(f"单位“{name}”")
    return int(found)


def _officer(username: str) -> int:
    found = models.Officer.objects.filter(username=username).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(f"账号“{username}”")
    return int(found)
