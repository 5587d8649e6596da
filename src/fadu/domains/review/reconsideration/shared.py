"""Parties, states, tracks and papers of reconsideration, the same under both texts of the law."""

from __future__ import annotations

from fadu.rules.facts import Audience
from fadu.rules.procedure import Paper, PartyRole, State, Track

APPLICANT = PartyRole("applicant", "申请人", many=True, hint="不服决定、来申请的人")
RESPONDENT = PartyRole("respondent", "被申请人", organ=True, many=True, hint="作出这个决定、做了这件事的机关")
THIRD = PartyRole("third", "第三人", many=True, hint="和这件事有直接利害关系的其他人")
EVERYBODY = (APPLICANT, RESPONDENT, THIRD)

RECEIVED = State("received", "受理审查")
CORRECTING = State("correcting", "待补正")
ACCEPTED = State("accepted", "审理中")
SUSPENDED = State("suspended", "已中止")
REFUSED = State("refused", "不予受理")
WAIVED = State("waived", "视为放弃申请")
WITHDRAWN = State("withdrawn", "受理前撤回")
OTHERWISE = State("otherwise", "以其他方式处理")
REJECTED = State("rejected", "驳回申请")
DECIDED = State("decided", "已作出决定")
MEDIATED = State("mediated", "调解结案")
TERMINATED = State("terminated", "已终止")
ARCHIVED = State("archived", "已归档", final=True)

OPEN = (ACCEPTED, SUSPENDED)
DONE = (REFUSED, WAIVED, WITHDRAWN, OTHERWISE, REJECTED, DECIDED, MEDIATED, TERMINATED)
STATES = (RECEIVED, CORRECTING, ACCEPTED, SUSPENDED, *DONE, ARCHIVED)

NO_HEARING = State("none", "未安排")
ARRANGED = State("arranged", "已通知")
HELD = State("held", "已举行")
HEARING = Track(name="hearing", label="听证", initial=NO_HEARING, audience=Audience.PARTIES)

EXECUTED = State("executed", "不停止执行")
APPLIED = State("applied", "已申请")
STAYED = State("stayed", "已停止执行")
STAY = Track(name="stay", label="停止执行", initial=EXECUTED, audience=Audience.PARTIES)

NO_APPRAISAL = State("none", "未进行")
APPRAISING = State("running", "进行中")
APPRAISAL = Track(name="appraisal", label="鉴定、勘验", initial=NO_APPRAISAL, audience=Audience.PARTIES)

NOT_WITHDRAWN = State("none", "没有撤回")
ASKED_TO_WITHDRAW = State("asked", "已撤回，待准予")
WITHDRAWAL = Track(name="withdrawal", label="撤回申请", initial=NOT_WITHDRAWN, audience=Audience.PARTIES)

NOT_MEDIATED = State("none", "没有进行")
BEING_MEDIATED = State("running", "调解中")
MEDIATION = Track(name="mediation", label="调解", initial=NOT_MEDIATED, audience=Audience.PARTIES)

TRACKS = (HEARING, STAY, APPRAISAL, WITHDRAWAL, MEDIATION)

ORDINARY = State("ordinary", "普通程序")
SIMPLE = State("simple", "简易程序")
CONVERTED = State("converted", "简易程序转为普通程序")
ROUTE = Track(name="route", label="审理程序", initial=ORDINARY, audience=Audience.PARTIES)

correction_notice = Paper(name="correction_notice", label="行政复议补正通知书", to=(APPLICANT,), series="复补")
acceptance_notice = Paper(name="acceptance_notice", label="行政复议受理通知书", to=(APPLICANT,), series="复受")
refusal = Paper(name="refusal", label="不予受理行政复议申请决定书", to=(APPLICANT,), series="复不受")
otherwise_notice = Paper(name="otherwise_notice", label="行政复议申请处理告知书", to=(APPLICANT,), series="复告")
third_party_notice = Paper(name="third_party_notice", label="第三人参加行政复议通知书", to=(THIRD,), series="复参")
answer_notice = Paper(name="answer_notice", label="行政复议答复通知书", to=(RESPONDENT,), series="复答")
hearing_notice = Paper(name="hearing_notice", label="行政复议听证通知书", to=EVERYBODY, series="复听")
suspension_notice = Paper(name="suspension_notice", label="行政复议中止通知书", to=EVERYBODY, series="复中")
resumption_notice = Paper(name="resumption_notice", label="行政复议恢复审理通知书", to=EVERYBODY, series="复恢")
extension_notice = Paper(name="extension_notice", label="行政复议延期审理通知书", to=EVERYBODY, series="复延")
stay_decision = Paper(name="stay_decision", label="停止执行决定书", to=EVERYBODY, series="复停")
rejection = Paper(name="rejection", label="驳回行政复议申请决定书", to=EVERYBODY, series="复驳")
termination = Paper(name="termination", label="行政复议终止决定书", to=EVERYBODY, series="复终")
mediation = Paper(name="mediation", label="行政复议调解书", to=EVERYBODY, series="复调")
simple_notice = Paper(name="simple_notice", label="适用简易程序通知书", to=EVERYBODY, series="复简")
conversion_notice = Paper(name="conversion_notice", label="转为普通程序审理通知书", to=EVERYBODY, series="复转")
file_list = Paper(name="file_list", label="行政复议案卷目录", audience=Audience.INTERNAL)
decision = Paper(name="decision", label="行政复议决定书", to=EVERYBODY, series="复决", publish=True)
