"""What a clock is reckoned from: its rule, start, pauses and extensions. Nothing else may influence it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from fadu.rules.errors import Refusal
from fadu.rules.law_terms import Kind, PauseKind, Rule, Unit

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Pause:
    """A stay, an exclusion or an interruption. end None: it still lasts.

    Excluded are the whole days from the day after `begin` to `end`. A pause that RESTARTS makes the clock
    start anew on `end`. why: the reason or the label of the step, for people.
    """

    begin: date
    end: date | None
    kind: PauseKind
    why: str
    article: str | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.begin:
            raise Refusal(
                f"“{self.why}”的结束日{self.end.isoformat()}早于开始日{self.begin.isoformat()}。",
                article=self.article,
                todo="请核对中止、扣除或者重新计算的起止日期。",
            )


@dataclass(frozen=True, slots=True)
class Extended:
    """A longer time, granted on a day. Whether it was granted in time is judged by gates, not here."""

    amount: int
    unit: Unit
    on: date
    article: str
    why: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A minimum wait that was cut short on a day. before: how long it was, for people; empty when it was given up."""

    on: date
    before: str
    why: str
    article: str | None


@dataclass(frozen=True, slots=True)
class Running:
    """All inputs of one clock.

    amount, unit: set by a paper; without them the rule's own count. start_time: the moment from which a
    clock of hours runs. stopped: the day of the step that answers the clock. against_authority: the bearer
    is an authority and this is its duty; otherwise a person, and this is their right or their burden. cuts: why a
    minimum wait is shorter than the law says, or was given up; the length itself is then the rule's.
    """

    rule: Rule
    start: date
    started_by: str
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extended, ...] = ()
    amount: int | None = None
    unit: Unit | None = None
    start_time: datetime | None = None
    stopped: date | None = None
    against_authority: bool = True
    cuts: tuple[Cut, ...] = ()

    @property
    def length(self) -> tuple[int, Unit]:
        """How much, in what: of the paper if it says so, else of the law."""
        amount = self.rule.amount if self.amount is None else self.amount
        unit = self.unit or self.rule.unit
        if amount is None or unit is None:
            raise Refusal(
                f"{self.rule.cite}没有规定“{self.rule.period}”的具体天数，文书也没有写明。",
                article=self.rule.cite,
                todo="请在文书中填写期限的数字和单位。",
            )
        if amount < 0:
            raise Refusal(f"“{self.rule.period}”不能是负数。", article=self.rule.cite, todo="请核对期限。")
        return amount, unit

    @property
    def moment(self) -> datetime:
        """The moment from which hours run, in the time of the house."""
        if self.start_time is None or self.start_time.tzinfo is None:
            raise Refusal(
                f"“{self.rule.period}”按小时计算，需要写明起算的时刻。",
                article=self.rule.cite,
                todo="请填写起算时刻（年、月、日、时、分）。",
            )
        moment = self.start_time.astimezone(SHANGHAI)
        if moment.date() != self.start:
            raise Refusal(
                f"起算时刻{moment:%Y-%m-%d %H:%M}与起算日{self.start.isoformat()}不是同一天。",
                article=self.rule.cite,
                todo="请核对起算日和起算时刻。",
            )
        return moment

    @property
    def by_calendar_date(self) -> bool:
        """A day fixed by the calendar (每年1月31日前), which no pause moves."""
        return self.rule.kind is Kind.DATE and self.amount is None
