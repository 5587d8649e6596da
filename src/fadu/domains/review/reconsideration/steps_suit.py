"""After a suit: what a judgment that took effect does to the reconsideration decision, and the case done anew."""

from __future__ import annotations

from fadu.domains.review.reconsideration import shared as s
from fadu.rules.procedure import SYSTEM, Does, Effect, Opens, Relation, Step, When

ABOUT = ("category", "act_name", "act_number", "reasons")
ORDERED = "《行政诉讼法解释》第八十九条"

enter_redo = Step(
    name="enter_redo",
    label="责令重作立案",
    by=(SYSTEM,),
    to=s.ACCEPTED,
    may_take=ABOUT,
    parties=s.EVERYBODY,
    items=True,
    article=ORDERED,
)
decision_revoked = Step(
    name="decision_revoked", label="复议决定被生效裁判撤销", by=(SYSTEM,), does=Does.HEARS, article=ORDERED
)
redo_ordered = Step(
    name="redo_ordered",
    label="复议决定被生效裁判撤销并责令重作",
    by=(SYSTEM,),
    does=Does.HEARS,
    opens=Opens(
        system="reconsideration",
        step="enter_redo",
        hands={name: name for name in ABOUT},
        parties={role.name: role.name for role in s.EVERYBODY},
        items=True,
        relation=Relation.REDO,
    ),
    article=ORDERED,
)
decision_unlawful = Step(
    name="decision_unlawful",
    label="复议决定被生效裁判确认违法",
    by=(SYSTEM,),
    does=Does.HEARS,
    article="《行政诉讼法解释》第一百三十六条第五款",
)

STEPS = (enter_redo, decision_revoked, redo_ordered, decision_unlawful)
ON = (
    When(Effect.REVOKED, decision_revoked),
    When(Effect.REDO, redo_ordered),
    When(Effect.UNLAWFUL, decision_unlawful),
)
