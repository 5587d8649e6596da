"""`fadu bench`: the measuring programs of the folder bench/, by name."""

import ast
import subprocess
import sys
from pathlib import Path

import click

from fadu.infra.home import CHECKOUT

FOLDER = CHECKOUT / "bench"


@click.command(help="运行 bench/ 中的测速程序；不带名称时列出。", context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(name: str | None, arguments: tuple[str, ...]) -> None:
    """Run one, or list them all with their first lines."""
    known = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if not path.stem.startswith("_")}
    if name is None:
        for stem, path in known.items():
            click.echo(f"{stem:<20} {first_line(path)}")
        if not known:
            click.echo("bench/ 中还没有测速程序。")
        return
    if name not in known:
        raise click.UsageError(f"没有名为 {name} 的测速程序；可用的有：{'、'.join(known) or '（无）'}。")
    command = [sys.executable, str(known[name]), *arguments]
    sys.exit(subprocess.run(command, cwd=CHECKOUT, check=False).returncode)


def first_line(path: Path) -> str:
    """What a program says it is for."""
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    return (told or "").partition("\n")[0]
