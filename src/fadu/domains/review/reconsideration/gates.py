"""Gates of reconsideration that both texts ask, each with the article of its text."""

from __future__ import annotations

from fadu.domains.review.reconsideration import shared as s
from fadu.rules.procedure import Gate
from fadu.rules.view import View

NOT_SUPPORTED = ("uphold", "dismiss", "change")
"""Outcomes that say the act holds, or holds otherwise; impossible where it is deemed to have no evidence."""


def applied_in_time(article: str) -> Gate:
    return Gate(
        name="applied_in_time",
        sentence="申请超过了法定申请期限",
        article=article,
        todo="因不可抗力或者其他正当理由耽误的，先作出认定，被耽误的时间不计算；否则决定不予受理。",
        reads=("clock:apply",),
        holds=lambda view: view.kept("apply"),
    )


def told_at_once(article: str) -> Gate:
    return Gate(
        name="told_at_once",
        sentence="需要补正的事项应当一次性告知，本案已经通知过补正",
        article=article,
        todo="请根据已有材料决定是否受理。",
        reads=("step:ask_correction",),
        holds=lambda view: not view.did("ask_correction"),
    )


def competent_organ_told(article: str) -> Gate:
    return Gate(
        name="competent_organ_told",
        sentence="不属于本机关管辖的，应当告知有管辖权的行政复议机关",
        article=article,
        todo="请填写“有管辖权的复议机关”。",
        reads=("fact:refusal_ground", "fact:competent_organ"),
        holds=lambda view: view.fact("refusal_ground") != "not_competent" or bool(view.fact("competent_organ")),
    )


def answered(article: str) -> Gate:
    return Gate(
        name="answered",
        sentence="被申请人还没有答复举证，也没有认定其逾期未答复",
        article=article,
        todo="请登记被申请人的答复；期满仍未答复的，作出逾期认定。",
        reads=("step:answer", "step:no_evidence"),
        holds=lambda view: view.did("answer") or view.did("no_evidence"),
    )


def not_upheld_without_evidence(article: str, *, third_party_excuses: bool) -> Gate:
    """An act deemed to have no evidence cannot be upheld; a third party's evidence may save it."""
    reads = ("step:no_evidence", "items", *(("fact:third_evidence",) if third_party_excuses else ()))
    return Gate(
        name="not_upheld_without_evidence",
        sentence="被申请人逾期未答复举证，视为行政行为没有证据、依据，不能决定维持、变更或者驳回请求",
        article=article,
        todo="请按照没有证据、依据的情形选择决定结果。",
        reads=reads,
        holds=lambda view: (
            not view.did("no_evidence")
            or (third_party_excuses and bool(view.fact("third_evidence")))
            or all(item["outcome"] not in NOT_SUPPORTED for item in view.items())
        ),
    )


def hearing_on_its_day(article: str) -> Gate:
    return Gate(
        name="hearing_on_its_day",
        sentence="今天不是所通知的听证日期",
        article=article,
        todo="另定日期的，请重新通知听证。",
        reads=("fact:hearing_day",),
        holds=lambda view: view.is_day("hearing_day"),
    )


def withdrawal_made(article: str) -> Gate:
    return Gate(
        name="withdrawal_made",
        sentence="申请人没有撤回申请",
        article=article,
        todo="请先登记“申请人撤回申请”。",
        reads=("fact:termination_ground", "track:withdrawal"),
        holds=lambda view: (
            view.fact("termination_ground") != "withdrawn" or view.track("withdrawal") == s.ASKED_TO_WITHDRAW.name
        ),
    )


def suspended_long_enough(article: str) -> Gate:
    """Only suspensions for the applicant's death, incapacity or dissolution turn into termination (Z1, Z2, Z4)."""
    return Gate(
        name="suspended_long_enough",
        sentence="因申请人死亡、丧失行为能力或者终止而中止的期限尚未届满，不能据此终止",
        article=article,
        reads=("fact:termination_ground", "fact:suspension_ground", "clock:long_suspension"),
        holds=lambda view: (
            view.fact("termination_ground") != "long_suspension"
            or (view.fact("suspension_ground") in ("death", "incapacity", "dissolved") and view.over("long_suspension"))
        ),
    )


def opinions_heard(article: str) -> Gate:
    """The simple procedure may do without (art. 54)."""
    return Gate(
        name="opinions_heard",
        sentence="还没有听取当事人的意见",
        article=article,
        todo="请听取意见并记录；因当事人原因不能听取的，先决定书面审理。",
        reads=("step:hear_opinions", "step:write_only", "track:hearing", "track:route"),
        holds=lambda view: (
            view.track("route") == s.SIMPLE.name
            or view.did("hear_opinions")
            or view.did("write_only")
            or view.track("hearing") == s.HELD.name
        ),
    )


def not_simple(article: str) -> Gate:
    return Gate(
        name="not_simple",
        sentence="本案适用简易程序",
        article=article,
        todo="不宜适用简易程序的，先转为普通程序。",
        reads=("track:route",),
        holds=lambda view: view.track("route") != s.SIMPLE.name,
    )


def classified(article: str) -> Gate:
    return Gate(
        name="classified",
        sentence="还没有确定审理方式",
        article=article,
        todo="请先“确定审理方式”，或者“适用简易程序”。",
        reads=("step:classify", "track:route"),
        holds=lambda view: view.did("classify") or view.track("route") == s.SIMPLE.name,
    )


def hearing_held_if_major(article: str) -> Gate:
    return Gate(
        name="hearing_held_if_major",
        sentence="重大、疑难、复杂的案件，应当组织听证",
        article=article,
        todo="请先通知并举行听证。",
        reads=("fact:major", "track:hearing"),
        holds=lambda view: not view.fact("major") or view.track("hearing") == s.HELD.name,
    )


def _committee_asked(view: View) -> bool:
    own = view.fact("respondent_kind") == "own_government"
    return bool(view.fact("major") or view.fact("technical") or own or view.did("refer_to_committee"))


def committee_consulted(article: str) -> Gate:
    return Gate(
        name="committee_consulted",
        sentence="重大、疑难、复杂，专业性、技术性较强，或者省级人民政府为被申请人的案件，应当提请行政复议委员会提出咨询意见；已经提请的，应当有意见",
        article=article,
        todo="请先记录行政复议委员会的咨询意见。",
        reads=("fact:major", "fact:technical", "fact:respondent_kind", "step:consult", "step:refer_to_committee"),
        holds=lambda view: view.did("consult") or not _committee_asked(view),
    )


def disposition_told(article: str) -> Gate:
    """A decision that changes an act, or revokes a part of it, says what becomes of it."""
    return Gate(
        name="disposition_told",
        sentence="变更或者部分撤销的，应当写明变更为什么、撤销哪一部分",
        article=article,
        todo="请填写“决定的具体内容”。",
        reads=("items", "fact:disposition"),
        holds=lambda view: (
            bool(view.fact("disposition"))
            or not any(item["outcome"] in ("change", "revoke_part") for item in view.items())
        ),
    )
