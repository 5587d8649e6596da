"""The three database roles, and what a database of ours must be before it is migrated.

`fadu_owner` migrates and syncs, `fadu_app` serves people, `fadu_read` reads for BI tools.
None is a superuser. The application gets the four plain rights on every table the owner makes;
a migration takes back what a table must not allow (UPDATE and DELETE on the record) and gives
`fadu_read` what it may see.
"""

from typing import LiteralString

import psycopg
from psycopg import sql

from fadu.infra.trouble import Trouble

ADMIN = "postgres"
OWNER = "fadu_owner"
APP = "fadu_app"
READ = "fadu_read"
DATABASE = "fadu"
OLDEST_VERSION = 15

GRANTS: tuple[LiteralString, ...] = (
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO fadu_app, fadu_read",
    "GRANT ALL ON SCHEMA public TO fadu_owner",
    "ALTER DEFAULT PRIVILEGES FOR ROLE fadu_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fadu_app",
    "ALTER DEFAULT PRIVILEGES FOR ROLE fadu_owner GRANT USAGE, SELECT ON SEQUENCES TO fadu_app",
)


def check_version(connection: psycopg.Connection) -> None:
    """Refuse a server that is too old for what we ask of it."""
    found = connection.info.server_version
    if found < OLDEST_VERSION * 10000:
        version = f"{found // 10000}.{found % 10000}"
        raise Trouble(f"数据库服务器是 PostgreSQL {version}，至少需要 {OLDEST_VERSION}：请升级服务器后再试。")


def make_roles(connection: psycopg.Connection) -> None:
    """Create the roles that are missing; needs an administrator's connection in autocommit."""
    known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for role in (OWNER, APP, READ):
        if role not in known:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))


def make_database(connection: psycopg.Connection, name: str, template: str | None = None) -> None:
    """Create a database that belongs to the owner role; harmless if it exists; autocommit."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        command = sql.SQL("CREATE DATABASE {} OWNER fadu_owner TEMPLATE {}")
        connection.execute(command.format(sql.Identifier(name), sql.Identifier(template or "template0")))
    for right in (
        "REVOKE ALL ON DATABASE {} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {} TO fadu_app, fadu_read",
    ):
        connection.execute(sql.SQL(right).format(sql.Identifier(name)))


def grant(connection: psycopg.Connection) -> None:
    """Give the rights inside one database; the connection is an administrator's, to that database."""
    for command in GRANTS:
        connection.execute(command)
