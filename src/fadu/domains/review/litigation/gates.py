"""Gates of 行政应诉."""

from __future__ import annotations

from fadu.domains.review.litigation import lists
from fadu.rules.procedure import Gate, Lead

SIDES = ("plaintiff", "defendant", "co_defendant", "third")
APPEAL_CLOCKS = tuple(f"{side}{kind}_appeal" for kind in ("", "_ruling") for side in SIDES)
APPEALS = ("submit_appeal", "be_appealed_by_plaintiff", "be_appealed_by_co_defendant", "be_appealed_by_third")


def said(codes: tuple[str, ...], sentence: str, article: str) -> Gate:
    """Every claim got a result that a paper of this kind can give."""
    return Gate(
        name="said",
        sentence=sentence,
        article=article,
        todo="请核对每一项诉讼请求的结果，或者改用与裁判文书相符的步骤。",
        reads=("items",),
        holds=lambda view: all(item["outcome"] in codes for item in view.items()),
    )


def appealable(article: str) -> Gate:
    """A judgment of the second instance is final."""
    return Gate(
        name="appealable",
        sentence="第二审的判决、裁定是终审的，不能上诉",
        article=article,
        todo="请登记为终审判决或者其他裁定。",
        reads=("step:enter_second",),
        holds=lambda view: not view.did("enter_second"),
    )


def not_first_instance(article: str) -> Gate:
    return Gate(
        name="not_first_instance",
        sentence="第一审判决可以上诉，不是终审判决",
        article=article,
        todo="请登记为可以上诉的判决。",
        reads=("step:receive_complaint", "step:receive_remand"),
        holds=lambda view: not (view.did("receive_complaint") or view.did("receive_remand")),
    )


def fits_instance(article: str) -> Gate:
    """The first instance neither sends back nor hears of an appeal or of an application for retrial."""
    return Gate(
        name="fits_instance",
        sentence="第一审案件不会有发回重审、撤回上诉、驳回再审申请的结果",
        article=article,
        reads=("items", "step:receive_complaint", "step:receive_remand"),
        holds=lambda view: (
            not (view.did("receive_complaint") or view.did("receive_remand"))
            or all(item["outcome"] not in lists.LATER_ONLY for item in view.items())
        ),
    )


def evidence_late(article: str) -> Gate:
    return Gate(
        name="evidence_late",
        sentence="举证期限尚未届满，或者已经按期举证",
        article=article,
        reads=("clock:evidence", "clock:late_evidence"),
        holds=lambda view: not (view.kept("evidence") and view.kept("late_evidence")),
    )


def no_third_evidence(article: str) -> Gate:
    """The law's exception: what a third party brings saves the act (第三人提供证据的除外)."""
    return Gate(
        name="no_third_evidence",
        sentence="被诉行政行为涉及第三人合法权益，第三人提供了证据",
        article=article,
        todo="请不要登记为没有相应证据；第三人的证据登记有误的，先撤回。",
        reads=("step:enter_third_evidence",),
        holds=lambda view: not view.did("enter_third_evidence"),
    )


def hearing_on_its_day(article: str) -> Gate:
    return Gate(
        name="hearing_on_its_day",
        sentence="今天不是所通知的开庭日期",
        article=article,
        todo="改期的，请先登记新的开庭通知；事后登记的，请填写开庭当天的日期。",
        reads=("fact:hearing_day",),
        holds=lambda view: view.is_day("hearing_day"),
    )


def before_hearing(article: str) -> Gate:
    return Gate(
        name="before_hearing",
        sentence="已经开庭，不能出庭的说明应当在开庭前提交",
        article=article,
        todo="没有在开庭前说明的，如实登记开庭情况；又通知开庭的，先登记新的开庭传票。",
        reads=("track:court_hearing",),
        holds=lambda view: view.track("court_hearing") != "held",
    )


def identity_accepted(article: str) -> Gate:
    return Gate(
        name="identity_accepted",
        sentence="负责人的身份证明没有得到法院认可，视为负责人未出庭",
        article=article,
        todo="请登记为工作人员出庭或者均未出庭。",
        reads=("fact:identity_accepted",),
        holds=lambda view: bool(view.fact("identity_accepted")),
    )


def notice_late(lead: Lead, article: str) -> Gate:
    """The notice of the court reached the organ later than the law allows."""
    return Gate(
        name="notice_late",
        sentence="法院的通知是按期送达的",
        article=article,
        reads=(f"lead:{lead.name}",),
        holds=lambda view: not view.in_good_time(lead.name),
    )


def appeals_over(article: str) -> Gate:
    """Both sides' periods ran out, of a ruling at least the plaintiff's; and nobody's is known still to run."""
    return Gate(
        name="appeals_over",
        sentence="当事人的上诉期限还没有届满",
        article=article,
        todo="请先登记各方收到裁判文书的日期，等上诉期限届满。",
        reads=tuple(f"clock:{clock}" for clock in APPEAL_CLOCKS),
        holds=lambda view: (
            ((view.over("plaintiff_appeal") and view.over("defendant_appeal")) or view.over("plaintiff_ruling_appeal"))
            and not any(view.runs(clock) for clock in APPEAL_CLOCKS)
        ),
    )


def nobody_appealed(article: str) -> Gate:
    return Gate(
        name="nobody_appealed",
        sentence="已经有当事人上诉，裁判没有发生法律效力",
        article=article,
        todo="请登记“进入二审”。",
        reads=tuple(f"step:{step}" for step in APPEALS),
        holds=lambda view: not any(view.did(step) for step in APPEALS),
    )


def somebody_appealed(article: str) -> Gate:
    return Gate(
        name="somebody_appealed",
        sentence="还没有当事人上诉",
        article=article,
        todo="请先登记递交上诉状或者其他当事人上诉。",
        reads=tuple(f"step:{step}" for step in APPEALS),
        holds=lambda view: any(view.did(step) for step in APPEALS),
    )


def lost(article: str) -> Gate:
    return Gate(
        name="lost",
        sentence="本案没有败诉的结果",
        article=article,
        reads=("items",),
        holds=lambda view: any(item["outcome"] in lists.LOST for item in view.items()),
    )


def analysed_if_lost(article: str) -> Gate:
    return Gate(
        name="analysed_if_lost",
        sentence="败诉案件还没有作败诉分析",
        article=article,
        todo="请先办理“败诉分析”。",
        reads=("items", "step:analyse_loss"),
        holds=lambda view: view.did("analyse_loss") or not any(item["outcome"] in lists.LOST for item in view.items()),
    )


def reconsideration_reached(article: str) -> Gate:
    """What the judgment does to a reconsideration decision of this house is told in the case of that decision."""
    return Gate(
        name="reconsideration_reached",
        sentence="还没有登记生效裁判对所涉复议决定的处理",
        article=article,
        todo="请先“登记生效裁判对复议决定的处理”。",
        reads=("step:name_reconsideration", "step:reach_reconsideration", "step:go_to_second"),
        holds=lambda view: (
            not view.did("name_reconsideration") or view.did("reach_reconsideration") or view.did("go_to_second")
        ),
    )
