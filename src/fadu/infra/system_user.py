"""Which system user the embedded server runs as: PostgreSQL refuses root.

An ordinary user runs it as himself. Root uses a system account of its own if that account can reach the
binaries and the data; else a user namespace in which root carries another number.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from fadu.infra.trouble import Trouble

ACCOUNT = "fadu"
NAMESPACE = ("unshare", "-U", "--map-user=1000", "--map-group=1000")


class RunAs(TypedDict, total=False):
    """The arguments of `subprocess` that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class SystemUser:
    """A user the server can run as: his number, and how to become him."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    switch: bool = False

    def as_user(self) -> RunAs:
        """What to hand to `subprocess`."""
        return RunAs(user=self.uid, group=self.gid, extra_groups=[]) if self.switch else RunAs()


def choose_user(data_dir: Path, cluster: Path, binary: Path) -> SystemUser:
    """The user of this cluster: its owner if it exists already, else the best that can be had."""
    uid = os.getuid()
    owner = cluster.stat().st_uid if cluster.exists() else None
    if uid != 0:
        if owner not in (None, uid):
            raise Trouble(f"数据目录 {cluster} 属于另一个用户，请用那个用户运行，或用 FADU_HOME 指定别处。")
        return SystemUser(uid, os.getgid())
    if owner == 0:
        return _namespace()
    if owner is not None:
        return SystemUser(owner, cluster.stat().st_gid, switch=True)
    account = _account()
    return account if account and _reaches(account, data_dir, binary) else _namespace()


def give_to(user: SystemUser, path: Path) -> None:
    """Make a folder the user's own."""
    if path.stat().st_uid != user.uid:
        os.chown(path, user.uid, user.gid)


def _account() -> SystemUser | None:
    """The system account, made if need be; nothing if that cannot be done here."""
    try:
        found = pwd.getpwnam(ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if not useradd:
            return None
        made = [
            useradd,
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            ACCOUNT,
        ]
        if subprocess.run(made, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode != 0:
            return None
        found = pwd.getpwnam(ACCOUNT)
    return SystemUser(found.pw_uid, found.pw_gid, switch=True) if found.pw_uid != 0 else None


def _reaches(user: SystemUser, data_dir: Path, binary: Path) -> bool:
    """Whether the account may enter the data folder and run the server's binary."""
    command = ["/bin/sh", "-c", 'cd "$1" && "$2" --version', "sh", str(data_dir), str(binary)]
    tried = subprocess.run(command, capture_output=True, cwd="/", check=False, **user.as_user())
    return tried.returncode == 0


def _namespace() -> SystemUser:
    """Root under another number: the files stay root's, the server sees an ordinary user."""
    tried = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False) if shutil.which("unshare") else None
    if tried is None or tried.returncode != 0:
        raise Trouble(
            "PostgreSQL 不能以 root 身份运行，这里也无法换用其他身份。"
            "请用普通用户运行 fadu，或用 DATABASE_URL 指定数据库服务器。"
        )
    return SystemUser(0, 0, prefix=NAMESPACE)
