"""How an instance ends: the judgment, ruling or mediation of the court, of its own day and known by its paper."""

from __future__ import annotations

from fadu.domains.review.litigation import gates, lists
from fadu.domains.review.litigation import shared as s
from fadu.rules.procedure import Step

COURT_PAPER = "court_paper"
APPEAL = "《行政诉讼法》第八十五条"

receive_judgment = Step(
    name="receive_judgment",
    label="法院作出可以上诉的判决",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.CONCLUDED,
    takes=("court_paper", "judgment_content"),
    may_take=("compensation_amount", "review_result", "court_files"),
    outcomes=True,
    gates=(
        gates.appealable("《行政诉讼法》第八十八条"),
        gates.said(lists.JUDGED, "判决的结果与所选的不符", "《行政诉讼法》第六十九条"),
    ),
    issues=(s.judgment,),
    told_by=COURT_PAPER,
    article="《行政诉讼法》第八十条第二款",
)
receive_final_judgment = Step(
    name="receive_final_judgment",
    label="法院作出终审判决",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.FINAL,
    takes=("court_paper", "judgment_content", "review_result", "final_on"),
    may_take=("compensation_amount", "court_files"),
    outcomes=True,
    gates=(
        gates.not_first_instance(APPEAL),
        gates.said(lists.JUDGED, "判决的结果与所选的不符", "《行政诉讼法》第八十九条第三款"),
    ),
    issues=(s.final_judgment,),
    told_by=COURT_PAPER,
    article="《行政诉讼法》第八十八条",
)
receive_rejection = Step(
    name="receive_rejection",
    label="法院裁定驳回起诉（可以上诉）",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.CONCLUDED,
    takes=("court_paper", "judgment_content"),
    may_take=("court_files",),
    outcomes=True,
    gates=(
        gates.appealable("《行政诉讼法》第八十八条"),
        gates.said(("reject",), "驳回起诉的裁定，各项结果都应当是驳回起诉", "《行政诉讼法解释》第六十九条第一款"),
    ),
    issues=(s.rejection_ruling,),
    told_by=COURT_PAPER,
    article="《行政诉讼法解释》第一百零一条第一款第二项、第二款",
)
receive_ruling = Step(
    name="receive_ruling",
    label="法院作出不能上诉的裁定",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.FINAL,
    takes=("court_paper", "judgment_content", "final_on"),
    may_take=("review_result", "court_files"),
    outcomes=True,
    gates=(
        gates.said(lists.RULED, "裁定的结果与所选的不符", "《行政诉讼法解释》第一百零一条第一款"),
        gates.fits_instance("《行政诉讼法》第八十九条第一款"),
    ),
    issues=(s.ruling,),
    told_by=COURT_PAPER,
    article="《行政诉讼法解释》第一百零一条第一款",
)
receive_mediation = Step(
    name="receive_mediation",
    label="法院出具行政诉讼调解书",
    by=(s.COURT,),
    at=(s.PREPARING,),
    to=s.FINAL,
    takes=("court_paper", "judgment_content", "final_on"),
    may_take=("compensation_amount", "court_files"),
    outcomes=True,
    gates=(gates.said(("mediated",), "调解结案的，各项结果都应当是调解", "《行政诉讼法》第六十条第一款"),),
    issues=(s.court_mediation,),
    told_by=COURT_PAPER,
    article="《行政诉讼法》第六十条第一款",
)

STEPS = (receive_judgment, receive_final_judgment, receive_rejection, receive_ruling, receive_mediation)
