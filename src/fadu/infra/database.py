"""Which database the house uses: the server that DATABASE_URL names, else the embedded one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

from fadu.infra import roles
from fadu.infra.home import home
from fadu.infra.postgres import embedded, server_at
from fadu.infra.trouble import Trouble

SCHEMES = ("postgresql://", "postgres://")


def address(role: str) -> str | None:
    """The address of the office's server for a role; nothing if the embedded server is used.

    DATABASE_OWNER_URL, if set, is used for the owner role; an address without a user gets the role's name.
    """
    url = os.environ.get("DATABASE_URL", "").strip()
    if role == roles.OWNER:
        url = os.environ.get("DATABASE_OWNER_URL", "").strip() or url
    if not url:
        return None
    if not url.startswith(SCHEMES):
        raise Trouble("DATABASE_URL 应写成 postgresql://用户:密码@主机:端口/数据库 的形式。")
    return url


def conninfo(role: str = roles.APP) -> str:
    """How psycopg reaches the house's database as a role."""
    if url := address(role):
        try:
            parts = psycopg.conninfo.conninfo_to_dict(url)
        except psycopg.Error as error:
            raise Trouble(f"DATABASE_URL 无法识别：{error}") from error
        return psycopg.conninfo.make_conninfo(url, user=parts.get("user") or role)
    return server_at(home() / "postgres").conninfo(role, os.environ.get("FADU_DB_NAME", roles.DATABASE))


def django_settings(role: str = roles.APP) -> dict[str, Any]:
    """The same as an entry of Django's DATABASES."""
    parts = psycopg.conninfo.conninfo_to_dict(conninfo(role))
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {names[key]: str(value) for key, value in parts.items() if key in names}
    options: dict[str, Any] = {key: value for key, value in parts.items() if key not in names}
    return {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options, **known}


def keep_open(most: int) -> None:
    """From now on this process keeps its connections, up to so many, and lends them to its threads.

    Called in the process that serves: a pool does not outlive a fork, and settings read before it know of none.
    """
    house = connections.databases["default"]
    house["CONN_HEALTH_CHECKS"] = True  # after a restart of the server nobody gets a dead connection
    house["OPTIONS"]["pool"] = {"min_size": 1, "max_size": most}


@contextmanager
def running() -> Iterator[None]:
    """Hold the house's database up: look at the office's server, or keep the embedded one running."""
    if address(roles.APP) is None:
        with embedded(home() / "postgres"):
            yield
        return
    with psycopg.connect(conninfo(), connect_timeout=10) as connection:
        roles.check_version(connection)
    yield
