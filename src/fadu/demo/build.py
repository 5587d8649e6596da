"""Builds the demonstration house: organs and people, then every story, day by day, lapses firing as they would.

The small house is what one looks at; the full one has a district's whole year 2023 besides (the folder full).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import yaml
from django.db import connection

from fadu.demo import series
from fadu.demo.cast import Cast
from fadu.demo.lists import ListBook
from fadu.demo.live import OwnReports
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, acts, clockwork, models, store
from fadu.kernel.rehearsal import ExampleFailed, Rehearsal
from fadu.kernel.roster import establish
from fadu.rules.errors import DeclarationError
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar

FOLDER = Path(__file__).parent
FULL = FOLDER / "full"
Tick = Callable[[date], None]


class Playing(Protocol):
    """What is played entry by entry. differences: what went otherwise than it says."""

    entries: list[Mapping[str, Any]]
    differences: list[str]

    def play(self, number: int) -> None: ...


def settings(*, full: bool = False) -> dict[str, Any]:
    """What house.yaml says; of the full house also more organs and people, and the stories that it leaves out."""
    said: dict[str, Any] = yaml.safe_load((FOLDER / "house.yaml").read_text(encoding="utf-8"))
    more = yaml.safe_load((FULL / "house.yaml").read_text(encoding="utf-8")) if full else {}
    return said | {
        "organs": said["organs"] + more.get("organs", []),
        "officers": said["officers"] + more.get("officers", []),
        "left_out": more.get("left_out", []),
    }


def days() -> Iterator[date]:
    """The days that are played, first and last included; the same in both houses."""
    said = settings()
    day = said["first_day"]
    while day <= said["last_day"]:
        yield day
        day += timedelta(days=1)


def contents(*, full: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every story: its name and what its file says, those of series included."""
    left_out = settings(full=full)["left_out"]
    paths = [path for path in sorted((FOLDER / "stories").glob("*.yaml")) if path.stem not in left_out]
    if full:
        paths += sorted((FULL / "stories").glob("*.yaml"))
    for path in paths:
        yield path.name, yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((FULL / "series").glob("*.yaml")) if full else ():
        yield from series.stories(path, load_calendar())


def lists(*, full: bool = False) -> list[Path]:
    """The files about registers."""
    folders = (FOLDER, FULL) if full else (FOLDER,)
    return [path for folder in folders for path in sorted((folder / "lists").glob("*.yaml"))]


def build(tick: Tick = lambda day: None, *, full: bool = False) -> None:
    """Builds everything in an empty house. Raises ExampleFailed when a story does not go as it says."""
    said = settings(full=full)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")  # a house half built is built anew
    clockwork.set_day(None, said["first_day"])
    with access.session(None) as s:
        roster = establish(s, said, lambda username: str(said["password"]))
    cast = Cast.of(roster.organs)
    played: list[Playing] = [ListBook(path, cast) for path in lists(full=full)]
    played += [_story(name, content, cast) for name, content in contents(full=full)]
    diary: dict[date, list[tuple[Playing, int]]] = {}
    for one in played:
        for number, entry in enumerate(one.entries):
            diary.setdefault(entry["日期"], []).append((one, number))
    _check_days(diary, said)
    for day in days():
        if day in diary or _something_begins(day) or _something_ends_before(day):
            clockwork.set_day(None, day)
            clockwork.run_due()
        for one, number in diary.get(day, ()):
            one.play(number)
            if one.differences:
                raise ExampleFailed("；".join(one.differences), todo="请核对 src/fadu/demo 中的故事。")
        tick(day)
    clockwork.set_day(None, said["last_day"])


def _something_begins(day: date) -> bool:
    """What is owed for the year that is over, which the clock opens."""
    return (day.month, day.day) == (1, 1)


def _something_ends_before(day: date) -> bool:
    """Whether a period ran out that nobody answered; on other days the house's clock need not be moved."""
    with access.session(None, datetime.combine(day, clockwork.OPENING_HOUR, SHANGHAI)) as s:
        return bool(acts.cases_with_lapses(s))


def _check_days(diary: Mapping[date, Any], said: Mapping[str, Any]) -> None:
    outside = [day for day in diary if not said["first_day"] <= day <= said["last_day"]]
    if outside:
        raise DeclarationError(f"故事中有演示期间以外的日期：{min(outside)}")


def _story(name: str, content: dict[str, Any], cast: Cast) -> Rehearsal:
    """One story, to be played in the house. Its 承办人 takes turns by the file's name."""
    who = cast.taking_turns(sum(name.encode()))
    return Rehearsal(name, content, registry(), lambda procedure, day: OwnReports(procedure, day, cast, who))


def content_digest() -> str:
    """SHA-256 over every case as folded and every entry, without salts, act ids and moments: the same everywhere."""
    whole: list[Any] = []
    with access.session(None) as s:
        for case in access.cases(s).order_by("pk"):
            loaded = store.load(case.pk, None, None)
            assert loaded is not None
            file = loaded.case
            whole.append([file.system, file.number, file.state, file.facts, file.done, file.rows])
        for row in models.RegisterEntry.objects.order_by("pk"):
            whole.append([row.register, row.organ_id, row.key, str(row.since), str(row.before), row.data])
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
