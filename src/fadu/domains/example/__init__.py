"""The smallest whole room, there to be copied: two systems, each with its paper, figures and worked examples."""

from __future__ import annotations

from pathlib import Path

from fadu.domains.example import indicators, recommendation, suggestion
from fadu.rules.registry import Room

ROOM = Room(
    name="example",
    label="建议办理",
    folder=Path(__file__).parent,
    procedures=(suggestion.TEXT_2025, recommendation.TEXT_2018),
    indicators=indicators.ALL,
)
