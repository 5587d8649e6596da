"""复议、应诉、赔偿: the room of heading 11 of the catalogue of systems."""

from __future__ import annotations

from pathlib import Path

from fadu.domains.review import (
    advice_indicators,
    agency_indicators,
    agency_receipt,
    court_advice,
    grievance,
    opinion_letter,
    penalty_receipt,
    pre_mediation,
    pre_mediation_2017,
    pre_mediation_indicators,
    registers,
)
from fadu.domains.review.compensation import indicators as compensation_indicators
from fadu.domains.review.compensation import payment, text_2012
from fadu.domains.review.court_work import books, enterprise_check, three_in_one, typical_case
from fadu.domains.review.court_work import indicators as court_indicators
from fadu.domains.review.litigation import indicators as litigation_indicators
from fadu.domains.review.litigation import text_2020
from fadu.domains.review.performance import court_enforcement, enforcement, judgment, letters, supervision
from fadu.domains.review.performance import indicators as performance_indicators
from fadu.domains.review.reconsideration import (
    indicators,
    indicators_intake,
    indicators_open,
    indicators_route,
    indicators_suit,
    text_2017,
    text_2023,
)
from fadu.domains.review.respondent import indicators as respondent_indicators
from fadu.domains.review.respondent import texts as respondent_texts
from fadu.domains.review.rule_examination import indicators as examination_indicators
from fadu.domains.review.rule_examination import text_2017 as examination_2017
from fadu.domains.review.rule_examination import text_2023 as examination_2023
from fadu.rules.registry import Room

ROOM = Room(
    name="review",
    label="行政复议、行政应诉与行政赔偿",
    folder=Path(__file__).parent,
    procedures=(
        *(text_2017.TEXT, text_2023.TEXT, opinion_letter.TEXT_2017, opinion_letter.TEXT_2023),
        *(pre_mediation_2017.TEXT_2017, pre_mediation.TEXT_2023, examination_2017.TEXT, examination_2023.TEXT),
        *(respondent_texts.TEXT_2017, respondent_texts.TEXT_2023),
        *(supervision.TEXT_2023, enforcement.TEXT_2023, letters.SUGGESTION_2007, letters.CORRECTION_2023),
        *(agency_receipt.TEXT_2023, penalty_receipt.TEXT_2023, grievance.TEXT_2023),
        *(text_2020.TEXT, judgment.TEXT, court_enforcement.TEXT, court_advice.TEXT_2023, text_2012.TEXT, payment.TEXT),
        *(*books.TEXTS, three_in_one.TEXT, enterprise_check.TEXT, typical_case.TEXT),
    ),
    indicators=(
        *(*indicators_intake.ALL, *indicators.ALL, *indicators_route.ALL, *indicators_suit.ALL, *indicators_open.ALL),
        *(*pre_mediation_indicators.ALL, *examination_indicators.ALL, *litigation_indicators.ALL),
        *(*performance_indicators.ALL, *registers.INDICATORS, *agency_indicators.ALL),
        *(*respondent_indicators.ALL, *advice_indicators.ALL, *compensation_indicators.ALL, *payment.ALL),
        *court_indicators.ALL,
        *grievance.ALL,
        *typical_case.ALL,
    ),
    registers=registers.ALL,
)
