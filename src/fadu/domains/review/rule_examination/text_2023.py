"""附带审查 under the text of 2023. Law: 行政复议法 arts 56 to 60.

Not covered: the maker's own correction after 责令纠正.
"""

from __future__ import annotations

from dataclasses import replace

from fadu.common import approval, standing
from fadu.domains.review.rule_examination import shared as s
from fadu.domains.review.rule_examination import steps
from fadu.rules.gates import done
from fadu.rules.procedure import CASE_OFFICER, Clock, Done, Gate, Lapse, LapseEffect, Period, Procedure, Served

LAW = "行政复议法"
EXAMINATION = "《行政复议法》第五十六条、第五十七条"
NOTICE = "《行政复议法》第五十八条第一款"
FINDING = "《行政复议法》第五十九条"

open_examination = replace(steps.open_examination, article=EXAMINATION)
take_up = replace(steps.take_up, article=EXAMINATION)
transfer = replace(steps.transfer, article=EXAMINATION)
notify_maker = replace(steps.notify_maker, article=NOTICE)
answer = replace(steps.answer, article=NOTICE)
explain = replace(steps.explain, article="《行政复议法》第五十八条第二款")
answered = Gate(
    name="maker_answered",
    sentence="制定机关还没有答复，答复期限也没有届满",
    article=NOTICE,
    todo="请登记制定机关的书面答复，或者等期限届满。",
    reads=("step:answer_on_document", "clock:maker_answer"),
    holds=lambda view: view.did("answer_on_document") or view.over("maker_answer"),
)
HEARD = (done(notify_maker, "还没有通知制定机关答复", NOTICE, "请先“通知制定机关答复”。"), answered)
find_lawful = replace(steps.find_lawful, article=FINDING, gates=HEARD)
stop_clauses = replace(steps.stop_clauses, article=FINDING, gates=HEARD)
receive_reply = replace(steps.receive_reply, article="《行政复议法》第六十条")
end = replace(steps.end, article=EXAMINATION)

OPENING = Done((open_examination,))
OUR_OWN = (find_lawful, stop_clauses, end)


def _breach(sentence: str, article: str) -> Lapse:
    return Lapse(effect=LapseEffect.BREACHES, sentence=sentence, article=article)


treat = Clock(
    name="treat",
    label="依法处理",
    period=Period(LAW, "附带审查·有权处理"),
    after=OPENING,
    until=(*OUR_OWN, transfer),
    bearer=CASE_OFFICER,
    lapse=_breach("逾期未依法处理规范性文件或者依据", EXAMINATION),
)
within_transfer = Clock(
    name="transfer",
    label="转送",
    period=Period(LAW, "附带审查·无权处理转送"),
    after=OPENING,
    until=(take_up, transfer, end),
    bearer=CASE_OFFICER,
    lapse=_breach("逾期未转送有权机关", EXAMINATION),
)
notify_in_time = Clock(
    name="notify",
    label="通知制定机关",
    period=Period(LAW, "附带审查·通知制定机关"),
    after=OPENING,
    until=(notify_maker, transfer, end),
    bearer=CASE_OFFICER,
    lapse=_breach("逾期未书面通知制定机关答复", NOTICE),
)
maker_answer = Clock(
    name="maker_answer",
    label="制定机关答复",
    period=Period(LAW, "附带审查·制定机关答复"),
    after=Served(s.maker_notice, s.MAKER),
    until=(answer, *OUR_OWN),
    bearer=s.MAKER,
    lapse=_breach("制定机关逾期未提交书面答复", NOTICE),
)
reply = Clock(
    name="reply",
    label="受转送机关回复",
    period=Period(LAW, "附带审查·受转送机关回复"),
    after=Served(s.transfer_letter, s.COMPETENT),
    until=(receive_reply, end),
    bearer=s.COMPETENT,
    lapse=_breach("接受转送的机关逾期未回复处理意见", "《行政复议法》第六十条"),
)

TEXT = Procedure(
    system="rule_examination",
    version="2023",
    label="规范性文件附带审查",
    statute=LAW,
    facts=s.ExaminationFacts,
    states=s.STATES,
    steps=(
        *(open_examination, take_up, transfer, notify_maker, answer, explain, find_lawful, stop_clauses),
        *(receive_reply, end, steps.archive, *approval.STEPS, *standing.STEPS),
    ),
    parties=s.PARTIES_IN_IT,
    clocks=(treat, within_transfer, notify_in_time, maker_answer, reply),
    tracks=(approval.APPROVAL,),
    series="复附",
    title="{document_name}附带审查",
)
