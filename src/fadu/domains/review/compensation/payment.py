"""支付赔偿金: the finance department owes what the organ asked it to pay (国家赔偿法 art. 37), as a case of its own."""

from __future__ import annotations

from fadu.common import obligation
from fadu.rules.indicators import Count, DayOf, Indicator, Missed, Not, Sum
from fadu.rules.procedure import Period, Procedure

LAW = "国家赔偿法"
PIECES = obligation.obligation("《国家赔偿法》第三十七条第三款", Period(LAW, "支付赔偿金·支付"))

TEXT = Procedure(
    system="compensation_payment",
    version="2012",
    label="赔偿金支付",
    statute=LAW,
    facts=obligation.ObligationFacts,
    states=PIECES.states,
    steps=PIECES.steps,
    parties=PIECES.parties,
    clocks=PIECES.clocks,
    items=obligation.PARTS,
    series="赔付",
    title="{obligor}向{obligee}支付赔偿金",
)

PAID = DayOf((PIECES.perform,))
ALL: tuple[Indicator, ...] = (
    Count(
        name="compensation_paid",
        label="付清行政赔偿金件数",
        system=TEXT.system,
        day=PAID,
        definition="本期内付清行政赔偿金的件数，按付清之日计入。",
    ),
    Count(
        name="compensation_paid_in_time",
        label="按期付清行政赔偿金件数",
        system=TEXT.system,
        day=PAID,
        where=(Not(Missed(PIECES.term)), Not(Missed(PIECES.part))),
        definition="本期内付清行政赔偿金且没有超过支付期限的件数，按付清之日计入；分期支付的，各期都没有超过。",
    ),
    Sum(
        name="compensation_paid_amount",
        label="已付清的行政赔偿金",
        system=TEXT.system,
        day=PAID,
        fact="performed_amount",
        definition="本期内付清的案件所支付的行政赔偿金之和，按付清之日计入；还没有付清的案件已经支付的部分不在其内。",
    ),
)
