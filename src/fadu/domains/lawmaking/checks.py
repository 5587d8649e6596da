"""议题和合同的合法性审核: files come in, an opinion is given in the term set; what is unlawful goes no further.

Law: 重大行政决策程序暂行条例 arts 25, 26 for what the meeting takes up; for contracts no national text says more than
第一责任人职责规定, art. 6 no. 2. Neither sets a term: the letter does.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.lawmaking.making.facts import ReviewConclusion
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Money, Text
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Gate,
    InPaper,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Procedure,
    State,
    Step,
)

PARTIES = Audience.PARTIES
LAW = "重大行政决策程序暂行条例"
EXAMINED = f"《{LAW}》第二十五条、第二十六条"
CONTRACT = "《党政主要负责人履行推进法治建设第一责任人职责规定》第六条第二项"
SUBMITTER = PartyRole("submitter", "送审单位", organ=True)


class CheckFacts(Facts):
    """What is checked, what was found, what the unit that sent it did about it."""

    subject: Annotated[Text, Fact("名称", PARTIES, indexed=True)]
    term_days: Annotated[Count, Fact("审核期限（日）", PARTIES, hint="按送审函或者本地规定填写")]
    check_files: Annotated[Files, Fact("送审材料", PARTIES)]
    counsel_opinion: Annotated[Text, Fact("法律顾问意见", PARTIES, long=True)]
    review_conclusion: Annotated[ReviewConclusion, Fact("审核结论", PARTIES, indexed=True)]
    review_findings: Annotated[Text, Fact("审核意见", PARTIES, long=True)]
    revision: Annotated[Text, Fact("修改情况或者不采纳的理由", PARTIES, long=True)]
    result: Annotated[Text, Fact("办理结果", PARTIES, long=True)]
    end_reason: Annotated[Text, Fact("撤回送审的理由", PARTIES, long=True)]


class ContractFacts(CheckFacts):
    """A contract that the government or a department is to sign."""

    other_side: Annotated[Text, Fact("合同相对方", PARTIES)]
    amount: Annotated[Money, Fact("合同金额", PARTIES, indexed=True)]


REVIEWING = State("reviewing", "审核中")
REVIEWED = State("reviewed", "已出具意见")
PASSED = State("passed", "已办理", final=True)
ENDED = State("ended", "已撤回", final=True)


def _lawful(article: str) -> Gate:
    return Gate(
        name="not_unlawful",
        sentence="审核认为不合法的，不得继续办理",
        article=article,
        todo="请修改后重新送审，或者撤回。",
        reads=("fact:review_conclusion",),
        holds=lambda view: view.fact("review_conclusion") != ReviewConclusion.UNLAWFUL,
    )


def _followed(article: str) -> Gate:
    return Gate(
        name="opinion_followed",
        sentence="审核认为应当修改，还没有修改或者说明不采纳的理由",
        article=article,
        todo="请由送审单位登记修改情况。",
        reads=("fact:review_conclusion", "step:follow_opinion"),
        holds=lambda view: view.fact("review_conclusion") != ReviewConclusion.MODIFY or view.did("follow_opinion"),
    )


def _opinion(article: str, opinion: Paper) -> Step:
    return Step(
        name="give_opinion",
        label="出具审核意见",
        by=(BODY_HEAD,),
        at=(REVIEWING,),
        to=REVIEWED,
        takes=("review_conclusion", "review_findings"),
        may_take=("counsel_opinion",),
        issues=(opinion,),
        article=article,
    )


def _sent(article: str, *more: str) -> tuple[Step, Step]:
    """Sent for the first time, sent again."""
    submit = Step(
        name="submit_files",
        label="送审",
        by=(CASE_OFFICER,),
        to=REVIEWING,
        takes=("subject", "term_days", *more),
        may_take=("check_files",),
        parties=(SUBMITTER,),
        article=article,
    )
    again = Step(
        name="submit_again",
        label="重新送审",
        by=(SUBMITTER,),
        at=(REVIEWED,),
        to=REVIEWING,
        takes=("term_days",),
        may_take=("check_files",),
        article=article,
    )
    return submit, again


def _after(article: str, passes: str) -> tuple[Step, ...]:
    """What the unit does with the opinion."""
    follow = Step(
        name="follow_opinion",
        label="按意见修改或者说明理由",
        by=(SUBMITTER,),
        at=(REVIEWED,),
        takes=("revision",),
        article=article,
    )
    use = Step(
        name="pass_on",
        label=passes,
        by=(CASE_OFFICER,),
        at=(REVIEWED,),
        to=PASSED,
        takes=("result",),
        gates=(_lawful(article), _followed(article)),
        article=article,
    )
    end = Step(
        name="end_check",
        label="撤回送审",
        by=(SUBMITTER,),
        at=(REVIEWING, REVIEWED),
        to=ENDED,
        takes=("end_reason",),
        reason="end_reason",
        article=article,
    )
    return follow, use, end


def check(
    system: str, label: str, facts: type[CheckFacts], article: str, opinion: Paper, passes: str, *more: str
) -> Procedure:
    """A check under this article. passes: what is done with what passed; more: facts that come with the files."""
    sent, opine = _sent(article, *more), _opinion(article, opinion)
    term = Clock(
        name="checking",
        label="审核期限",
        period=InPaper("term_days", article),
        after=Done(sent),
        until=(opine,),
        bearer=CASE_OFFICER,
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未出具审核意见", article=article),
    )
    return Procedure(
        system=system,
        version="国务院令713",
        label=label,
        statute=LAW,
        facts=facts,
        states=(REVIEWING, REVIEWED, PASSED, ENDED),
        steps=(*sent, opine, *_after(article, passes), standing.reverse),
        parties=(SUBMITTER,),
        clocks=(term,),
        series=f"{opinion.series}案",
        title="{submitter}：{subject}",
    )


agenda_opinion = Paper(name="agenda_opinion", label="议题合法性审核意见书", series="议审")
contract_opinion = Paper(name="contract_opinion", label="合同审核意见书", series="合审")
AGENDA = check("agenda_check", "政府常务会议议题审核", CheckFacts, EXAMINED, agenda_opinion, "提交常务会议")
CONTRACTS = check(
    "contract_check",
    "政府合同协议审核",
    ContractFacts,
    CONTRACT,
    contract_opinion,
    "登记签订",
    "other_side",
    "amount",
)
