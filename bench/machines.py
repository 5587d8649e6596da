"""A long run of the machines: random legal histories in memory, as many as asked for, of every text or of one.

    fadu bench machines [--examples 500] [--steps 40] [--text reconsideration-2023]

Tells how many histories were walked and stops at the first that does not hold, with the shortest way to it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import django
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fadu.config.settings")
django.setup()

from tests.machines.history import PROCEDURES, named  # noqa: E402
from tests.machines.on_stage import machine_of  # noqa: E402


def main() -> int:
    """One machine after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=500)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--text", default="")
    options = parser.parse_args()
    plan = settings(
        max_examples=options.examples, stateful_step_count=options.steps, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    for procedure in PROCEDURES:
        if options.text in named(procedure):
            begin = time.perf_counter()
            run_state_machine_as_test(machine_of(procedure), settings=plan)
            print(f"{named(procedure):<24} {options.examples} histories hold, {time.perf_counter() - begin:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
