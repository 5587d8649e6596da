"""Commands loaded when they are called: a command that needs no database does not load Django."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from fadu.infra.trouble import Trouble

NOT_THERE = {"42P01", "42703", "42883"}
"""What PostgreSQL says of a table, a column or a function that is not there."""


class Needs(Enum):
    """What must be there before a command's module is loaded and run."""

    NOTHING = "nothing"
    MODELS = "models"
    DATABASE = "database"
    OWNER = "owner"


@dataclass(frozen=True)
class Row:
    """One command: `module:attribute`, its line in the help, what it needs, and a data folder of its own."""

    target: str
    help: str
    needs: Needs = Needs.NOTHING
    home: str | None = None


class LazyGroup(click.Group):
    """A group whose commands are rows of a table."""

    def __init__(self, *args: Any, rows: Mapping[str, Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table, which is the order of use."""
        return [*self.rows, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command's module, and what it needs first."""
        row = self.rows.get(cmd_name)
        if row is None:
            return super().get_command(ctx, cmd_name)
        if row.home and "FADU_HOME" not in os.environ:
            os.environ["FADU_HOME"] = str(import_module("fadu.infra.home").home() / row.home)
        if row.needs is not Needs.NOTHING:
            role = "fadu_owner" if row.needs is Needs.OWNER else "fadu_app"
            import_module("fadu.infra.boot").boot(role)
        module, _, attribute = row.target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{row.target} is not a click command")
        return _with_database(command) if row.needs in (Needs.DATABASE, Needs.OWNER) else command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading one."""
        with formatter.section("命令"):
            formatter.write_dl([(name, row.help) for name, row in self.rows.items()])


def _unprepared(place: Path) -> Trouble:
    demo = place / "demo"
    hint = f"；演示机关在 {demo}，请加 --home {demo}" if demo.is_dir() else ""
    return Trouble(f"数据目录 {place} 的数据库还没有建立数据表，或者数据表是旧版本的。请先运行 fadu migrate{hint}。")


def _with_database(command: click.Command) -> click.Command:
    """The same command, with the database held up while it runs."""
    plain_invoke = command.invoke

    def invoke(ctx: click.Context) -> Any:
        running: AbstractContextManager[None] = import_module("fadu.infra.database").running()
        ctx.with_resource(running)
        try:
            return plain_invoke(ctx)
        except Exception as error:
            if (
                getattr(error.__cause__, "sqlstate", "") in NOT_THERE
                and import_module("fadu.infra.migrations").behind()
            ):
                raise _unprepared(import_module("fadu.infra.home").home()) from error
            raise

    command.invoke = invoke  # type: ignore[method-assign]  # one command object serves one process
    return command
