"""The words of a procedure: frozen declarations that read like the law and are judged when they load.

Words: State, Step, Gate, Paper, Track, Items, When, Audience, Reversal; those of time stand in time_words.py, those
that link cases in linked_words.py, and are used through this module. See docs/new_domain.md for each with an example.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from fadu.rules.agents import NumberOfPersons as NumberOfPersons
from fadu.rules.agents import Representation as Representation
from fadu.rules.agents import Reserved as Reserved
from fadu.rules.facts import Audience, ClosedList, Facts
from fadu.rules.law_terms import PauseKind as PauseKind
from fadu.rules.linked_words import OPENING as OPENING
from fadu.rules.linked_words import Consequence as Consequence
from fadu.rules.linked_words import Effect as Effect
from fadu.rules.linked_words import Names as Names
from fadu.rules.linked_words import Opens as Opens
from fadu.rules.linked_words import Relation as Relation
from fadu.rules.receipt import Receipt as Receipt
from fadu.rules.register_words import ChangesRegister as ChangesRegister
from fadu.rules.register_words import DayAfter as DayAfter
from fadu.rules.register_words import Every as Every
from fadu.rules.register_words import LastDayOf as LastDayOf
from fadu.rules.register_words import NumberOf as NumberOf
from fadu.rules.register_words import Source as Source
from fadu.rules.time_words import Choose as Choose
from fadu.rules.time_words import Clock as Clock
from fadu.rules.time_words import Done as Done
from fadu.rules.time_words import Earliest as Earliest
from fadu.rules.time_words import EndOf as EndOf
from fadu.rules.time_words import Extension as Extension
from fadu.rules.time_words import FactDay as FactDay
from fadu.rules.time_words import InPaper as InPaper
from fadu.rules.time_words import Lapse as Lapse
from fadu.rules.time_words import LapseEffect as LapseEffect
from fadu.rules.time_words import Latest as Latest
from fadu.rules.time_words import Lead as Lead
from fadu.rules.time_words import OnTrack as OnTrack
from fadu.rules.time_words import Overturned as Overturned
from fadu.rules.time_words import Pause as Pause
from fadu.rules.time_words import Period as Period
from fadu.rules.time_words import Served as Served
from fadu.rules.time_words import Shortening as Shortening
from fadu.rules.time_words import Trigger as Trigger
from fadu.rules.time_words import UntilDay as UntilDay
from fadu.rules.time_words import Wait as Wait

if TYPE_CHECKING:
    from fadu.rules.view import View

# ---------------------------------------------------------------- who


@dataclass(frozen=True, slots=True)
class Role:
    """A role that officers hold at an organ, from–to. `supervises`: sees whatever its organ handles."""

    name: str
    label: str
    supervises: bool = False


CASE_OFFICER = Role("case_officer", "承办人")
REVIEWER = Role("reviewer", "审核人")
BODY_HEAD = Role("body_head", "机构负责人", supervises=True)
ORGAN_HEAD = Role("organ_head", "机关负责人", supervises=True)
STAMP_KEEPER = Role("stamp_keeper", "印章管理人员")
ARCHIVIST = Role("archivist", "档案管理人员")
SUPERVISOR = Role("supervisor", "法制监督人员", supervises=True)
PARTY_OFFICER = Role("party_officer", "本单位涉案事务经办人")
ADMINISTRATOR = Role("administrator", "系统管理员")
PUBLIC = Role("public", "公众（网上办理）")
SYSTEM = Role("system", "法定期限（系统自动记录）")
ROLES = {
    role.name: role
    for role in (
        CASE_OFFICER,
        REVIEWER,
        BODY_HEAD,
        ORGAN_HEAD,
        STAMP_KEEPER,
        ARCHIVIST,
        SUPERVISOR,
        PARTY_OFFICER,
        ADMINISTRATOR,
        PUBLIC,
        SYSTEM,
    )
}


@dataclass(frozen=True, slots=True)
class PartyRole:
    """A place in the case for somebody outside the handling body: applicant, respondent, third party.

    hint: who that is, for people who fill in a form. organ: the party is an organ of the house, whose PARTY_OFFICER
    may act for it and sees what parties see; by_office: a court, a superior organ, a deputy: neither an organ of the
    house nor a member of the public; many: several at once, each with clocks of its own. What a party does is recorded
    by the handling body's case officer, with the day it happened.
    """

    name: str
    label: str
    organ: bool = False
    many: bool = False
    hint: str = ""
    by_office: bool = False

    @property
    def public(self) -> bool:
        """Whether people have this place: a member of the public or a firm."""
        return not self.organ and not self.by_office


Actor = Role | PartyRole

# ---------------------------------------------------------------- states and tracks


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. final: it is over. complete: nothing has to follow, though something still may (台账)."""

    name: str
    label: str
    final: bool = False
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """环节: a small state machine of its own inside the case, beside the main state (L14).

    per_step: one instance for each step that waits for agreement (呈批); `agreed`: the state in which
    the carried proposal may be performed; `signed`: the state in which its papers wait for 用印.
    """

    name: str
    label: str
    initial: State
    audience: Audience = Audience.INTERNAL
    per_step: bool = False
    agreed: State | None = None
    signed: State | None = None


# ---------------------------------------------------------------- papers, items


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """文书 of one kind. series: its 字, when numbered; to: parties on whom it must be served.

    template: file in the room's documents/, without ending (name of the paper when not given).
    publish: may be made public, after masking. of: whose paper it is when it came from outside (裁判文书): kept here is
    a record sheet, which bears the day of what happened, is served by others and has no number of ours.
    """

    name: str
    label: str
    to: tuple[PartyRole, ...] = ()
    series: str | None = None
    audience: Audience = Audience.PARTIES
    template: str = ""
    publish: bool = False
    of: PartyRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Repeated things in one case, which each get an outcome (D18).

    weight: outcomes from heaviest to lightest; the case is counted under its heaviest. Things that are entered and get
    no outcome (instalments) leave both out.
    """

    name: str
    label: str
    model: type[Facts]
    outcome: type[ClosedList] = ClosedList
    weight: tuple[str, ...] = ()

    def heaviest(self, outcomes: tuple[str, ...]) -> str | None:
        return next((code for code in self.weight if code in outcomes), None)


# ---------------------------------------------------------------- steps and gates


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition of a step. It declares what it reads, writes nothing, and does no date arithmetic.

    reads: entries like "fact:grounds", "party:applicant", "track:hearing", "clock:trial", "step:hear",
    "paper:decision", "register:power_list", "items", "amount:statute·name"; the View given to `holds` refuses else.
    tells: what exactly stands against it, when it does not hold; the first ones follow the sentence.
    """

    name: str
    sentence: str
    reads: tuple[str, ...]
    holds: Callable[[View], bool]
    article: str | None = None
    todo: str | None = None
    tells: Callable[[View], Sequence[object]] | None = None

    @property
    def amounts(self) -> tuple[tuple[str, str], ...]:
        """Amounts of the law library that it reads: statute and name."""
        words = [read.removeprefix("amount:").partition("·") for read in self.reads if read.startswith("amount:")]
        return tuple((statute, name) for statute, _, name in words)


class Does(StrEnum):
    """What a step does besides moving the state; the kernel carries it out."""

    SERVES = "serves"
    RECEIVES = "receives"
    REVERSES = "reverses"
    PUBLISHES = "publishes"
    RETRACTS = "retracts"
    AMENDS = "amends"
    CHANGES_PARTY = "changes_party"
    NAMES_AGENT = "names_agent"
    ENDS_AGENT = "ends_agent"
    HEARS = "hears"
    ASSIGNS = "assigns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Online:
    """网上办理: the step is open to people without an account, on the portal.

    party: as whom somebody does it. Who opens a case is entered as that party, who follows one does it for the party
    that he is. None: anybody does it, in a case that stands open to everybody (comments on a draft). label: what it is
    for whoever does it, where the step's own name is the office's (收到补正材料 is 提交补正材料 there). needs: other
    parties that must be named when a case is opened. without: facts that the portal does not ask for, besides internal
    ones; says: facts of the case, or of its items, that follow from the way itself; dated: facts that are the day on
    which it is sent.
    """

    party: PartyRole | None = None
    label: str = ""
    needs: tuple[PartyRole, ...] = ()
    without: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict, hash=False)
    dated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act that the law knows: where it is possible, who does it, what it needs and leaves.

    at: states in which it is possible, () = it opens the case; to: the state after it, None = unchanged.
    With a track, `at` and `to` are states of that track and `within` the case's states.
    takes / may_take: facts that its form must / may carry; says: facts that the step itself states, with their
    values; parties, items: rows the form enters;
    outcomes: it gives each item its outcome. agreed: performed only on a proposal that went through
    the agreement track (呈批), by the signer. reason: the fact in which a person's judgement is given.
    told_by: it happens outside (a court rules, an applicant dies); the fact with the paper from which the house
    knows of it. Its form asks besides the day it happened for the day it was learned (知悉日期).
    opens, names, consequence: other cases that it opens, links, reaches. concludes: cases that wait for this one have
    its result now (Effect.OVER).
    reserved: it disposes of a right of the party itself: an agent needs a special power, a representative consent.
    receipt: something is received by it, on the day that the channel's own fact tells. online: open on the portal.
    together: its form is the same for every case, so that a list offers it for many chosen ones, one act in each.
    """

    name: str
    label: str
    by: tuple[Actor, ...]
    at: tuple[State, ...] = ()
    to: State | None = None
    within: tuple[State, ...] = ()
    track: Track | None = None
    article: str | None = None
    takes: tuple[str, ...] = ()
    may_take: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict, hash=False)
    parties: tuple[PartyRole, ...] = ()
    items: bool = False
    outcomes: bool = False
    gates: tuple[Gate, ...] = ()
    issues: tuple[Paper, ...] = ()
    agreed: bool = False
    carries: bool = False
    opens: Opens | None = None
    changes: tuple[ChangesRegister, ...] = ()
    names: Names | None = None
    consequence: Consequence | None = None
    concludes: bool = False
    does: Does | None = None
    reason: str | None = None
    told_by: str | None = None
    reserved: Reserved | None = None
    receipt: Receipt | None = None
    online: Online | None = None
    together: bool = False
    audience: Audience = Audience.PARTIES

    @property
    def opening(self) -> bool:
        return not self.at and self.track is None and self.does is None and not self.carries


@dataclass(frozen=True, slots=True)
class When:
    """What follows here when a case that names this one has that effect on it (L19): a step that does HEARS.

    It is done in whatever state the case is, a final one too: what was decided stays and is marked. The step may start,
    answer and pause periods, and open the case in which it is done anew.
    """

    effect: Effect
    step: Step


# ---------------------------------------------------------------- the whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One procedure under one text of its law. revision rises when a published text changes (D6)."""

    system: str
    version: str
    label: str
    statute: str
    facts: type[Facts]
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    parties: tuple[PartyRole, ...]
    clocks: tuple[Clock, ...] = ()
    leads: tuple[Lead, ...] = ()
    tracks: tuple[Track, ...] = ()
    items: Items | None = None
    on: tuple[When, ...] = ()
    representation: Representation | None = None
    every: Every | None = None
    series: str = ""
    title: str = "{label}"
    revision: int = 1
    scope: str = ""

    def step(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.name == name), None)

    def state(self, name: str) -> State | None:
        return next((state for state in self.states if state.name == name), None)

    def track(self, name: str) -> Track | None:
        return next((track for track in self.tracks if track.name == name), None)

    def clock(self, name: str) -> Clock | None:
        return next((clock for clock in self.clocks if clock.name == name), None)

    def apart(self, step: Step) -> tuple[PartyRole | Items | Paper, ...]:
        """Of whom a step may be done for one alone: who does it, and those who each have a period that it changes."""
        of: list[PartyRole | Items | Paper] = [actor for actor in step.by if isinstance(actor, PartyRole)]
        of += [clock.per for clock in self.clocks if clock.per and step in clock.changed_by]
        return tuple(dict.fromkeys(of))

    def hears(self, effect: Effect) -> Step | None:
        """The step by which a case of this text receives an effect."""
        return next((when.step for when in self.on if when.effect is effect), None)

    def party(self, name: str) -> PartyRole | None:
        return next((role for role in self.parties if role.name == name), None)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Every paper some step issues, each once."""
        return tuple(dict.fromkeys(paper for step in self.steps for paper in step.issues))

    def paper(self, name: str) -> Paper | None:
        return next((paper for paper in self.papers if paper.name == name), None)

    @property
    def opening(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.opening)

    @property
    def agreement(self) -> Track | None:
        """The track on which proposals are agreed (呈批), if there is one."""
        return next((track for track in self.tracks if track.agreed is not None), None)

    def onward(self, track: Track, state: str, about: Step) -> tuple[Step, ...]:
        """What takes a proposal on: in the state of agreement the act itself; sending back is no duty."""
        if track.agreed and state == track.agreed.name:
            return (about,)
        steps = [step for step in self.steps if step.track == track]
        back = {at for step in steps if step.carries for at in step.at} - {track.initial}
        return tuple(step for step in steps if state in {at.name for at in step.at} and step.to not in back)

    def gates_of(self, step: Step) -> tuple[Gate, ...]:
        """The step's own conditions, and the law's exceptions from what it finds about a silence."""
        lapses = [clock.lapse for clock in self.clocks if clock.lapse and clock.lapse.step == step]
        return tuple(dict.fromkeys((*step.gates, *(lapse.unless for lapse in lapses if lapse.unless))))

    def track_states(self, track: Track) -> tuple[State, ...]:
        """The states of a track: its first one and all its steps name."""
        named = [track.initial]
        for step in self.steps:
            if step.track == track:
                named += [*step.at, *([step.to] if step.to else [])]
        return tuple(dict.fromkeys(named))
