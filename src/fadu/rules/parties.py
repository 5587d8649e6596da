"""Parties of a case and how papers reach them: the forms, the methods of service 送达, the day each takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Text

SERVICE_LAW = "民事诉讼法"
PUBLIC_NOTICE_PERIOD = "公告送达"
CONFIRMED = "同意电子送达的填写：送达地址确认书所写的、收文书的手机号码或者电子邮箱"


class PartyKind(ClosedList):
    PERSON = "person", "公民"
    COMPANY = "company", "法人"
    OTHER = "other", "其他组织"
    ORGAN = "organ", "行政机关"


class PartyForm(Facts):
    """One party as entered. organ: number of an organ of the house, when the party is one."""

    role: Annotated[Text, Fact("身份", Audience.PUBLIC)]
    name: Annotated[Text, Fact("姓名或者名称", Audience.PARTIES, personal=True, hint="照身份证、营业执照写")]
    kind: Annotated[PartyKind, Fact("类别", Audience.PARTIES, hint="个人选公民，公司选法人")]
    id_number: Annotated[
        str, Fact("证件号码", Audience.INTERNAL, personal=True, hint="身份证号码；单位的统一社会信用代码")
    ] = ""
    address: Annotated[str, Fact("送达地址", Audience.PARTIES, personal=True, hint="文书送到这里，写到门牌号")] = ""
    phone: Annotated[str, Fact("联系电话", Audience.INTERNAL, personal=True, hint="找得到您的手机或者座机")] = ""
    e_service: Annotated[bool, Fact("同意电子送达", Audience.PARTIES)] = False
    e_address: Annotated[str, Fact("电子送达地址", Audience.PARTIES, personal=True, hint=CONFIRMED)] = ""
    organ: Annotated[int | None, Fact("本系统内的机关", Audience.INTERNAL, hint="照文书落款的机关选")] = None


class Method(ClosedList):
    """送达方式, with the article that allows it."""

    DIRECT = "direct", "直接送达", "《民事诉讼法》第八十八条"
    LEFT = "left", "留置送达", "《民事诉讼法》第八十九条"
    ELECTRONIC = "electronic", "电子送达", "《民事诉讼法》第九十条"
    ENTRUSTED = "entrusted", "委托送达", "《民事诉讼法》第九十一条"
    POST = "post", "邮寄送达", "《民事诉讼法》第九十一条"
    NOTICE = "notice", "公告送达", "《民事诉讼法》第九十五条"


class ServiceForm(Facts):
    """One service: paper × party × method. received_on is empty while it is on its way."""

    paper: Annotated[Text, Fact("文书", Audience.PARTIES)]
    party: Annotated[Text, Fact("受送达人", Audience.PARTIES)]
    method: Annotated[Method, Fact("送达方式", Audience.PARTIES)]
    taker: Annotated[str, Fact("代收的代理人、代表人", Audience.PARTIES, hint="本人签收的不选")] = ""
    sent_on: Annotated[date, Fact("送出（公告）日期", Audience.PARTIES)]
    received_on: Annotated[date | None, Fact("签收（送达）日期", Audience.PARTIES, hint="在途的先不填")] = None
    proof: Annotated[str, Fact("送达凭证", Audience.PARTIES, hint="送达回证、见证人或录像、邮单号、系统回执等")] = ""
    reason: Annotated[str, Fact("采用该方式的理由", Audience.INTERNAL, hint="公告、留置送达必须说明")] = ""


class ReceiptForm(Facts):
    """The day on which something on its way arrived."""

    service: Annotated[Text, Fact("在途的送达", Audience.PARTIES)]
    received_on: Annotated[date, Fact("签收（送达）日期", Audience.PARTIES)]
    proof: Annotated[Text, Fact("送达凭证", Audience.PARTIES)]


class ReversalForm(Facts):
    """Which act is taken back, and why."""

    position: Annotated[int, Fact("被撤回的操作序号", Audience.INTERNAL)]
    reason: Annotated[Text, Fact("理由", Audience.INTERNAL, long=True)]
    article: Annotated[Text, Fact("依据", Audience.INTERNAL)]


class AmendmentForm(Facts):
    """What is wrong in a paper that was issued, and how it reads right."""

    paper: Annotated[Text, Fact("更正的文书", Audience.PARTIES)]
    wrong: Annotated[Text, Fact("原文", Audience.PARTIES, long=True, hint="照抄文书中有误的文字")]
    right: Annotated[Text, Fact("更正为", Audience.PARTIES, long=True)]
    reason: Annotated[Text, Fact("更正理由", Audience.PARTIES, long=True)]
    article: Annotated[Text, Fact("依据", Audience.PARTIES)]
    renews: Annotated[
        bool,
        Fact("期限重新计算", Audience.PARTIES, hint="影响权利义务的选“是”：原文书所载期限自更正书送达之日起重新计算"),
    ]


class PartyChange(ClosedList):
    """How the people of a case change (L22)."""

    JOINS = "joins", "追加"
    SUCCEEDS = "succeeds", "权利义务由他人承受"
    LEAVES = "leaves", "退出"
    ALTERS = "alters", "变更地址、电子送达意愿等"


class PartyChangeForm(Facts):
    """Who comes, goes, takes over; of an alteration only what changes is filled in."""

    change: Annotated[PartyChange, Fact("变更方式", Audience.PARTIES)]
    party: Annotated[str, Fact("原当事人", Audience.PARTIES, hint="追加的不选")] = ""
    role: Annotated[str, Fact("身份", Audience.PARTIES, hint="追加的必选")] = ""
    name: Annotated[str, Fact("姓名或者名称", Audience.PARTIES, personal=True, hint="追加、承受的必填")] = ""
    kind: Annotated[PartyKind, Fact("类别", Audience.PARTIES, hint="不填的按公民登记")] = PartyKind.PERSON
    id_number: Annotated[str, Fact("证件号码", Audience.INTERNAL, personal=True)] = ""
    address: Annotated[str, Fact("送达地址", Audience.PARTIES, personal=True)] = ""
    phone: Annotated[str, Fact("联系电话", Audience.INTERNAL, personal=True)] = ""
    e_service: Annotated[bool | None, Fact("同意电子送达", Audience.PARTIES)] = None
    e_address: Annotated[str, Fact("电子送达地址", Audience.PARTIES, personal=True, hint=CONFIRMED)] = ""
    organ: Annotated[int | None, Fact("本系统内的机关", Audience.INTERNAL)] = None
    reason: Annotated[Text, Fact("理由", Audience.INTERNAL, long=True)]
    article: Annotated[Text, Fact("依据", Audience.INTERNAL)]


class AssignmentForm(Facts):
    """Who handles the case from now on, and why another."""

    officer: Annotated[int, Fact("新的承办人", Audience.INTERNAL)]
    reason: Annotated[Text, Fact("改派理由", Audience.INTERNAL, hint="如：工作调整、休假、回避")]


class PublicationForm(Facts):
    """What is made public, and where."""

    paper: Annotated[Text, Fact("公开的文书", Audience.PUBLIC)]
    place: Annotated[Text, Fact("公开渠道", Audience.PUBLIC)]


class RetractionForm(Facts):
    """What is no longer public, and what everybody reads instead."""

    paper: Annotated[Text, Fact("撤回公开的文书", Audience.PUBLIC)]
    reason: Annotated[
        Text,
        Fact(
            "公开说明的理由",
            Audience.PUBLIC,
            long=True,
            hint="写明被何机关以何文书变更、撤销，不写个人信息",
        ),
    ]


def service_faults(form: ServiceForm, day: date, receiver: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with a service, by field: consent, proof, order of days. receiver: the row of who receives it.

    Source: 《民事诉讼法》 arts 88–95, which 《行政复议法》 and others refer to.
    """
    faults: dict[str, str] = {}
    if form.sent_on > day:
        faults["sent_on"] = "送出日期不能晚于今天"
    if form.received_on and form.received_on < form.sent_on:
        faults["received_on"] = "签收日期不能早于送出日期"
    if form.received_on and form.received_on > day:
        faults["received_on"] = "签收日期不能晚于今天"
    if form.method is Method.ELECTRONIC:
        who = "代收人" if form.taker else "受送达人"
        if not receiver["e_service"]:
            faults["method"] = f"{who}没有同意电子送达，不能采用该方式（《民事诉讼法》第九十条）"
        elif not receiver.get("e_address"):
            todo = "请先在变更当事人、登记代理人中填写送达地址确认书上的“电子送达地址”"
            faults["method"] = f"{who}没有确认电子送达地址，不能采用该方式（《民事诉讼法》第九十条）；{todo}"
    if form.method in (Method.NOTICE, Method.LEFT) and not form.reason.strip():
        faults["reason"] = f"{form.method.label}必须说明理由（{form.method.article}）"
    if form.received_on and not form.proof.strip():
        faults["proof"] = "已经送达的，必须填写送达凭证"
    if form.method is Method.NOTICE and form.received_on:
        faults["received_on"] = "公告送达的日期由系统按公告期计算，不用填写"
    return faults
