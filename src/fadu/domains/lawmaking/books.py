"""What else is told of documents and of legislation: lists made public, inspections of filing, work on legislation.

Law: 政府信息公开条例 (`fadu.common.disclosure`); 法规规章备案审查条例 arts 24 and 25; 规章制定程序条例 arts 15, 16.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fadu.common import book, disclosure
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Files, Text
from fadu.rules.gates import listed

PUBLIC = Audience.PUBLIC
MAKING_RULES = "规章制定程序条例"
INSPECTED = "《法规规章备案审查条例》第二十四条、第二十五条"
FROM_OUTSIDE = f"《{MAKING_RULES}》第十五条、第十六条"


class Catalogue(ClosedList):
    """Which catalogue of documents is made public."""

    IN_FORCE = "in_force", "现行有效规范性文件目录", "《优化营商环境条例》第三十八条"
    ENDED = "ended", "废止和失效规范性文件目录", "《优化营商环境条例》第三十八条"
    FILED = "filed", "规范性文件备案目录", "《法规规章备案审查条例》第十条、第二十五条"
    RULES = "rules", "现行有效规章目录", "《优化营商环境条例》第三十八条"


class CatalogueFacts(disclosure.DisclosureFacts):
    """Which of the catalogues."""

    list_kind: Annotated[Catalogue, Fact("目录种类", PUBLIC, indexed=True)]


class InspectionFacts(book.BookFacts):
    """An inspection of how an organ files its documents."""

    subject: Annotated[Text, Fact("检查名称", indexed=True)]
    maker: Annotated[Text, Fact("被检查单位")]
    documents: Annotated[Count, Fact("检查文件件数", indexed=True)]
    faulty: Annotated[Count, Fact("存在问题的文件件数", indexed=True)]
    unfiled: Annotated[Count, Fact("应报未报件数", indexed=True)]
    problems: Annotated[Text, Fact("发现的问题和处理", long=True)]
    files: Annotated[Files, Fact("检查材料")]


class Legislation(ClosedList):
    """What was done for the making of local regulations and rules."""

    SUBMITTED = "submitted", "向人大提交法规草案"
    GROUP = "group", "立法项目工作小组会议"
    CONTACT = "contact", "基层立法联系点调研"
    HEARING = "hearing", "立法听证会、论证会", FROM_OUTSIDE
    OPINION = "opinion", "公众意见收集和反馈", FROM_OUTSIDE


class LegislationFacts(book.BookFacts):
    """One thing done for a project of legislation."""

    work_kind: Annotated[Legislation, Fact("工作种类", PUBLIC, indexed=True)]
    subject: Annotated[Text, Fact("立法项目", PUBLIC, indexed=True)]
    place: Annotated[Text, Fact("联系点或者地点", PUBLIC)]
    attended: Annotated[Text, Fact("参加人员", long=True)]
    opinions: Annotated[Count, Fact("收集意见条数", PUBLIC, indexed=True)]
    followed: Annotated[Count, Fact("采纳意见条数", PUBLIC, indexed=True)]
    content: Annotated[Text, Fact("情况和反馈", PUBLIC, long=True)]
    files: Annotated[Files, Fact("会议纪要、报告等材料")]


class ConsultationFacts(book.BookFacts):
    """One project on which experts of the pool were asked."""

    subject: Annotated[Text, Fact("立法项目", PUBLIC, indexed=True)]
    experts: Annotated[Text, Fact("咨询的专家", PUBLIC, hint="几人的，以顿号分开")]
    question: Annotated[Text, Fact("咨询的问题", long=True)]
    opinion: Annotated[Text, Fact("专家意见", long=True)]
    followed: Annotated[Text, Fact("采纳情况和理由", long=True)]
    files: Annotated[Files, Fact("意见书等材料")]


in_pool = listed(
    "legislation_experts",
    "experts",
    "咨询的不都是行政立法咨询专家库中的专家",
    FROM_OUTSIDE,
    "请核对“咨询的专家”；新聘任的，先登记专家库。",
)
CATALOGUES = disclosure.disclosure("catalogue_publication", "规范性文件目录公布", CatalogueFacts, "目公案")
INSPECTIONS = book.Shelf(statute="法规规章备案审查条例", version="2024").book(
    "filing_inspection",
    "备案工作专项检查台账",
    InspectionFacts,
    book.record(
        "record_inspection",
        "登记备案检查",
        INSPECTED,
        ("subject", "maker", "documents", "faulty", "unfiled", "problems"),
        ("files",),
    ),
    "{maker}：{subject}",
)
LEGISLATION = book.Shelf(statute=MAKING_RULES, version="2017").book(
    "legislation_work",
    "立法工作台账",
    LegislationFacts,
    book.record(
        "record_legislation",
        "登记立法工作",
        FROM_OUTSIDE,
        ("work_kind", "subject", "content"),
        ("place", "attended", "opinions", "followed", "files"),
    ),
    "{work_kind}：{subject}",
)
CONSULTATIONS = book.Shelf(statute=MAKING_RULES, version="2017").book(
    "expert_consultation",
    "立法专家咨询台账",
    ConsultationFacts,
    replace(
        book.record(
            "record_consultation",
            "登记专家咨询",
            FROM_OUTSIDE,
            ("subject", "experts", "question", "opinion", "followed"),
            ("files",),
        ),
        gates=(in_pool,),
    ),
    "{subject}：{experts}",
)
