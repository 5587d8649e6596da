"""After the judgment: appeal, effect, retrial, performance, analysis of a loss, archive."""

from __future__ import annotations

from fadu.domains.review.litigation import gates
from fadu.domains.review.litigation import shared as s
from fadu.rules.facts import Audience
from fadu.rules.gates import done, in_time
from fadu.rules.procedure import ARCHIVIST, BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, Opens, PartyRole, Step

APPEAL = "《行政诉讼法》第八十五条"
ABOUT = ("category", "act_name", "after_reconsideration", "compensation_claimed")
LITIGANTS = {role.name: role.name for role in s.LITIGANTS}

sign_appeal = Step(
    name="sign_appeal",
    label="决定上诉",
    by=(ORGAN_HEAD,),
    at=(s.CONCLUDED, s.APPEALED),
    takes=("appeal_reasons",),
    gates=(
        in_time("defendant_appeal", "上诉期限已经届满", APPEAL),
        in_time("defendant_ruling_appeal", "对裁定上诉的期限已经届满", APPEAL),
    ),
    issues=(s.appeal_brief,),
    agreed=True,
    reason="appeal_reasons",
    article=APPEAL,
)
submit_appeal = Step(
    name="submit_appeal",
    label="递交上诉状",
    by=(CASE_OFFICER,),
    at=(s.CONCLUDED, s.APPEALED),
    may_take=("appeal_posted_on",),
    gates=(done(sign_appeal, "上诉状还没有签发", APPEAL, "请先“决定上诉”。"),),
    article=APPEAL,
)


def _appealed(name: str, label: str, role: PartyRole) -> Step:
    """Somebody else appeals, on the day on which he did; we learn of it from the copy or the court's notice."""
    return Step(
        name=name,
        label=label,
        by=(role,),
        at=(s.CONCLUDED, s.APPEALED),
        takes=("court_paper",),
        may_take=("appeal_copy_on",),
        told_by="court_paper",
        article=APPEAL,
    )


plaintiff_appeals = _appealed("be_appealed_by_plaintiff", "原告提起上诉", s.PLAINTIFF)
co_defendant_appeals = _appealed("be_appealed_by_co_defendant", "共同被告提起上诉", s.CO_DEFENDANT)
third_appeals = _appealed("be_appealed_by_third", "第三人提起上诉", s.THIRD)
go_to_second = Step(
    name="go_to_second",
    label="进入二审",
    by=(CASE_OFFICER,),
    at=(s.CONCLUDED,),
    to=s.APPEALED,
    gates=(gates.somebody_appealed(APPEAL),),
    opens=Opens(
        system="litigation",
        step="enter_second",
        hands={name: name for name in (*ABOUT, "appeal_copy_on")} | {"earlier_number": "court_number"},
        parties=LITIGANTS,
    ),
    article=APPEAL,
)
become_final = Step(
    name="become_final",
    label="裁判发生法律效力",
    by=(CASE_OFFICER,),
    at=(s.CONCLUDED,),
    to=s.FINAL,
    may_take=("court_paper",),
    told_by="court_paper",
    gates=(gates.nobody_appealed(APPEAL), gates.appeals_over(APPEAL)),
    article=APPEAL,
)
go_to_retrial = Step(
    name="go_to_retrial",
    label="进入再审",
    by=(CASE_OFFICER,),
    at=(s.FINAL,),
    takes=("retrial_by",),
    opens=Opens(
        system="litigation",
        step="enter_retrial",
        hands={name: name for name in (*ABOUT, "retrial_by")} | {"earlier_number": "court_number"},
        parties=LITIGANTS,
    ),
    article="《行政诉讼法》第九十条",
)

# ---------------------------------------------------------------- performance, loss, archive

owe_performance = Step(
    name="owe_performance",
    label="登记应当履行的义务",
    by=(CASE_OFFICER,),
    at=(s.FINAL,),
    takes=("performance_content", "performance_from", "performance_days", "compensation_ordered"),
    may_take=("performance_amount", "enterprise"),
    opens=Opens(
        system="judgment_performance",
        step="owe_duty",
        hands={
            "duty": "performance_content",
            "amount": "performance_amount",
            "due_from": "performance_from",
            "term_days": "performance_days",
        }
        | {name: name for name in ("court_number", "compensation_ordered", "enterprise")},
        parties={"obligor": "defendant", "obligee": "plaintiff"},
    ),
    article="《行政诉讼法》第九十四条",
)
analyse_loss = Step(
    name="analyse_loss",
    label="败诉分析",
    by=(BODY_HEAD,),
    at=(s.CONCLUDED, s.APPEALED, s.FINAL),
    takes=("loss_cause", "loss_summary", "rectification"),
    gates=(gates.lost("《行政诉讼法》第七十条"),),
    issues=(s.loss_report,),
    reason="loss_summary",
    article="《行政诉讼法》第七十条",
    audience=Audience.INTERNAL,
)
archive = Step(
    name="archive",
    label="归档",
    by=(ARCHIVIST,),
    at=(s.APPEALED, s.FINAL),
    to=s.ARCHIVED,
    gates=(
        gates.analysed_if_lost("《行政诉讼法》第七十条"),
        gates.reconsideration_reached("《行政诉讼法解释》第一百三十六条第一款"),
    ),
    audience=Audience.INTERNAL,
)

STEPS = (
    *(
        sign_appeal,
        submit_appeal,
        plaintiff_appeals,
        co_defendant_appeals,
        third_appeals,
        go_to_second,
        become_final,
        go_to_retrial,
    ),
    *(owe_performance, analyse_loss, archive),
)
