"""The command `fadu`: a table of commands, and what is common to all of them."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from fadu.cli.chinese import ChineseFormatter, complaint
from fadu.cli.lazy import LazyGroup, Needs, Row
from fadu.infra.trouble import Trouble
from fadu.rules.errors import FaduError

COMMANDS = {
    "demo": Row("fadu.cli.demo:demo", "准备并启动演示机关（虚构的安宁区）", Needs.DATABASE, home="demo"),
    "serve": Row("fadu.cli.serve:serve", "启动工作台网站（默认只在本机访问）", Needs.DATABASE),
    "migrate": Row("fadu.cli.migrate:migrate", "把数据库升级到当前版本", Needs.OWNER),
    "sync": Row("fadu.cli.sync:sync", "重建统计视图，检查指标", Needs.OWNER),
    "registry": Row("fadu.cli.registry:registry", "程序目录：列出程序、查看办事程序、登记声明"),
    "coverage": Row("fadu.cli.coverage:coverage", "对照目录：哪些工作和统计已经覆盖，哪些没有"),
    "work": Row("fadu.cli.work:work", "运行后台任务（fadu serve 自带一个）", Needs.DATABASE),
    "house": Row("fadu.cli.house:house", "登记和查看机关、人员、签发规则", Needs.DATABASE),
    "due": Row("fadu.cli.house:due", "让已经届满的期限发生法律效果（每日运行）", Needs.DATABASE),
    "numbers": Row("fadu.cli.house:numbers", "文号的使用情况和缺号", Needs.DATABASE),
    "ledger": Row("fadu.cli.ledger:ledger", "全过程记录：封存、核对、证明、导出、与见证人比对", Needs.DATABASE),
    "record": Row("fadu.cli.record:record", "案卷：按规定销毁个人信息和到期的案卷，登记保管期限", Needs.DATABASE),
    "integrity": Row("fadu.cli.integrity:run_checks", "逐项核对案件、期限、文书和人员，指出问题和办法", Needs.DATABASE),
    "bulk": Row("fadu.cli.bulk:group", "批量导入：名录条目、历史和外部平台的案件；整批撤回", Needs.DATABASE),
    "report": Row("fadu.cli.report:report", "生成法治政府建设年度报告", Needs.DATABASE),
    "read": Row("fadu.cli.read:reader", "读公开的年度报告，核对其中的数字"),
    "snapshot": Row("fadu.cli.snapshot:group", "统计快照：封存、列出、核对", Needs.DATABASE),
    "law": Row("fadu.cli.law:law", "法律库：查期限、找条文、检查文件"),
    "holidays": Row("fadu.cli.holidays:group", "放假通知：载入、查看、重算受影响的期限", Needs.DATABASE),
    "backup": Row("fadu.cli.backup:backup", "备份整个机关到一个文件，不必停机"),
    "restore": Row("fadu.cli.backup:restore", "把备份恢复到空的机关，并核对全部记录"),
    "db": Row("fadu.cli.db:db", "查看数据库的位置、版本和状态"),
    "shell": Row("fadu.cli.shell:shell", "打开带有全部模型的 Python 交互环境", Needs.DATABASE),
    "test": Row("fadu.cli.test:test", "运行测试（参数同 pytest）"),
    "check": Row("fadu.cli.check:check", "运行全部检查：格式、类型、层次、体例、测试"),
    "bench": Row("fadu.cli.bench:bench", "运行 bench/ 中的测速程序，不带名称时列出"),
}


@click.group(
    cls=LazyGroup,
    rows=COMMANDS,
    help="法度：让每一道程序依法运行，让年度报告的每个数字都有出处。",
    subcommand_metavar="命令 [参数]…",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=lambda _context, _option, value: _move_to(value),
    help="数据目录（同环境变量 FADU_HOME）。",
)
@click.version_option(package_name="fadu", message="法度 %(version)s")
def group() -> None:
    """Everything common to the commands."""


def _move_to(place: Path | None) -> None:
    """While options are read: a command that is loaded reads its settings from there."""
    if place is not None:
        os.environ["FADU_HOME"] = str(place.absolute())


def main() -> None:
    """Run a command; what a person can act on is told in one sentence, without a traceback."""
    signal.signal(signal.SIGTERM, _leave_in_order)
    click.Context.formatter_class = ChineseFormatter
    try:
        sys.exit(group.main(prog_name="fadu", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message)
        sys.exit(0)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        told = f"法度：{complaint(error)}" + (f"用法见 {context.command_path} --help" if context else "")
        click.echo(told, err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(128 + signal.SIGINT)
    except (Trouble, FaduError) as error:
        article, todo = getattr(error, "article", None), getattr(error, "todo", None)
        click.echo(f"法度：{error}" + (f"（{article}）" if article else "") + (f"\n{todo}" if todo else ""), err=True)
        sys.exit(1)


def _leave_in_order(number: int, frame: FrameType | None) -> None:
    """A terminated command still lets go of what it holds."""
    raise SystemExit(128 + number)
