"""Parties, states, tracks and papers of 行政应诉. Papers of the court are entered as record sheets."""

from __future__ import annotations

from fadu.rules.facts import Audience
from fadu.rules.procedure import Paper, PartyRole, State, Track

PLAINTIFF = PartyRole("plaintiff", "原告", many=True)
DEFENDANT = PartyRole("defendant", "被告", organ=True, many=True)
CO_DEFENDANT = PartyRole("co_defendant", "本系统外的共同被告", many=True, by_office=True)
THIRD = PartyRole("third", "第三人", many=True)
COURT = PartyRole("court", "人民法院", by_office=True)
LITIGANTS = (PLAINTIFF, DEFENDANT, CO_DEFENDANT, THIRD)
EVERYBODY = (*LITIGANTS, COURT)

FILING = State("filing", "待登记案号")
PREPARING = State("preparing", "应诉中")
CONCLUDED = State("concluded", "已裁判")
APPEALED = State("appealed", "已进入二审")
FINAL = State("final", "裁判已生效")
ARCHIVED = State("archived", "已归档", final=True)
OPEN = (FILING, PREPARING)
STATES = (FILING, PREPARING, CONCLUDED, APPEALED, FINAL, ARCHIVED)

NOT_SUMMONED = State("none", "未通知")
SUMMONED = State("summoned", "已通知开庭")
HELD = State("held", "已开庭")
NOT_RULED = State("none", "没有裁定")
RULED = State("ruled", "已裁定")
REVIEWING = State("reviewing", "已申请复议")
REVIEWED = State("reviewed", "已复议")
PRELIMINARY = Track(
    name="preliminary_ruling", label="停止执行、先予执行、保全", initial=NOT_RULED, audience=Audience.PARTIES
)
GOING_ON = State("none", "进行中")
SUSPENDED = State("suspended", "已中止")
SUSPENSION = Track(name="suspension", label="中止诉讼", initial=GOING_ON, audience=Audience.PARTIES)
HEARING = Track(name="court_hearing", label="开庭", initial=NOT_SUMMONED, audience=Audience.PARTIES)

answer_brief = Paper(name="answer_brief", label="行政诉讼答辩状（书面意见）", to=(COURT,), series="应答")
evidence_list = Paper(name="evidence_list", label="证据和依据清单", to=(COURT,))
extension_request = Paper(name="extension_request", label="延期提供证据申请书", to=(COURT,), series="应延")
objection = Paper(name="objection", label="管辖异议申请书", to=(COURT,), series="应异")
objection_appeal = Paper(name="objection_appeal", label="管辖异议裁定上诉状", to=(COURT,), series="应异上")
ruling_review = Paper(name="ruling_review", label="裁定复议申请书", to=(COURT,), series="应裁复")
prompt_letter = Paper(name="prompt_letter", label="行政机关负责人出庭提示函", to=(DEFENDANT,), series="应提")
head_identity = Paper(name="head_identity", label="行政机关负责人身份证明", to=(COURT,), series="应证")
absence_explanation = Paper(
    name="absence_explanation", label="行政机关负责人不能出庭情况说明", to=(COURT,), series="应说"
)
appeal_brief = Paper(name="appeal_brief", label="行政上诉状", to=(COURT,), series="应上")
change_notice = Paper(name="change_notice", label="改变被诉行政行为告知书", to=(COURT,), series="应改")
postponement_request = Paper(name="postponement_request", label="延期开庭申请书", to=(COURT,), series="应延庭")
retrial_brief = Paper(name="retrial_brief", label="行政再审申请书", to=(COURT,), series="应再")
loss_report = Paper(name="loss_report", label="败诉案件分析报告", series="应析", audience=Audience.INTERNAL)

summons = Paper(name="summons", label="开庭传票登记表", to=(DEFENDANT,), of=COURT)
appearance_notice = Paper(name="appearance_notice", label="负责人出庭通知书登记表", to=(DEFENDANT,), of=COURT)
objection_ruling = Paper(name="objection_ruling", label="管辖异议裁定书登记表", to=LITIGANTS, of=COURT)
judgment = Paper(name="judgment", label="判决书（可以上诉）登记表", to=LITIGANTS, of=COURT)
final_judgment = Paper(name="final_judgment", label="终审判决书登记表", to=LITIGANTS, of=COURT)
rejection_ruling = Paper(name="rejection_ruling", label="驳回起诉裁定书登记表", to=LITIGANTS, of=COURT)
ruling = Paper(name="ruling", label="其他裁定书登记表", to=LITIGANTS, of=COURT)
court_mediation = Paper(name="court_mediation", label="行政诉讼调解书登记表", to=LITIGANTS, of=COURT)
