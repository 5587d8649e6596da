"""What is counted about suits beside the figures of each instance: outcomes, duties kept, appearance, performance."""

from __future__ import annotations

from fadu.domains.review.litigation import lists, shared
from fadu.domains.review.litigation import steps_after as after
from fadu.domains.review.litigation import steps_conclusion as end
from fadu.domains.review.litigation import steps_hearing as court
from fadu.domains.review.litigation import steps_intake as intake
from fadu.domains.review.litigation.clocks import answer, evidence
from fadu.domains.review.litigation.clocks_after import performance
from fadu.domains.review.litigation.indicators_instances import (
    BY_INSTANCE,
    CONCLUDE,
    HEARD,
    JUDGMENT,
    SYSTEM,
    counted,
)
from fadu.rules.indicators import Count, DayOf, Did, FactIs, Indicator, Kept, Not, Opened, Outcome, Sum, Unit

by_outcome = tuple(
    counted(
        f"outcome_{code}",
        f"应诉结果为“{code.label}”的案件数",
        CONCLUDE,
        f"本期内审结的应诉案件中，按该审级最重的一项结果计为“{code.label}”的件数，按裁判作出之日计入。",
        Outcome((str(code),)),
    )
    for code in lists.Outcome
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
performed = counted(
    "performance",
    "履行生效裁判案件数",
    DayOf((after.report_performance,)),
    "本期内履行了生效裁判所定义务的应诉案件数，按首次登记履行之日计入。",
)
performed_in_time = counted(
    "performance_in_time",
    "按期履行生效裁判案件数",
    DayOf((after.report_performance,)),
    "本期内履行且没有超过裁判所定期限的应诉案件数，按首次登记履行之日计入。",
    Kept(performance),
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
    *(answered_in_time, unexplained, none_appeared, prompts, compensation_claimed, compensation_amount),
    *(performed, performed_in_time, analysed),
)
