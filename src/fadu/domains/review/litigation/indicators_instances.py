"""What is counted about suits at each instance and in all; where usage differs, each reading has its own name."""

from __future__ import annotations

from fadu.domains.review.litigation import lists
from fadu.domains.review.litigation import steps_conclusion as end
from fadu.domains.review.litigation import steps_hearing as court
from fadu.domains.review.litigation import steps_intake as intake
from fadu.rules.indicators import (
    At,
    Condition,
    Count,
    DayOf,
    Did,
    FactIs,
    Indicator,
    Not,
    Opened,
    Outcome,
    Pending,
    Rate,
    Total,
)
from fadu.rules.procedure import Step

SYSTEM = "litigation"
JUDGMENT = (end.receive_judgment, end.receive_final_judgment)
CONCLUDE = DayOf((*JUDGMENT, end.receive_rejection, end.receive_ruling, end.receive_mediation))
HEARD = DayOf((court.appear_head, court.appear_staff, court.appear_none))
EXCUSED = FactIs("absence_accepted", ("true",))
INSTANCES: tuple[tuple[str, str, tuple[Step, ...]], ...] = (
    ("", "", ()),
    ("first_", "一审", (intake.receive_complaint, intake.receive_remand)),
    ("second_", "二审", (intake.enter_second,)),
    ("retrial_", "再审", (intake.enter_retrial,)),
)
"""Name, label and opening steps: all instances together, and each."""


def counted(name: str, label: str, day: DayOf | Opened, definition: str, *where: Condition) -> Count:
    return Count(name=f"litigation_{name}", label=label, system=SYSTEM, day=day, where=where, definition=definition)


def _rate(name: str, label: str, numerator: Count, denominator: Count, definition: str) -> Rate:
    return Rate(
        name=f"litigation_{name}",
        label=label,
        numerator=numerator,
        denominator=denominator,
        definition=definition,
    )


def _handled(
    prefix: str, label: str, whose: str, received: Count, here: tuple[Condition, ...]
) -> tuple[Indicator, ...]:
    """承办 = 旧存 + 新收."""
    carried_over = Pending(
        name=f"litigation_{prefix}carried_over",
        label=f"上年结转{label}行政应诉案件数",
        system=SYSTEM,
        day=Opened(),
        until=CONCLUDE,
        at=At.BEGIN,
        where=here,
        definition=f"本期第一日之前收到、到本期开始时法院还没有作出裁判的{whose}件数，包括中止诉讼的。",
    )
    handled = Total(
        name=f"litigation_{prefix}handled",
        label=f"承办{label}行政应诉案件数",
        parts=(carried_over, received),
        definition=f"本期开始时还没有审结的和本期内新收的{whose}件数之和；一件案件在每一审级各计一件。",
    )
    return carried_over, handled


def _concluded(prefix: str, label: str, whose: str, here: tuple[Condition, ...]) -> tuple[Indicator, ...]:
    """Received, concluded and lost, with both loss rates."""
    received = counted(
        f"{prefix}received",
        f"新收{label}行政应诉案件数",
        Opened(),
        f"本期内新收的{whose}件数，按收到应诉通知或者进入该审级之日计入；一件案件在每一审级各计一件，发回重审计入一审。",
        *here,
    )
    concluded = counted(
        f"{prefix}concluded",
        f"审结{label}行政应诉案件数",
        CONCLUDE,
        f"本期内法院作出判决、裁定或者调解书的{whose}件数，按裁判作出之日计入，无论何时收到、是否已经生效。",
        *here,
    )
    judged = counted(
        f"{prefix}judged",
        f"判决结案{label}行政应诉案件数",
        CONCLUDE,
        f"本期内以判决结案的{whose}件数，按判决作出之日计入；裁定和调解结案的不计入。",
        Did(JUDGMENT),
        *here,
    )
    lost = counted(
        f"{prefix}lost",
        f"{label}行政应诉败诉案件数",
        CONCLUDE,
        f"本期内判决结果中有确认无效、撤销、部分撤销、变更、责令履行、给付、确认违法、赔偿或者承担行政协议责任的{whose}件数，"
        "按判决作出之日和该审级的结果计入，无论以后是否改判。",
        Did(JUDGMENT),
        Outcome(lists.LOST),
        *here,
    )
    return (
        *(received, *_handled(prefix, label, whose, received, here), concluded, judged, lost),
        _rate(
            f"{prefix}loss_rate_judged",
            f"{label}行政应诉败诉率（占判决结案）",
            lost,
            judged,
            f"分子为本期{label}败诉案件数，分母为本期{label}判决结案案件数，均按裁判作出之日计入；撤诉、驳回起诉、调解的不在分母之内。",
        ),
        _rate(
            f"{prefix}loss_rate_concluded",
            f"{label}行政应诉败诉率（占审结）",
            lost,
            concluded,
            f"分子为本期{label}败诉案件数，分母为本期{label}审结案件数，包括判决、裁定和调解结案的，均按裁判作出之日计入。",
        ),
    )


def _appearance(prefix: str, label: str, whose: str, here: tuple[Condition, ...]) -> tuple[Indicator, ...]:
    """Held in court and attended by a head, with both rates of appearance."""
    held = counted(
        f"{prefix}held",
        f"开庭{label}行政应诉案件数",
        HEARD,
        f"本期内首次开庭的{whose}件数，按首次开庭之日计入；同一审级多次开庭只计一件，没有开庭的不计入。",
        *here,
    )
    appeared = counted(
        f"{prefix}appeared",
        f"负责人出庭{label}案件数",
        HEARD,
        f"本期内首次开庭的{whose}中，被诉行政机关负责人在该审级至少出庭一次的件数，按首次开庭之日计入。",
        Did((court.appear_head,)),
        *here,
    )
    due = counted(
        f"{prefix}appearance_due",
        f"应当由负责人出庭{label}案件数",
        HEARD,
        f"本期内首次开庭的{whose}中，没有法院认可的负责人不能出庭理由的件数，按首次开庭之日计入。",
        Not(EXCUSED),
        *here,
    )
    appeared_due = counted(
        f"{prefix}appeared_due",
        f"应当出庭而出庭{label}案件数",
        HEARD,
        f"本期内首次开庭、没有法院认可的不能出庭理由的{whose}中，负责人至少出庭一次的件数，按首次开庭之日计入。",
        Did((court.appear_head,)),
        Not(EXCUSED),
        *here,
    )
    return (
        *(held, appeared, due, appeared_due),
        _rate(
            f"{prefix}appearance_rate_held",
            f"{label}负责人出庭应诉率（占开庭）",
            appeared,
            held,
            f"分子为本期{label}负责人出庭案件数，分母为本期{label}开庭案件数，均按首次开庭之日计入；没有开庭的不在分母之内。",
        ),
        _rate(
            f"{prefix}appearance_rate_due",
            f"{label}负责人出庭应诉率（占应当出庭）",
            appeared_due,
            due,
            f"分子为本期{label}应当出庭而出庭的案件数，分母为本期{label}应当由负责人出庭的案件数，均按首次开庭之日计入；"
            "法院认可不能出庭理由的案件，分子、分母都不计入。",
        ),
    )


def _of_instance(prefix: str, label: str, steps: tuple[Step, ...]) -> tuple[Indicator, ...]:
    """All figures of one instance, or of all instances together."""
    here: tuple[Condition, ...] = (Did(steps),) if steps else ()
    whose = f"{label}应诉案件" if label else "应诉案件（一审、二审、再审各计一件）"
    return (*_concluded(prefix, label, whose, here), *_appearance(prefix, label, whose, here))


BY_INSTANCE = tuple(indicator for instance in INSTANCES for indicator in _of_instance(*instance))
RECEIVED = next(one for one in BY_INSTANCE if isinstance(one, Count) and one.name == "litigation_received")
"""New suits of all instances, among which shares are told."""
