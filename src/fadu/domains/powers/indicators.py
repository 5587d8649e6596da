"""What is counted about lists: entries in force, changes of each kind; powers handed down; problems of the reform."""

from __future__ import annotations

from fadu.common import book, disclosure, task_figures
from fadu.common.figures import Figures
from fadu.domains.powers import admission, delegation, institutions, lists, publication, reform, registers
from fadu.rules.indicators import Changes, DayOf, FactIs, Stock, Unit
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

teams = Stock(
    name="township_teams_bureaus",
    label="设立综合执法局的乡镇（街道）数",
    register=institutions.TEAMS.name,
    where=(FactIs("team_kind", ("bureau",)),),
    unit=Unit.PLACES,
    definition="本期最后一日设有综合执法局的乡镇（街道）数，已经撤销的不计。",
)


def _institutions(name: str, label: str, kind: ChangeKind) -> Changes:
    return Changes(
        name=f"institutions_{name}",
        label=label,
        register=institutions.INSTITUTIONS.name,
        kinds=(kind,),
        unit=Unit.PLACES,
        definition=f"本期内机构和“三定”名录中{kind.label}的部门数，按变动生效之日计入。",
    )


formed = _institutions("formed", "新组建部门数", lists.InstitutionChange.FORM)
functions_adjusted = _institutions("adjusted", "调整“三定”的部门数", lists.InstitutionChange.ADJUST)
transfers = book.figures(publication.TRANSFERS, "按划转之日计入")
legal_staff = transfers.total(
    "staff_transfer_legal",
    "机构改革划入的法制机构人员数",
    "登记的机构改革中划转的法制机构人员人数之和",
    "persons",
    FactIs("legal_staff", ("true",)),
    unit=Unit.PERSONS,
)

decided = Figures(system="power_delegation", day=DayOf((delegation.decide,)), said="按决定之日计入")
ONCE = "同一事项下放给几个乡镇（街道）只按决定所列计数"
DELEGATION = (
    decided.count("power_delegation_decided", "行政权力下放决定数", "作出的行政权力下放决定件数，后来收回的也计入"),
    decided.total(
        "power_delegation_powers",
        "决定下放的行政权力项数",
        "作出的下放决定所列行政权力项数之和",
        "powers",
        unit=Unit.ENTRIES,
        left_out=ONCE,
    ),
    decided.total(
        "power_delegation_penalty_powers",
        "决定下放的行政处罚权项数",
        "作出的下放决定所列行政处罚权项数之和",
        "penalty_powers",
        unit=Unit.ENTRIES,
        left_out=ONCE,
    ),
)
admitted_on = Figures(system="duty_admission", day=DayOf((admission.admit,)), said="按批准之日计入")
refused_on = Figures(system="duty_admission", day=DayOf((admission.refuse,)), said="按决定之日计入")

ALL = (
    *(powers, responsibilities, services, township_powers, township_penalties, township_duties, joint_duties),
    *(added, taken_over, adjusted, cancelled, delegated, admitted),
    *(teams, formed, functions_adjusted, legal_staff),
    *DELEGATION,
    admitted_on.count("duty_admission_admitted", "批准职责准入件数", "批准职责准入的件数"),
    refused_on.count("duty_admission_refused", "不予职责准入件数", "决定不予职责准入的件数"),
    *task_figures.figures("reform_task", reform.pieces, "机构改革任务问题", "已整改"),
    *disclosure.figures("list_publication", "权责清单"),
)
