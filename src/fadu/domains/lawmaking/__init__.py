"""立法与规范性文件: heading 5 of the catalogue of systems; legislation as far as lists and books go."""

from __future__ import annotations

from pathlib import Path

from fadu.domains.lawmaking import (
    books,
    checks,
    cleanup,
    indicators,
    legislation,
    opinions,
    plan,
    public_hearing,
    registers,
)
from fadu.domains.lawmaking.examination import text as examination
from fadu.domains.lawmaking.in_force import text as in_force
from fadu.domains.lawmaking.making import text as making
from fadu.rules.registry import Room

ROOM = Room(
    name="lawmaking",
    label="立法与规范性文件",
    folder=Path(__file__).parent,
    procedures=(
        plan.TEXT,
        making.TEXT,
        in_force.TEXT,
        examination.TEXT,
        cleanup.TEXT,
        books.CATALOGUES,
        books.INSPECTIONS,
        books.LEGISLATION,
        books.CONSULTATIONS,
        opinions.TEXT,
        public_hearing.TEXT,
        legislation.FEEDBACK,
        checks.AGENDA,
        checks.CONTRACTS,
    ),
    indicators=indicators.ALL,
    registers=(registers.DOCUMENTS, *legislation.REGISTERS),
)
