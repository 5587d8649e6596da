"""The measuring programs: their arithmetic, and that each runs to its end on a few rows."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from types import ModuleType

import pytest

from fadu.infra.home import CHECKOUT
from tests.fixtures.database import OwnDatabase

LONGEST = 300


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """bench/_measure.py, which is in no package."""
    spec = importlib.util.spec_from_file_location("bench_measure", CHECKOUT / "bench" / "_measure.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_contenders_go_in_turn_and_every_other_round_backwards(measure: ModuleType) -> None:
    order: list[str] = []

    def contender(name: str) -> float:
        order.append(name)
        return float(len(order))

    found = measure.in_turn({name: lambda name=name: contender(name) for name in "ab"}, 3)
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert found == {"a": [1, 4, 5], "b": [2, 3, 6]}


def test_a_ratio_is_that_of_its_own_round(measure: ModuleType) -> None:
    assert measure.paired([1, 10, 4], [2, 20, 4]) == [0.5, 0.5, 1]


@pytest.mark.parametrize(
    ("asked", "told", "met"),
    [
        ({"least": 0.55}, "目标：比值 ≥ 0.55；实得 0.50（0.10–0.60），没有达到", False),
        ({"least": 0.5}, "目标：比值 ≥ 0.5；实得 0.50（0.10–0.60），达到", True),
        ({"most": 0.4}, "目标：比值 ≤ 0.4；实得 0.50（0.10–0.60），没有达到", False),
    ],
)
def test_a_goal_is_judged_by_the_median(
    measure: ModuleType, capsys: pytest.CaptureFixture[str], asked: dict[str, float], told: str, met: bool
) -> None:
    assert measure.goal("比值", [0.6, 0.1, 0.5], **asked) is met
    assert capsys.readouterr().out == told + "\n"


@pytest.mark.parametrize(("busy", "warned"), [(0.05, False), (1.4, True)])
def test_a_busy_machine_is_told(
    measure: ModuleType,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    busy: float,
    warned: bool,
) -> None:
    monkeypatch.setattr(measure, "busy_cores", lambda look: busy)
    with measure.watched():
        pass
    out = capsys.readouterr().out
    assert f"测前 {busy:.2f} 核" in out
    assert ("警告：机器不空闲" in out) is warned


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["perform", "--rounds", "1", "--acts", "3", "--clients", "2"], "2 个客户端，product ÷ limit ≥ 0.5"),
        (["engines", "--rounds", "1", "--acts", "5"], "步/秒"),
        (["web", "--rounds", "1", "--acts", "3"], "SQL 语句数 ≤ 15"),
        (["search", "--cases", "2000", "--entries", "1000", "--rounds", "1"], "到处都有的短语"),
        (["worklist", "--cases", "3000", "--rounds", "1", "--questions", "3"], "首页加计数，product ÷ limit ≤ 3"),
        (["snapshot", "--rows", "3000", "--figures", "12", "--rounds", "1"], "再加一项的用时 ÷ 全部用时 ≤ 0.01"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_program_runs_to_its_end(own_database: OwnDatabase, command: list[str], told: str) -> None:
    """In a house that is there: making one takes longer than the few rows."""
    said = bench(*command, env=own_database.environment() | {"FADU_BENCH_HOUSE": "1"})
    assert told in said
    assert "其他程序占用" in said


@pytest.mark.slow
def test_a_program_makes_a_house_of_its_own() -> None:
    said = bench("seal", "--leaves", "2000", "--events", "100", "--rounds", "1", env=os.environ)
    assert "完整核对，product ÷ 只算链 ≥ 0.4" in said


def bench(*command: str, env: Mapping[str, str]) -> str:
    """What a program prints."""
    whole = [sys.executable, "-m", "fadu", "bench", *command]
    run = subprocess.run(whole, env=env, cwd=CHECKOUT, capture_output=True, text=True, timeout=LONGEST)
    assert run.returncode == 0, run.stderr
    return run.stdout
