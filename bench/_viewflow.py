"""Contender of `engines`: django-viewflow doing the five steps of _five.py, in a Django of its own.

Argument: the client's number; what it then waits for: see _contender.py. An act is what its own view does between
reading and answering a form: lock the process, fetch the task, assign, start, keep the fields, execute. Rendering,
URLs and permissions of the view are left out. Its tables lie in a schema of their own in the house's database.
"""

from __future__ import annotations

from importlib import import_module

import django
import psycopg
from _contender import answer, in_rows
from _five import FORM, STEPS
from django.conf import settings
from django.core.management import call_command

from fadu.infra import database

SCHEMA = "bench_viewflow"
known = psycopg.conninfo.conninfo_to_dict(database.conninfo("fadu_owner"))
settings.configure(
    SECRET_KEY="bench",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow", "_flows"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": known["dbname"],
            "USER": known["user"],
            "HOST": known["host"],
            "PORT": known["port"],
            "OPTIONS": {"options": f"-c search_path={SCHEMA}"},
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)


def make_tables() -> None:
    """The schema and viewflow's own migrations in it."""
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        owner.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    call_command("migrate", verbosity=0)


def main() -> None:
    """Waits for what it is told."""
    django.setup()
    make_tables()
    steps = import_module("_flows.flows").FiveSteps
    user = import_module("django.contrib.auth.models").User.objects.get_or_create(username="bench")[0]

    def make() -> int:
        return int(steps.start.run().pk)

    def act(identity: int, step: int) -> None:
        task = steps.task_class.objects.get(process_id=identity, flow_task=steps.instance.node(f"step_{step}"))
        with task.activation() as activation:
            activation.assign(user)
            activation.start(None)
            activation.process.data = FORM
            activation.process.save()
            activation.execute()

    answer(in_rows(make, act, STEPS))


if __name__ == "__main__":
    main()
