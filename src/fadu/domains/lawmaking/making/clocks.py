"""Periods of the making: comments, legality review, publication of the text. A local period is stated in the case."""

from __future__ import annotations

from fadu.common import standing
from fadu.domains.lawmaking.making import shared as s
from fadu.domains.lawmaking.making import steps_decision as decision
from fadu.domains.lawmaking.making import steps_drafting as drafting
from fadu.domains.lawmaking.making import steps_review as review
from fadu.rules.procedure import (
    CASE_OFFICER,
    Clock,
    Done,
    InPaper,
    Lapse,
    LapseEffect,
    Period,
    Shortening,
    Wait,
)

SHORTER = Shortening(by=drafting.shorten, to=InPaper("shortened_days", s.COMMENTS_ARTICLE))
market_comments = Wait(
    name="market_comments",
    label="法定征求意见期限",
    period=Period("优化营商环境条例", "公开征求意见"),
    after=Done((drafting.ask_market,)),
    until=(drafting.end_asking,),
    shortened_by=SHORTER,
    bearer=s.DRAFTER,
)
comments = Wait(
    name="comments",
    label="本地征求意见期限",
    period=InPaper("comment_days", s.ROOT),
    after=Done((drafting.ask,)),
    until=(drafting.end_asking,),
    shortened_by=SHORTER,
    bearer=s.DRAFTER,
)
legality = Clock(
    name="legality",
    label="合法性审核期限",
    period=Period("规范性文件合法性审核指导意见", "合法性审核"),
    after=Done((review.accept_files,)),
    until=(review.give_opinion,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未出具合法性审核意见", article=s.LEGALITY_ARTICLE),
)
disclosure = Clock(
    name="disclosure",
    label="主动公开期限",
    period=Period("政府信息公开条例", "主动公开"),
    after=Done((decision.issue,)),
    until=(standing.publish,),
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="逾期未公布，未经公布的不得作为行政管理依据",
        article="《政府信息公开条例》第二十六条",
    ),
)
CLOCKS = (market_comments, comments, legality, disclosure)
