"""Periods of 行政赔偿: to ask, to tell what is missing, to decide, to serve, to sue, to ask for payment."""

from __future__ import annotations

from dataclasses import replace

from fadu.common import standing
from fadu.domains.review.compensation import shared as s
from fadu.domains.review.compensation import steps
from fadu.rules.procedure import CASE_OFFICER, Clock, Done, EndOf, FactDay, Lapse, LapseEffect, Period

LAW = "国家赔偿法"
DECIDE = (steps.decide, steps.refuse)

apply = Clock(
    name="apply",
    label="请求赔偿的时效",
    period=Period(LAW, "请求时效"),
    after=FactDay("known_on"),
    until=(steps.receive,),
    bearer=s.CLAIMANT,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="超过请求赔偿的时效", article="《国家赔偿法》第三十九条第一款"),
)
ask_correction = Clock(
    name="ask_correction",
    label="一次性告知补正",
    period=Period(LAW, "行政赔偿·补正告知"),
    after=Done((steps.receive,)),
    until=(steps.ask_correction,),
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.EXPIRES, sentence="一次性告知补正的期限届满", article="《国家赔偿法》第十二条第四款"
    ),
)
decision = Clock(
    name="decision",
    label="作出赔偿决定",
    period=Period(LAW, "行政赔偿·决定"),
    after=Done((steps.receive,)),
    until=DECIDE,
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="规定期限内未作出是否赔偿的决定，赔偿请求人可以提起诉讼",
        article="《国家赔偿法》第十四条第一款",
        opens=("sue_inaction",),
    ),
)
service = Clock(
    name="service",
    label="送达决定",
    period=Period(LAW, "行政赔偿·送达"),
    after=Done(DECIDE),
    until=(standing.serve,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未送达决定", article="《国家赔偿法》第十三条第二款、第三款"),
)
sue = Clock(
    name="sue",
    label="不服决定起诉",
    period=Period(LAW, "行政赔偿·起诉"),
    after=Done(DECIDE),
    bearer=s.CLAIMANT,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="起诉期限届满", article="《国家赔偿法》第十四条第二款"),
)
sue_inaction = replace(
    sue,
    name="sue_inaction",
    label="逾期未决定起诉",
    after=EndOf("decision"),
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="起诉期限届满", article="《国家赔偿法》第十四条第一款"),
)
payment_request = Clock(
    name="payment_request",
    label="提出支付申请",
    period=Period(LAW, "支付赔偿金·提出"),
    after=Done((steps.apply_payment,)),
    until=(steps.request_payment,),
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="逾期未向财政部门提出支付申请",
        article="《国家赔偿法》第三十七条第三款",
    ),
)
CLOCKS = (apply, ask_correction, decision, service, sue, sue_inaction, payment_request)
