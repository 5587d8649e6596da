"""Beside and after the decision under the text of 2023: joined cases, 抄告, performance, enforcement, letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fadu.domains.review.performance.enforcement import Enforced
from fadu.domains.review.performance.letters import Source
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_conclusion as conclusion
from fadu.domains.review.reconsideration.facts import PARTIES
from fadu.domains.review.reconsideration.superior_2023 import SuperiorFacts
from fadu.rules.facts import Count, Fact, Text
from fadu.rules.gates import done, over, served
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Gate, Opens, Paper, PartyRole, Step

ENFORCED = "《行政复议法》第七十八条"
RIGHTED = ("void", "revoke", "revoke_part", "change", "order_performance", "agreement", "unlawful")
SUPERIOR = PartyRole("superior_department", "被申请人的上一级主管部门", by_office=True)
OTHER = PartyRole("other_organ", "其他下级行政机关", organ=True)
copy_letter = Paper(name="copy_letter", label="行政复议抄告函", to=(SUPERIOR,), series="复抄")


class AfterFacts(SuperiorFacts):
    """What these steps ask for."""

    joined_cases: Annotated[Text, Fact("并案审理的案号", PARTIES)]
    join_reason: Annotated[Text, Fact("并案审理的理由", PARTIES, long=True)]
    separate_cases: Annotated[Text, Fact("分案审理的案号", PARTIES)]
    separate_reason: Annotated[Text, Fact("分案审理的理由", PARTIES, long=True)]
    duty: Annotated[Text, Fact("应当履行的内容", PARTIES, long=True)]
    term_days: Annotated[Count, Fact("履行监督的期限（日）", PARTIES, hint="决定书、调解书确定的履行期限")]
    enforced: Annotated[Enforced, Fact("执行依据", PARTIES)]
    owed_duty: Annotated[Text, Fact("没有履行的内容", PARTIES, long=True)]
    suing_ended_on: Annotated[date, Fact("起诉期限届满之日", PARTIES)]
    general_problem: Annotated[Text, Fact("带有普遍性的问题", PARTIES, long=True)]
    suggestion: Annotated[Text, Fact("完善制度、改进执法的建议", PARTIES, long=True)]
    answer_days: Annotated[Count, Fact("建议书确定的回复期限（日）", PARTIES)]
    correction_ground: Annotated[Source, Fact("纠错的来源", PARTIES)]
    correction_problem: Annotated[Text, Fact("被纠错的问题", PARTIES, long=True)]
    correction_term: Annotated[Count, Fact("报送纠错报告的期限（日）", PARTIES)]


join = Step(
    name="join_cases",
    label="并案审理",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    takes=("joined_cases", "join_reason"),
    reason="join_reason",
    article="《行政复议法》第三条第二款",
)
separate = Step(
    name="separate_cases",
    label="分案审理",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    takes=("separate_cases", "separate_reason"),
    gates=(done(join, "本案没有并案审理", "《行政复议法》第三条第二款"),),
    reason="separate_reason",
    article="《行政复议法》第三条第二款",
)
copy_to_superior = Step(
    name="copy_to_superior",
    label="抄告上一级主管部门",
    by=(CASE_OFFICER,),
    at=(s.DECIDED,),
    parties=(SUPERIOR,),
    gates=(served(s.decision, "《行政复议法》第七十五条第二款"),),
    issues=(copy_letter,),
    article="《行政复议法》第七十九条第二款",
)
supervise = Step(
    name="supervise_performance",
    label="监督履行",
    by=(CASE_OFFICER,),
    at=(s.DECIDED, s.MEDIATED),
    takes=("duty", "term_days"),
    opens=Opens(
        system="decision_performance",
        step="owe_duty",
        hands={name: name for name in ("duty", "term_days", "enterprise")},
        parties={"obligor": "respondent", "obligee": "applicant"},
    ),
    article="《行政复议法》第七十七条第一款",
)
enforce = Step(
    name="begin_enforcement",
    label="启动强制执行",
    by=(CASE_OFFICER,),
    at=(s.DECIDED, s.MEDIATED),
    takes=("enforced", "owed_duty", "suing_ended_on"),
    gates=(over("sue", "申请人的起诉期限还没有届满", ENFORCED),),
    opens=Opens(
        system="reconsideration_enforcement",
        step="begin_enforcement",
        hands={"enforced": "enforced", "duty": "owed_duty", "suing_ended_on": "suing_ended_on"},
        parties={"obligor": "applicant"},
    ),
    article=ENFORCED,
)
suggest = Step(
    name="issue_suggestion_letter",
    label="制发行政复议建议书",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED, s.DECIDED, s.MEDIATED, s.TERMINATED, s.REJECTED),
    takes=("general_problem", "suggestion", "answer_days"),
    opens=Opens(
        system="suggestion_letter",
        step="issue_suggestion",
        hands={"problem": "general_problem", "suggestion": "suggestion", "report_days": "answer_days"},
        parties={"recipient": "respondent"},
    ),
    article="《行政复议法实施条例》第五十七条第二款",
)
set_right = Gate(
    name="set_right",
    sentence="本案没有纠正行政行为，不需要报送纠错报告",
    article="《行政复议法》第三条第二款",
    reads=("items",),
    holds=lambda view: any(item["outcome"] in RIGHTED for item in view.items()),
)
ask_report = Step(
    name="ask_correction_report",
    label="责成报送纠错报告",
    by=(BODY_HEAD,),
    at=(s.DECIDED,),
    takes=("correction_ground", "correction_problem", "correction_term"),
    gates=(set_right,),
    opens=Opens(
        system="correction_report",
        step="ask_correction_report",
        hands={"source": "correction_ground", "problem": "correction_problem", "report_days": "correction_term"},
        parties={"recipient": "respondent"},
    ),
    article="《行政复议法》第三条第二款",
)

issue_to_other = replace(
    conclusion.issue_opinion_letter,
    name="issue_opinion_letter_to_other",
    label="向其他下级行政机关制发行政复议意见书",
    parties=(OTHER,),
    opens=replace(conclusion.LETTER, parties={"recipient": "other_organ"}),
    article="《行政复议法》第七十六条",
)

STEPS = (issue_to_other, join, separate, copy_to_superior, supervise, enforce, suggest, ask_report)
