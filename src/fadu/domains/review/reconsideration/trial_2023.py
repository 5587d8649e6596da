"""Trial and conclusion under the text of 2023: steps with their articles and gates."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.reconsideration import committee_2023 as committee
from fadu.domains.review.reconsideration import gates, gates_closing, gates_decision, people, third_party
from fadu.domains.review.reconsideration import rights_2023 as rights
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_conclusion as conclusion
from fadu.domains.review.reconsideration import steps_examination as examination
from fadu.domains.review.reconsideration import steps_trial as trial
from fadu.domains.review.reconsideration import superior_2023 as superior
from fadu.domains.review.reconsideration.steps_conclusion import LETTER
from fadu.domains.review.reconsideration.steps_intake import CLASSED
from fadu.rules.gates import all_served, in_good_time, missed
from fadu.rules.procedure import CASE_OFFICER, Effect, Lead, Period, Step, When

classify = Step(
    name="classify",
    label="确定审理方式",
    by=(CASE_OFFICER,),
    at=(s.ACCEPTED,),
    takes=("major", "technical"),
    may_take=("enterprise", "livelihood", *CLASSED),
    gates=(gates.not_simple("《行政复议法》第五十五条"),),
    article="《行政复议法》第三十六条第一款",
)
TAKES_PART = "《行政复议法》第十六条第一款"
third_parties = third_party.steps(TAKES_PART, TAKES_PART)
send_copy = replace(trial.send_copy, article="《行政复议法》第四十八条")
answer = replace(trial.answer, article="《行政复议法》第四十八条")
no_evidence = replace(
    trial.no_evidence,
    article="《行政复议法》第七十条",
    gates=(missed("answer", "答复举证期限尚未届满，或者被申请人已经按期答复", "《行政复议法》第七十条"),),
)

# ---------------------------------------------------------------- hearing the parties

hear = replace(trial.hear, article="《行政复议法》第四十九条")
write_only = Step(
    name="write_only",
    label="决定书面审理",
    by=(CASE_OFFICER,),
    at=(s.ACCEPTED,),
    takes=("written_reason",),
    reason="written_reason",
    article="《行政复议法》第四十九条",
)
hearing_lead = Lead(
    name="hearing",
    label="听证通知",
    period=Period("行政复议法", "听证通知"),
    before="hearing_day",
    notice=s.hearing_notice,
    on=s.EVERYBODY,
)
arrange_hearing = replace(trial.arrange_hearing, article="《行政复议法》第五十一条第一款")
hold_hearing = replace(
    trial.hold_hearing,
    article=rights.HEARD_BY,
    takes=(*trial.hold_hearing.takes, *rights.HELD_BY),
    may_take=("head_absence",),
    gates=(
        rights.panel,
        gates.hearing_on_its_day("《行政复议法》第五十一条第一款"),
        in_good_time(hearing_lead, "《行政复议法》第五十一条第一款"),
    ),
)

# ---------------------------------------------------------------- beside the trial

begin_appraisal = trial.begin_appraisal
end_appraisal = trial.end_appraisal
suspend = replace(
    trial.suspend,
    article="《行政复议法》第三十九条第一款",
    gates=(examination.not_for_examination("《行政复议法》第三十九条第一款第九项"),),
)
examine = replace(
    examination.examine,
    article="《行政复议法》第五十六条、第五十七条",
    gates=(examination.for_examination("《行政复议法》第三十九条第一款第九项"),),
)
rule_examined = replace(examination.examined, article="《行政复议法》第三十九条第二款")
EXAMINED = When(Effect.OVER, rule_examined)
ASKED = "《行政复议法》第十三条、第五十六条"
ask_examination = replace(examination.ask, article=ASKED)
refuse_examination = replace(examination.refuse, article=ASKED, gates=(examination.asked(ASKED),))
resume = replace(
    trial.resume,
    article="《行政复议法》第三十九条第二款",
    gates=(examination.examination_over("《行政复议法》第三十九条第一款第九项"),),
)
apply_for_stay = replace(trial.apply_for_stay, article="《行政复议法》第四十二条第三项")
decide_stay = replace(trial.decide_stay, article="《行政复议法》第四十二条")
decide_no_stay = replace(trial.decide_no_stay, article="《行政复议法》第四十二条第三项")
lift_stay = replace(trial.lift_stay, article="《行政复议法》第四十二条")
extend_trial = replace(trial.extend_trial, article="《行政复议法》第六十二条第一款")

# ---------------------------------------------------------------- conclusion

withdraw = replace(conclusion.withdraw, article="《行政复议法》第七十四条第二款", reserved=people.WITHDRAWAL)
refuse_withdrawal = replace(conclusion.refuse_withdrawal, article="《行政复议法》第四十一条第一项")
begin_mediation = replace(conclusion.begin_mediation, article="《行政复议法》第五条")
fail_mediation = replace(conclusion.fail_mediation, article="《行政复议法》第七十三条第二款")
reject = replace(conclusion.reject, article="《行政复议法》第三十三条")
decide = replace(
    conclusion.decide,
    article="《行政复议法》第六十一条第一款",
    gates=(
        gates.classified("《行政复议法》第三十六条第一款"),
        gates.answered("《行政复议法》第四十八条"),
        gates.opinions_heard("《行政复议法》第四十九条"),
        gates.hearing_held_if_major("《行政复议法》第五十条第一款"),
        gates.committee_consulted("《行政复议法》第五十二条第二款"),
        gates.not_upheld_without_evidence("《行政复议法》第七十条", third_party_excuses=True),
        gates.disposition_told("《行政复议法》第七十五条第一款"),
        gates_decision.not_worse("《行政复议法》第六十三条第二款"),
        gates_decision.term_told("《行政复议法》第六十六条"),
        examination.answered(ASKED),
        third_party.answered(TAKES_PART),
        rights.reading_answered,
        rights.hearing_answered,
        gates_closing.withdrawal_answered("《行政复议法》第四十一条第一项"),
    ),
    may_take=(*conclusion.decide.may_take, "less_favourable", "opposite_request"),
)
mediate = replace(conclusion.mediate, article="《行政复议法》第七十三条第一款", reserved=people.MEDIATION)
terminate = replace(
    conclusion.terminate,
    article="《行政复议法》第四十一条",
    gates=(
        gates.withdrawal_made("《行政复议法》第四十一条第一项"),
        gates.suspended_long_enough("《行政复议法》第四十一条第五项"),
    ),
)
issue_opinion_letter = replace(
    conclusion.issue_opinion_letter,
    opens=replace(LETTER, hands={**LETTER.hands, "recipient_kind": "respondent_kind"}),
    article="《行政复议法》第七十六条",
)
keep_private = Step(
    name="keep_private",
    label="不公开复议决定书",
    by=(CASE_OFFICER,),
    at=(s.DECIDED,),
    takes=("private_reason",),
    reason="private_reason",
    article="《行政复议法》第七十九条第一款",
)
archive = replace(
    conclusion.archive,
    at=(*conclusion.archive.at, superior.TRANSFERRED),
    article="《行政复议法》第七十五条",
    gates=(
        all_served("《行政复议法》第七十五条第二款"),
        gates_closing.published_or_excused("《行政复议法》第七十九条第一款"),
        gates_closing.respondent_kind_told("《行政复议法》第七十九条第二款"),
        gates_closing.copied_to_superior("《行政复议法》第七十九条第二款"),
        gates_closing.acceptance_on_file("《行政复议法》第三十条第三款"),
    ),
)

STEPS = (
    *(classify, *third_parties, send_copy, answer, no_evidence),
    *(hear, write_only, *committee.STEPS, arrange_hearing, hold_hearing, begin_appraisal, end_appraisal),
    *(
        suspend,
        examine,
        rule_examined,
        ask_examination,
        refuse_examination,
        resume,
        apply_for_stay,
        decide_stay,
        decide_no_stay,
        lift_stay,
        extend_trial,
    ),
    *(withdraw, refuse_withdrawal, begin_mediation, fail_mediation, reject, decide, mediate, terminate),
    *(issue_opinion_letter, keep_private, archive),
)
