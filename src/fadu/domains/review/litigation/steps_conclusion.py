"""How an instance ends: the judgment, ruling or mediation of the court, entered on the day we received it."""

from __future__ import annotations

from fadu.domains.review.litigation import gates, lists
from fadu.domains.review.litigation import shared as s
from fadu.rules.procedure import Step

APPEAL = "《行政诉讼法》第八十五条"

receive_judgment = Step(
    name="receive_judgment",
    label="收到可以上诉的判决书",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.CONCLUDED,
    takes=("judged_on", "judgment_content"),
    may_take=("compensation_amount", "review_result"),
    outcomes=True,
    gates=(
        gates.appealable("《行政诉讼法》第八十八条"),
        gates.said(lists.JUDGED, "判决的结果与所选的不符", "《行政诉讼法》第六十九条"),
    ),
    issues=(s.judgment,),
    article="《行政诉讼法》第八十条第二款",
)
receive_final_judgment = Step(
    name="receive_final_judgment",
    label="收到终审判决书",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.FINAL,
    takes=("judged_on", "judgment_content", "review_result", "final_on"),
    may_take=("compensation_amount",),
    outcomes=True,
    gates=(
        gates.not_first_instance(APPEAL),
        gates.said(lists.JUDGED, "判决的结果与所选的不符", "《行政诉讼法》第八十九条第三款"),
    ),
    issues=(s.final_judgment,),
    article="《行政诉讼法》第八十八条",
)
receive_rejection = Step(
    name="receive_rejection",
    label="收到可以上诉的驳回起诉裁定书",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.CONCLUDED,
    takes=("judged_on", "judgment_content"),
    outcomes=True,
    gates=(
        gates.appealable("《行政诉讼法》第八十八条"),
        gates.said(("reject",), "驳回起诉的裁定，各项结果都应当是驳回起诉", "《行政诉讼法解释》第六十九条第一款"),
    ),
    issues=(s.rejection_ruling,),
    article="《行政诉讼法解释》第一百零一条第一款第二项、第二款",
)
receive_ruling = Step(
    name="receive_ruling",
    label="收到不能上诉的裁定书",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.FINAL,
    takes=("judged_on", "judgment_content", "final_on"),
    may_take=("review_result",),
    outcomes=True,
    gates=(
        gates.said(lists.RULED, "裁定的结果与所选的不符", "《行政诉讼法解释》第一百零一条第一款"),
        gates.fits_instance("《行政诉讼法》第八十九条第一款"),
    ),
    issues=(s.ruling,),
    article="《行政诉讼法解释》第一百零一条第一款",
)
receive_mediation = Step(
    name="receive_mediation",
    label="收到行政诉讼调解书",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.FINAL,
    takes=("judged_on", "judgment_content", "final_on"),
    may_take=("compensation_amount",),
    outcomes=True,
    gates=(gates.said(("mediated",), "调解结案的，各项结果都应当是调解", "《行政诉讼法》第六十条第一款"),),
    issues=(s.court_mediation,),
    article="《行政诉讼法》第六十条第一款",
)

STEPS = (receive_judgment, receive_final_judgment, receive_rejection, receive_ruling, receive_mediation)
