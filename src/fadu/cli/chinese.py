"""What the command-line library itself says, in Chinese."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Show this message and exit.": "显示这段说明。",
    "Show the version and exit.": "显示版本。",
}


class ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, prefix="用法：" if prefix is None else prefix)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A headed list."""
        with super().section(WORDS.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of names with what they mean."""
        super().write_dl([(name, WORDS.get(text, text)) for name, text in rows], col_max, col_spacing)


def complaint(error: click.ClickException) -> str:
    """What is wrong with the command that was typed."""
    match error:
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}。"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。"
        case click.MissingParameter():
            return f"缺少 {_name(error)}。"
        case click.BadParameter():
            return f"{_name(error)} 的值不合要求：{error.message}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 用法不对：{error.message}"
        case click.FileError():
            return f"不能打开 {error.ui_filename}：{error.message}"
    return error.message


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    return "、".join(error.param.opts) if isinstance(error.param, click.Option) else error.param.human_readable_name
