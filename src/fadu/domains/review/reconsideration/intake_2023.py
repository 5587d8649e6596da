"""Application and acceptance under the text of 2023: steps with their articles and gates."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.reconsideration import gates, people
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_intake as intake
from fadu.domains.review.reconsideration.superior_2023 import TRANSFERRED
from fadu.rules.gates import has_party, in_time, over
from fadu.rules.procedure import CASE_OFFICER, Gate, Step

receive = replace(
    intake.receive,
    article="《行政复议法》第二十二条",
    takes=(*intake.receive.takes, "immovable"),
    may_take=(*intake.receive.may_take, "content_known_on"),
)
ask_correction = replace(
    intake.ask_correction,
    article="《行政复议法》第三十一条第一款",
    gates=(gates.told_at_once("《行政复议法》第三十一条第一款"),),
)
receive_correction = replace(intake.receive_correction, article="《行政复议法》第三十一条第三款")
extend_correction = Step(
    name="extend_correction",
    label="延长补正期限",
    by=(CASE_OFFICER,),
    at=(s.CORRECTING,),
    takes=("correction_extension_days", "correction_extension_reason"),
    reason="correction_extension_reason",
    article="《行政复议法》第三十一条第二款",
)
waive = replace(
    intake.waive,
    article="《行政复议法》第三十一条第二款",
    gates=(over("correction", "补正期限尚未届满", "《行政复议法》第三十一条第二款"),),
)
withdraw_early = replace(intake.withdraw_early, article="《行政复议法》第七十四条第二款", reserved=people.WITHDRAWAL)
handle_otherwise = replace(intake.handle_otherwise, article="《行政复议法》第三十条第二款")
excuse_delay = replace(intake.excuse_delay, article="《行政复议法》第二十条第二款")
accept = replace(
    intake.accept,
    article="《行政复议法》第三十条第一款",
    gates=(
        has_party(s.APPLICANT, "《行政复议法》第三十条第一款第一项"),
        has_party(s.RESPONDENT, "《行政复议法》第三十条第一款第一项"),
        gates.applied_in_time("《行政复议法》第二十条第一款"),
        in_time("apply_cap", "自行政行为作出之日起已经超过最长申请期限", "《行政复议法》第二十一条"),
        in_time("apply_untold", "自知道行政行为内容之日起已经超过最长申请期限", "《行政复议法》第二十条第三款"),
    ),
)
accept_deemed = replace(intake.accept_deemed, article="《行政复议法》第三十条第三款")
notice_owed = Gate(
    name="notice_owed",
    sentence="本案不是视为受理，也不是上级责令受理，受理通知书已经制发",
    article="《行政复议法》第三十条第三款",
    reads=("step:accept_deemed", "step:order_acceptance"),
    holds=lambda view: view.did("accept_deemed") or view.did("order_acceptance"),
)
notify_acceptance = replace(
    intake.notify_acceptance,
    at=(*intake.notify_acceptance.at, TRANSFERRED),
    article="《行政复议法》第三十条第三款",
    gates=(notice_owed,),
)
refuse = replace(
    intake.refuse,
    article="《行政复议法》第三十条第二款",
    gates=(gates.competent_organ_told("《行政复议法》第三十条第二款"),),
)

STEPS = (
    *(
        receive,
        ask_correction,
        receive_correction,
        extend_correction,
        waive,
        withdraw_early,
        handle_otherwise,
        excuse_delay,
    ),
    *(accept, accept_deemed, notify_acceptance, refuse),
)
