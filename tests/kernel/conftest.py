"""A small house: a district government, its justice bureau, a respondent bureau, people with roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, acts, house
from fadu.kernel.acts import Receipt, Request
from tests.fixtures.database import Cluster, Lasting, lasting
from tests.kernel import small


@dataclass
class House:
    """Organs and officers by short name; `day` is today."""

    organs: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    day: date = date(2024, 3, 1)

    @property
    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=SHANGHAI)

    def session(self, who: str | None) -> Any:
        return access.session(self.people[who] if who else None, self.now)

    def open(self, who: str = "officer", **values: Any) -> Receipt:
        with self.session(who) as s:
            request = Request("apply", application(self) | values, key=uuid4().hex)
            return acts.open_case(s, "small", self.organs["bureau"], request)

    def do(self, who: str, case: int, step: str, values: dict[str, Any] | None = None, **more: Any) -> Receipt:
        with self.session(who) as s:
            return acts.perform(s, case, Request(step, values or {}, **more))

    def decide(self, case: int, outcome: str = "grant") -> Receipt:
        """拟稿, 审核, 签发, 用印 of the decision; the receipt is that of the signing."""
        values = {"reasons": "有理", "answer": outcome, "outcomes": {"wish-1": outcome}}
        self.do("officer", case, "draft_paper", values, track_key="decide")
        self.do("reviewer", case, "review_paper", {}, track_key="decide")
        signed = self.do("mayor", case, "decide")
        self.do("keeper", case, "stamp_paper", track_key="decide")
        return signed


def application(house_: House) -> dict[str, Any]:
    return {
        "known_on": "2024-02-20",
        "story": "某日某事",
        "parties": [
            {"role": "applicant", "name": "张三", "kind": "person", "address": "幸福路1号"},
            {"role": "respondent", "name": "某局", "kind": "organ", "organ": house_.organs["respondent"]},
        ],
        "items": [{"wish": "撤销", "amount": "1200.50"}],
    }


POSTS = {
    "officer": ("bureau", "case_officer"),
    "second": ("bureau", "case_officer"),
    "reviewer": ("bureau", "reviewer"),
    "head": ("bureau", "body_head"),
    "mayor": ("government", "organ_head"),
    "keeper": ("bureau", "stamp_keeper"),
    "clerk": ("respondent", "party_officer"),
    "chief": ("respondent", "organ_head"),
    "stranger": ("other", "case_officer"),
    "admin": ("government", "administrator"),
}


@pytest.fixture(scope="session")
def built_once(
    database_server: Cluster, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Lasting[House]]:
    """The house is most of what a test does, and the same for every one."""
    with lasting(database_server, migrated_template, django_db_blocker, small_house) as house_:
        yield house_


@pytest.fixture
def lent(built_once: Lasting[House]) -> Iterator[House]:
    """The house that was built, before the test's transaction."""
    with built_once.lent() as made:
        yield replace(made, organs=dict(made.organs), people=dict(made.people))


@pytest.fixture
def home(lent: House, db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house in a transaction that is rolled back."""
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return lent


def small_house() -> House:
    """The house under the small catalogue, where no test has put that in force."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "registry", small.catalogue)
        return build()


def build() -> House:
    """A new house, whatever catalogue is in force."""
    made = House()
    since = date(2020, 1, 1)
    with access.session(None, made.now) as s:
        government = house.register_organ(s, "某区人民政府", "某政", since=since)
        made.organs["government"] = government.pk
        for key, name, short, serves in (
            ("bureau", "某区司法局", "某司", government.pk),
            ("respondent", "某区某局", "某局", None),
            ("other", "某区他局", "他局", None),
        ):
            organ = house.register_organ(s, name, short, parent=government.pk, serves=serves, since=since)
            made.organs[key] = organ.pk
        for key, (organ_key, role) in POSTS.items():
            person = house.register_officer(s, key, f"{key}某", "x")
            made.people[key] = person.pk
            house.assign_post(s, person.pk, made.organs[organ_key], role, since=since)
    return made
