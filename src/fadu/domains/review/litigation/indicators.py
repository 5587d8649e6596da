"""What is counted about suits beside the figures of each instance: outcomes, duties kept, appearance, losses."""

from __future__ import annotations

from fadu.domains.review.litigation import lists, shared
from fadu.domains.review.litigation import steps_after as after
from fadu.domains.review.litigation import steps_conclusion as end
from fadu.domains.review.litigation import steps_hearing as court
from fadu.domains.review.litigation import steps_intake as intake
from fadu.domains.review.litigation.clocks import answer, evidence
from fadu.domains.review.litigation.indicators_instances import (
    BY_INSTANCE,
    CONCLUDE,
    HEARD,
    INSTANCES,
    JUDGMENT,
    RECEIVED,
    SYSTEM,
    counted,
)
from fadu.rules.indicators import Count, DayOf, Did, FactIs, Indicator, Kept, Not, Opened, Outcome, Rate, Sum, Unit

by_outcome = tuple(
    counted(
        f"{prefix}outcome_{code}",
        f"{label}应诉结果为“{code.label}”的案件数",
        CONCLUDE,
        f"本期内审结的{label}应诉案件中，按该审级最重的一项结果计为“{code.label}”的件数，按裁判作出之日计入。",
        Outcome((str(code),)),
        *((Did(steps),) if steps else ()),
    )
    for prefix, label, steps in INSTANCES
    for code in lists.Outcome
)
appeals = tuple(
    counted(
        name,
        f"{who}上诉案件数",
        DayOf((step,)),
        f"本期内{who}对第一审裁判上诉的案件数，按首次提起上诉之日计入，无论是否已经进入二审。",
    )
    for name, who, step in (
        ("plaintiff_appeals", "原告", after.plaintiff_appeals),
        ("defendant_appeals", "本机关", after.submit_appeal),
        ("co_defendant_appeals", "共同被告", after.co_defendant_appeals),
        ("third_appeals", "第三人", after.third_appeals),
    )
)
answered_in_time = counted(
    "answered_in_time",
    "按期答辩举证案件数",
    DayOf((intake.receive_complaint,)),
    "本期内收到起诉状副本的一审案件中，答辩和举证都已在法定期限内完成（含法院准许延期）的件数，按收到之日计入；尚未完成的不计入。",
    Kept(answer),
    Kept(evidence),
)
unexplained = counted(
    "absence_not_explained",
    "负责人未出庭且未说明理由案件数",
    HEARD,
    "本期内首次开庭的应诉案件中，负责人一次也没有出庭，也没有向法院说明理由的件数，按首次开庭之日计入。",
    Not(Did((court.appear_head,))),
    Not(Did((court.explain_absence,))),
)
none_appeared = counted(
    "none_appeared",
    "负责人和工作人员均未出庭案件数",
    HEARD,
    "本期内首次开庭的应诉案件中，有负责人和工作人员均未出庭的庭审的件数，按首次开庭之日计入。",
    Did((court.appear_none,)),
)
prompts = Count(
    name="litigation_prompts",
    label="发出出庭提示函数",
    system=SYSTEM,
    day=DayOf((court.send_prompt,)),
    of=shared.prompt_letter,
    unit=Unit.PAPERS,
    definition="本期内首次发出提示函的应诉案件中，所发出的行政机关负责人出庭提示函份数，均按首次发出之日计入；更正书不计。",
)
PROMPTED = Did((court.send_prompt,))
prompted = counted(
    "prompted",
    "已发出庭提示函的应诉案件数",
    Opened(),
    "本期内新收的应诉案件中，发出过出庭提示函的件数，按收到应诉通知或者进入该审级之日计入。",
    PROMPTED,
)
not_prompted = counted(
    "not_prompted",
    "没有发出庭提示函的应诉案件数",
    Opened(),
    "本期内新收的应诉案件中，没有发出过出庭提示函的件数，按收到应诉通知或者进入该审级之日计入；点开就是这些案件的清单。",
    Not(PROMPTED),
)
held_not_prompted = counted(
    "held_not_prompted",
    "没有发函就开庭的应诉案件数",
    HEARD,
    "本期内首次开庭的应诉案件中，没有发出过出庭提示函的件数，按首次开庭之日计入。",
    Not(PROMPTED),
)
prompt_rate = Rate(
    name="litigation_prompt_rate",
    label="出庭提示函覆盖率",
    numerator=prompted,
    denominator=RECEIVED,
    definition="分子为本期新收应诉案件中发出过提示函的件数，分母为本期新收应诉案件数，均按收到应诉通知或者进入该审级之日计入。",
)
compensation_claimed = counted(
    "compensation_claimed",
    "涉行政赔偿应诉案件数",
    Opened(),
    "本期内新收的应诉案件中，单独或者一并提出行政赔偿请求的件数，按收到应诉通知或者进入该审级之日计入。",
    FactIs("compensation_claimed", ("true",)),
)
compensation_amount = Sum(
    name="litigation_compensation_amount",
    label="判决赔偿、补偿金额",
    system=SYSTEM,
    day=CONCLUDE,
    fact="compensation_amount",
    where=(Did((*JUDGMENT, end.receive_mediation)),),
    definition="本期内审结的应诉案件中，判决书、调解书确定的赔偿、补偿金额之和，按裁判作出之日计入，各审级分别计入。",
)
analysed = counted(
    "loss_analysed",
    "作出败诉分析案件数",
    DayOf((after.analyse_loss,)),
    "本期内作出败诉分析的应诉案件数，按首次作出之日计入，无论何时收到裁判。",
)

ALL: tuple[Indicator, ...] = (
    *BY_INSTANCE,
    *by_outcome,
    *appeals,
    *(answered_in_time, unexplained, none_appeared, prompts, prompted, not_prompted, held_not_prompted, prompt_rate),
    *(compensation_claimed, compensation_amount),
    analysed,
)
