"""组织领导: meetings, legal study, trainings, tests, statements, assessment, inspection, tasks."""

from __future__ import annotations

from pathlib import Path

from fadu.domains.organisation import (
    agenda,
    appointment,
    assessment,
    books,
    demonstration,
    indicators,
    inspection,
    registers,
    statement,
    study,
    tasks,
    urging,
)
from fadu.rules.registry import Room

ROOM = Room(
    name="organisation",
    label="组织领导、学法、述法与任务落实",
    folder=Path(__file__).parent,
    procedures=(
        agenda.TEXT_2019,
        books.MEETINGS,
        study.TEXT_2019,
        books.TRAININGS,
        books.TESTS,
        books.DUTIES_DONE,
        books.SURVEYS,
        books.RESPONSIBILITIES,
        statement.TEXT_2019,
        tasks.PLAN_TASKS,
        tasks.SHORTFALLS,
        urging.TEXT_2021,
        assessment.TEXT_2019,
        inspection.TEXT_2019,
        demonstration.TEXT_2019,
        appointment.TEXT_2019,
    ),
    indicators=indicators.ALL,
    registers=registers.ALL,
)
