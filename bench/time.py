"""Clocks of law: random histories against the naive counter of the tests, and how many are reckoned a second."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fadu.rules.clocks import Running, explain, reckon
from fadu.rules.working_days import Calendar, load_calendar
from tests.rules.clock_histories import as_running, random_history
from tests.rules.naive_counter import Almanac, History, answer, left_after

GOAL = 20_000
ROUNDS = 3
SHOWN = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Compare and measure; 1 if any history differs or plain clocks are slower than the goal."""
    parser = argparse.ArgumentParser(prog="fadu bench time", description=__doc__)
    parser.add_argument("--histories", type=int, default=100_000, help="多少个随机历史")
    parser.add_argument("--seed", default="time", help="随机数种子")
    options = parser.parse_args(argv)
    calendar, random = load_calendar(), Random(options.seed)
    histories = [random_history(random) for _ in range(options.histories)]
    differing = compare(histories, calendar, random)
    print(f"随机历史 {len(histories):,} 个，与逐日计数器不一致 {differing:,} 个。")
    every = [as_running(history) for history in histories]
    plain = [running for running in every if not running.pauses and not running.extensions]
    speed = measured("无中止、无延长", plain, calendar)
    measured("全部随机历史", every, calendar)
    explained(every[: len(every) // 20], calendar)
    verdict = "达到" if speed >= GOAL else "没有达到"
    print(f"目标：普通期限每秒不少于 {GOAL:,} 个，{verdict}。")
    return 0 if differing == 0 and speed >= GOAL else 1


def compare(histories: Sequence[History], calendar: Calendar, random: Random) -> int:
    """How many histories the two counters judge differently; the first few are printed."""
    almanac, differing = Almanac(), 0
    for history in histories:
        day = history.start + timedelta(days=random.randint(-2, 200))
        naive, result = answer(history, almanac), reckon(as_running(history), calendar)
        expected = (naive.last, naive.rolled, naive.due(history), naive.minute, left_after(history, day, almanac))
        got = (result.last_day, result.rolled, result.due, result.due_at, result.remaining_at(day, calendar))
        if got != expected:
            differing += 1
            if differing <= SHOWN:
                print(f"不一致：{history}\n  逐日计数 {expected}\n  本程序　 {got}（{day}）")
    return differing


def measured(label: str, clocks: Sequence[Running], calendar: Calendar) -> int:
    """Clocks a second, the best of some rounds."""
    best = 0
    for _ in range(ROUNDS):
        begin = perf_counter()
        for running in clocks:
            reckon(running, calendar)
        best = max(best, round(len(clocks) / (perf_counter() - begin)))
    print(f"计算：{label} {len(clocks):,} 个，每秒 {best:,} 个。")
    return best


def explained(clocks: Sequence[Running], calendar: Calendar) -> None:
    begin = perf_counter()
    entries = sum(len(explain(running, calendar)) for running in clocks)
    rate = round(len(clocks) / (perf_counter() - begin)) if clocks else 0
    print(f"解释：{len(clocks):,} 个，共 {entries:,} 条，每秒 {rate:,} 个。")


if __name__ == "__main__":
    sys.exit(main())
