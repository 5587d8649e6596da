"""规范性文件数据库: the documents in force as of any day. Fed by cases, and by acts of its own."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.domains.lawmaking.making.facts import EffectProposal, IssuedBy
from fadu.domains.lawmaking.making.shared import CHANGE_ARTICLE, LAW, PUBLICATION_ARTICLE
from fadu.rules.facts import Audience, Fact, Facts, Files, Text
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER
from fadu.rules.registers import ChangeKind, Effect, Register


class DocumentEntry(Facts):
    """One normative document in force."""

    number: Annotated[Text, Fact("文号", Audience.PUBLIC)]
    subject: Annotated[Text, Fact("文件名称", Audience.PUBLIC)]
    issued_by: Annotated[IssuedBy, Fact("制发名义", Audience.PUBLIC, indexed=True)]
    effective_on: Annotated[date, Fact("施行日期", Audience.PUBLIC)]
    valid_until: Annotated[date | None, Fact("有效期至", Audience.PUBLIC)] = None
    drafter: Annotated[Text | None, Fact("起草单位", Audience.PUBLIC)] = None
    effect_proposal: Annotated[EffectProposal | None, Fact("实施后评估建议", Audience.PUBLIC, indexed=True)] = None
    modified_by: Annotated[Text | None, Fact("最近一次修改决定", Audience.PUBLIC)] = None
    filing_proof: Annotated[Text | None, Fact("备案回执")] = None
    filing_files: Annotated[Files | None, Fact("备案材料")] = None


class DocumentChange(ChangeKind):
    """What happens to an entry."""

    PROMULGATE = "promulgate", "公布", Effect.ENTERS, PUBLICATION_ARTICLE
    FILE = "file", "补登备案", Effect.CHANGES, "《地方组织法》第七十五条"
    EVALUATE = "evaluate", "登记评估建议", Effect.CHANGES, CHANGE_ARTICLE
    MODIFY = "modify", "修改", Effect.CHANGES, CHANGE_ARTICLE, True
    PROLONG = "prolong", "延长有效期", Effect.CHANGES, CHANGE_ARTICLE, True
    REPEAL = "repeal", "废止", Effect.ENDS, CHANGE_ARTICLE, True
    EXPIRE = "expire", "失效", Effect.ENDS, CHANGE_ARTICLE, True


DOCUMENTS = Register(
    name="documents_in_force",
    label="现行有效规范性文件目录",
    model=DocumentEntry,
    key="number",
    changes=DocumentChange,
    by=(CASE_OFFICER, BODY_HEAD),
    statute=LAW,
    article=PUBLICATION_ARTICLE,
)
