"""履行义务: an amount or a deed is owed by a day, performed at once or in parts, and enforced when late.

登记 → 部分履行 as often as it takes → 履行完毕, or 终结 with a reason. 分期: a plan of parts, each with its own last
day, takes the place of the one term; a part that is late is a breach of its own. A case of its own, opened by what
founded the duty (`Opens`): that case may end while the duty runs. A room brings article, period and figures; a duty
without an amount is a deed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Files, Money, Text
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Extension,
    FactDay,
    Gate,
    InPaper,
    Items,
    Lapse,
    LapseEffect,
    PartyRole,
    Period,
    State,
    Step,
    UntilDay,
)

PARTIES = Audience.PARTIES


class EnforcedBy(ClosedList):
    """Who makes the obligor perform."""

    OURSELVES = "ourselves", "本机关依法强制执行"
    COURT = "court", "申请人民法院强制执行"
    SUPERIOR = "superior", "提请上级机关责令履行"


class Way(ClosedList):
    """How it was performed."""

    DIRECT = "direct", "直接履行"
    NEW_ACT = "new_act", "重新作出行政行为"
    DEPOSIT = "deposit", "提存公证"
    OTHER = "other", "其他方式"


class Part(Facts):
    """One of the parts in which it is performed."""

    part: Annotated[Text, Fact("期次和内容", PARTIES)]
    due_on: Annotated[date, Fact("最迟履行之日", PARTIES)]
    part_amount: Annotated[Money | None, Fact("本期金额", PARTIES, hint="不是金钱义务的不填")] = None


PARTS = Items(name="part", label="各期义务", model=Part)


class ObligationFacts(Facts):
    """What is owed, what was performed of it, and with what proof; inherited by a procedure's facts."""

    duty: Annotated[Text, Fact("应当履行的义务", PARTIES, long=True)]
    amount: Annotated[Money, Fact("应当支付的金额", PARTIES, indexed=True, hint="不是金钱义务的不填")]
    due_from: Annotated[date, Fact("履行期限起算日", PARTIES)]
    term_days: Annotated[Count, Fact("履行期限（日）", PARTIES)]
    enterprise: Annotated[bool, Fact("涉企案件", PARTIES, indexed=True)]
    way: Annotated[Way, Fact("履行方式", PARTIES, indexed=True)]
    performed_amount: Annotated[Money, Fact("累计已支付金额", PARTIES, indexed=True)]
    performance_result: Annotated[Text, Fact("履行情况", PARTIES, long=True)]
    performance_proof: Annotated[Text, Fact("履行凭证", PARTIES, hint="收据、转账回单、提存公证书、验收记录等")]
    performance_files: Annotated[Files, Fact("履行材料", PARTIES)]
    return_reason: Annotated[Text, Fact("认为没有履行的理由", PARTIES, long=True)]
    extension_days: Annotated[Count, Fact("延长天数（日）", PARTIES)]
    extension_reason: Annotated[Text, Fact("延期履行的理由", PARTIES, long=True)]
    parts_reason: Annotated[Text, Fact("分期履行的依据或者理由", PARTIES, long=True)]
    enforced_by: Annotated[EnforcedBy, Fact("强制执行的方式", PARTIES, indexed=True)]
    end_reason: Annotated[Text, Fact("终结的理由", PARTIES, long=True)]


OBLIGOR = PartyRole("obligor", "义务人")
OBLIGEE = PartyRole("obligee", "权利人", many=True)

OWED = State("owed", "待履行")
IN_PARTS = State("in_parts", "分期履行中")
REPORTED = State("reported", "待核实")
PERFORMED = State("performed", "已履行", final=True)
ENDED = State("ended", "已终结", final=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """The pieces of a procedure that is a duty; the room adds facts, series and title, and `items=PARTS`."""

    owe: Step
    perform: Step
    enforce: Step
    term: Clock
    part: Clock
    steps: tuple[Step, ...]
    states: tuple[State, ...]
    parties: tuple[PartyRole, ...]

    @property
    def clocks(self) -> tuple[Clock, ...]:
        return (self.term, self.part)


def obligation(
    article: str,
    period: Period | InPaper,
    *more: str,
    may: tuple[str, ...] = (),
    obligor: PartyRole = OBLIGOR,
    also_at: tuple[State, ...] = (),
    verified: bool = False,
) -> Obligation:
    """A duty under this article, due after the period: from the day of entry, or from `due_from` if that is stated.

    more, may: facts that must, may be stated when it is entered; also_at: states of the room in which it is still owed;
    verified: the obligor only reports, and the officer verifies.
    """
    open_ = (OWED, IN_PARTS, *also_at)
    owe = Step(
        name="owe_duty",
        label="登记履行义务",
        by=(CASE_OFFICER,),
        to=OWED,
        takes=("duty", *more),
        may_take=("amount", *may),
        parties=(obligor, OBLIGEE),
        article=article,
    )
    perform = Step(
        name="complete_duty",
        label="报告履行完毕" if verified else "登记履行完毕",
        by=(obligor,),
        at=open_,
        to=REPORTED if verified else PERFORMED,
        takes=("way", "performance_result", "performance_proof"),
        may_take=("performed_amount", "performance_files"),
        gates=(_paid_in_full(article),),
        article=article,
    )
    allow, plan, enforce = _allow_later(article), _plan_parts(article), _enforce(article, open_)
    next_part = _complete_next_part(article)
    steps = (owe, _complete_part(article, obligor, also_at), allow, plan, next_part, perform, enforce)
    return Obligation(
        owe=owe,
        perform=perform,
        enforce=enforce,
        term=_term(article, period, "due_from" in more, obligor, (owe, perform, allow, plan)),
        part=_part(article, obligor, plan, (next_part, perform)),
        steps=(
            *steps,
            *(_verification(article) if verified else ()),
            _end(article, open_),
            standing.change_party,
            standing.reverse,
        ),
        states=(OWED, IN_PARTS, *also_at, *((REPORTED,) if verified else ()), PERFORMED, ENDED),
        parties=(obligor, OBLIGEE),
    )


# ---------------------------------------------------------------- gates


def _paid_in_full(article: str) -> Gate:
    return Gate(
        name="paid_in_full",
        sentence="应当支付的金额还没有付清",
        article=article,
        todo="还没有付清的，请“登记部分履行”或者“登记一期履行”；已经付清的，请填写累计已支付金额。",
        reads=("fact:amount", "fact:performed_amount"),
        holds=lambda view: (view.fact("amount") or 0) <= (view.fact("performed_amount") or 0),
    )


def _planned_once(article: str) -> Gate:
    return Gate(
        name="planned_once",
        sentence="已经登记过分期履行",
        article=article,
        todo="另行约定分期的，请终结本案，按新的约定另行登记。",
        reads=("step:plan_parts",),
        holds=lambda view: not view.did("plan_parts"),
    )


def _parts_add_up(article: str) -> Gate:
    return Gate(
        name="parts_add_up",
        sentence="各期金额之和不等于应当支付的金额",
        article=article,
        todo="请核对各期金额；减免的部分不在义务之内，先更正义务的金额。",
        reads=("fact:amount", "items"),
        holds=lambda view: (
            (view.fact("amount") or 0) == sum(item["facts"]["part_amount"] or 0 for item in view.items())
        ),
    )


def _late(article: str) -> Gate:
    return Gate(
        name="late",
        sentence="履行期限还没有届满，不能强制执行",
        article=article,
        reads=("clock:duty", "clock:part"),
        holds=lambda view: view.over("duty") or view.over("part"),
    )


# ---------------------------------------------------------------- steps


def _complete_part(article: str, obligor: PartyRole, also_at: tuple[State, ...]) -> Step:
    return Step(
        name="complete_part",
        label="登记部分履行",
        by=(obligor,),
        at=(OWED, *also_at),
        takes=("performance_proof",),
        may_take=("performed_amount", "performance_result", "performance_files"),
        article=article,
    )


def _allow_later(article: str) -> Step:
    return Step(
        name="allow_later",
        label="同意延期履行",
        by=(BODY_HEAD,),
        at=(OWED,),
        takes=("extension_days", "extension_reason"),
        reason="extension_reason",
        article=article,
    )


def _plan_parts(article: str) -> Step:
    return Step(
        name="plan_parts",
        label="登记分期履行",
        by=(BODY_HEAD,),
        at=(OWED,),
        to=IN_PARTS,
        takes=("parts_reason",),
        items=True,
        gates=(_planned_once(article), _parts_add_up(article)),
        reason="parts_reason",
        article=article,
    )


def _complete_next_part(article: str) -> Step:
    """By the officer, so that it is about a part and never about everything the obligor owes."""
    return Step(
        name="complete_next_part",
        label="登记一期履行",
        by=(CASE_OFFICER,),
        at=(IN_PARTS,),
        takes=("performance_proof",),
        may_take=("performed_amount", "performance_result", "performance_files"),
        article=article,
    )


def _verification(article: str) -> tuple[Step, Step]:
    verify = Step(
        name="verify_duty",
        label="核实已经履行",
        by=(CASE_OFFICER,),
        at=(REPORTED,),
        to=PERFORMED,
        article=article,
    )
    send_back = Step(
        name="return_duty",
        label="认为没有履行后退回",
        by=(BODY_HEAD,),
        at=(REPORTED,),
        to=OWED,
        takes=("return_reason",),
        reason="return_reason",
        article=article,
    )
    return verify, send_back


def _enforce(article: str, at: tuple[State, ...]) -> Step:
    return Step(
        name="enforce_duty",
        label="登记强制执行",
        by=(BODY_HEAD,),
        at=at,
        takes=("enforced_by",),
        gates=(_late(article),),
        article=article,
    )


def _end(article: str, at: tuple[State, ...]) -> Step:
    return Step(
        name="end_duty",
        label="终结履行",
        by=(BODY_HEAD,),
        at=at,
        to=ENDED,
        takes=("end_reason",),
        reason="end_reason",
        article=article,
    )


# ---------------------------------------------------------------- clocks


def _term(
    article: str, period: Period | InPaper, stated: bool, obligor: PartyRole, steps: tuple[Step, Step, Step, Step]
) -> Clock:
    """stated: it runs from a day that is stated; steps: what begins, performs, lengthens and replaces it."""
    owe, perform, allow, plan = steps
    return Clock(
        name="duty",
        label="履行期限",
        period=period,
        after=FactDay("due_from") if stated else Done((owe,)),
        until=(perform, plan),
        bearer=obligor,
        extensions=(Extension(by=allow, set_by=InPaper("extension_days", article)),),
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未履行", article=article),
    )


def _part(article: str, obligor: PartyRole, plan: Step, until: tuple[Step, ...]) -> Clock:
    return Clock(
        name="part",
        label="本期履行",
        period=UntilDay("due_on", article),
        after=Done((plan,)),
        per=PARTS,
        until=until,
        bearer=obligor,
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未履行这一期", article=article),
    )
