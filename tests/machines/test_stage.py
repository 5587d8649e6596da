"""Random legal histories in memory, one machine for each text of each procedure."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from fadu.rules.procedure import Procedure
from tests.machines.history import PROCEDURES, named
from tests.machines.on_stage import machine_of

BOUNDED = settings(
    max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
ENOUGH = 20


@pytest.mark.parametrize("procedure", PROCEDURES, ids=named)
def test_every_history_holds(procedure: Procedure) -> None:
    machine = machine_of(procedure)
    run_state_machine_as_test(machine, settings=BOUNDED)
    assert machine.looked > ENOUGH, "no case was opened: nothing was looked at"
