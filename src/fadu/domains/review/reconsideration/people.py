"""Who may act for applicants and third parties under both texts, and what only they themselves may do."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.reconsideration import shared as s
from fadu.rules.agents import ENTRUSTED, ReservedAct
from fadu.rules.procedure import NumberOfPersons, Representation, Reserved

POWER = "《行政复议法》第十七条第二款"
POWER_2017 = "《行政复议法实施条例》第十条"
CONSENT = "《行政复议法》第十五条第二款"
SIGNED_BY_ALL = "《行政复议法》第七十三条第一款"

REPRESENTATION = Representation(
    agents_of=(s.APPLICANT, s.THIRD),
    kinds=ENTRUSTED,
    agents=NumberOfPersons("行政复议法", "委托代理人"),
    article=POWER,
    represented=(s.APPLICANT,),
    numerous=NumberOfPersons("行政复议法", "申请人人数众多"),
    representatives=NumberOfPersons("行政复议法", "代表人"),
)
REPRESENTATION_2017 = replace(REPRESENTATION, article=POWER_2017)

WITHDRAWAL = Reserved(ReservedAct.WITHDRAW, POWER, CONSENT)
MEDIATION = Reserved(ReservedAct.MEDIATE, POWER, SIGNED_BY_ALL)
WITHDRAWAL_2017 = Reserved(ReservedAct.WITHDRAW, POWER_2017)
MEDIATION_2017 = Reserved(ReservedAct.MEDIATE, POWER_2017)
