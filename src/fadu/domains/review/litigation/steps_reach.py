"""The reconsideration decision that was sued: which case it is, and what the judgment that took effect does to it."""

from __future__ import annotations

from fadu.domains.review.litigation import shared as s
from fadu.rules.gates import done, fact
from fadu.rules.procedure import CASE_OFFICER, Consequence, Effect, Names, Step

RECONSIDERED = "《行政诉讼法解释》第一百三十六条第一款"

name_reconsideration = Step(
    name="name_reconsideration",
    label="登记所涉复议案件",
    by=(CASE_OFFICER,),
    at=(*s.OPEN, s.CONCLUDED, s.FINAL),
    takes=("reconsideration_number",),
    gates=(fact("after_reconsideration", bool, "登记为没有经过行政复议的案件", "《行政诉讼法》第二十六条第二款"),),
    names=Names(fact="reconsideration_number", system="reconsideration", agents=True),
    article="《行政诉讼法》第二十六条第二款",
)
reach_reconsideration = Step(
    name="reach_reconsideration",
    label="登记生效裁判对复议决定的处理",
    by=(CASE_OFFICER,),
    at=(s.FINAL,),
    takes=("reconsideration_result",),
    gates=(done(name_reconsideration, "还没有登记所涉复议案件", RECONSIDERED, "请先“登记所涉复议案件”。"),),
    consequence=Consequence(
        fact="reconsideration_result",
        effects={"revoked": Effect.REVOKED, "redo": Effect.REDO, "unlawful": Effect.UNLAWFUL, "untouched": None},
    ),
    article=RECONSIDERED,
)

STEPS = (name_reconsideration, reach_reconsideration)
