"""Twenty rounds of SIGKILL against writers and the server: nothing acknowledged is lost, nothing is done twice."""

import json
import subprocess
import sys

import pytest

from fadu.infra.home import CHECKOUT

ROUNDS = 20


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice() -> None:
    command = [sys.executable, "bench/crash.py", "--rounds", str(ROUNDS), "--seed", "20260101"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=300)
    assert done.stdout, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["faults"] == []
    assert done.returncode == 0
    assert told["rounds"] == ROUNDS
    # Kills met acts under way, or nothing would have been proved.
    assert min(told[name] for name in ("writer_kills", "server_kills", "retried", "acknowledged", "lapses")) > 0
    assert told["events"] > told["cases"] > ROUNDS
