"""What a case of making a normative document holds; who sees it; the closed lists of the law."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Files, Text
from fadu.rules.law_terms import Unit

PARTIES = Audience.PARTIES
PUBLIC = Audience.PUBLIC


class IssuedBy(ClosedList):
    """In whose name the document is issued."""

    GOVERNMENT = "government", "以政府（含政府办公室）名义制发"
    DEPARTMENT = "department", "以部门名义制发"


class ReviewConclusion(ClosedList):
    """What the legality review comes to."""

    LAWFUL = "lawful", "合法"
    MODIFY = "modify", "应当予以修改"
    UNLAWFUL = "unlawful", "不合法"


class OpinionAnswered(ClosedList):
    """Whether the drafting unit has answered the newest opinion of the legality review."""

    OPEN = "open", "待修改或者说明理由"
    ANSWERED = "answered", "已修改或者说明理由"


class CompetitionDraft(ClosedList):
    """Which draft the fair-competition review has seen."""

    EXAMINED = "examined", "现在的稿子"
    NEW = "new", "重新起草以前的稿子"


class CompetitionConclusion(ClosedList):
    """With what a fair-competition review lets a document pass."""

    NOT_APPLICABLE = "not_applicable", "不涉及经营者经济活动，不适用", "《公平竞争审查条例》第二条"
    COMPLIANT = "compliant", "符合公平竞争审查标准", "《公平竞争审查条例》第十八条"
    EXCEPTION = "exception", "适用例外规定", "《公平竞争审查条例》第十二条"


class FilingRule(ClosedList):
    """Whose period counts for filing with the government above."""

    REFERENCE = "reference", "参照国务院备案审查制度的期限", "《法规规章备案审查条例》第二十五条"
    LUZHOU = "luzhou", "泸州市的备案期限", "《泸州市规范性文件备案实施办法》第四条"


class ValidityUnit(ClosedList):
    """In what the validity of a document is counted."""

    YEAR = Unit.YEAR.value, "年"
    MONTH = Unit.MONTH.value, "个月"
    DAY = Unit.DAY.value, "日"


class EffectProposal(ClosedList):
    """What an evaluation in force suggests."""

    KEEP = "keep", "继续有效"
    MODIFY = "modify", "修改"
    REPEAL = "repeal", "废止"


VALIDITY_HINT = "按本地规定；从施行日期的次日数起；文件写明截止日期的，按日填写"


class MakingFacts(approval.ApprovalFacts):
    """From the plan to the end of validity."""

    subject: Annotated[Text, Fact("文件名称", PUBLIC, indexed=True)]
    issued_by: Annotated[IssuedBy, Fact("制发名义", PUBLIC, indexed=True)]
    plan_number: Annotated[Text, Fact("所属计划的案号", PARTIES)]
    plan_reason: Annotated[Text, Fact("计划外制定的理由", PARTIES, long=True)]
    market_related: Annotated[bool, Fact("与经营主体生产经营活动密切相关", PARTIES, indexed=True)]
    end_reason: Annotated[Text, Fact("终止制定的理由", PARTIES, long=True)]
    # comments
    comment_text: Annotated[Text, Fact("征求意见稿", PUBLIC, long=True)]
    comment_days: Annotated[Count, Fact("征求意见期限（日）", PUBLIC, hint="按本地规定填写")]
    comment_basis: Annotated[Text, Fact("征求意见期限的依据", PARTIES, hint="本地规定的名称和条款")]
    comment_count: Annotated[Count, Fact("收到意见条数", PUBLIC, indexed=True)]
    comment_handling: Annotated[Text, Fact("意见采纳情况", PUBLIC, long=True)]
    shortened_days: Annotated[Count, Fact("缩短后的征求意见期限（日）", PUBLIC, hint="从公布征求意见稿的次日数起")]
    shorten_reason: Annotated[Text, Fact("缩短征求意见期限的理由", PARTIES, long=True)]
    secret_reason: Annotated[Text, Fact("依法需要保密的理由", long=True)]
    # evaluation
    evaluation: Annotated[Text, Fact("评估论证情况", PARTIES, long=True)]
    expert_opinion: Annotated[Text, Fact("专家意见", PARTIES, long=True)]
    # fair competition
    first_opinion: Annotated[Text, Fact("公平竞争初审意见", PARTIES, long=True)]
    interested_heard: Annotated[Text, Fact("听取利害关系人意见情况", PARTIES, long=True)]
    competition_conclusion: Annotated[CompetitionConclusion, Fact("公平竞争审查结论", PARTIES, indexed=True)]
    exception_explained: Annotated[
        Text,
        Fact("例外规定的说明", PARTIES, long=True, hint="依据哪一种情形、有无影响更小的替代方案、实施期限或者终止条件"),
    ]
    violation: Annotated[Text, Fact("违反审查标准的内容", PARTIES, long=True)]
    # legality review
    drafting_note: Annotated[Text, Fact("起草说明", PARTIES, long=True)]
    legal_bases: Annotated[Text, Fact("制定依据", PARTIES, long=True)]
    own_opinion: Annotated[Text, Fact("起草单位审核意见", PARTIES, long=True)]
    draft_files: Annotated[Files, Fact("送审材料", PARTIES)]
    missing_files: Annotated[Text, Fact("需要补充的材料", PARTIES, long=True)]
    review_conclusion: Annotated[ReviewConclusion, Fact("合法性审核结论", PARTIES, indexed=True)]
    review_findings: Annotated[Text, Fact("审核发现的问题和修改意见", PARTIES, long=True)]
    revision: Annotated[Text, Fact("按审核意见修改的情况", PARTIES, long=True)]
    departure_reason: Annotated[Text, Fact("不采纳审核意见的理由和依据", PARTIES, long=True)]
    opinion_answered: Annotated[OpinionAnswered, Fact("审核意见的处理", PARTIES)]
    competition_draft: Annotated[CompetitionDraft, Fact("公平竞争审查所看的稿子", PARTIES)]
    # collective decision
    meeting: Annotated[Text, Fact("集体讨论的会议")]
    present: Annotated[Text, Fact("出席人员", long=True)]
    recused: Annotated[Text, Fact("回避人员", long=True)]
    meeting_decision: Annotated[Text, Fact("会议决定", long=True)]
    minutes: Annotated[Files, Fact("会议纪要")]
    # issue and publication
    register_entry: Annotated[Text, Fact("统一登记的序号", PARTIES)]
    document_text: Annotated[Text, Fact("正式文本", PUBLIC, long=True)]
    effective_on: Annotated[date, Fact("施行日期", PUBLIC, indexed=True)]
    validity_amount: Annotated[Count, Fact("有效期", PUBLIC, hint=VALIDITY_HINT)]
    validity_unit: Annotated[ValidityUnit, Fact("有效期的单位", PUBLIC)]
    validity_basis: Annotated[Text, Fact("有效期的依据", PARTIES, hint="本地规定的名称和条款")]
    filing_rule: Annotated[FilingRule, Fact("报上级政府备案期限的依据", PARTIES, indexed=True)]
