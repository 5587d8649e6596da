"""Whether the tables of the database are those of this program."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def behind() -> bool:
    """Whether there are migrations that were not run, on a connection of its own."""
    connection.close()
    executor = MigrationExecutor(connection)
    found = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    connection.close()
    return found
