"""What is known of a promulgated document and what happened to it; its states and papers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.domains.lawmaking.making.facts import (
    PARTIES,
    PUBLIC,
    VALIDITY_HINT,
    EffectProposal,
    FilingRule,
    IssuedBy,
    ValidityUnit,
)
from fadu.rules.facts import Count, Fact, Facts, Text
from fadu.rules.procedure import Paper, State


class InForceFacts(Facts):
    """What is known of a promulgated document, and what happened to it."""

    subject: Annotated[Text, Fact("文件名称", PUBLIC, indexed=True)]
    issued_by: Annotated[IssuedBy, Fact("制发名义", PUBLIC, indexed=True)]
    document_number: Annotated[Text, Fact("文号", PUBLIC)]
    effective_on: Annotated[date, Fact("施行日期", PUBLIC, indexed=True)]
    validity_amount: Annotated[Count, Fact("有效期", PUBLIC, hint=VALIDITY_HINT)]
    validity_unit: Annotated[ValidityUnit, Fact("有效期的单位", PUBLIC)]
    validity_basis: Annotated[Text, Fact("有效期的依据", PARTIES, hint="本地规定的名称和条款")]
    filing_rule: Annotated[FilingRule, Fact("报上级政府备案期限的依据", PARTIES, indexed=True)]
    interpretation: Annotated[Text, Fact("政策解读", PUBLIC, long=True)]
    filed_with: Annotated[Text, Fact("备案机关", PARTIES)]
    filing_proof: Annotated[Text, Fact("备案回执", PARTIES)]
    congress_from: Annotated[date, Fact("报人大备案期限起算日", PARTIES, hint="公布之日")]
    congress_days: Annotated[Count, Fact("报人大备案期限（日）", PARTIES, hint="按本地规定填写")]
    congress_basis: Annotated[Text, Fact("报人大备案期限的依据", PARTIES, hint="地方性法规的名称和条款")]
    congress_proof: Annotated[Text, Fact("人大备案回执", PARTIES)]
    effect_report: Annotated[Text, Fact("实施后评估报告", PARTIES, long=True)]
    effect_proposal: Annotated[EffectProposal, Fact("评估建议", PARTIES, indexed=True)]
    prolong_amount: Annotated[Count, Fact("延长有效期", PUBLIC)]
    prolong_unit: Annotated[ValidityUnit, Fact("延长有效期的单位", PUBLIC)]
    prolong_basis: Annotated[Text, Fact("延长有效期的依据", PARTIES)]
    modified_by: Annotated[Text, Fact("修改决定的文号", PUBLIC)]
    repeal_reason: Annotated[Text, Fact("废止理由", PUBLIC, long=True)]
    expiry_reason: Annotated[Text, Fact("宣布失效的理由", PUBLIC, long=True)]


IN_FORCE = State("in_force", "现行有效")
REPEALED = State("repealed", "已废止", final=True)
EXPIRED = State("expired", "已失效", final=True)

filing_report = Paper(name="filing_report", label="规范性文件备案报告", series="规备")
repeal_decision = Paper(
    name="repeal_decision", label="规范性文件废止决定", series="规废", audience=PUBLIC, publish=True
)
expiry_notice = Paper(name="expiry_notice", label="规范性文件失效公告", series="规失", audience=PUBLIC, publish=True)
