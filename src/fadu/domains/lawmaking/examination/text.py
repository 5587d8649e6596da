"""规范性文件备案审查, the whole, with its periods and its last step. Law: 法规规章备案审查条例 (2024) by reference.

Not covered: examination on a citizen's or an organ's suggestion, joint examination, the monthly list of filings.
"""

from __future__ import annotations

from fadu.common import approval, standing
from fadu.domains.lawmaking.examination import facts as f
from fadu.domains.lawmaking.examination import steps as s
from fadu.rules.procedure import (
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Done,
    Extension,
    FactDay,
    InPaper,
    Lapse,
    LapseEffect,
    Period,
    Procedure,
    Served,
    Step,
)

LAW = "法规规章备案审查条例"
OVERTURN_ARTICLE = "《地方组织法》第七十三条第三项"
EXAMINED = (s.pass_document, s.give_opinion)

overturn = Step(
    name="overturn",
    label="决定改变或者撤销",
    by=(ORGAN_HEAD,),
    at=(f.HANDLING, f.REPORTED),
    to=f.OVERTURNED,
    takes=("overturn_reason", "overturn_text"),
    reason="overturn_reason",
    issues=(f.overturn_decision,),
    agreed=True,
    article=OVERTURN_ARTICLE,
)

filing = Clock(
    name="filing",
    label="报送备案期限",
    period=Period(LAW, "备案"),
    after=FactDay("promulgated_on", looking_back=True),
    until=(s.receive_filing,),
    bearer=f.MAKER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES, sentence="逾期报送备案", article="《法规规章备案审查条例》第四条、第二十五条"
    ),
)
demand = Clock(
    name="demand",
    label="限期报送",
    period=InPaper("demand_days", "《法规规章备案审查条例》第二十三条、第二十五条"),
    after=Served(f.filing_demand, f.MAKER),
    until=(s.file_late,),
    bearer=f.MAKER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="逾期仍不报送，应当通报并责令限期改正",
        article="《法规规章备案审查条例》第二十三条、第二十五条",
    ),
)
supplementing = Clock(
    name="supplement",
    label="补充报送期限",
    period=Period(LAW, "暂缓登记后补报"),
    after=Served(f.supplement_notice, f.MAKER),
    until=(s.supplement,),
    bearer=f.MAKER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="逾期未补充报送",
        article="《法规规章备案审查条例》第九条第二款、第二十五条",
    ),
)
examination = Clock(
    name="examination",
    label="审查期限",
    period=Period(LAW, "主动审查"),
    after=Done((s.register_filing,)),
    until=EXAMINED,
    bearer=CASE_OFFICER,
    extensions=(
        Extension(
            by=s.extend_examination,
            set_by=InPaper("extension_days", "《法规规章备案审查条例》第十一条第一款、第二十五条"),
        ),
    ),
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="逾期未完成备案审查",
        article="《法规规章备案审查条例》第十一条第一款、第二十五条",
    ),
)
handling = Clock(
    name="handling",
    label="报告处理情况期限",
    period=Period(LAW, "纠正结果反馈"),
    after=Served(f.examination_opinion, f.MAKER),
    until=(s.report_handling,),
    bearer=f.MAKER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="逾期未报告处理情况",
        article="《法规规章备案审查条例》第二十一条、第二十五条",
    ),
)

TEXT = Procedure(
    system="filing_review",
    version="2024",
    label="规范性文件备案审查",
    statute=LAW,
    facts=f.ExaminationFacts,
    states=f.STATES,
    steps=(
        s.note_unfiled,
        s.file_late,
        s.receive_filing,
        s.refuse_registration,
        s.defer_registration,
        s.supplement,
        s.register_filing,
        s.ask_maker,
        s.explain,
        s.record_comments,
        s.feed_back,
        s.extend_examination,
        s.pass_document,
        s.give_opinion,
        s.report_handling,
        s.accept_handling,
        s.return_handling,
        overturn,
        *approval.STEPS,
        *standing.STEPS,
    ),
    parties=(f.MAKER,),
    clocks=(filing, demand, supplementing, examination, handling),
    tracks=(approval.APPROVAL,),
    series="规备审",
    title="{maker}《{subject}》备案审查",
)
