"""上年结转, 新收, 办结 and 未结 of reconsideration go together, whatever happened to the cases, in every period."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from fadu.analytics import recorded
from fadu.analytics.figures import Period, gather
from fadu.analytics.measures import Scope, measures_of
from fadu.analytics.statements import statement
from fadu.analytics.tables import Table, table_of
from fadu.domains.review.reconsideration import indicators_intake, indicators_open, indicators_suit
from fadu.domains.review.reconsideration.indicators import concluded
from fadu.rules.registry import registry

ENDS = ("refuse", "waive", "withdraw_early", "handle_otherwise")
CONCLUSIONS = ("decide", "mediate", "terminate", "reject")
WANTED = (
    *indicators_open.ALL,
    *(indicators_intake.received, indicators_intake.accepted, indicators_suit.redo, concluded),
)


def case(chance: random.Random, number: int) -> dict[str, Any]:
    """A case of these years: received or done anew; perhaps accepted, perhaps disposed of, each on a later day."""
    opened = date(2022, 1, 1) + timedelta(days=chance.randrange(1000))
    row: dict[str, Any] = {"case_id": number, "organ_id": 1, "body_id": 2, "opened": opened}
    later = opened + timedelta(days=chance.randrange(20))
    way = chance.choice(["open", "ended", "accepted", "concluded", "redone", "redone_concluded"])
    if way == "ended":
        row[f"{chance.choice(ENDS)}_on"] = later
    if way in ("accepted", "concluded"):
        row[f"{chance.choice(['accept', 'accept_deemed'])}_on"] = later
    if way.startswith("redone"):
        row["enter_redo_on"] = opened
    if way.endswith("concluded"):
        row[f"{chance.choice(CONCLUSIONS)}_on"] = later + timedelta(days=chance.randrange(400))
    return row


def counted(table: Table, rows: list[dict[str, Any]], period: Period) -> dict[str, int]:
    values = [[row.get(column.name) for column in table.columns] for row in rows]
    text = statement(table, measures_of(WANTED), Scope(period.since, period.before), "duckdb")
    found = gather(WANTED, period, None, recorded.run(table, values, text))
    return {name.removeprefix("recon_"): figure.value or 0 for name, figure in found.items()}


@pytest.mark.parametrize(
    ("since", "before"),
    [(date(2023, 1, 1), date(2024, 1, 1)), (date(2023, 1, 1), date(2023, 7, 1)), (date(2024, 2, 29), date(2024, 3, 1))],
)
def test_what_was_there_and_came_in_went_out_or_is_left(since: date, before: date) -> None:
    chance = random.Random(11)
    table = table_of(registry(), "reconsideration")
    rows = [case(chance, number) for number in range(400)]
    found = counted(table, rows, Period(since, before))
    assert found["handled"] == found["carried_over"] + found["received"] + found["redo"]
    assert found["handled"] == found["disposed"] + found["pending"]
    assert (
        found["trial_carried_over"] + found["accepted"] + found["redo"] == found["concluded"] + found["trial_pending"]
    )
    assert found["closed"] >= found["concluded"] >= found["concluded_old"]
    assert 0 < found["carried_over"] <= found["handled"] < len(rows)
