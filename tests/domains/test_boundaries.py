"""Every statutory period that a procedure uses is met on its boundary in a worked example: last day, or a day late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import yaml

from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.rehearsal import Rehearsal
from fadu.kernel.stage import Stage, Story
from fadu.kernel.timekeeping import Env, reckon_all
from fadu.rules.law import load_library
from fadu.rules.procedure import Choose, Lead, OnTrack, Period, Procedure
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar

Entry = tuple[str, str]
"""Statute and name of a period in the law library."""

WITHOUT: dict[Entry, str] = {}
"""Periods that need no example of their own, and why."""


class Watched(Rehearsal):
    """An example being played. met: periods on whose last day, or the day after, something happened or was told."""

    met: set[Entry]

    def play(self, number: int) -> None:
        super().play(number)
        entry = self.entries[number]
        reckoned = reckon_all(self.stage.case, self.stage.env)
        for key, row in self.stage.case.table("clock").items():
            if (last := reckoned[key].lapses_after) and self._on(row, (last, last + timedelta(days=1)), entry):
                self.met.add((row["statute"], row["period"]))
        if "应当拒绝" in entry:
            self.met |= {(lead.period.statute, lead.period.name) for lead in self._asked(entry)}

    def _asked(self, entry: Mapping[str, Any]) -> list[Lead]:
        """Leads that the gates of the step read which was refused."""
        step = next((step for step in self.procedure.steps if step.label == entry.get("办理")), None)
        reads = {word for gate in step.gates for word in gate.reads} if step else set()
        return [lead for lead in self.procedure.leads if f"lead:{lead.name}" in reads]

    @staticmethod
    def _on(row: Mapping[str, Any], boundary: tuple[date, date], entry: Mapping[str, Any]) -> bool:
        """Whether the period was answered on its boundary, or something was told or refused there."""
        if row["stopped"] in {day.isoformat() for day in boundary}:
            return True
        told = {label.partition("（")[0] for label in (entry.get("应当") or {}).get("期限") or ()}
        return entry["日期"] in boundary and (row["label"] in told or "应当拒绝" in entry)


def played() -> set[Entry]:
    """What all examples of all rooms meet on its boundary."""
    env, met = Env(load_library(), load_calendar(), shipped_thresholds()), set[Entry]()
    for room in registry().rooms:
        for path in sorted((room.folder / "examples").glob("*.yaml")):
            story = Story(registry())

            def stage(procedure: Procedure, day: date, story: Story = story) -> Stage:
                return Stage(procedure, env, day, story)

            watched = Watched(path.name, yaml.safe_load(path.read_text(encoding="utf-8")), registry(), stage)
            watched.met = met
            watched.run()
    return met


def used() -> Iterator[tuple[Entry, str]]:
    """The periods that procedures name, each with the procedure that does."""
    for system in registry().systems:
        for text in registry().versions(system):
            lengths = [clock.period for clock in text.clocks] + [lead.period for lead in text.leads]
            for length in lengths:
                several = length.periods.values() if isinstance(length, Choose | OnTrack) else (length,)
                for one in several:
                    if isinstance(one, Period):
                        yield (one.statute, one.name), f"{text.label}（{text.version}）"


def test_every_period_is_met_on_its_boundary() -> None:
    met = played()
    missing = sorted({f"{who}：《{entry[0]}》{entry[1]}" for entry, who in used() if entry not in met | WITHOUT.keys()})
    assert missing == []


def test_no_period_is_excused_that_is_met_or_not_used() -> None:
    assert set(WITHOUT) <= {entry for entry, _ in used()}
