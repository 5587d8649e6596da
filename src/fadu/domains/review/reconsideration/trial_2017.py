"""Trial and conclusion under the text of 2017: in writing, hearing only where it is needed."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.reconsideration import gates, gates_closing, people, third_party
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_conclusion as conclusion
from fadu.domains.review.reconsideration import steps_examination as examination
from fadu.domains.review.reconsideration import steps_trial as trial
from fadu.rules.gates import all_served, missed
from fadu.rules.procedure import ORGAN_HEAD, Effect, When

NO_ANSWER = "《行政复议法》第二十八条第一款第四项"
HEARING = "《行政复议法实施条例》第三十三条"

extension_notice = replace(s.extension_notice, to=(s.APPLICANT, s.RESPONDENT))

TAKES_PART = "《行政复议法实施条例》第九条第二款"
third_parties = third_party.steps("《行政复议法实施条例》第九条第一款", TAKES_PART)
send_copy = replace(trial.send_copy, article="《行政复议法》第二十三条第一款")
answer = replace(trial.answer, article="《行政复议法》第二十三条第一款")
no_evidence = replace(
    trial.no_evidence,
    article=NO_ANSWER,
    takes=("no_evidence_reason",),
    gates=(missed("answer", "答复举证期限尚未届满，或者被申请人已经按期答复", NO_ANSWER),),
)
hear = replace(trial.hear, article="《行政复议法》第二十二条")
arrange_hearing = replace(trial.arrange_hearing, article=HEARING)
hold_hearing = replace(trial.hold_hearing, article=HEARING, gates=(gates.hearing_on_its_day(HEARING),))
begin_appraisal = trial.begin_appraisal
end_appraisal = trial.end_appraisal
suspend = replace(
    trial.suspend,
    article="《行政复议法实施条例》第四十一条第一款",
    gates=(examination.not_for_examination("《行政复议法》第二十六条、第二十七条"),),
)
examine = replace(
    examination.examine,
    article="《行政复议法》第二十六条、第二十七条",
    gates=(examination.for_examination("《行政复议法》第二十六条、第二十七条"),),
)
ASKED = "《行政复议法实施条例》第二十六条"
ask_examination = replace(examination.ask, article=ASKED)
refuse_examination = replace(examination.refuse, article=ASKED, gates=(examination.asked(ASKED),))
rule_examined = replace(examination.examined, article="《行政复议法》第二十六条、第二十七条")
EXAMINED = When(Effect.OVER, rule_examined)
resume = replace(
    trial.resume,
    article="《行政复议法实施条例》第四十一条第二款",
    gates=(examination.examination_over("《行政复议法》第二十六条、第二十七条"),),
)
apply_for_stay = replace(trial.apply_for_stay, article="《行政复议法》第二十一条第三项")
decide_stay = replace(trial.decide_stay, article="《行政复议法》第二十一条")
decide_no_stay = replace(trial.decide_no_stay, article="《行政复议法》第二十一条第三项")
lift_stay = replace(trial.lift_stay, article="《行政复议法》第二十一条")
extend_trial = replace(
    trial.extend_trial, by=(ORGAN_HEAD,), issues=(extension_notice,), article="《行政复议法》第三十一条第一款"
)
withdraw = replace(conclusion.withdraw, article="《行政复议法》第二十五条", reserved=people.WITHDRAWAL_2017)
refuse_withdrawal = replace(conclusion.refuse_withdrawal, article="《行政复议法实施条例》第三十八条第一款")
begin_mediation = replace(conclusion.begin_mediation, article="《行政复议法实施条例》第五十条第一款")
fail_mediation = replace(conclusion.fail_mediation, article="《行政复议法实施条例》第五十条第三款")
reject = replace(conclusion.reject, article="《行政复议法实施条例》第四十八条第一款第二项")
decide = replace(
    conclusion.decide,
    article="《行政复议法》第二十八条第一款",
    gates=(
        gates.answered("《行政复议法》第二十三条第一款"),
        gates.not_upheld_without_evidence(NO_ANSWER, third_party_excuses=False),
        gates.disposition_told("《行政复议法》第三十一条第二款"),
        examination.answered(ASKED),
        third_party.answered(TAKES_PART),
        gates_closing.withdrawal_answered("《行政复议法实施条例》第三十八条第一款"),
    ),
)
mediate = replace(conclusion.mediate, article="《行政复议法实施条例》第五十条", reserved=people.MEDIATION_2017)
terminate = replace(
    conclusion.terminate,
    article="《行政复议法实施条例》第四十二条",
    gates=(
        gates.withdrawal_made("《行政复议法实施条例》第四十二条第一款第一项"),
        gates.suspended_long_enough("《行政复议法实施条例》第四十二条第二款"),
    ),
)
issue_opinion_letter = replace(conclusion.issue_opinion_letter, article="《行政复议法实施条例》第五十七条第一款")
archive = replace(
    conclusion.archive,
    article="《行政复议法》第三十一条第二款",
    gates=(
        all_served("《行政复议法》第三十一条第三款"),
        gates_closing.acceptance_on_file("《行政复议法》第十七条第二款"),
    ),
)

STEPS = (
    *(*third_parties, send_copy, answer, no_evidence, hear, arrange_hearing, hold_hearing),
    *(
        begin_appraisal,
        end_appraisal,
        suspend,
        ask_examination,
        refuse_examination,
        examine,
        rule_examined,
        resume,
        apply_for_stay,
        decide_stay,
        decide_no_stay,
        lift_stay,
        extend_trial,
    ),
    *(withdraw, refuse_withdrawal, begin_mediation, fail_mediation),
    *(reject, decide, mediate, terminate, issue_opinion_letter, archive),
)
