"""法治政府建设年度报告: compiled, checked, reviewed, signed, submitted, published, archived."""

from __future__ import annotations

from pathlib import Path

from fadu.domains.annual_report import indicators, problems, registers, text
from fadu.rules.registry import Room

ROOM = Room(
    name="annual_report",
    label="法治政府建设年度报告",
    folder=Path(__file__).parent,
    procedures=(text.TEXT_2019, problems.TEXT_2019),
    indicators=(*indicators.ALL, registers.reporters),
    registers=(registers.REPORTERS,),
)
