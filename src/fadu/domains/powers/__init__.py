"""机构职能与权责清单: lists of powers, responsibilities, services, township duties; powers handed down; the reform."""

from __future__ import annotations

from pathlib import Path

from fadu.domains.powers import (
    admission,
    assignment,
    delegation,
    indicators,
    institutions,
    publication,
    reform,
    registers,
)
from fadu.rules.registry import Room

ROOM = Room(
    name="powers",
    label="机构职能与权责清单",
    folder=Path(__file__).parent,
    procedures=(
        delegation.TEXT_2021,
        admission.TEXT_2019,
        assignment.TEXT_2019,
        reform.TEXT_2019,
        publication.TEXT_2019,
        publication.TRANSFERS,
    ),
    indicators=indicators.ALL,
    registers=(*registers.ALL, *institutions.ALL),
)
