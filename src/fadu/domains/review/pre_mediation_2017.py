"""案前调解 for applications until 2023: of discretion, damages and compensation only. Law: 实施条例 art. 50.

The same procedure as under the law of 2023; only articles and closed lists differ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fadu.common import approval, standing
from fadu.domains.review import handed_in
from fadu.domains.review import pre_mediation as newer
from fadu.domains.review.reconsideration import lists_2017 as lists
from fadu.domains.review.reconsideration import people
from fadu.domains.review.reconsideration import shared as parties
from fadu.rules.facts import Audience, Fact
from fadu.rules.gates import done, has_party
from fadu.rules.procedure import Done, Extension, InPaper, Lapse, LapseEffect

VOLUNTARY = "《行政复议法实施条例》第五十条第一款"
AGREED = "《行政复议法实施条例》第五十条第二款"
FAILED = "《行政复议法实施条例》第五十条第三款"


class PreMediationFacts2017(newer.MediationFacts):
    """The same with the subjects of the law of 2017."""

    category: Annotated[lists.Category, Fact("案件事项", Audience.PARTIES, indexed=True)]


receive = replace(newer.receive, article=VOLUNTARY)
hold = replace(newer.hold, article=VOLUNTARY, gates=(has_party(parties.RESPONDENT, VOLUNTARY),))
extend = replace(newer.extend, article=VOLUNTARY)
agree = replace(
    newer.agree,
    article=AGREED,
    gates=(done(hold, "还没有进行调解", AGREED, "请先“进行调解”。"), has_party(parties.APPLICANT, AGREED)),
    reserved=people.MEDIATION_2017,
)
withdraw = replace(newer.withdraw, article="《行政复议法》第二十五条", reserved=people.WITHDRAWAL_2017)
fail = replace(newer.fail, article=FAILED)

apply = handed_in.time_to_apply(receive, "《行政复议法》第九条第一款")
term = replace(
    newer.term,
    period=InPaper("mediation_days", VOLUNTARY),
    after=Done((receive,)),
    until=(agree, withdraw, fail),
    extensions=(Extension(by=extend, set_by=InPaper("mediation_extension_days", VOLUNTARY)),),
    lapse=Lapse(
        effect=LapseEffect.BREACHES, sentence="约定的调解期限届满未达成协议，应当及时转入行政复议", article=FAILED
    ),
)

STEPS = (receive, hold, extend, agree, withdraw, fail, newer.archive)

TEXT_2017 = replace(
    newer.TEXT_2023,
    version="2017",
    facts=PreMediationFacts2017,
    steps=(*STEPS, *approval.STEPS, *standing.AGENTS, *standing.STEPS),
    clocks=(apply, term),
    items=handed_in.requests(lists.Outcome),
    representation=people.REPRESENTATION_2017,
)
