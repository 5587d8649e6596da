"""Application and acceptance under the text of 2017: received is accepted, unless refused in time."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.reconsideration import gates, people
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_intake as intake
from fadu.rules.gates import done, has_party, in_time, over

CORRECTION = "《行政复议法实施条例》第二十九条"
ACCEPTED_BY_RECEIPT = "《行政复议法》第十七条第二款"

receive = replace(intake.receive, article="《行政复议法》第十一条")
ask_correction = replace(
    intake.ask_correction,
    article=CORRECTION,
    takes=(*intake.ask_correction.takes, "correction_days"),
    gates=(in_time("correction_notice", "已经超过通知补正的期限", CORRECTION),),
)
receive_correction = replace(intake.receive_correction, article=CORRECTION)
waive = replace(intake.waive, article=CORRECTION, gates=(over("correction", "补正期限尚未届满", CORRECTION),))
withdraw_early = replace(intake.withdraw_early, article="《行政复议法》第二十五条", reserved=people.WITHDRAWAL_2017)
handle_otherwise = replace(intake.handle_otherwise, article="《行政复议法》第十七条第一款、第十八条")
excuse_delay = replace(intake.excuse_delay, article="《行政复议法》第九条第二款")
accept = replace(
    intake.accept,
    label="确认受理",
    article=ACCEPTED_BY_RECEIPT,
    gates=(
        has_party(s.APPLICANT, "《行政复议法实施条例》第二十八条第一项"),
        has_party(s.RESPONDENT, "《行政复议法实施条例》第二十八条第一项"),
        gates.applied_in_time("《行政复议法》第九条第一款"),
    ),
)
accept_deemed = replace(intake.accept_deemed, label="收到即为受理", article=ACCEPTED_BY_RECEIPT)
notify_acceptance = replace(
    intake.notify_acceptance,
    article=ACCEPTED_BY_RECEIPT,
    gates=(done(accept_deemed, "受理通知书已经制发"),),
)
refuse = replace(
    intake.refuse,
    article="《行政复议法》第十七条第一款",
    gates=(gates.competent_organ_told("《行政复议法》第十七条第一款"),),
)

STEPS = (
    *(receive, ask_correction, receive_correction, waive, withdraw_early, handle_otherwise, excuse_delay),
    *(accept, accept_deemed, notify_acceptance, refuse),
)
