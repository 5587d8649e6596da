"""The smallest whole room, there to be copied: one system, one paper, two indicators, one worked example."""

from __future__ import annotations

from pathlib import Path

from fadu.domains.example import indicators, suggestion
from fadu.rules.registry import Room

ROOM = Room(
    name="example",
    label="代表建议办理（样板间）",
    folder=Path(__file__).parent,
    procedures=(suggestion.TEXT_2025,),
    indicators=indicators.ALL,
)
