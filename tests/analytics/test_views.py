"""The views in a database of their own: made by the owner, read with the reader's rights, honest about bad values."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import psycopg
import pytest
from django.db import connection

from fadu.analytics import views
from fadu.analytics.tables import table_of
from fadu.kernel import access, models
from tests.analytics import counted
from tests.fixtures.database import OwnDatabase

FACTS = {
    "known_on": ["2024-02-30", "2024-02-29", "tomorrow", None, "1900-02-29"],
    "pages": ["twelve", 12, "7", None, 3],
    "answer": ["grant", "deny", None, "part", "grant"],
}


def put_cases() -> None:
    """Cases with facts that no act would have written, as an import by hand might."""
    organ = models.Organ.objects.create(name="某区政府", short="某政", since=date(2020, 1, 1))
    for number, (known_on, pages, answer) in enumerate(zip(*FACTS.values(), strict=True)):
        stream = models.Stream.objects.create(kind="case", name=str(number), head=b"")
        models.Case.objects.create(
            system="small",
            version="2023",
            revision=1,
            organ=organ,
            body=organ,
            stream=stream,
            state="received",
            title="某案",
            opened=date(2024, 3, number + 1),
            facts={"known_on": known_on, "pages": pages, "answer": answer},
            done={"accept": [{"day": "2024-03-09", "by": None}, {"day": "2024-03-08", "by": None}]},
        )


def query(text: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text)
        return list(cursor.fetchall()) if cursor.description else []


def test_bad_values_are_nothing_and_are_reported(own_database: OwnDatabase) -> None:
    with own_database.as_owner():
        put_cases()
        bad = views.sync(counted.catalogue())
    assert [(entry.table, entry.column, entry.label, entry.rows) for entry in bad] == [
        ("small", "fact_known_on", "知道之日", 3),
        ("small", "fact_pages", "页数", 1),
    ]
    with access.session(None):
        rows = query(
            "SELECT fact_known_on, fact_pages, fact_answer, accept_on, opened_month FROM v_small ORDER BY 1, 2"
        )
    assert rows[0] == (date(2024, 2, 29), 12, "deny", date(2024, 3, 8), 202403)
    assert [row[0] for row in rows[1:]] == [None] * 4
    assert [row[1] for row in rows[1:]] == [3, 7, None, None]


def test_a_view_has_the_rights_of_its_reader(own_database: OwnDatabase) -> None:
    with own_database.as_owner():
        put_cases()
        views.sync(counted.catalogue())
    with own_database.connect() as app, pytest.raises(psycopg.errors.InsufficientPrivilege, match="没有打开会话"):
        app.execute("SELECT * FROM v_small").fetchall()
    with access.session(None):
        assert query("SELECT count(*) FROM v_small") == [(5,)]
    stranger = models.Officer.objects.create(username="x", name="某某", password="x")
    with access.session(stranger.pk):
        assert query("SELECT count(*) FROM v_small") == [(0,)]


def test_every_day_is_cast_as_python_reads_it(own_database: OwnDatabase) -> None:
    """The cast never fails: each of the days that look like days, and leap years by all their rules."""
    with own_database.as_owner():
        views.sync(counted.catalogue())
    texts = [f"{y}-{m:02d}-{d:02d}" for y in (1900, 2000, 2023, 2024) for m in range(14) for d in range(33)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t, fadu_day(t) FROM unnest(%s::text[]) AS t", [texts])
        for text, day in cursor.fetchall():
            try:
                assert day == date.fromisoformat(text), text
            except ValueError:
                assert day is None, text


def test_sync_makes_the_views_anew(own_database: OwnDatabase) -> None:
    with own_database.as_owner():
        views.sync(counted.catalogue())
        query("CREATE VIEW v_other AS SELECT 1 AS n")
        views.sync(counted.catalogue())
        names = query("SELECT viewname FROM pg_views WHERE schemaname = 'public' ORDER BY 1")
        assert names == [("v_follow",), ("v_other",), ("v_small",)]
        columns = query(
            "SELECT attname, col_description(attrelid, attnum) FROM pg_attribute"
            " WHERE attrelid = 'v_small'::regclass AND attnum > 0 ORDER BY attnum"
        )
        assert columns == [(c.name, c.label) for c in table_of(counted.catalogue(), "small").columns]
        views.drop_views()
        assert query("SELECT viewname FROM pg_views WHERE schemaname = 'public'") == [("v_other",)]


def test_the_command_syncs_the_rooms_in_force(own_database: OwnDatabase) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fadu", "sync"],
        env=own_database.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "个名录的统计视图" in done.stdout
    with access.session(None):
        assert query("SELECT count(*) FROM v_suggestion") == [(0,)]


def test_the_reading_role_sees_the_views_and_nothing_behind_them(own_database: OwnDatabase) -> None:
    with own_database.as_owner():
        put_cases()
        views.sync(counted.catalogue())
    with own_database.connect("fadu_read") as reader:
        assert reader.execute("SELECT count(*) FROM reading.small").fetchone() == (5,)
        for hidden in ("kernel_case", "kernel_party", "kernel_eventvalue", "v_small"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), reader.transaction():
                reader.execute(f"SELECT count(*) FROM {hidden}")
