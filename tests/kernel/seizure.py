"""查封、扣押 in small, under 行政强制法: the words of time that reconsideration does not need."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Moment, Text
from fadu.rules.gates import in_time
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Done,
    Extension,
    FactDay,
    InPaper,
    Items,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Pause,
    PauseKind,
    Period,
    Procedure,
    Served,
    State,
    Step,
)

LAW = "行政强制法"
RULES = "市场监督管理行政处罚程序规定"
LATE = Lapse(effect=LapseEffect.BREACHES, sentence="逾期", article="第二十五条")


class Fate(ClosedList):
    RETURNED = "returned", "退还"
    CONFISCATED = "confiscated", "没收"


class LengthUnit(ClosedList):
    DAY = "day", "日"
    WORKDAY = "workday", "个工作日"
    MONTH = "month", "个月"


class ThingFacts(Facts):
    thing: Annotated[Text, Fact("物品", Audience.PARTIES)]


class SeizureFacts(Facts):
    seized_at: Annotated[Moment, Fact("当场实施时刻", Audience.PARTIES)]
    approved_at: Annotated[Moment, Fact("补办批准时刻", Audience.PARTIES)]
    longer: Annotated[Count, Fact("再延长天数", Audience.PARTIES)]
    within: Annotated[Count, Fact("补充材料期限", Audience.PARTIES)]
    within_unit: Annotated[LengthUnit, Fact("补充材料期限的单位", Audience.PARTIES)]


OWNER = PartyRole("owner", "当事人")
SEIZED, OVER = State("seized", "查封扣押中"), State("over", "已处理", final=True)

inspection = Paper(name="inspection", label="鉴定期间告知书", template="copy", to=(OWNER,))
prolonging = Paper(name="prolonging", label="延长期限告知书", template="copy", to=(OWNER,))
demand = Paper(name="demand", label="补充材料通知书", template="copy", to=(OWNER,))

seize = Step(name="seize", label="当场查封扣押", to=SEIZED, by=(CASE_OFFICER,), takes=("seized_at",), parties=(OWNER,),
             items=True)  # fmt: skip
approve = Step(name="approve", label="补办批准", at=(SEIZED,), by=(BODY_HEAD,), takes=("approved_at",))
inspect = Step(name="inspect", label="送鉴定", at=(SEIZED,), by=(CASE_OFFICER,), issues=(inspection,))
inspected = Step(name="inspected", label="鉴定结束", at=(SEIZED,), by=(CASE_OFFICER,))
overrule = Step(name="overrule", label="上级责令纠正鉴定", at=(SEIZED,), by=(ORGAN_HEAD,))
extend = Step(name="extend", label="延长期限", at=(SEIZED,), by=(BODY_HEAD,), issues=(prolonging,))
extend_case = Step(name="extend_case", label="延长办案", at=(SEIZED,), by=(BODY_HEAD,))
extend_again = Step(name="extend_again", label="集体讨论再延长", at=(SEIZED,), by=(ORGAN_HEAD,), takes=("longer",))
ask = Step(name="ask", label="通知补充材料", at=(SEIZED,), by=(CASE_OFFICER,), issues=(demand,),
           may_take=("within", "within_unit"))  # fmt: skip
answer = Step(name="answer", label="补充材料", at=(SEIZED,), by=(OWNER,))
return_thing = Step(name="return_thing", label="退还物品", at=(SEIZED,), by=(CASE_OFFICER,))
finish = Step(name="finish", label="作出处理", at=(SEIZED,), to=OVER, by=(CASE_OFFICER,),
              gates=(in_time("approval", "补办批准超过了规定的小时数", "第十九条"),))  # fmt: skip

approval = Clock(
    name="approval", label="补办批准", period=Period(LAW, "紧急实施补批"), after=FactDay("seized_at"), until=(approve,),
    posted="approved_at", bearer=CASE_OFFICER, lapse=LATE,
)  # fmt: skip
holding = Clock(
    name="holding", label="查封扣押", period=Period(LAW, "查封扣押"), after=Done((seize,)), until=(finish,),
    bearer=CASE_OFFICER, lapse=LATE,
    pauses=(Pause(begin=inspect, end=(inspected,), kind=PauseKind.EXCLUDED, article="第二十五条第三款",
                  counts_if=Served(inspection, OWNER), void_by=(overrule,)),),
    extensions=(Extension(by=extend, counts_if=Served(prolonging, OWNER)),),
)  # fmt: skip
handling = Clock(
    name="handling", label="办案期限", period=Period(RULES, "办案期限"), after=Done((seize,)), until=(finish,),
    bearer=CASE_OFFICER, lapse=LATE,
    extensions=(Extension(by=extend_case),
                Extension(by=extend_again, set_by=InPaper("longer", "第六十四条"), after=extend_case)),
)  # fmt: skip
THINGS = Items(name="thing", label="物品", model=ThingFacts, outcome=Fate, weight=("confiscated", "returned"))
keeping = Clock(
    name="keeping", label="每件物品的保管", period=Period(LAW, "查封扣押"), after=Done((seize,)), until=(return_thing,),
    per=THINGS, bearer=CASE_OFFICER, lapse=LATE,
)  # fmt: skip
supplement = Clock(
    name="supplement", label="补充材料", after=Served(demand, OWNER), until=(answer,),
    period=InPaper("within", "第二十条", unit="within_unit", at_most=Period(LAW, "查封扣押"),
                   default=Period(LAW, "不受理异议"), rolls=False),
    per=demand, bearer=OWNER, lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="期满", article="第五十六条"),
)  # fmt: skip

SEIZURE = Procedure(
    system="seizure", version="2022", label="查封扣押", statute=RULES, facts=SeizureFacts, states=(SEIZED, OVER),
    steps=(seize, approve, inspect, inspected, overrule, extend, extend_case, extend_again, ask, answer, return_thing,
           finish, *standing.STEPS),
    clocks=(approval, holding, handling, keeping, supplement), parties=(OWNER,), items=THINGS,
)  # fmt: skip
DOCUMENTS = Path(__file__).parent / "documents"
FIRST = date(2024, 3, 1)
