"""Figures count a case as before when its personal data or its whole file were destroyed, today and as of earlier."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fadu.analytics.figures import compute
from fadu.infra.clock import SHANGHAI
from fadu.kernel import destruction
from fadu.kernel.destruction import Ground, What
from tests.analytics import counted
from tests.analytics.conftest import Filled, serve

YEAR = (date(2024, 1, 1), date(2025, 1, 1))
CUTS = (None, datetime(2024, 4, 12, tzinfo=SHANGHAI), datetime(2025, 2, 1, tzinfo=SHANGHAI))


def figures(filled: Filled) -> list[dict[str, Any]]:
    """Today, and as the record stood in the middle of the first case and after its end."""
    with filled.session() as s:
        found = [compute(s, counted.catalogue(), counted.ALL, *YEAR, recorded_before=cut) for cut in CUTS]
    return [{name: (str(figure), figure.cases) for name, figure in one.items()} for one in found]


def test_what_is_counted_stays(filled: Filled) -> None:
    case, house = filled.cases["granted"], filled.at("2024-04-20")
    for paper, party in (("receipt-1", "applicant-1"), ("decision-1", "applicant-1"), ("decision-1", "respondent-1")):
        serve(house, case, paper, party)
    house.do("officer", case, "archive")
    filled.at("2036-01-02")
    before = figures(filled)
    assert before[0] != before[1]
    ground = Ground("到期", "保管期限表", house.people["admin"], house.people["mayor"])
    with filled.session() as s:
        destruction.set_retention(s, "small", 10, "保管期限表")
    destruction.destroy(What(case, party="applicant-1"), ground, at=house.now)
    assert figures(filled) == before
    destruction.destroy(What(case), ground, at=house.now)
    assert figures(filled) == before
