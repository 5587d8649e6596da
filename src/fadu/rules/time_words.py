"""The words of time in a procedure: how long, from when, what stops, pauses or lengthens it, and what silence does.

Used through `fadu.rules.procedure`, where the other words are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from fadu.rules.errors import BadInput
from fadu.rules.law_terms import PauseKind, Unit

if TYPE_CHECKING:
    from fadu.rules.procedure import Actor, Gate, Items, Paper, PartyRole, Step, Track


@dataclass(frozen=True, slots=True)
class Period:
    """A dated period of the law library, addressed as a lawyer cites it.

    moved_to: where the law says it since this one ended (a regulation's rule taken up by the statute).
    """

    statute: str
    name: str
    moved_to: Period | None = None

    def __str__(self) -> str:
        return f"《{self.statute}》{self.name}"


@dataclass(frozen=True, slots=True)
class Choose:
    """The period depends on a fact of a closed list (L5); judged complete when it loads."""

    fact: str
    periods: Mapping[str, Period] = field(hash=False)


@dataclass(frozen=True, slots=True)
class OnTrack:
    """The period depends on where a track stands: 简易程序 or 普通程序. A running clock follows the track.

    periods: state of the track → period, each from the same start; judged complete when it loads.
    """

    track: Track
    periods: Mapping[str, Period] = field(hash=False)


@dataclass(frozen=True, slots=True)
class InPaper:
    """The paper sets the length (L6): a fact holds how many of the unit.

    unit: what is counted, or the fact of a closed list of units that says it; at_most: the law's ceiling; default:
    how long it is when the paper says nothing; rolls: a last day that is a holiday moves (that of a validity does not).
    """

    fact: str
    article: str
    unit: Unit | str = Unit.DAY
    at_most: Period | None = None
    default: Period | None = None
    rolls: bool = True

    def unit_in(self, facts: Mapping[str, Any]) -> Unit:
        """In what the paper counts. Raises BadInput where the paper has to say it and does not."""
        if isinstance(self.unit, Unit):
            return self.unit
        if facts.get(self.unit) is None:
            raise BadInput({self.unit: "请写明期限的单位"}, article=self.article)
        return Unit(facts[self.unit])


@dataclass(frozen=True, slots=True)
class UntilDay:
    """The paper names the last day itself (于某日前支付), which stays where it is, holiday or not.

    fact: of the case, or of the item where each has its own clock.
    """

    fact: str
    article: str


@dataclass(frozen=True, slots=True)
class Done:
    """起算: the day on which one of these steps happened.

    learned: the day on which the house learned of it (自知道之日起); the steps happen outside (`told_by`).
    """

    steps: tuple[Step, ...]
    learned: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """起算: the day on which the paper was effectively served on a party of this role."""

    paper: Paper
    on: PartyRole


@dataclass(frozen=True, slots=True)
class FactDay:
    """起算: a day that a fact states (知道之日, 行政行为作出之日), or its minute for a clock of hours.

    looking_back: the period asks whether something lies too long back (自作出之日起超过五年), so its version is
    that of the day of the step which states the fact, not that of the stated day.
    """

    fact: str
    looking_back: bool = False


@dataclass(frozen=True, slots=True)
class EndOf:
    """起算: the last day of another clock, when it ran out (期满)."""

    clock: str


@dataclass(frozen=True, slots=True)
class Overturned:
    """起算: the day on which one of these steps told that what a paper decided fell (变更、撤销、确认违法、确认无效).

    Only of papers of the kind that stand public then; each has the clock of its own (`per`).
    """

    paper: Paper
    steps: tuple[Step, ...]


Length = Period | Choose | OnTrack | InPaper | UntilDay


Single = Done | Served | FactDay | EndOf | Overturned


@dataclass(frozen=True, slots=True)
class Earliest:
    """起算: the first of several days; an earlier one that becomes known later moves the clock."""

    of: tuple[Single, ...]
    word: ClassVar[str] = "最先到来的"


@dataclass(frozen=True, slots=True)
class Latest:
    """起算: the last of several days, when all of them have come."""

    of: tuple[Single, ...]
    word: ClassVar[str] = "最后到来的"


Trigger = Single | Earliest | Latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """While it lasts the clock does not count, or starts anew when it ends.

    counts_if: the notice without whose service it is no pause at all; void_by: the steps (an order of the
    superior) after which it never was one (L9). lasted: the facts of `begin` with its first and last day, where it was
    over before anybody here knew of it (障碍, 被耽误的时间); it counts for a period that was answered too.
    """

    begin: Step
    end: tuple[Step, ...]
    kind: PauseKind
    article: str
    counts_if: Served | None = None
    void_by: tuple[Step, ...] = ()
    lasted: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The step lengthens the clock by the law's own extension, or by fewer units when a fact says so.

    set_by: the paper sets the length and the law no ceiling; after: the step of the extension that must have
    been used before (the second by a higher approver); counts_if: the notice without whose service it is
    none (L10).
    """

    by: Step
    amount: str | None = None
    before_end: bool = True
    set_by: InPaper | None = None
    after: Step | None = None
    counts_if: Served | None = None


class LapseEffect(StrEnum):
    """What silence does (L7)."""

    DEEMS = "deems"
    FORFEITS = "forfeits"
    BREACHES = "breaches"
    EXPIRES = "expires"

    @property
    def label(self) -> str:
        return {
            "deems": "视为已作出",
            "forfeits": "逾期可认定放弃（须由人认定）",
            "breaches": "逾期未履行",
            "expires": "权利期限届满",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """The event of silence. DEEMS performs `step` by itself; FORFEITS waits for an officer's `step`.

    unless: the law's exception (第三人提供证据的除外), a gate of the finding step wherever that is declared.
    """

    effect: LapseEffect
    sentence: str
    article: str
    step: Step | None = None
    opens: tuple[str, ...] = ()
    unless: Gate | None = None

    @property
    def told(self) -> str:
        """What silence does, by which article, and when it does not."""
        exception = f"；除外：{self.unless.sentence}" if self.unless else ""
        return f"{self.sentence}（{self.article}）{exception}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A period running in a case. per: one for each party of that role, each item, each paper; else one a case.

    bearer: on whom it runs; only what runs on a Role or on an organ can be overdue on the authority's
    side. until: the steps that answer it. posted: the fact with the day on which the answer was posted,
    which counts instead of the day it came in (期满前交邮的，不算过期); for a clock of hours, the fact with the
    minute of the answer.
    """

    name: str
    label: str
    period: Length
    after: Trigger
    bearer: Actor
    until: tuple[Step, ...] = ()
    posted: str | None = None
    per: PartyRole | Items | Paper | None = None
    lapse: Lapse | None = None
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def triggers(self) -> tuple[Single, ...]:
        """What it listens to, one or several."""
        return self.after.of if isinstance(self.after, Earliest | Latest) else (self.after,)

    @property
    def changed_by(self) -> tuple[Step, ...]:
        """The steps that answer, pause or lengthen it."""
        pausing = [step for pause in self.pauses for step in (pause.begin, *pause.end, *pause.void_by)]
        return (*self.until, *pausing, *(extension.by for extension in self.extensions))

    @property
    def waits(self) -> bool:
        """Whether this is a minimum wait, which ends by itself and makes nobody late."""
        return isinstance(self, Wait)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortening:
    """A minimum wait made shorter by a step that gives its reason, to the length that it states."""

    by: Step
    to: InPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Clock):
    """A minimum period (满六十日, 公示期): gates ask whether it is over; it lapses into nothing.

    waived_by: steps by which the party that it protects gives it up; shortened_by: how somebody makes it shorter.
    """

    waived_by: tuple[Step, ...] = ()
    shortened_by: Shortening | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Back from a day that may move (L12): the newest notice must have been served on each `on` in time, or, where
    nobody is named (`on=()`), made public.

    consent: the step by which a party agrees to the day as it stands; another day needs another consent.
    """

    name: str
    label: str
    period: Period
    before: str
    notice: Paper
    on: tuple[PartyRole, ...]
    consent: Step | None = None
