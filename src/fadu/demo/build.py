"""Builds the demonstration house: organs and people, then every story, day by day, lapses firing as they would."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import connection

from fadu.demo.live import LiveStage
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, acts, clockwork, models, store
from fadu.kernel.rehearsal import ExampleFailed, Rehearsal
from fadu.kernel.roster import establish
from fadu.rules.errors import DeclarationError
from fadu.rules.registry import registry

FOLDER = Path(__file__).parent
Tick = Callable[[date], None]


def settings() -> dict[str, Any]:
    """What house.yaml says."""
    said: dict[str, Any] = yaml.safe_load((FOLDER / "house.yaml").read_text(encoding="utf-8"))
    return said


def days() -> Iterator[date]:
    """The days that are played, first and last included."""
    said = settings()
    day = said["first_day"]
    while day <= said["last_day"]:
        yield day
        day += timedelta(days=1)


def build(tick: Tick = lambda day: None) -> None:
    """Builds everything in an empty house. Raises ExampleFailed when a story does not go as it says."""
    said = settings()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")  # a house half built is built anew
    clockwork.set_day(None, said["first_day"])
    with access.session(None) as s:
        roster = establish(s, said, lambda username: str(said["password"]))
    stories = [_story(path, roster.organs) for path in sorted((FOLDER / "stories").glob("*.yaml"))]
    diary: dict[date, list[tuple[Rehearsal, int]]] = {}
    for story in stories:
        for number, entry in enumerate(story.entries):
            diary.setdefault(entry["日期"], []).append((story, number))
    _check_days(diary, said)
    for day in days():
        if day in diary or _something_ends_before(day):
            clockwork.set_day(None, day)
            clockwork.run_due()
        for story, number in diary.get(day, ()):
            story.play(number)
        tick(day)
    clockwork.set_day(None, said["last_day"])
    differences = [difference for story in stories for difference in story.differences]
    if differences:
        raise ExampleFailed("；".join(differences), todo="请核对 src/fadu/demo/stories 中的故事。")


def _something_ends_before(day: date) -> bool:
    """Whether a period ran out that nobody answered; on other days the house's clock need not be moved."""
    with access.session(None, datetime.combine(day, clockwork.OPENING_HOUR, SHANGHAI)) as s:
        return bool(acts.cases_with_lapses(s))


def _check_days(diary: dict[date, list[tuple[Rehearsal, int]]], said: dict[str, Any]) -> None:
    outside = [day for day in diary if not said["first_day"] <= day <= said["last_day"]]
    if outside:
        raise DeclarationError(f"故事中有演示期间以外的日期：{min(outside)}")


def _story(path: Path, organs: dict[str, int]) -> Rehearsal:
    """One story file, to be played in the house. Its 承办人 takes turns by the file's place in the folder."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    turn = sum(path.name.encode()) % 2
    posts: dict[tuple[str, int], list[int]] = {}
    for post in models.Post.objects.order_by("pk"):
        posts.setdefault((post.role, post.organ_id), []).append(post.officer_id)
    body, organ = organs["justice"], organs["government"]

    def who(role: str, at: int | None) -> int:
        found = posts.get((role, at or body)) or posts.get((role, at or organ))
        if not found:
            raise DeclarationError(f"演示机关中没有人担任 {role}")
        return found[turn % len(found)]

    return Rehearsal(path.name, content, registry(), lambda p, day: LiveStage(p, day, body, organs, who))


def content_digest() -> str:
    """SHA-256 over every case as folded, without salts, act ids and moments: the same on every machine."""
    whole: list[Any] = []
    with access.session(None) as s:
        for case in access.cases(s).order_by("pk"):
            loaded = store.load(case.pk, None, None)
            assert loaded is not None
            file = loaded.case
            whole.append([file.system, file.number, file.state, file.facts, file.done, file.rows])
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
