"""Where a case, or a track in it, stood on a day: what was entered late is judged as of the day it happened (D2)."""

from __future__ import annotations

from datetime import date

from fadu.rules.casefile import CaseFile
from fadu.rules.procedure import Procedure, Step, Track

Move = tuple[str, Step]
"""Day and step."""


def moves(case: CaseFile, procedure: Procedure, track: Track | None = None, key: str = "") -> list[Move]:
    """What moved the case's state, or that of a track, in the order of days; what happened outside, once it was known.

    key: the instance of a track that has one for each step; what that step itself did counts as a move there.
    """
    apart = track is not None and track.per_step
    found = [
        (entry.get("learned") or entry["day"], step)
        for step in procedure.steps
        if (step.track == track and step.to is not None) or (apart and step.name == key)
        for entry in case.done.get(f"{step.name}:{key}" if apart and step.track == track else step.name, ())
    ]
    return sorted(found, key=lambda move: move[0])


def states_on(case: CaseFile, procedure: Procedure, day: date, track: Track | None = None) -> tuple[str, ...]:
    """The states in which the case, or a track of it, was at some moment of the day, the last one last."""
    known = [(moved, step.to.name) for moved, step in moves(case, procedure, track) if step.to]
    if all(moved <= day.isoformat() for moved, _ in known):
        row = case.table("track").get(track.name) if track else None
        last = case.state if track is None else row["state"] if row else track.initial.name
        known.append((day.isoformat(), last))
    before = [track.initial.name] if track else []
    before += [to for moved, to in known if moved < day.isoformat()]
    return (*before[-1:], *(to for moved, to in known if moved == day.isoformat()))
