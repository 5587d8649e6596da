"""履行义务: an amount or a deed is owed by a day, performed at once or in parts, and enforced when late.

登记 → 部分履行 as often as it takes → 履行完毕, or 终结 with a reason. A case of its own, opened by what founded the
duty (`Opens`): that case may end while the duty runs. A room brings article, period and figures; a duty without an
amount is a deed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Files, Money, Text
from fadu.rules.gates import over
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Extension,
    Gate,
    InPaper,
    Lapse,
    LapseEffect,
    PartyRole,
    Period,
    State,
    Step,
)

PARTIES = Audience.PARTIES


class EnforcedBy(ClosedList):
    """Who makes the obligor perform."""

    OURSELVES = "ourselves", "本机关依法强制执行"
    COURT = "court", "申请人民法院强制执行"
    SUPERIOR = "superior", "提请上级机关责令履行"


class ObligationFacts(Facts):
    """What is owed, what was performed of it, and with what proof; inherited by a procedure's facts."""

    duty: Annotated[Text, Fact("应当履行的义务", PARTIES, long=True)]
    amount: Annotated[Money, Fact("应当支付的金额", PARTIES, indexed=True, hint="不是金钱义务的不填")]
    performed_amount: Annotated[Money, Fact("累计已支付金额", PARTIES, indexed=True)]
    performance_result: Annotated[Text, Fact("履行情况", PARTIES, long=True)]
    performance_proof: Annotated[Text, Fact("履行凭证", PARTIES, hint="收据、转账回单、验收记录等")]
    performance_files: Annotated[Files, Fact("履行材料", PARTIES)]
    extension_days: Annotated[Count, Fact("延长天数（日）", PARTIES)]
    extension_reason: Annotated[Text, Fact("分期、延期的理由", PARTIES, long=True)]
    enforced_by: Annotated[EnforcedBy, Fact("强制执行的方式", PARTIES, indexed=True)]
    end_reason: Annotated[Text, Fact("终结的理由", PARTIES, long=True)]


OBLIGOR = PartyRole("obligor", "义务人")
OBLIGEE = PartyRole("obligee", "权利人", many=True)

OWED = State("owed", "待履行")
PERFORMED = State("performed", "已履行", final=True)
ENDED = State("ended", "已终结", final=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """The pieces of a procedure that is a duty; the room adds facts, series and title."""

    owe: Step
    perform: Step
    enforce: Step
    term: Clock
    steps: tuple[Step, ...]
    states: tuple[State, ...] = (OWED, PERFORMED, ENDED)
    parties: tuple[PartyRole, ...] = (OBLIGOR, OBLIGEE)


def obligation(article: str, period: Period | InPaper, *more: str) -> Obligation:
    """A duty under this article, due after the period. more: facts of the room stated when it is entered."""
    owe = Step(
        name="owe_duty",
        label="登记履行义务",
        by=(CASE_OFFICER,),
        to=OWED,
        takes=("duty", *more),
        may_take=("amount",),
        parties=(OBLIGOR, OBLIGEE),
        article=article,
    )
    perform = Step(
        name="complete_duty",
        label="登记履行完毕",
        by=(OBLIGOR,),
        at=(OWED,),
        to=PERFORMED,
        takes=("performance_result", "performance_proof"),
        may_take=("performed_amount", "performance_files"),
        gates=(_paid_in_full(article),),
        article=article,
    )
    allow, enforce = _allow_parts(article), _enforce(article)
    return Obligation(
        owe=owe,
        perform=perform,
        enforce=enforce,
        term=_term(article, period, owe, perform, allow),
        steps=(
            owe,
            _complete_part(article),
            allow,
            perform,
            enforce,
            _end(article),
            standing.change_party,
            standing.reverse,
        ),
    )


def _paid_in_full(article: str) -> Gate:
    return Gate(
        name="paid_in_full",
        sentence="应当支付的金额还没有付清",
        article=article,
        todo="还没有付清的，请“登记部分履行”；已经付清的，请填写累计已支付金额。",
        reads=("fact:amount", "fact:performed_amount"),
        holds=lambda view: (view.fact("amount") or 0) <= (view.fact("performed_amount") or 0),
    )


def _complete_part(article: str) -> Step:
    return Step(
        name="complete_part",
        label="登记部分履行",
        by=(OBLIGOR,),
        at=(OWED,),
        takes=("performance_proof",),
        may_take=("performed_amount", "performance_result", "performance_files"),
        article=article,
    )


def _allow_parts(article: str) -> Step:
    return Step(
        name="allow_parts",
        label="同意分期、延期履行",
        by=(BODY_HEAD,),
        at=(OWED,),
        takes=("extension_days", "extension_reason"),
        reason="extension_reason",
        article=article,
    )


def _enforce(article: str) -> Step:
    return Step(
        name="enforce_duty",
        label="登记强制执行",
        by=(BODY_HEAD,),
        at=(OWED,),
        takes=("enforced_by",),
        gates=(over("duty", "履行期限还没有届满，不能强制执行", article),),
        article=article,
    )


def _end(article: str) -> Step:
    return Step(
        name="end_duty",
        label="终结履行",
        by=(BODY_HEAD,),
        at=(OWED,),
        to=ENDED,
        takes=("end_reason",),
        reason="end_reason",
        article=article,
    )


def _term(article: str, period: Period | InPaper, owe: Step, perform: Step, allow: Step) -> Clock:
    return Clock(
        name="duty",
        label="履行期限",
        period=period,
        after=Done((owe,)),
        until=(perform,),
        bearer=OBLIGOR,
        extensions=(Extension(by=allow, set_by=InPaper("extension_days", article)),),
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未履行", article=article),
    )
