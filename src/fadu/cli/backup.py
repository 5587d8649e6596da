"""`fadu backup` and `fadu restore`: the whole house into one file, and back into an empty house."""

from __future__ import annotations

import os
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click

from fadu.infra import archive, clock
from fadu.infra import backup as backups
from fadu.infra.boot import boot
from fadu.infra.database import running
from fadu.infra.roles import APP


@click.command(help="把数据库和上传的材料备份成一个文件（.tar）。不必停机，不覆盖已有的文件。")
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Exit status 1 when an upload is gone: the back-up is made, and somebody must look."""
    file = file.absolute()
    with running():
        made = backups.take(file, clock.now(), version("fadu"), click.echo)
    click.echo(f"已备份到 {file}（{file.stat().st_size / 1_000_000:.1f} MB）。里面有全部个人信息，要像原件一样保管。")
    click.echo(f"{made.streams} 条记录链，链末端的摘要（SHA-256）：{made.record}")
    if made.missing:
        click.echo(f"注意：有 {len(made.missing)} 个上传的文件缺失或者被改动过，没有备份：", err=True)
        click.echo("\n".join(made.missing), err=True)
        raise SystemExit(1)


@click.command(help="把备份恢复到一个空的机关，随后核对全部记录。")
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="恢复到这个数据目录（同 --home）。")
@click.option("--despite-faults", is_flag=True, help="记录核对有问题也照原样恢复。")
def restore(file: Path, into: Path | None, *, despite_faults: bool) -> None:
    """Nothing is touched before the file was read through; Django is loaded when the data folder is known."""
    click.echo("正在核对备份文件……")
    found = archive.check(file.absolute())
    if into is not None:
        os.environ["FADU_HOME"] = str(into.absolute())
    with running():
        backups.refuse_filled()
        boot(APP)
        restored = import_module("fadu.cli.restored")
        restored.refuse_newer(found.manifest)
        backups.restore(found, partial(restored.prove, despite_faults=despite_faults), click.echo)
    rows, files = sum(found.manifest.tables.values()), found.manifest.files
    click.echo(f"已恢复 {found.manifest.made} 的备份：{rows} 行数据，{files} 个上传的文件。")
    if found.manifest.missing:
        click.echo(f"注意：备份时就有 {len(found.manifest.missing)} 个上传的文件缺失。", err=True)
