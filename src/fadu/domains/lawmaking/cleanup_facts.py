"""What a round of 清理 holds, what each document in it holds, and the closed lists."""

from __future__ import annotations

from typing import Annotated

from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Files, Text

PUBLIC = Audience.PUBLIC


class CleanupKind(ClosedList):
    """Over all documents, or over those of a topic."""

    FULL = "full", "全面清理"
    SPECIAL = "special", "专项清理"


class Topic(ClosedList):
    """What a special cleanup is about."""

    ALL = "all", "不分专题"
    REFORM = "reform", "机构改革"
    STREAMLINING = "streamlining", "放管服改革"
    BUSINESS = "business", "营商环境"
    COMPETITION = "competition", "公平竞争"
    ECOLOGY = "ecology", "生态环境保护"
    SAFETY = "safety", "安全生产"
    WILDLIFE = "wildlife", "野生动物保护"
    OTHER = "other", "其他专题"


class CleanupOutcome(ClosedList):
    """What becomes of a document."""

    KEEP = "keep", "继续有效"
    MODIFY = "modify", "修改"
    REPEAL = "repeal", "废止"
    EXPIRE = "expire", "失效"


class ListedDocument(Facts):
    """One document that is put to the cleanup."""

    document_number: Annotated[Text, Fact("文号", PUBLIC)]
    document_name: Annotated[Text, Fact("文件名称", PUBLIC)]
    drafter: Annotated[Text, Fact("起草单位", PUBLIC)]


class CleanupFacts(Facts):
    """What the round is about, what was suggested and decided, and how many of each."""

    subject: Annotated[Text, Fact("清理工作名称", PUBLIC, indexed=True)]
    cleanup_kind: Annotated[CleanupKind, Fact("清理种类", PUBLIC, indexed=True)]
    topic: Annotated[Topic, Fact("清理专题", PUBLIC, indexed=True)]
    term_days: Annotated[Count, Fact("清理期限（日）", hint="按清理通知填写")]
    proposals: Annotated[Text, Fact("起草单位的清理建议", long=True)]
    proposal_files: Annotated[Files, Fact("清理建议材料")]
    legality_findings: Annotated[Text, Fact("对清理建议的合法性审核意见", long=True)]
    meeting: Annotated[Text, Fact("集体讨论的会议")]
    present: Annotated[Text, Fact("出席人员", long=True)]
    meeting_decision: Annotated[Text, Fact("会议决定", long=True)]
    none_reason: Annotated[Text, Fact("没有需要清理的文件的理由", long=True)]
    listed: Annotated[Count, Fact("纳入清理件数", PUBLIC, indexed=True)]
    kept: Annotated[Count, Fact("继续有效件数", PUBLIC, indexed=True)]
    modified: Annotated[Count, Fact("修改件数", PUBLIC, indexed=True)]
    repealed: Annotated[Count, Fact("废止件数", PUBLIC, indexed=True)]
    expired: Annotated[Count, Fact("失效件数", PUBLIC, indexed=True)]
