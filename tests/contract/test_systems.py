"""What every system must keep, whatever it is: inherited from the registry, never listed by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from fadu.kernel import access, documents, engine, ledger, models, store
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.template_samples import bare
from fadu.kernel.timekeeping import Env
from fadu.rules.casefile import CaseFile
from fadu.rules.facts import Audience
from fadu.rules.law import load_library
from fadu.rules.procedure import ROLES, SYSTEM, PartyRole, Procedure, Step
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar
from tests.contract.conftest import Theatre, examples

PROCEDURES = [p for system in registry().systems for p in registry().versions(system)]


@cache
def env() -> Env:
    return Env(load_library(), load_calendar(), shipped_thresholds())


def named(procedure: Procedure) -> str:
    return f"{procedure.system}-{procedure.version}"


def test_every_system_has_worked_examples() -> None:
    rooms_without = [room.name for room in registry().rooms if not list((room.folder / "examples").glob("*.yaml"))]
    assert rooms_without == []


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_examples_hold_in_the_house_itself(theatre: Theatre, path: Path) -> None:
    """Played through acts on PostgreSQL an example says what it says in memory; its record is whole."""
    rehearsal = theatre.rehearsal(path)
    rehearsal.run()
    assert rehearsal.differences == []
    with access.session(None):
        cases = list(models.Case.objects.all())
        assert cases
        for case in cases:
            check_record(case)


def test_what_happened_before_it_was_known_keeps_its_day_in_the_house(theatre: Theatre) -> None:
    """An example's 发生 is played as the day of the act, the day of the entry as that of knowledge."""
    path = next(path for path in examples() if path.stem == "litigation_judgment_learned_late")
    theatre.rehearsal(path).run()
    with access.session(None):
        case = models.Case.objects.get()
        (judged,) = case.done["receive_judgment"]
        assert (judged["day"], judged["learned"]) == ("2024-05-20", "2024-06-12")
        event = models.Event.objects.get(stream_id=case.stream_id, step="receive_judgment")
        assert event.happened == date(2024, 5, 20)


def raised(procedure: Procedure, step: Step) -> str:
    """What a gate of the step makes of a case in which nothing has been filled in, where it breaks."""
    for state in procedure.states:
        case = CaseFile(1, procedure.system, procedure.version, 1, 1, "2024-03-01", state.name)
        lists = replace(env(), entries=lambda register, organs, day: {})
        try:
            engine.unmet(case, procedure, step, date(2024, 3, 1), lists, 1)
        except (AttributeError, KeyError, TypeError, ValueError, IndexError) as fault:
            return f"{procedure.system}.{step.name}: {fault!r}"
    return ""


def test_a_gate_may_be_asked_before_anything_is_filled_in() -> None:
    """The page of a case asks the gates of every step, long before somebody types what they read."""
    broken = [raised(procedure, step) for procedure in PROCEDURES for step in procedure.steps if step.gates]
    assert [one for one in broken if one] == []


def check_record(case: models.Case) -> None:
    loaded = store.load(case.pk, None, None)
    assert loaded is not None
    assert store.refold(loaded) == loaded.case, "the rows are not those of the events"
    assert ledger.verify(case.stream_id) == case.position
    events = models.Event.objects.filter(stream_id=case.stream_id)
    assert events.values("act").distinct().count() == events.count(), "an act left two events on one stream"
    for paper in models.Paper.objects.filter(case_id=case.pk):
        assert paper.data["text"].startswith("# ")
        assert "sm3:" + ledger.sm3(paper.data["text"].encode()).hex() == paper.digest


@pytest.mark.parametrize("procedure", PROCEDURES, ids=named)
def test_every_paper_renders(procedure: Procedure) -> None:
    """With nothing but empty facts a template says its title: it asks for nothing that has no name."""
    folder = registry().room_of(procedure.system).documents
    case = bare(procedure)
    for paper in procedure.papers:
        variables = documents.context(
            case,
            procedure,
            env(),
            number="某〔2024〕1号",
            organ="某区人民政府",
            body="某区司法局",
            day=date(2024, 1, 1),
        )
        text = documents.render(paper, documents.built_in(paper, folder), variables)
        assert text.splitlines()[0] == f"# {paper.label}"
        assert "None" not in text
        assert "某〔2024〕1号" in text or not paper.series, f"{paper.label}没有印文号"


LEGAL_LENGTH = re.compile(r"[一二三四五六七八九十百\d]+个?(工作日|日|月|年)内")


@pytest.mark.parametrize("procedure", PROCEDURES, ids=named)
def test_no_paper_says_a_length_of_time_by_itself(procedure: Procedure) -> None:
    """A period on a paper comes from the law library, so that an amended law changes the paper."""
    folder = registry().room_of(procedure.system).documents
    for paper in procedure.papers:
        source = (folder / f"{paper.template or paper.name}.md").read_text(encoding="utf-8")
        found = LEGAL_LENGTH.search(re.sub(r"\{[{%].*?[%}]\}", "", source))
        assert found is None, f"{paper.label}：{found.group() if found else ''}"


@pytest.mark.parametrize("procedure", PROCEDURES, ids=named)
def test_states_are_reached_and_left(procedure: Procedure) -> None:
    """Every state lies on a way from the opening to a final state."""
    steps = [step for step in procedure.steps if step.track is None and step.does is None and step.to]
    ahead = {state: {step.to for step in steps if state in step.at} for state in procedure.states}
    reached = {step.to for step in procedure.opening}
    for _ in procedure.states:
        reached |= {to for state in list(reached) for to in ahead.get(state, ())}
    assert reached == set(procedure.states)
    ends = {state for state in procedure.states if state.final}
    for _ in procedure.states:
        ends |= {state for state in procedure.states if ahead[state] & ends}
    assert ends == set(procedure.states), "from some state no end can be reached"


@pytest.mark.parametrize("procedure", PROCEDURES, ids=named)
def test_every_period_can_be_reckoned(procedure: Procedure) -> None:
    """Each clock has a bearer, and its law gives a length on the first day of its text."""
    for clock in procedure.clocks:
        assert clock.bearer in (*ROLES.values(), *procedure.parties)
        assert clock.lapse is not None or clock.waits
    assert env().library.statute(procedure.statute).versions


ROLE_NAMES = [role for role in ROLES if role != SYSTEM.name]


def cells() -> list[tuple[Procedure, Step, str]]:
    return [(p, step, role) for p in PROCEDURES for step in p.steps for role in ROLE_NAMES]


def test_rights_are_exactly_those_declared(theatre: Theatre) -> None:
    """The whole table role × step: who holds a role at the body may do its steps and no others."""
    organ = theatre.organs["某局"]
    sessions = {role: session_with(role, organ if role == "party_officer" else theatre.body) for role in ROLE_NAMES}
    wrong: list[str] = []
    for procedure, step, role in cells():
        parties = [(party.name, organ) for party in procedure.parties if party.organ]
        found = access.may(sessions[role], theatre.body, theatre.body, procedure.system, step, parties)
        acts_for = {by.name for by in step.by if isinstance(by, PartyRole) and by.organ}
        declared = {by.name for by in step.by if not isinstance(by, PartyRole)}
        if any(isinstance(by, PartyRole) for by in step.by):
            declared |= {"case_officer"} | ({"party_officer"} if acts_for else set())
        if (found is not None) != (role in declared):
            wrong.append(f"{procedure.system} {step.name} {role}: {found}")
    assert wrong == []


def session_with(role: str, organ: int) -> access.Session:
    with access.session(None) as s:
        opened = replace(s.opened, posts=((role, organ),))
    return access.Session(-1, s.registry, s.flight, lambda: opened)


def test_nobody_acts_from_another_organ(theatre: Theatre) -> None:
    """A role held elsewhere gives no right here, not even above."""
    elsewhere = theatre.organs["他局"]
    sessions = {role: session_with(role, elsewhere) for role in ROLE_NAMES}
    for procedure, step, role in cells():
        assert access.may(sessions[role], theatre.body, theatre.body, procedure.system, step, ()) is None


@pytest.mark.parametrize("procedure", PROCEDURES, ids=named)
def test_deliberation_and_approval_are_internal(procedure: Procedure) -> None:
    """What leads to a decision inside the house is never for the parties' eyes (D14)."""
    for step in procedure.steps:
        if step.track is not None and step.track.agreed is not None:
            assert step.audience is Audience.INTERNAL, step.label
