"""A house in which any system's worked examples can be played through the real doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml
from pytest_django import DjangoDbBlocker

from fadu.demo.cast import BODY, Cast
from fadu.demo.live import LiveStage
from fadu.kernel import access, clockwork, house, models
from fadu.kernel.rehearsal import Rehearsal
from fadu.rules.procedure import ROLES
from fadu.rules.registry import registry
from tests.fixtures.database import Cluster, Lasting, lasting

SINCE = date(2000, 1, 1)


class Organs(dict[str, int]):
    """Organs by name; one that is not there yet is registered, with somebody who acts for it as a party."""

    def __init__(self, parent: int) -> None:
        super().__init__()
        self.parent = parent

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> int:
        with access.session(None) as s:
            organ = house.register_organ(s, name, name[:2], parent=self.parent, since=SINCE)
            person = house.register_officer(s, f"party-{organ.pk}", f"{name}经办人", "x")
            house.assign_post(s, person.pk, organ.pk, "party_officer", since=SINCE)
        self[name] = organ.pk
        return organ.pk


@dataclass
class Theatre:
    """Organs and one person for each role at the handling body."""

    body: int
    organs: Organs
    people: dict[tuple[str, int], int]

    def who(self, role: str, organ: int | None) -> int:
        found = self.people.get((role, organ or self.body))
        if found is None:
            found = models.Post.objects.get(role=role, organ_id=organ).officer_id
        return found

    def rehearsal(self, path: Path, live: type[LiveStage] | None = None) -> Rehearsal:
        """The example, ready to be played in the house, which stands on its first day. live: another way to play it."""
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        catalogue = registry()

        def stage(procedure: object, day: date) -> LiveStage:
            return (live or Live)(procedure, day, Cast(self.organs, {}), self.who)  # type: ignore[arg-type]

        clockwork.set_day(None, content["经过"][0]["日期"])
        return Rehearsal(path.name, content, catalogue, stage)


class Live(LiveStage):
    """Time passes for the one case that is played."""

    def pass_time(self, day: date) -> None:
        if access.now().date() < day:
            clockwork.set_day(None, day)
        clockwork.run_due()
        super().pass_time(day)


@pytest.fixture(scope="session")
def theatre_once(
    database_server: Cluster, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Lasting[Theatre]]:
    """Its organs and people are the same for every play."""
    with lasting(database_server, migrated_template, django_db_blocker, build) as built:
        yield built


@pytest.fixture
def stage_set(theatre_once: Lasting[Theatre]) -> Iterator[Theatre]:
    """The theatre, before the test's transaction; organs of one play are not those of the next."""
    with theatre_once.lent() as built:
        organs = Organs(built.organs.parent)
        organs.update(built.organs)
        yield Theatre(built.body, organs, dict(built.people))


@pytest.fixture
def theatre(stage_set: Theatre, db: None) -> Theatre:
    return stage_set


def build() -> Theatre:
    clockwork.set_day(None, SINCE)
    with access.session(None) as s:
        government = house.register_organ(s, "某区人民政府", "某政", since=SINCE)
        body = house.register_organ(s, "某区司法局", "某司", parent=government.pk, serves=government.pk, since=SINCE)
        people: dict[tuple[str, int], int] = {}
        for role in ROLES:
            if role not in ("system", "party_officer"):
                person = house.register_officer(s, role, role, "x")
                house.assign_post(s, person.pk, body.pk, role, since=SINCE)
                people[role, body.pk] = person.pk
        house.assign_post(s, people["case_officer", body.pk], body.pk, "reviewer", since=SINCE)  # may not review own
        house.assign_post(s, people["organ_head", body.pk], government.pk, "organ_head", since=SINCE)
    organs = Organs(government.pk)
    organs[BODY] = body.pk
    return Theatre(body.pk, organs, people)


def examples() -> list[Path]:
    """Every worked example of every room."""
    return sorted(path for room in registry().rooms for path in (room.folder / "examples").glob("*.yaml"))


__all__ = ["Theatre", "examples", "stage_set", "theatre", "theatre_once"]
