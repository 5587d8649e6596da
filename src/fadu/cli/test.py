"""`fadu test`: the tests, on all cores; arguments go to pytest as they are."""

import os
import subprocess
import sys

import click

from fadu.infra.home import CHECKOUT

PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")


@click.command(
    help="运行测试，参数同 pytest。",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run pytest in the checkout, whatever folder we were called from."""
    sys.exit(run_tests(arguments))


def run_tests(arguments: tuple[str, ...] = ()) -> int:
    """Pytest's own exit code; without arguments everything is run, in parallel."""
    command = [sys.executable, "-m", "pytest", *(arguments or PARALLEL)]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode
