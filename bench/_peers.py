"""Contenders of `engines`: eventsourcing and SpiffWorkflow doing the five steps of _five.py, each from what is stored.

Arguments: eventsourcing or spiff, and the client's number; what it then waits for: see _contender.py. Each act is
loaded, done and committed durably in the house's own database; a form's fields are kept, nothing is rendered.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from typing import Any
from uuid import UUID

import _house  # noqa: F401 - prepares Django
import psycopg
from _contender import Act, answer, in_rows
from _five import FORM, STEPS

from fadu.infra import database

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


# ---------------------------------------------------------------- eventsourcing


def eventsourcing() -> Callable[[int], Sequence[Act]]:
    """An aggregate with one event a step: loaded from its events, changed, saved as one more event."""
    application = import_module("eventsourcing.application").Application
    domain = import_module("eventsourcing.domain")

    class Run(domain.Aggregate):  # type: ignore[misc,name-defined]
        @domain.event("Begun")
        def __init__(self) -> None:
            self.state = 0
            self.form: dict[str, Any] = {}

        @domain.event("Done")
        def do(self, state: int, name: str, story: str, day: str, worth: str, pages: str) -> None:
            if state != self.state:
                raise ValueError("stale")
            self.state += 1
            self.form = {"name": name, "story": story, "day": day, "worth": worth, "pages": pages}

    known = psycopg.conninfo.conninfo_to_dict(database.conninfo("fadu_owner"))
    app = application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(known["dbname"]),
            "POSTGRES_HOST": str(known["host"]),
            "POSTGRES_PORT": str(known["port"]),
            "POSTGRES_USER": str(known["user"]),
            "POSTGRES_PASSWORD": "",
        }
    )

    def make() -> UUID:
        run = Run()
        app.save(run)
        return run.id  # type: ignore[no-any-return]

    def act(identity: UUID, step: int) -> None:
        run = app.repository.get(identity)
        run.do(step, **FORM)
        app.save(run)

    return in_rows(make, act, STEPS)


# ---------------------------------------------------------------- SpiffWorkflow


def bpmn() -> bytes:
    """A process of five user tasks in a row."""
    names = ["start", *(f"step_{n}" for n in range(STEPS)), "end"]
    tasks = "".join(f'<userTask id="{name}" name="{name}"/>' for name in names[1:-1])
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{before}" targetRef="{after}"/>'
        for n, (before, after) in enumerate(pairwise(names))
    )
    return (
        f'<definitions xmlns="{BPMN}" targetNamespace="bench"><process id="five" isExecutable="true">'
        f'<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>'
    ).encode()


def spiff() -> Callable[[int], Sequence[Act]]:
    """One row a run: its JSON loaded, deserialised, one task done, serialised, stored."""
    engine = import_module("SpiffWorkflow.bpmn").BpmnWorkflow
    task_state = import_module("SpiffWorkflow").TaskState
    serializer = import_module("SpiffWorkflow.bpmn.serializer").BpmnWorkflowSerializer()
    parser = import_module("SpiffWorkflow.bpmn.parser").BpmnParser()
    parser.add_bpmn_io(BytesIO(bpmn()))
    spec = parser.get_spec("five")
    connection = psycopg.connect(database.conninfo("fadu_owner"), prepare_threshold=0)
    connection.execute("CREATE TABLE IF NOT EXISTS bench_spiff (id bigserial PRIMARY KEY, body text)")
    connection.commit()

    def make() -> int:
        run = engine(spec)
        run.do_engine_steps()
        text = serializer.serialize_json(run)
        made = connection.execute("INSERT INTO bench_spiff (body) VALUES (%s) RETURNING id", [text]).fetchone()
        connection.commit()
        assert made is not None
        return int(made[0])

    def act(identity: int, step: int) -> None:
        found = connection.execute("SELECT body FROM bench_spiff WHERE id = %s", [identity]).fetchone()
        assert found is not None
        run = serializer.deserialize_json(found[0])
        task = run.get_next_task(state=task_state.READY, manual=True)
        if task.task_spec.name != f"step_{step}":
            raise ValueError("stale")
        task.set_data(**FORM)
        task.run()
        run.do_engine_steps()
        connection.execute("UPDATE bench_spiff SET body = %s WHERE id = %s", [serializer.serialize_json(run), identity])
        connection.commit()

    return in_rows(make, act, STEPS)


if __name__ == "__main__":
    answer({"eventsourcing": eventsourcing, "spiff": spiff}[sys.argv[1]]())
