"""Who reports on which year, what the report says, whom it goes to, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Files, Text
from fadu.rules.procedure import Paper, PartyRole, State

PARTIES = Audience.PARTIES
LAW = "法治政府建设与责任落实督察工作规定"
ARTICLE = f"《{LAW}》第二十四条"


class Reporter(ClosedList):
    """To whom and by which day depends on it."""

    PROVINCE = "province", "省级政府", ARTICLE
    GOVERNMENT = "government", "市、县级政府", ARTICLE
    DEPARTMENT = "department", "县级以上政府部门", ARTICLE
    TOWNSHIP = "township", "乡镇政府（街道办事处）", ARTICLE


class Secrecy(ClosedList):
    """What the review for secrecy found."""

    NONE = "none", "不涉及党和国家秘密", ARTICLE
    PART = "part", "部分内容涉及党和国家秘密", ARTICLE
    ALL = "all", "全文涉及党和国家秘密", ARTICLE


class Vote(ClosedList):
    """Whether the standing committee voted on the report, and how."""

    APPROVED = "approved", "表决通过", ARTICLE
    REFUSED = "refused", "表决未通过", ARTICLE
    NONE = "none", "只审议，不表决", ARTICLE


class Language(ClosedList):
    """In which language the report can be read."""

    CHINESE = "chinese", "中文", ARTICLE
    MINORITY = "minority", "少数民族文字", ARTICLE
    ENGLISH = "english", "英文", ARTICLE
    OTHER = "other", "其他外文", ARTICLE


class ReportFacts(approval.ApprovalFacts):
    """One report on one year; the five contents are those the law names."""

    reporter: Annotated[Reporter, Fact("报告主体", Audience.PUBLIC, indexed=True)]
    year: Annotated[Text, Fact("报告年度", Audience.PUBLIC, indexed=True, hint="例：2024年度")]
    year_end: Annotated[date, Fact("报告年度终了之日", Audience.PUBLIC, indexed=True, hint="例：2024-12-31")]
    progress_organisation: Annotated[Text, Fact("举措和成效：组织领导", PARTIES, long=True)]
    progress_powers: Annotated[Text, Fact("举措和成效：职能体系", PARTIES, long=True)]
    progress_lawmaking: Annotated[Text, Fact("举措和成效：制度建设", PARTIES, long=True)]
    progress_review: Annotated[Text, Fact("举措和成效：复议应诉", PARTIES, long=True)]
    progress_report: Annotated[Text, Fact("举措和成效：报告制度", PARTIES, long=True)]
    progress: Annotated[Text, Fact("上一年度的主要举措和成效", PARTIES, long=True)]
    shortfall: Annotated[Text, Fact("存在的不足和原因", PARTIES, long=True)]
    first_duty: Annotated[Text, Fact("党政主要负责人履行第一责任人职责的情况", PARTIES, long=True)]
    plan: Annotated[Text, Fact("下一年度的主要安排", PARTIES, long=True)]
    compiled_text: Annotated[
        Text,
        Fact(
            "汇编的文字",
            long=True,
            hint="从年度报告页面整段复制，正文与它逐句比对数字；不用本系统汇编的，写明没有汇编",
        ),
    ]
    difference_reason: Annotated[Text, Fact("与汇编不同的理由", long=True, hint="正文的数字与汇编相同的不填")]
    other_matters: Annotated[Text, Fact("其他需要报告的情况", PARTIES, long=True)]
    data_summary: Annotated[Text, Fact("收集情况", long=True, hint="哪些单位提供了材料、数据，还缺哪些")]
    data_files: Annotated[Files, Fact("数据附表", PARTIES)]
    kept_report: Annotated[Text, Fact("留存快照编号", PARTIES, hint="例：20250120-093000-1a2b3c4d")]
    kept_digest: Annotated[Text, Fact("留存快照摘要", PARTIES, hint="出处（.json）中快照的SM3摘要，64位")]
    check_opinion: Annotated[Text, Fact("核对意见", long=True)]
    justice_opinion: Annotated[Text, Fact("司法行政部门审核意见", long=True)]
    secrecy: Annotated[Secrecy, Fact("保密审查结论", indexed=True)]
    superior_opinion: Annotated[Text, Fact("上一级的退回意见", PARTIES, long=True)]
    local_opinion: Annotated[Text, Fact("本级的退回意见", PARTIES, long=True)]
    superior_term: Annotated[Count, Fact("上一级要求重新报送的期限（日）", PARTIES)]
    local_term: Annotated[Count, Fact("本级要求重新报送的期限（日）", PARTIES)]
    congress_opinion: Annotated[Text, Fact("人大常委会的审议意见", PARTIES, long=True)]
    congress_term: Annotated[Count, Fact("审议意见研究处理期限（日）", PARTIES, hint="审议意见书写明的期限")]
    congress_session: Annotated[Text, Fact("人大常委会会议", PARTIES, hint="例：区第十八届人大常委会第十五次会议")]
    congress_day: Annotated[date, Fact("会议日期", PARTIES)]
    congress_agenda: Annotated[Text, Fact("会议议程", PARTIES, long=True)]
    congress_vote: Annotated[Vote, Fact("表决结果", PARTIES, indexed=True)]
    votes_for: Annotated[Count, Fact("赞成票数", PARTIES)]
    votes_against: Annotated[Count, Fact("反对票数", PARTIES)]
    votes_withheld: Annotated[Count, Fact("弃权票数", PARTIES)]
    congress_answer: Annotated[Text, Fact("审议意见研究处理情况", PARTIES, long=True)]
    conference_opinion: Annotated[Text, Fact("向政协通报的情况和收到的意见", PARTIES, long=True)]
    public_content: Annotated[Text, Fact("公开的内容", Audience.PUBLIC, long=True)]
    website_column: Annotated[Text, Fact("公开的网站栏目", Audience.PUBLIC, hint="例：法治政府建设年度报告")]
    website_address: Annotated[
        Text, Fact("公开的网址", Audience.PUBLIC, hint="能够打开、下载报告的页面，以 https:// 开头")
    ]
    languages: Annotated[list[Language], Fact("语种", Audience.PUBLIC)]
    private_reason: Annotated[Text, Fact("不公开的理由", long=True)]
    cancel_reason: Annotated[Text, Fact("取消理由", long=True)]


SUPERIOR = PartyRole("superior", "上一级报送对象", many=True, by_office=True)
LOCAL = PartyRole("local", "本级报送对象", many=True, by_office=True)
INFORMED = PartyRole("informed", "抄送对象", many=True, by_office=True)

COMPILING = State("compiling", "编制中")
COMPILED = State("compiled", "待核对")
CHECKED = State("checked", "待司法行政部门审核")
REVIEWED = State("reviewed", "待主要负责人签发")
SIGNED = State("signed", "待报送")
SUBMITTED = State("submitted", "已报送")
ARCHIVED = State("archived", "已归档", final=True)
CANCELLED = State("cancelled", "已取消", final=True)
STATES = (COMPILING, COMPILED, CHECKED, REVIEWED, SIGNED, SUBMITTED, ARCHIVED, CANCELLED)

review_letter = Paper(name="review_letter", label="年度报告审核意见", series="法审", audience=Audience.INTERNAL)
report = Paper(name="yearly_report", label="法治政府建设年度报告", series="法治报", publish=True)
congress_answer = Paper(name="congress_answer", label="审议意见研究处理情况报告", to=(LOCAL,), series="法治函")
letter = Paper(name="submit_letter", label="年度报告报送函", to=(SUPERIOR, LOCAL, INFORMED), series="法治函")
