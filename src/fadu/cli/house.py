"""`fadu house`, `fadu due`, `fadu numbers`: what the office's engineer does for the whole house."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click
import yaml

from fadu.cli.ledger import keep_sealed
from fadu.cli.serve import bring_up_to_date
from fadu.cli.table import print_table
from fadu.infra.trouble import Trouble
from fadu.kernel import access, applications, attempts, certificates, clockwork, second_factor
from fadu.kernel import house as acts_of_house
from fadu.kernel.certificates import Certificate
from fadu.kernel.roster import establish
from fadu.rules.law import UNIT_WORDS, Unit
from fadu.rules.procedure import ROLES

DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help="登记和查看本机关的机构、人员、签发规则。", subcommand_metavar="命令 [参数]…")
def house() -> None:
    """Organs and people."""


@house.command(help="从 YAML 文件登记机关、人员、任职和签发规则（格式见安装与运维手册）。")
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """All or nothing; first passwords are made up and printed once."""
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise Trouble(f"文件 {file.name} 不是有效的 YAML：{fault}") from fault
    if not isinstance(said, dict):
        raise Trouble(f"文件 {file.name} 中没有内容。")
    bring_up_to_date()
    with access.session(None) as s:
        roster = establish(s, said, lambda username: secrets.token_urlsafe(9))
    click.echo(
        f"已登记 {len(said.get('organs', ()))} 个机关（机构）、{len(roster.officers)} 名人员。初始密码只显示这一次："
    )
    print_table(("用户名", "初始密码"), list(roster.passwords.items()))


@house.command(help="列出机关、机构和现任人员。")
def show() -> None:
    """One line a post."""
    with access.session(None) as s:
        lines = [
            (post.organ.name, ROLES[post.role].label, officer.name, officer.username)
            for officer in access.colleagues(s)
            for post in officer.posts.select_related("organ")
        ]
    print_table(("机关（机构）", "职责", "姓名", "用户名"), sorted(lines))


@house.command("move-organ", help="从某一天起把一个机关改为隶属另一个机关（不写 --under 为没有上级）。机关都写全称。")
@click.argument("name", metavar="机关")
@click.option("--under", help="上级机关。")
@click.option("--since", required=True, type=DAY, help="从哪一天起，不晚于今天。")
def move_organ(name: str, under: str | None, since: datetime) -> None:
    """Figures of earlier days stay with the organ above of then."""
    with access.session(None) as s:
        parent = acts_of_house.organ(under).pk if under else None
        acts_of_house.move_organ(s, acts_of_house.organ(name).pk, parent, since.date())
    click.echo(f"已登记：{name}自 {since.date()} 起{f'隶属{under}' if under else '没有上级机关'}。")


@house.command("end-organ", help="登记一个机关从某一天起撤销，以及继受它的机关。机关都写全称。")
@click.argument("name", metavar="机关")
@click.option("--successor", help="继受机关。")
@click.option("--since", required=True, type=DAY, help="从哪一天起不再存在，不晚于今天。")
def end_organ(name: str, successor: str | None, since: datetime) -> None:
    """What it did stays on record under its name."""
    with access.session(None) as s:
        after = acts_of_house.organ(successor).pk if successor else None
        acts_of_house.end_organ(s, acts_of_house.organ(name).pk, since.date(), after)
    click.echo(f"已登记：{name}自 {since.date()} 起撤销{f'，由{successor}继受' if successor else ''}。")


@house.command(help="为一项办理期限承诺更短的时限，只亮灯提醒，不产生法律后果。程序、期限用英文名。")
@click.argument("system", metavar="程序")
@click.argument("clock", metavar="期限")
@click.option("--amount", required=True, type=click.IntRange(min=1), help="多少。")
@click.option("--unit", default="workday", type=click.Choice(["workday", "day"]), help="工作日或者自然日。")
@click.option("--basis", required=True, help="依据，例如本单位服务承诺的文件。")
def promise(system: str, clock: str, amount: int, unit: str, basis: str) -> None:
    """Holds for what starts from today on."""
    with access.session(None) as s:
        acts_of_house.promise(s, system, clock, amount, Unit(unit), basis)
    click.echo(f"已登记承诺时限：{system}.{clock} {amount}{UNIT_WORDS[Unit(unit)]}。今天起算的期限开始适用。")


@house.command(help="开通一项程序的网上申请，由这一机构受理；加 --lift 为不再受理。程序用英文名，机构写全称。")
@click.argument("system", metavar="程序")
@click.argument("body", metavar="机构")
@click.option("--lift", is_flag=True, help="不再受理。")
def receive(system: str, body: str, *, lift: bool) -> None:
    """On the portal; at the counter nothing changes."""
    with access.session(None) as s:
        number = acts_of_house.organ(body).pk
        (applications.stop_receiving if lift else applications.receive_at)(s, system, number)
    click.echo(f"已登记：{body}从今天起{'不再' if lift else ''}在网上受理 {system}。")


@house.command(help="为一个账号设新密码（只显示这一次），并解除登录锁定。")
@click.argument("username", metavar="用户名")
def password(username: str) -> None:
    """A made-up password; the lock-out of failed tries is lifted with it."""
    made = secrets.token_urlsafe(9)
    with access.session(None) as s:
        acts_of_house.set_password(s, username, made)
    attempts.forget(username)
    click.echo(f"{username} 的新密码：{made}")


@house.command("second-factor", help="重设一个账号的动态验证码（手机和备用码都丢失时）。")
@click.argument("username", metavar="用户名")
def reset_second_factor(username: str) -> None:
    """The person sets up a new one; that it was reset is recorded."""
    with access.session(None) as s:
        second_factor.reset(s, username)
    attempts.forget(username)
    click.echo(f"已重设 {username} 的动态验证码。")


@house.command("require-second-factor", help="规定担任某一职务的人登录时必须使用动态验证码；加 --lift 为不再要求。")
@click.argument("role", metavar="职责", type=click.Choice(list(ROLES)))
@click.option("--lift", is_flag=True, help="不再要求。")
def require_second_factor(role: str, *, lift: bool) -> None:
    """From the next signing in on."""
    with access.session(None) as s:
        second_factor.require(s, role, needed=not lift)
    click.echo(f"{ROLES[role].label}{'不再要求' if lift else '从下次登录起必须'}使用动态验证码。")


@house.command(help="登记一名人员的执法证件（资格证件），或者它的下一个有效期。")
@click.argument("username", metavar="用户名")
@click.option("--kind", required=True, help="种类，例如 行政执法证。")
@click.option("--number", required=True, help="编号。")
@click.option("--since", required=True, type=DAY, help="生效日期。")
@click.option("--before", type=DAY, help="失效日期（自这一天起无效）；不写为长期有效。")
def certificate(username: str, kind: str, number: str, since: datetime, before: datetime | None) -> None:
    """An act of the house; the daily check tells whose expired."""
    until = before.date() if before else None
    with access.session(None) as s:
        officer = acts_of_house.officer(username).pk
        certificates.grant(s, Certificate(officer, kind, number, since.date(), until))
    click.echo(f"已登记 {username} 的{kind} {number}，{f'自 {until} 起失效' if until else '长期有效'}。")


@house.command(help="停用一个账号；加 --reopen 为重新启用。")
@click.argument("username", metavar="用户名")
@click.option("--reopen", is_flag=True, help="重新启用。")
def close(username: str, reopen: bool) -> None:
    """Nobody is deleted."""
    with access.session(None) as s:
        acts_of_house.set_active(s, username, active=reopen)
    click.echo(f"已{'启用' if reopen else '停用'} {username}。")


@click.command(help="让已经届满的期限发生法律效果（应每日运行，重复运行无妨）。")
def due() -> None:
    """For a daily timer."""
    click.echo(f"已记录 {clockwork.run_due()} 项期限届满。")
    keep_sealed()


@click.command(help="列出文号的使用情况：缺号，因撤回操作而作废的号，因导入的案件已经使用而跳过的号。")
def numbers() -> None:
    """Gaps with their reasons (D13)."""
    with access.session(None) as s:
        series = acts_of_house.gaps(s)
        void, imported = acts_of_house.void_numbers(s), acts_of_house.imported_numbers(s)
    lines = [
        (one.organ.name, one.series, str(one.year), str(one.last), "、".join(map(str, missing)) or "无")
        for one, missing in series
    ]
    print_table(("机关", "字", "年份", "最后一号", "缺号"), lines)
    for number in void:
        click.echo(f"{number.text}　该操作已撤回，号码不再使用。")
    for number in imported:
        click.echo(f"{number.text}　导入的案件使用了这个号，编号时跳过。")
