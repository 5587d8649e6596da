"""`fadu db`: where the database is, and how it is."""

import click
import psycopg

from fadu.infra.database import address, conninfo, running
from fadu.infra.home import home
from fadu.infra.roles import APP

FACTS = """
    SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database())),
           current_database(), current_user,
           (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
           to_regclass('django_migrations') IS NOT NULL
"""


@click.group(help="查看数据库的位置、版本和状态。", options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
def db() -> None:
    """The commands about the database."""


@db.command(help="显示数据库的位置、版本、大小和连接数。")
def status() -> None:
    """Start or find the server and say what it is."""
    with running(), psycopg.connect(conninfo()) as connection:
        row = connection.execute(FACTS).fetchone()
    if row is None:
        raise RuntimeError("the server answered nothing")
    version, size, name, user, connections, migrated = row
    where = f"内置，数据目录 {home() / 'postgres'}" if address(APP) is None else "由 DATABASE_URL 指定"
    click.echo(f"位置：{where}")
    click.echo(f"版本：PostgreSQL {version}")
    click.echo(f"数据库：{name}（{size}），身份 {user}，连接 {connections} 个")
    click.echo("数据表：" + ("已建立" if migrated else "尚未建立，请运行 fadu migrate"))
