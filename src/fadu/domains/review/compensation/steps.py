"""行政赔偿: application, correction, hearing of the claimant, decision; what is to be paid is a case of its own."""

from __future__ import annotations

from fadu.domains.review.compensation import shared as s
from fadu.rules.gates import all_served, done, in_time
from fadu.rules.procedure import ARCHIVIST, CASE_OFFICER, ORGAN_HEAD, Gate, Online, Opens, Step

DECIDED_ON = "《国家赔偿法》第十三条第一款"
CORRECTION = "《国家赔偿法》第十二条第四款"
PAYMENT = "《国家赔偿法》第三十七条第二款"


def _said(name: str, sentence: str, article: str, granted: bool) -> Gate:
    """A decision grants something, or it is one that refuses everything."""
    return Gate(
        name=name,
        sentence=sentence,
        article=article,
        reads=("items",),
        holds=lambda view: granted == any(item["outcome"] != "refuse" for item in view.items()),
    )


receive = Step(
    name="receive_application",
    label="收到赔偿申请",
    by=(CASE_OFFICER,),
    to=s.RECEIVED,
    takes=("ground", "act_name", "known_on", "reasons"),
    parties=(s.CLAIMANT,),
    items=True,
    issues=(s.receipt_slip,),
    online=Online(party=s.CLAIMANT, label="申请行政赔偿"),
    article="《国家赔偿法》第九条第二款、第十二条第四款",
)
ask_correction = Step(
    name="ask_correction",
    label="告知补正",
    by=(CASE_OFFICER,),
    at=(s.RECEIVED,),
    to=s.CORRECTING,
    takes=("correction_matters",),
    gates=(in_time("ask_correction", "一次性告知补正的期限已经届满", CORRECTION),),
    issues=(s.correction_paper,),
    article=CORRECTION,
)
receive_correction = Step(
    name="receive_correction",
    label="收到补正材料",
    by=(s.CLAIMANT,),
    at=(s.CORRECTING,),
    to=s.RECEIVED,
    takes=("correction_content",),
    online=Online(party=s.CLAIMANT, label="提交补正材料"),
    article=CORRECTION,
)
hear = Step(
    name="hear_opinions",
    label="听取赔偿请求人意见、协商",
    by=(CASE_OFFICER,),
    at=s.OPEN,
    takes=("hear_record",),
    article=DECIDED_ON,
)
heard = done(hear, "还没有听取赔偿请求人的意见", DECIDED_ON, "请先“听取赔偿请求人意见、协商”。")
decide = Step(
    name="decide_compensation",
    label="决定赔偿",
    by=(ORGAN_HEAD,),
    at=s.OPEN,
    to=s.DECIDED,
    takes=("findings", "decision_reasons", "disposition"),
    may_take=("granted_amount",),
    outcomes=True,
    gates=(heard, _said("granted", "没有一项请求得到赔偿", "《国家赔偿法》第十三条第三款", granted=True)),
    issues=(s.decision_paper,),
    agreed=True,
    reason="decision_reasons",
    article="《国家赔偿法》第十三条第二款",
)
refuse = Step(
    name="refuse_compensation",
    label="决定不予赔偿",
    by=(ORGAN_HEAD,),
    at=s.OPEN,
    to=s.DECIDED,
    takes=("findings", "decision_reasons"),
    outcomes=True,
    gates=(heard, _said("refused", "有的请求得到了赔偿", "《国家赔偿法》第十三条第二款", granted=False)),
    issues=(s.refusal_paper,),
    agreed=True,
    reason="decision_reasons",
    article="《国家赔偿法》第十三条第三款",
)
apply_payment = Step(
    name="apply_payment",
    label="申请支付赔偿金",
    by=(s.CLAIMANT,),
    at=(s.DECIDED,),
    gates=(done(decide, "没有赔偿决定", PAYMENT),),
    online=Online(party=s.CLAIMANT),
    article=PAYMENT,
)
request_payment = Step(
    name="request_payment",
    label="向财政部门提出支付申请",
    by=(CASE_OFFICER,),
    at=(s.DECIDED,),
    parties=(s.FINANCE,),
    gates=(done(apply_payment, "赔偿请求人还没有申请支付", PAYMENT),),
    opens=Opens(
        system="compensation_payment",
        step="owe_duty",
        hands={"duty": "disposition", "amount": "granted_amount"},
        parties={"obligor": "finance", "obligee": "claimant"},
    ),
    article="《国家赔偿法》第三十七条第三款",
)
archive = Step(name="archive", label="归档", by=(ARCHIVIST,), at=(s.DECIDED,), to=s.ARCHIVED, gates=(all_served(),))

STEPS = (
    *(receive, ask_correction, receive_correction, hear, decide, refuse),
    *(apply_payment, request_payment, archive),
)
