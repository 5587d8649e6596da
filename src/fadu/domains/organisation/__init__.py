"""组织领导: meetings, legal study, trainings, tests, yearly statements, the year's plan and its tasks, shortfalls."""

from __future__ import annotations

from pathlib import Path

from fadu.domains.organisation import books, indicators, indicators_tasks, statement, study, tasks
from fadu.rules.registry import Room

ROOM = Room(
    name="organisation",
    label="组织领导、学法、述法与任务落实",
    folder=Path(__file__).parent,
    procedures=(
        books.MEETINGS,
        study.TEXT_2019,
        books.TRAININGS,
        books.TESTS,
        books.DUTIES_DONE,
        statement.TEXT_2019,
        tasks.PLAN_TASKS,
        tasks.SHORTFALLS,
    ),
    indicators=(*indicators.ALL, *indicators_tasks.ALL),
)
