"""What is counted about lists: entries in force, changes of each kind; powers handed down; problems of the reform."""

from __future__ import annotations

from fadu.domains.powers import admission, delegation, lists, reform, registers
from fadu.rules.indicators import Changes, Count, DayOf, Did, FactIs, Not, Stock, Sum, Unit
from fadu.rules.registers import ChangeKind, Register


def _stock(register: Register, what: str) -> Stock:
    return Stock(
        name=f"{register.name}_stock",
        label=f"{register.label}事项数",
        register=register.name,
        definition=f"本期最后一日有效的{what}项数，已经取消、下放、收回的不计。",
    )


def _changes(register: Register, name: str, kind: ChangeKind) -> Changes:
    return Changes(
        name=f"{register.name}_{name}",
        label=f"{register.label}{kind.label}事项数",
        register=register.name,
        kinds=(kind,),
        definition=f"本期内{register.label}中{kind.label}的事项项数，按变动生效之日计入，同一事项变动几次计几次。",
    )


powers = _stock(registers.POWERS, "各部门权力清单事项")
responsibilities = _stock(registers.RESPONSIBILITIES, "各部门责任清单事项")
services = _stock(registers.SERVICES, "公共服务事项")
township_powers = _stock(registers.TOWNSHIP_POWERS, "各乡镇（街道）权力清单事项合计")
township_duties = _stock(registers.TOWNSHIP_DUTIES, "乡镇（街道）职责事项")
joint_duties = _stock(registers.JOINT_DUTIES, "职能部门和乡镇（街道）共同承担事项")
township_penalties = Stock(
    name="township_power_list_penalty",
    label="乡镇（街道）权力清单中的行政处罚事项数",
    register=registers.TOWNSHIP_POWERS.name,
    where=(FactIs("category", ("penalty",)),),
    definition="本期最后一日有效的各乡镇（街道）权力清单中类型为行政处罚的事项项数合计，已经取消、收回的不计。",
)
added = _changes(registers.POWERS, "added", lists.PowerChange.ADD)
taken_over = _changes(registers.POWERS, "taken_over", lists.PowerChange.TAKE_OVER)
adjusted = _changes(registers.POWERS, "adjusted", lists.PowerChange.ADJUST)
cancelled = _changes(registers.POWERS, "cancelled", lists.PowerChange.CANCEL)
delegated = _changes(registers.POWERS, "delegated", lists.PowerChange.DELEGATE)
admitted = _changes(registers.TOWNSHIP_DUTIES, "admitted", lists.TownshipDutyChange.ADMIT)

DECIDED = DayOf((delegation.decide,))
decisions = Count(
    name="power_delegation_decided",
    label="行政权力下放决定数",
    system="power_delegation",
    day=DECIDED,
    unit=Unit.CASES,
    definition="本期内作出的行政权力下放决定件数，按决定之日计入，后来收回的也计入。",
)
handed_down = Sum(
    name="power_delegation_powers",
    label="决定下放的行政权力项数",
    system="power_delegation",
    day=DECIDED,
    fact="powers",
    unit=Unit.ENTRIES,
    definition="本期内作出的下放决定所列行政权力项数之和，按决定之日计入，同一事项下放给几个乡镇（街道）只按决定所列计数。",
)
penalties_handed_down = Sum(
    name="power_delegation_penalty_powers",
    label="决定下放的行政处罚权项数",
    system="power_delegation",
    day=DECIDED,
    fact="penalty_powers",
    unit=Unit.ENTRIES,
    definition="本期内作出的下放决定所列行政处罚权项数之和，按决定之日计入，同一事项下放给几个乡镇（街道）只按决定所列计数。",
)

admissions = Count(
    name="duty_admission_admitted",
    label="批准职责准入件数",
    system="duty_admission",
    day=DayOf((admission.admit,)),
    definition="本期内批准职责准入的件数，按批准之日计入。",
)
admissions_refused = Count(
    name="duty_admission_refused",
    label="不予职责准入件数",
    system="duty_admission",
    day=DayOf((admission.refuse,)),
    definition="本期内决定不予职责准入的件数，按决定之日计入。",
)

FOUND = DayOf((reform.pieces.assign,))
KEPT = Not(Did(tuple(step for step in reform.pieces.steps if step.name == "cancel_task")))
problems = Count(
    name="reform_task_assigned",
    label="机构改革任务发现问题数",
    system="reform_task",
    day=FOUND,
    where=(KEPT,),
    unit=Unit.ENTRIES,
    definition="本期内督查机构改革任务发现并交办整改的问题项数，按交办之日计入；取消的不计。",
)
rectified = Count(
    name="reform_task_completed",
    label="机构改革任务已整改问题数",
    system="reform_task",
    day=FOUND,
    where=(KEPT, Did((reform.pieces.verify,))),
    unit=Unit.ENTRIES,
    definition="本期内督查机构改革任务发现并交办、已经验收通过的问题项数，按交办之日计入；取消的不计。",
)

ALL = (
    *(powers, responsibilities, services, township_powers, township_penalties, township_duties, joint_duties),
    *(added, taken_over, adjusted, cancelled, delegated, admitted),
    *(decisions, handed_down, penalties_handed_down, admissions, admissions_refused, problems, rectified),
)
