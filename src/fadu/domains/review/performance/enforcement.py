"""复议决定强制执行: 催告, own enforcement or the court. Law: 行政复议法 (2023) art. 78; 行政强制法 arts 35, 37, 53, 54.

What the court then rules is a case of its own (court_enforcement.py). Not covered: how the organ enforces by itself.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval, standing
from fadu.rules.facts import Audience, ClosedList, Fact, Text
from fadu.rules.gates import all_served, in_time, over
from fadu.rules.procedure import (
    ARCHIVIST,
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    FactDay,
    Lapse,
    LapseEffect,
    Opens,
    Paper,
    PartyRole,
    Period,
    Procedure,
    Served,
    State,
    Step,
    Wait,
)

PARTIES = Audience.PARTIES
WHO = "《行政复议法》第七十八条"
COURT = "《行政强制法》第五十三条"
URGED = "《行政强制法》第五十四条"
OBLIGOR = PartyRole("obligor", "义务人", many=True)


class Enforced(ClosedList):
    """What is enforced, and so by whom: art. 78."""

    UPHELD = "upheld", "维持决定（由作出行政行为的机关执行）", "《行政复议法》第七十八条第一项"
    CHANGED = "changed", "变更决定（由复议机关执行）", "《行政复议法》第七十八条第二项"
    MEDIATED = "mediated", "调解书（由复议机关执行）", "《行政复议法》第七十八条第三项"


class EnforcementFacts(approval.ApprovalFacts):
    """What is not performed, and what was done about it."""

    enforced: Annotated[Enforced, Fact("执行依据", PARTIES, indexed=True)]
    duty: Annotated[Text, Fact("应当履行的内容", PARTIES, long=True)]
    suing_ended_on: Annotated[date, Fact("起诉期限届满之日", PARTIES)]
    urging_content: Annotated[Text, Fact("催告的内容", PARTIES, long=True)]
    statement: Annotated[Text, Fact("陈述、申辩", PARTIES, long=True)]
    power_reason: Annotated[Text, Fact("本机关有强制执行权的依据", PARTIES, long=True)]
    court_name: Annotated[Text, Fact("受理申请的人民法院", PARTIES)]
    enforcement_result: Annotated[Text, Fact("执行情况", PARTIES, long=True)]


BEGUN, URGING = State("begun", "待催告"), State("urging", "已催告")
APPLIED, ENFORCING = State("applied", "已申请法院执行"), State("enforcing", "自行强制执行")
ENDED = State("ended", "执行结束")
ARCHIVED = State("archived", "已归档", final=True)

urging_paper = Paper(name="enforcement_urging", label="履行复议决定催告书", to=(OBLIGOR,), series="复催")
court_paper = Paper(name="court_application", label="强制执行申请书", series="复申执")
own_decision = Paper(name="enforcement_decision", label="强制执行决定书", to=(OBLIGOR,), series="复执")
waited = over("urged", "催告书送达后还没有满法定期限", URGED, "满期后仍不履行的，才能申请或者决定执行。")

begin = Step(
    name="begin_enforcement",
    label="启动强制执行",
    by=(CASE_OFFICER,),
    to=BEGUN,
    takes=("enforced", "duty", "suing_ended_on"),
    parties=(OBLIGOR,),
    article=WHO,
)
urge = Step(
    name="urge_obligor",
    label="催告履行",
    by=(CASE_OFFICER,),
    at=(BEGUN,),
    to=URGING,
    takes=("urging_content",),
    issues=(urging_paper,),
    article="《行政强制法》第三十五条、第五十四条",
)
state_case = Step(
    name="state_own_case",
    label="陈述、申辩",
    by=(OBLIGOR,),
    at=(URGING,),
    takes=("statement",),
    article="《行政强制法》第三十六条",
)
apply_court = Step(
    name="apply_to_court",
    label="申请人民法院强制执行",
    by=(ORGAN_HEAD,),
    at=(URGING,),
    to=APPLIED,
    takes=("court_name",),
    gates=(waited, in_time("court", "申请法院强制执行的期限已经届满", COURT)),
    issues=(court_paper,),
    agreed=True,
    opens=Opens(
        system="court_enforcement",
        step="enter_application",
        hands={"duty": "duty", "court_name": "court_name"},
        parties={"obligor": "obligor"},
    ),
    article=COURT,
)
decide = Step(
    name="decide_enforcement",
    label="决定自行强制执行",
    by=(ORGAN_HEAD,),
    at=(URGING,),
    to=ENFORCING,
    takes=("power_reason",),
    gates=(waited,),
    issues=(own_decision,),
    agreed=True,
    reason="power_reason",
    article="《行政强制法》第三十七条",
)
end = Step(
    name="end_enforcement",
    label="登记执行情况",
    by=(CASE_OFFICER,),
    at=(BEGUN, URGING, APPLIED, ENFORCING),
    to=ENDED,
    takes=("enforcement_result",),
    article=WHO,
)
archive = Step(name="archive", label="归档", by=(ARCHIVIST,), at=(ENDED,), to=ARCHIVED, gates=(all_served(),))

court = Clock(
    name="court",
    label="申请法院强制执行",
    period=Period("行政强制法", "申请法院执行"),
    after=FactDay("suing_ended_on"),
    until=(apply_court, decide, end),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="申请法院强制执行的期限届满", article=COURT),
)
urged = Wait(
    name="urged",
    label="催告满期",
    period=Period("行政强制法", "申请前催告"),
    after=Served(urging_paper, OBLIGOR),
    until=(end,),
    bearer=CASE_OFFICER,
)

TEXT_2023 = Procedure(
    system="reconsideration_enforcement",
    version="2023",
    label="复议决定强制执行",
    statute="行政复议法",
    facts=EnforcementFacts,
    states=(BEGUN, URGING, APPLIED, ENFORCING, ENDED, ARCHIVED),
    steps=(begin, urge, state_case, apply_court, decide, end, archive, *approval.STEPS, *standing.STEPS),
    parties=(OBLIGOR,),
    clocks=(court, urged),
    tracks=(approval.APPROVAL,),
    series="复强",
    title="{obligor}不履行复议决定",
)
