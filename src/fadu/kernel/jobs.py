"""What the worker does by the clock: lapses, seals, the daily check, and the order of the queue itself."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from fadu.infra import jobs
from fadu.kernel import (
    access,
    acts,
    applications,
    clockwork,
    files,
    integrity,
    law_rehearsal,
    models,
    seal,
    sought_entries,
    web_sessions,
)  # fmt: skip
from fadu.kernel.bulk import bringing

PATIENCE = "SET LOCAL lock_timeout = '10s'"
"""How long a job waits for a case that somebody is working on; then it fails and the next scan asks again."""
NIGHT_ENDS = 2
"""Hour from which the check of the day may run."""
KEY_DAYS = 30
"""How long the answer to a form is kept for the same form sent again: our own choice (D7)."""

jobs.every("* * * * *")(seal.seal)
jobs.every("*/10 * * * *")(sought_entries.write_entry_texts)


@jobs.task
def run_due_case(case: int) -> None:
    """Lets every period of one case that ran out before today take its effect. Harmless to repeat."""
    with access.session(None) as s:
        with connection.cursor() as cursor:
            cursor.execute(PATIENCE)
        acts.run_lapses(s, case)


@jobs.every("*/5 * * * *")
def scan() -> int:
    """Puts one job on the queue for each case in which a period has run out; returns how many are new.

    A job that failed is put again by the next scan: there is no other retry.
    """
    with access.session(None) as s:
        waiting = acts.cases_with_lapses(s)
    return sum(jobs.defer(run_due_case, f"case {case}", case=case) for case in waiting)


@jobs.every("20 * * * *")
def check_house() -> bool:
    """Checks the whole house once a day: at night, or as soon as the machine runs again. True if it was due."""
    with access.session(None) as s:
        last = integrity.last_run(s)
        if s.now.hour < NIGHT_ENDS or (last and last.on >= s.today):
            return False
        run = integrity.examine(s)
    with access.session(None, run.at) as s:
        integrity.record(s, run)
    return True


@jobs.every("10 * * * *")
def open_owed() -> int:
    """Opens what is owed for last year and was not begun: on the first of January, or once the machine runs again."""
    return clockwork.open_owed()


@jobs.every("* * * * *", alone=False)
def retry_stalled() -> None:
    """Puts back what a killed worker had begun."""
    jobs.retry_stalled()


@jobs.every("7 * * * *")
def delete_old() -> None:
    """Forgets jobs that are over, sessions that ended, drafts, tables, rehearsals and uploads that were left lying, and
    the answers to forms that nobody sends again.
    """
    jobs.delete_old()
    web_sessions.forget_expired()
    with access.session(None) as s:
        models.Key.objects.filter(made__lt=s.now - timedelta(days=KEY_DAYS)).delete()
        applications.forget_left(s)
        bringing.forget_old(s)
        law_rehearsal.forget_old(s)
        files.sweep(s)
