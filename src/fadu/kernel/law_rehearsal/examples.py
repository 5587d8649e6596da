"""Worked examples under another law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fadu.kernel.access import Session
from fadu.kernel.rehearsal import rehearse
from fadu.kernel.timekeeping import Env
from fadu.rules.errors import FaduError
from fadu.rules.law import Library


@dataclass(frozen=True, slots=True)
class Played:
    """A worked example that no longer holds as written."""

    file: str
    said: str


def examples(s: Session, library: Library, systems: Iterable[str]) -> Iterator[Played]:
    """The examples of these systems that come out otherwise under that law."""
    env = Env(library, s.env.calendar, s.env.thresholds, s.env.place)
    chosen = list(dict.fromkeys(systems))
    labels = {text.label for system in chosen for text in s.registry.versions(system)}
    for room in dict.fromkeys(s.registry.room_of(system) for system in chosen):
        for path in sorted((room.folder / "examples").glob("*.yaml")):
            if not any(label in path.read_text(encoding="utf-8") for label in labels):
                continue
            try:
                rehearse(path, s.registry, env)
            except FaduError as fault:
                yield Played(path.name, fault.message.replace(f"示例 {path.name} ", ""))
