"""Many cases under one form: which were chosen on the list, what the form asks, what it comes to in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from fadu.kernel import access, together
from fadu.kernel.access import Listed, Session
from fadu.kernel.acts import Request
from fadu.kernel.together import MOST, Result
from fadu.rules.errors import BadInput, NotFound, Refusal
from fadu.rules.procedure import Does, Step
from fadu.web.shared.fields import Choice
from fadu.web.shared.step_form import StepForm, Values
from fadu.web.shared.typed import Typed
from fadu.web.workbench import desk, listing, sheet
from fadu.web.workbench.listing import COUNTED, PAGE_SIZE, Question
from fadu.web.workbench.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """One case with what it comes to there; nothing yet before the form was filled in."""

    case: Listed
    state: str
    result: Result | None = None

    @property
    def refusal(self) -> Refusal | None:
        return self.result.refusal if self.result else None

    @property
    def said(self) -> str:
        """Why not, for one line among many."""
        fault = self.refusal
        if isinstance(fault, BadInput):
            return "；".join(fault.fields.values())
        return f"{fault.message}{fault.todo or ''}" if fault else ""


@dataclass(frozen=True, slots=True)
class Many:
    """The chosen cases that take the step. places: case → position as it was seen; apart: those that do not take it,
    or not from this person.
    """

    s: Session
    step: Step
    cases: list[Listed]
    apart: list[Listed]
    places: Mapping[int, int]
    form: StepForm

    def lines(self, results: Iterable[Result] = ()) -> list[Line]:
        """What stands against it first, the rest in the order of the list."""
        told = {result.case: result for result in results}
        found = [Line(case, listing.line(self.s, case).state, told.get(case.pk)) for case in self.cases]
        return sorted(found, key=lambda line: line.refusal is None)

    def draw(self, typed: Typed, refusal: Refusal | None = None, values: Values | None = None) -> Sheet:
        return sheet.draw(self.s, self.form, typed, self.step.label, self.step.label, refusal, values)

    def request(self, typed: Typed, values: Values) -> Request:
        """The act that is asked for in each case. Raises BadInput."""
        faults = self.form.faults(values)
        day = sheet.day_of(typed, faults)
        if faults:
            raise BadInput(faults)
        return Request(self.step.name, values.values, day, typed.one("key")[:32] or None)


def step_named(s: Session, name: str) -> Step:
    """Raises NotFound for a step that is none of those, or that the person's posts do not allow anywhere."""
    found = next((step for step in together.steps(s) if step.name == name), None)
    if found is None:
        raise NotFound("批量办理的步骤")
    return found


def asked(s: Session, given: QueryDict) -> tuple[Question, list[int], int]:
    """The question of the list, the cases chosen there, and how many were left out as too many for one go."""
    question = listing.asked(given, s.registry)
    first, most = ((question.page - 1) * PAGE_SIZE, PAGE_SIZE) if given.get("which") == "page" else (0, COUNTED)
    if given.get("which") in ("page", "all"):
        found = list(listing.found(s, question).values_list("pk", flat=True)[first : first + most])
    else:
        found = [int(one) for one in given.getlist("case") if listing.number(one)]
    return question, found[:MOST], len(found[MOST:])


def seen(given: QueryDict) -> dict[int, int]:
    """The cases of the form with the positions at which the person saw them: "12.5"."""
    pairs = (one.partition(".") for one in given.getlist("case")[:MOST])
    return {
        int(case): int(position) for case, _, position in pairs if listing.number(case) and listing.number(position)
    }


def many(s: Session, step: Step, numbers: Iterable[int]) -> Many:
    """The cases as the session sees them now, in the given order. Raises Refusal when none of them takes the step."""
    found = access.listed(s, numbers)
    rows = access.cases(s).filter(pk__in=[one.pk for one in found])
    where = {pk: row for pk, *row in rows.values_list("pk", "position", "body_id", "organ_id")}

    def takes(one: Listed) -> bool:
        _, body, organ = where[one.pk]
        declared = s.registry.procedure(one.system, one.version).step(step.name)
        return declared == step and access.may(s, body, organ, one.system, step, ()) is not None

    mine = [one for one in found if takes(one)]
    if not mine:
        todo = "请返回案件列表，在每件案件前勾选，或者选“全部”。"
        raise Refusal(f"没有选中可以“{step.label}”的案件。", todo=todo)
    places = {one.pk: where[one.pk][0] for one in mine}
    picks: dict[str, tuple[Choice, ...]] = {}
    if step.does is Does.ASSIGNS:
        organs = {organ for one in mine for organ in where[one.pk][1:]}
        picks["officer"] = desk.handler_choices(s, organs)
    form = StepForm(s.registry.procedure(mine[0].system, mine[0].version), step, {}, {}, picks)
    return Many(s, step, mine, [one for one in found if one not in mine], places, form)
