"""What a page shows of a case's next acts and its periods: steps with what still stands against them, clocks by light.

Everything here only looks: it locks nothing and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fadu.kernel import access, engine, models, retraction, store
from fadu.kernel.access import Session
from fadu.kernel.acts import Request, not_allowed
from fadu.kernel.engine import Act
from fadu.kernel.issuing import drafts_of
from fadu.kernel.proposals import Changed, changed
from fadu.kernel.store import Loaded
from fadu.kernel.timekeeping import by_case_text, duties, is_duty, promised, reckon_all, running
from fadu.rules import clocks
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import NotFound, Unmet
from fadu.rules.law import Rule
from fadu.rules.procedure import Does, Procedure, Step, Track


@dataclass(frozen=True, slots=True)
class Offer:
    """One step within the person's rights.

    unmet: empty when it can be done; about: for 呈批 the step it is about; answers: name of the running period of
    ours that it answers (the most urgent), and due: that period's day.
    """

    step: Step
    role: str
    unmet: tuple[Unmet, ...]
    about: Step | None = None
    answers: str = ""
    due: date | None = None

    @property
    def key(self) -> str:
        return self.about.name if self.about else ""

    @property
    def label(self) -> str:
        return f"{self.step.label}：{self.about.label}" if self.about else self.step.label

    @property
    def form_of(self) -> Step:
        """The step whose fields the form shows."""
        return self.about if self.about and self.step.carries else self.step

    @property
    def ready(self) -> bool:
        return not self.unmet


def look(number: int) -> Loaded:
    """A case with all its rows as they stand. Raises NotFound alike when it is absent and when it is forbidden."""
    loaded = store.look(number)
    if loaded is None:
        raise NotFound("案件")
    return loaded


def offers(s: Session, case: models.Case, loaded: Loaded | None = None) -> list[Offer]:
    """The steps this person may do in the case: those that can be done first, then those that wait for something.

    Steps that belong to other states are left out; a gate that is not met is told with its article. loaded: the case,
    if it was looked at already.
    """
    loaded = loaded or look(case.pk)
    procedure = access.procedure_of(s, case)
    found = list(_offers(s, loaded, procedure))
    return sorted(found, key=lambda offer: (bool(offer.unmet), offer.step.does is not None, offer.due or date.max))


def _offers(s: Session, loaded: Loaded, procedure: Procedure) -> Iterator[Offer]:
    case = loaded.case
    urgent = _urgent(case, procedure, s)
    for step in procedure.steps:
        if step.opening or not step.by:
            continue
        for about in _instances(case, procedure, step):
            role = access.may(s, case.body, case.organ, case.system, step, case.present())
            if role is None or role == "system":
                continue
            missing = _missing(s, case, procedure, step, about)
            if not any(u.gate in ("state", "agreed") for u in missing) and _useful(case, procedure, step):
                answers, due = urgent.get((about or step).name, ("", None))
                yield Offer(step, role, tuple(missing), about, answers, due)


def _urgent(case: CaseFile, procedure: Procedure, s: Session) -> dict[str, tuple[str, date]]:
    """Step → label and day of the most urgent running period of ours that it answers."""
    found: dict[str, tuple[str, date]] = {}
    for key, dates in reckon_all(case, s.env).items():
        row = case.table("clock")[key]
        clock = procedure.clock(row["name"])
        if clock is None or clock.waits or dates.due is None or not is_duty(row):
            continue
        for step in clock.until:
            if step.name not in found or dates.due < found[step.name][1]:
                found[step.name] = (clock.label, dates.due)
    return found


def offer(s: Session, loaded: Loaded, name: str, about: str = "") -> Offer:
    """One step of a case for its form, with everything that stands against it, its place in the procedure included.

    Raises NotFound for a step that the procedure does not have (or that opens cases), NotAllowed.
    """
    case = loaded.case
    procedure = s.registry.procedure(case.system, case.version)
    step, subject = procedure.step(name), procedure.step(about)
    per_step = bool(step and step.track and step.track.per_step)
    if step is None or step.opening or not step.by or per_step != bool(subject and subject.agreed):
        raise NotFound("步骤")
    role = access.may(s, case.body, case.organ, case.system, step, case.present())
    if role is None:
        raise not_allowed(step)
    missing = _missing(s, case, procedure, step, subject)
    return Offer(step, role, tuple(missing), subject)


def _missing(s: Session, case: CaseFile, procedure: Procedure, step: Step, about: Step | None) -> list[Unmet]:
    key = about.name if about else ""
    missing = engine.unmet(case, procedure, step, s.today, s.env, s.officer, key)
    if about and step.carries:
        more = engine.unmet(case, procedure, about, s.today, s.env, None, key)
        missing += [u for u in more if u.gate != "agreed"]
    return missing


def _instances(case: CaseFile, procedure: Procedure, step: Step) -> list[Step | None]:
    """For a step of a track with one instance per step: the steps it may be about; else just once."""
    if step.track is None or not step.track.per_step:
        return [None]
    return [about for about in procedure.steps if about.agreed and _fits(case, step, step.track, about)]


def _fits(case: CaseFile, step: Step, track: Track, about: Step) -> bool:
    _, row = engine.track_row(case, track, about.name)
    return row["state"] in {state.name for state in step.at}


def _useful(case: CaseFile, procedure: Procedure, step: Step) -> bool:
    """Standing steps are offered only when there is something to serve, to receive, to publish, to end."""
    services = case.table("service").values()
    match step.does:
        case Does.SERVES | Does.AMENDS:
            return bool(case.table("paper"))
        case Does.CHANGES_PARTY | Does.NAMES_AGENT:
            return case.closed is None
        case Does.ASSIGNS:
            return not case.mirrored and (case.closed is None or bool(duties(case, procedure)))
        case Does.ENDS_AGENT:
            return case.closed is None and bool(case.of("agent", before=None))
        case Does.PUBLISHES:
            kinds = [procedure.paper(row["name"]) for row in case.table("paper").values()]
            return any(paper is not None and paper.publish for paper in kinds)
        case Does.RETRACTS:
            return bool(retraction.owed(case, procedure))
        case Does.RECEIVES:
            return any(row["effective"] is None for row in services)
        case _:
            return True


def preview(s: Session, case: int, request: Request) -> list[tuple[str, str]]:
    """(label, text) of the papers a request would issue, without writing anything and without numbers.

    For 拟稿 the papers of the step it is about. Raises what `perform` would raise.
    """
    loaded = look(case)
    procedure = s.registry.procedure(loaded.case.system, loaded.case.version)
    step = procedure.step(request.step)
    target = procedure.step(request.track_key) if step and step.carries else step
    if target is None:
        raise NotFound("步骤")
    act = Act(target, request.day or s.today, None if target.agreed else s.officer, request.values)
    return [(paper.label, text) for paper, text in drafts_of(s, loaded.case, procedure, act)]


def changed_proposal(s: Session, case: int, step: str) -> list[Changed]:
    """The papers of a step's proposal that would say something else today than when it was sent up."""
    loaded = look(case)
    procedure = s.registry.procedure(loaded.case.system, loaded.case.version)
    found = procedure.step(step)
    return changed(s, loaded.case, procedure, found, s.today) if found else []


@dataclass(frozen=True, slots=True)
class ClockSheet:
    """One clock for the page: its row, its dates, its light today, and the explanation entry by entry."""

    row: models.Clock
    reckoned: clocks.Reckoned
    light: clocks.Light
    entries: list[clocks.Entry]
    rule: Rule
    note: str
    promised: clocks.Reckoned | None = None
    promised_light: clocks.Light = clocks.Light.GREY


def _other_text(s: Session, case: models.Case, rule: Rule) -> str:
    """Why a period follows another text of the law than the case's procedure (D1); empty when it does not."""
    if rule.statute != access.procedure_of(s, case).statute or rule.version == case.version:
        return ""
    basis = s.env.library.statute(rule.statute).transition_basis
    return f"本案程序适用{case.version}年文本，这一期限适用{rule.version}年文本。{basis}"


def clock_sheets(s: Session, case: models.Case) -> list[ClockSheet]:
    """Every clock of a case, running ones first."""
    sheets = []
    for row in access.rows(s, case, models.Clock):
        inputs = running(row.data, s.env)
        reckoned = clocks.reckon(inputs, s.env.calendar)
        answered = row.stopped is not None or row.lapsed not in (None, "breaches", "forfeits")
        light = clocks.light(None if answered else reckoned.due, s.today, s.env.calendar, s.env.thresholds)
        if row.lapsed == "forfeits" and row.stopped is None:
            light = clocks.Light.YELLOW  # nobody of ours is late, but an officer has to find what follows
        note = _other_text(s, case, inputs.rule) or by_case_text(row.data, s.env)
        shorter = promised(row.data, s.env)
        shown = clocks.light(
            shorter.due if shorter and not answered else None, s.today, s.env.calendar, s.env.thresholds
        )
        told = clocks.explain(inputs, s.env.calendar)
        sheets.append(ClockSheet(row, reckoned, light, told, inputs.rule, note, shorter, shown))
    return sorted(sheets, key=lambda sheet: (sheet.row.stopped is not None, sheet.row.order))
