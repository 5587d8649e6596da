"""What a restored database must be before it is taken: of a version we know, brought up to date, verified."""

from __future__ import annotations

import os
import subprocess
import sys

import click
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from fadu.infra.archive import Manifest
from fadu.infra.database import django_settings
from fadu.infra.roles import APP
from fadu.infra.trouble import Trouble
from fadu.kernel import access, models, store, verification

SHOWN = 10


def refuse_newer(manifest: Manifest) -> None:
    """A database may be older than the program, never newer."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    ours = {name.partition(".")[0] for name in known}
    if any(name not in known for name in manifest.migrations if name.partition(".")[0] in ours):
        raise Trouble(f"备份由较新的版本（{manifest.program}）作出，请先升级程序再恢复。")


def prove(where: dict[str, str], *, despite_faults: bool) -> None:
    """Brings the restored database up to date, then verifies it as the application's role."""
    click.echo("正在升级数据库……")
    command = [sys.executable, "-m", "fadu", "migrate", "--quiet"]
    environment = os.environ | where
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Trouble(f"恢复出来的数据库不能升级到当前版本：\n{done.stderr.strip()[-1500:]}")
    click.echo("正在核对全部记录……")
    name = {"NAME": where["FADU_DB_NAME"]} if where else {}
    connections.databases["default"].update(django_settings(APP) | name)
    try:
        faults = faults_of_record()
    finally:
        connections["default"].close()
    for fault in faults[:SHOWN]:
        click.echo(fault, err=True)
    if faults and not despite_faults:
        raise Trouble(
            f"备份里的记录本身有 {len(faults)} 处问题，没有恢复。\n确要照原样恢复的，加 --despite-faults 再运行一次。"
        )
    click.echo(f"记录核对完毕，{f'有 {len(faults)} 处问题' if faults else '没有发现改动'}。")


def faults_of_record() -> list[str]:
    """Chains, digests, seals and signatures, and every case's rows against its events.

    What was only imported has no events of its own; the integrity check compares it with the kept file.
    """
    with verification.one_moment():
        faults = list(verification.verify().faults)
    with access.session(None):
        for case in list(models.Case.objects.filter(stream__isnull=False).order_by("pk").values_list("pk", flat=True)):
            loaded = store.load(case, None, None)
            if loaded is None or store.refold(loaded) != loaded.case:
                faults.append(f"案件 {case} 的内容与它的记录不符")
    return faults
