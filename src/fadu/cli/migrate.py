"""`fadu migrate`: bring the database to the present version, as the owner role."""

import click
from django.core.management import call_command

from fadu.analytics.views import drop_views, sync
from fadu.kernel import access, sought_entries
from fadu.rules.registry import registry


@click.command(help="把数据库升级到当前版本。")
@click.option("--quiet", is_flag=True, help="不显示过程。")
def migrate(quiet: bool) -> None:
    """Run Django's migrations; the views over the tables are taken away before and made anew after.

    What entries of registers are found by is written by the worker, where a house has none yet."""
    drop_views()
    call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
    sync(registry())
    with access.session(None) as s:
        if sought_entries.missing(s).exists():  # in a house that came before them
            sought_entries.write_later()
