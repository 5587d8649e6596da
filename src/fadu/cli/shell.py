"""`fadu shell`: an interactive Python with the models loaded."""

import click
from django.core.management import call_command


@click.command(help="打开带有全部模型的 Python 交互环境。")
@click.option("-c", "--command", help="执行这一行后退出。")
def shell(command: str | None) -> None:
    """Run Django's shell."""
    call_command("shell", command=command)
