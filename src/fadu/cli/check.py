"""`fadu check`: everything a change must pass, the same here and on the server that tests changes."""

import subprocess
import sys
import time
from pathlib import Path

import click

from fadu.cli.test import PARALLEL
from fadu.infra.home import CHECKOUT

PYTHON = sys.executable
BIN = Path(PYTHON).parent


def steps() -> dict[str, list[str]]:
    """Name and command of each step, the quick ones first."""
    shape = sorted(str(path) for path in (CHECKOUT / "tests").glob("test_shape_*.py"))
    return {
        "格式": [str(BIN / "ruff"), "format", "--check", "."],
        "规范": [str(BIN / "ruff"), "check", "."],
        "类型": [PYTHON, "-m", "mypy"],
        "层次": [str(BIN / "lint-imports"), "--no-cache"],
        "体例": [PYTHON, "-m", "pytest", "-q", *shape],
        "测试": [PYTHON, "-m", "pytest", "-q", *PARALLEL],
    }


@click.command(help="运行全部检查，每一步一行；有一步不合格即以非零状态结束。")
@click.option("--fail-fast", is_flag=True, help="遇到第一处不合格即停止。")
def check(fail_fast: bool) -> None:
    """Run the steps; what a failed one printed is shown whole."""
    failed = []
    for name, command in steps().items():
        begin = time.monotonic()
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
        verdict = "通过" if done.returncode == 0 else "不合格"
        click.echo(f"{name}：{verdict}（{time.monotonic() - begin:.1f} 秒）")
        if done.returncode != 0:
            failed.append(name)
            click.echo(done.stdout + done.stderr)
            if fail_fast:
                break
    if failed:
        click.echo(f"不合格：{'、'.join(failed)}")
        sys.exit(1)
    click.echo("全部通过。")
