"""Every way onto the portal: it ends where the counter ends; what is not open there stands in docs/online.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from fadu.kernel import access, acts, applications, clockwork, forms, models, store
from fadu.kernel.acts import Request
from fadu.kernel.labels import Labels
from fadu.kernel.visits import VISITOR
from fadu.rules import online
from fadu.rules.casefile import CaseFile
from fadu.rules.facts import fact_fields
from fadu.rules.procedure import SYSTEM, Actor, PartyRole, Procedure, Step
from fadu.rules.registry import registry
from fadu.web.portal.apply_form import OnlineForm
from fadu.web.shared.fields import Told
from fadu.web.shared.step_form import StepForm
from fadu.web.shared.typed import Typed
from tests.contract.conftest import Live, Theatre, examples

NEWEST = [registry().newest(system) for system in registry().systems]
OPENINGS = [(text, step) for text in NEWEST for step in text.opening if step.online]
DOCUMENT = Path(__file__).parents[2] / "docs" / "online.md"
DAY = date(2024, 3, 1)


def stood_in(theatre: Theatre, procedure: Procedure, step: Step) -> dict[str, Any]:
    """Something for every question that the portal asks."""
    asked = online.asked(procedure, step)
    fields = fact_fields(procedure.facts)
    days = {name: "2024-02-20" for name in asked.takes if fields[name].widget == "date"}
    parties = [
        {"role": role.name, "kind": "organ", "name": role.label, "organ": theatre.organs[role.label]}
        if role.organ
        else {"role": role.name, "kind": "person", "name": "张某"}
        for role in online.necessary(step)
    ]
    items = {}
    if procedure.items:
        items = {name: "略" for name, one in procedure.items.model.model_fields.items() if one.is_required()}
    return Labels(procedure).stand_ins(asked) | days | {"parties": parties, "items": [items]}


def comparable(case: CaseFile) -> dict[str, Any]:
    """The case without what names this one alone: its id, its number, who did it."""
    told = asdict(case)
    for name in ("id", "number", "officer", "title"):
        del told[name]
    for entry in (entry for entries in told["done"].values() for entry in entries):
        del entry["by"]
    for row in told["rows"]["paper"].values():
        assert row["text"]
        del row["text"], row["digest"], row["number"]
    return told


@pytest.mark.parametrize(("procedure", "step"), OPENINGS, ids=[f"{text.system}-{step.name}" for text, step in OPENINGS])
def test_the_portal_ends_where_the_counter_ends(theatre: Theatre, procedure: Procedure, step: Step) -> None:
    values = stood_in(theatre, procedure, step)
    clockwork.set_day(None, DAY)
    now = access.now()
    with access.session(theatre.people["administrator", theatre.body], now) as s:
        applications.receive_at(s, procedure.system, theatre.body)
    with access.session(VISITOR, now) as s:
        draft = applications.begin(s, applications.offer(s, procedure.system, step.name), theatre.body)
        sent = applications.send(s, draft, values).case
        there = store.look(sent)
    assert there is not None
    told = {name: there.case.facts[name] for name in there.case.facts if name not in values}
    with access.session(theatre.people["case_officer", theatre.body], now) as s:
        request = Request(step.name, values | told)
        handed_in = acts.open_case(s, procedure.system, theatre.body, request).case
        here = store.look(handed_in)
    assert here is not None
    assert comparable(there.case) == comparable(here.case)
    assert len(there.case.table("paper")) == len(step.issues)
    assert {name for name in step.takes if name not in there.case.facts} == set()


def test_what_is_not_open_on_the_portal_is_listed_with_its_reason() -> None:
    """Each step by which a member of the public begins or does something himself."""
    text = DOCUMENT.read_text(encoding="utf-8")
    bodies = set(re.findall(r"^- `(\w+)` ", text, re.MULTILINE))
    listed = set(re.findall(r"^\| `(\w+\.\w+)` ", text, re.MULTILINE))

    def own(roles: tuple[Any, ...]) -> bool:
        return any(isinstance(role, PartyRole) and role.public for role in roles)

    closed = {
        f"{procedure.system}.{step.name}"
        for procedure in NEWEST
        for step in procedure.steps
        if not step.online and not step.told_by and SYSTEM not in step.by
        if (step.opening and own(step.parties)) or own(step.by)
    }
    assert listed == closed
    assert bodies == {role.name for procedure in NEWEST for role in procedure.parties if role.by_office}


# ---------------------------------------------------------------- what a party does himself in a case that is open


class AtHome(Live):
    """A stage on which a party does his steps on the portal, as far as it asks for what the example says."""

    sent: set[str]

    def perform(
        self, step: Step, day: date, values: Mapping[str, Any], *, about: str = "", party: str = "",
        by: Actor | None = None,
    ) -> None:  # fmt: skip
        role = step.online.party if step.online else None
        asked = online.asked(self.procedure, step) if role and not step.opening else None
        if role is None or asked is None or not set(values) <= {*asked.takes, *asked.may_take, *forms.RESERVED}:
            super().perform(step, day, values, about=about, party=party, by=by)
            return
        whose = party or self.case.of("party", role=role.name)[0][0]
        application = models.Application(
            system=self.procedure.system, step="", body_id=self.case.body, case_id=self.case.id, role=role.name,
            party=whose,
        )  # fmt: skip
        with applications.visit(application) as s:
            applications.perform(s, step.name, values, self.case.position)
        type(self).sent.add(f"{self.procedure.system}.{step.name}")


def test_a_party_ends_at_home_where_the_example_ends(theatre: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {
        f"{text.system}.{step.name}": f"办理: {step.label}"
        for text in NEWEST
        for step in text.steps
        if step.online and step.online.party and not step.opening
    }
    monkeypatch.setattr(AtHome, "sent", set(), raising=False)
    for path in examples():
        text = path.read_text(encoding="utf-8")
        if any(label in text for name, label in own.items() if name not in AtHome.sent):
            with transaction.atomic():
                replace(theatre, organs=copy(theatre.organs)).rehearsal(path, AtHome).run()
                transaction.set_rollback(True)
    assert set(own) - AtHome.sent == set()


# ---------------------------------------------------------------- help


@pytest.mark.parametrize("procedure", [text for text in NEWEST if any(step.online for step in text.steps)])
def test_every_question_of_the_portal_says_what_to_write(procedure: Procedure) -> None:
    for step in (step for step in procedure.steps if step.online):
        form = OnlineForm(step, StepForm(procedure, online.asked(procedure, step), {1: "某局"}))
        for section in form.sections(Told(Typed({}))):
            boxes = [*section.boxes, *(box for row in section.rows for box in row.boxes)]
            assert [box.label for box in boxes if not box.hint and box.widget != "check"] == []
