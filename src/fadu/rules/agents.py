"""Who acts for the parties of a case: agents 代理人 with their powers, representatives 代表人; what is theirs alone.

Words of a procedure (Representation, Reserved), the forms by which somebody is named and relieved, and what is wrong
with an entry or with an act done through somebody. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fadu.rules.errors import Unmet
from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Files, Text
from fadu.rules.parties import CONFIRMED

if TYPE_CHECKING:
    from fadu.rules.procedure import PartyRole

Row = Mapping[str, Any]
PARTIES = Audience.PARTIES


class AgentKind(ClosedList):
    """In what capacity somebody acts for a party."""

    LAWYER = "lawyer", "律师"
    LEGAL_WORKER = "legal_worker", "基层法律服务工作者"
    RELATIVE = "relative", "近亲属"
    STAFF = "staff", "工作人员"
    RECOMMENDED = "recommended", "社区、单位或者社会团体推荐的公民"
    OTHER = "other", "其他代理人"
    STATUTORY = "statutory", "法定代理人"
    HEAD = "head", "法定代表人、主要负责人"
    REPRESENTATIVE = "representative", "代表人"

    @property
    def on_paper(self) -> str:
        """委托代理人, 法定代理人, 代表人."""
        return "委托代理人" if self in ENTRUSTED else self.label

    @classmethod
    def of(cls, row: Row) -> AgentKind:
        return next(kind for kind in cls if kind == row["kind"])


ENTRUSTED = (
    *(AgentKind.LAWYER, AgentKind.LEGAL_WORKER, AgentKind.RELATIVE, AgentKind.STAFF),
    *(AgentKind.RECOMMENDED, AgentKind.OTHER),
)
"""Agents by a power of attorney: the law limits their number, and their power."""


class Mandate(ClosedList):
    GENERAL = "general", "一般授权"
    SPECIAL = "special", "特别授权"


class ReservedAct(ClosedList):
    """What an agent may do only where the power of attorney names it."""

    WITHDRAW = "withdraw", "撤回申请（撤诉）"
    CHANGE = "change", "变更请求"
    WAIVE = "waive", "放弃请求"
    ADMIT = "admit", "承认对方或者第三人的请求"
    SETTLE = "settle", "和解"
    MEDIATE = "mediate", "调解"
    APPEAL = "appeal", "提起上诉"


@dataclass(frozen=True, slots=True)
class Reserved:
    """A step disposes of a right of the party itself.

    An agent needs a special power that names the act (agent: its article); a representative needs the consent of those
    represented (representative: its article, None where the text asks for none).
    """

    act: ReservedAct
    agent: str
    representative: str | None = None


@dataclass(frozen=True, slots=True)
class NumberOfPersons:
    """Address of a number in the law library."""

    statute: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """Who may act for the parties under this text.

    agents_of: who may have agents, of these kinds, so many each; article: what a power of attorney must say;
    represented: who may choose representatives, when they are numerous, so many.
    """

    agents_of: tuple[PartyRole, ...]
    kinds: tuple[AgentKind, ...]
    agents: NumberOfPersons
    article: str
    represented: tuple[PartyRole, ...]
    numerous: NumberOfPersons
    representatives: NumberOfPersons


class AgentForm(Facts):
    """Somebody who acts for parties, with the paper that proves it."""

    kind: Annotated[AgentKind, Fact("类别", PARTIES)]
    parties: Annotated[list[str], Fact("当事人", PARTIES, hint="被代理、被代表的当事人，可以是几名")]
    person: Annotated[str, Fact("担任代表人的当事人", PARTIES, hint="代表人从当事人中推选；代理人不选")] = ""
    name: Annotated[str, Fact("姓名", PARTIES, personal=True, hint="代表人不填")] = ""
    id_number: Annotated[str, Fact("证件号码", Audience.INTERNAL, personal=True, hint="身份证、执业证")] = ""
    address: Annotated[str, Fact("送达地址", PARTIES, personal=True)] = ""
    phone: Annotated[str, Fact("联系电话", Audience.INTERNAL, personal=True)] = ""
    e_service: Annotated[bool, Fact("同意电子送达", PARTIES)] = False
    e_address: Annotated[str, Fact("电子送达地址", PARTIES, personal=True, hint=CONFIRMED)] = ""
    mandate: Annotated[Mandate | None, Fact("授权", PARTIES, hint="受委托的必选")] = None
    acts: Annotated[list[ReservedAct], Fact("特别授权事项", PARTIES, hint="授权委托书逐项写明的才选")] = []
    since: Annotated[date, Fact("开始日期", PARTIES)]
    until: Annotated[date | None, Fact("届满日期", PARTIES, hint="授权委托书没有写明的不填")] = None
    proof: Annotated[Text, Fact("证明", PARTIES, hint="授权委托书、推选书、监护关系证明等")]
    proof_files: Annotated[Files, Fact("证明材料", PARTIES)] = []


class AgentEndForm(Facts):
    """Somebody no longer acts for the parties."""

    agent: Annotated[Text, Fact("代理人、代表人", PARTIES)]
    reason: Annotated[Text, Fact("理由", PARTIES, hint="解除委托、变更权限、更换代表人等；变更权限的，解除后重新登记")]


# ---------------------------------------------------------------- in force


def in_force(row: Row, day: date) -> bool:
    """Whether somebody acts for the parties on a day; until is the last day, before the first day without."""
    at = day.isoformat()
    return not row.get("proposed") and bool(overlapping([row], at, at))


def proposed_rows(rows: Iterable[Row]) -> list[Row]:
    """Those who acted in the case before by a power of attorney, as the next one is told of them: no power, no term.

    They do not act in it until somebody names them with a power for it.
    """
    return [
        {name: row.get(name, "") for name in ("kind", "name", "id_number", "address", "phone", "parties")}
        for row in rows
        if not row["before"] and not is_representative(row)
    ]


def acts_for(row: Row, parties: Mapping[str, Row]) -> list[str]:
    """Keys of the present parties for whom somebody acts; a representative is one of them."""
    keys = dict.fromkeys((*([row["person"]] if row["person"] else []), *row["parties"]))
    return [key for key in keys if key in parties and not parties[key]["before"]]


def is_representative(row: Row) -> bool:
    return bool(row["kind"] == AgentKind.REPRESENTATIVE)


def receiver(row: Row, parties: Mapping[str, Row]) -> Row:
    """Who receives must have consented himself to electronic service: a representative as the party he is."""
    return parties[row["person"]] if is_representative(row) else row


def in_words(row: Row) -> str:
    """律师周某（特别授权：撤回申请（撤诉）、调解）"""
    kind = AgentKind.label_of(row["kind"])
    if not row["mandate"]:
        return f"{kind}{row['name']}"
    acts = "、".join(ReservedAct.label_of(act) for act in row["acts"])
    return f"{kind}{row['name']}（{Mandate.label_of(row['mandate'])}{f'：{acts}' if acts else ''}）"


# ---------------------------------------------------------------- an entry


def entry_faults(form: AgentForm, day: date) -> dict[str, str]:
    """What is wrong with an entry by itself, by field."""
    faults: dict[str, str] = {}
    if not form.parties:
        faults["parties"] = "没有选择被代理、被代表的当事人"
    if form.since > day:
        faults["since"] = "开始日期不能晚于登记的日期"
    if form.until and form.until < form.since:
        faults["until"] = "届满日期不能早于开始日期"
    chosen = form.kind is AgentKind.REPRESENTATIVE
    if chosen is not bool(form.person):
        faults["person"] = "代表人应当从当事人中选择" if chosen else "只有代表人从当事人中选择，代理人填写姓名"
    if not chosen and not form.name.strip():
        faults["name"] = "没有填写姓名"
    if (form.kind in ENTRUSTED) is not bool(form.mandate):
        said = "授权委托书应当载明权限，请选择一般授权或者特别授权"
        faults["mandate"] = said if form.kind in ENTRUSTED else f"{form.kind.label}不是受委托的，不选择授权"
    if (form.mandate is Mandate.SPECIAL) is not bool(form.acts):
        all_in_one = "特别授权应当逐项写明；只写“全权代理”的，按一般授权登记"
        faults["acts"] = "只有特别授权才有特别授权事项" if form.acts else all_in_one
    return faults


def overlapping(rows: Iterable[Row], since: str, until: str | None) -> list[Row]:
    """Those who act at some time of the interval."""
    return [
        row
        for row in rows
        if (not until or row["since"] <= until)
        and (not row["until"] or since <= row["until"])
        and (not row["before"] or since < row["before"])
    ]


# ---------------------------------------------------------------- an act done through somebody


def not_in_force(row: Row, day: date) -> str:
    """The sentence that somebody does not act for the parties on a day, and why."""
    at = day.isoformat()
    if row.get("proposed"):
        return f"{in_words(row)}在原来的案件中代理，本案还没有提交授权委托书"
    if at < row["since"]:
        why = f"，自{row['since']}起才有"
    elif row["until"] and at > row["until"]:
        why = f"，{row['until']}已经届满"
    else:
        why = f"，{row['before']}已经解除"
    return f"{in_words(row)}在{at}没有代理、代表的权限{why}"


def acting_faults(row: Row, reserved: Reserved | None, consent: str, day: date, article: str) -> list[Unmet]:
    """What stands against an act that somebody did for a party on that day. article: of the power's term."""
    who = in_words(row)
    if not in_force(row, day):
        return [Unmet("agent_over", not_in_force(row, day), article, RENEW)]
    if reserved is None:
        return []
    if row["kind"] in ENTRUSTED and reserved.act not in row["acts"]:
        sentence = f"{who}没有“{reserved.act.label}”的特别授权"
        return [Unmet("special_power", sentence, reserved.agent, BY_PARTY)]
    if is_representative(row) and reserved.representative and not consent.strip():
        sentence = f"{who}{reserved.act.label}，应当经被代表的当事人同意"
        return [Unmet("consent", sentence, reserved.representative, "请填写“被代表人同意的凭证”，或者由本人办理。")]
    return []


RENEW = "请核对授权委托书；续期、重新委托的先登记，或者由本人办理。"
BY_PARTY = "请由本人办理，或者提交写明这一事项的授权委托书后重新登记代理人。"
