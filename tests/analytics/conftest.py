"""A house with cases made through acts, and the views of its systems made by the owner role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from fadu.analytics import views
from fadu.infra import roles
from fadu.kernel import access, acts
from tests.analytics import counted
from tests.fixtures.database import Cluster, Lasting, django_on
from tests.kernel import small
from tests.kernel.conftest import House, build


@pytest.fixture(scope="session")
def synced(database_server: Cluster, built_once: Lasting[House], django_db_blocker: DjangoDbBlocker) -> None:
    """The views in the database of the house that is built once, as `fadu sync` leaves them."""
    with django_db_blocker.unblock(), django_on(database_server, built_once.name, roles.OWNER):
        assert views.sync(counted.catalogue()) == []


@pytest.fixture(scope="session")
def filled_once(
    database_server: Cluster, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, Filled]]:
    """A database of its own with a year of a small house: every way in which a case may be counted or not."""
    name = database_server.clone(migrated_template)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "registry", small.catalogue)
        with django_on(database_server, name, roles.OWNER):
            assert views.sync(counted.catalogue()) == []
        with django_on(database_server, name):
            made = fill(build())
    yield name, made
    database_server.drop(name)


@pytest.fixture
def filled(
    database_server: Cluster,
    filled_once: tuple[str, Filled],
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Filled]:
    """The same house in a transaction that is rolled back."""
    name, made = filled_once
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with django_db_blocker.unblock(), django_on(database_server, name), transaction.atomic():
        yield replace(made, house=replace(made.house, organs=dict(made.house.organs)), cases=dict(made.cases))
        transaction.set_rollback(True)


@dataclass
class Filled:
    """The house and its cases by name."""

    house: House
    cases: dict[str, int] = field(default_factory=dict)

    def session(self, who: str | None = None) -> Any:
        return self.house.session(who)

    def at(self, day: str) -> House:
        self.house.day = date.fromisoformat(day)
        return self.house


def serve(house: House, case: int, paper: str, party: str) -> None:
    day = house.day.isoformat()
    values = {"method": "direct", "sent_on": day, "received_on": day, "proof": "送达回证"}
    house.do("officer", case, "serve", values | {"paper": paper, "party": party})


def decided(filled: Filled, name: str, opened: str, accepted: str, on: str, outcome: str, **facts: Any) -> int:
    """A case that went to its decision."""
    case = filled.at(opened).open(known_on=opened, **facts).case
    filled.cases[name] = case
    filled.at(accepted).do("officer", case, "accept")
    serve(filled.house, case, "copy-1", "respondent-1")
    filled.house.do("clerk", case, "reply")
    filled.at(on).decide(case, outcome)
    return case


def fill(house: House) -> Filled:
    filled = Filled(house)
    decided(filled, "granted", "2024-03-01", "2024-03-03", "2024-04-10", "grant", worth="100.00", pages=3)
    decided(filled, "denied", "2024-04-03", "2024-04-06", "2024-05-15", "deny", worth="250.50", pages=9)
    decided(filled, "late", "2024-05-04", "2024-05-08", "2024-11-20", "part")
    decided(filled, "next_year", "2024-11-01", "2024-11-03", "2025-01-09", "grant")
    filled.cases["deemed"] = filled.at("2024-06-05").open(known_on="2024-06-05").case
    filled.cases["stayed"] = stayed = filled.at("2024-07-03").open(known_on="2024-02-20").case
    filled.at("2024-07-05").do("officer", stayed, "accept")
    filled.at("2024-07-06").do("head", stayed, "stay")
    filled.cases["taken_back"] = back = filled.at("2024-08-01").open(known_on="2024-07-31").case
    filled.at("2024-08-03").do("officer", back, "accept")
    reversal = {"position": 2, "reason": "登记错误", "article": "第三十条"}
    filled.house.do("head", back, "reverse", reversal)
    filled.at("2025-02-01")
    return filled


def let_time_pass(filled: Filled) -> None:
    """Periods that ran out take their effect, as the house's clock makes them."""
    with filled.session() as s:
        for case in acts.cases_with_lapses(s):
            acts.run_lapses(s, case)
