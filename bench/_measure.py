"""What the measuring programs share: contenders in turn, ratios within a round, goals, and who else is at work."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

BUSY = 0.15
"""Cores that others may use before a figure is doubted."""
LOOK = 1.0
"""Seconds."""

Rounds = Mapping[str, list[float]]


def in_turn(contenders: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """What each contender says of itself, one after the other in every round; every other round backwards."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name in list(contenders) if number % 2 == 0 else reversed(contenders):
            found[name].append(contenders[name]())
    return found


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def spread(found: list[float], digits: int = 0) -> str:
    """Median with the lowest and the highest round."""
    low, middle, high = min(found), statistics.median(found), max(found)
    return f"{middle:,.{digits}f}（{low:,.{digits}f}–{high:,.{digits}f}）"


def tell(found: Rounds, unit: str, digits: int = 0) -> None:
    """One line a contender."""
    for name, rounds in found.items():
        print(f"{name:<28} {spread(rounds, digits)} {unit}", flush=True)


def paired(ours: list[float], theirs: list[float]) -> list[float]:
    """The ratio of each round: what drifts between rounds does not count."""
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def goal(label: str, ratios: list[float], *, least: float | None = None, most: float | None = None) -> bool:
    """Prints a goal, what was reached, and whether that is enough."""
    reached = statistics.median(ratios)
    met = (least is None or reached >= least) and (most is None or reached <= most)
    asked = f"≥ {least:g}" if least is not None else f"≤ {most:g}"
    print(f"目标：{label} {asked}；实得 {spread(ratios, 2)}，{'达到' if met else '没有达到'}", flush=True)
    return met


# ---------------------------------------------------------------- who else is at work


def busy_cores(look: float = LOOK) -> float:
    """How many cores are in use while this program only waits."""
    before, begin = _busy_ticks(), time.perf_counter()
    time.sleep(look)
    return (_busy_ticks() - before) / os.sysconf("SC_CLK_TCK") / (time.perf_counter() - begin)


def _busy_ticks() -> int:
    user, nice, system, _, _, irq, soft, steal, *_ = map(int, Path("/proc/stat").read_text().split()[1:11])
    return user + nice + system + irq + soft + steal


@contextmanager
def watched(look: float = LOOK) -> Iterator[None]:
    """Looks before and after a measurement whether others use the machine, and says so below the figures."""
    before = busy_cores(look)
    yield
    after = busy_cores(look)
    load, _, _ = os.getloadavg()
    print(f"其他程序占用：测前 {before:.2f} 核，测后 {after:.2f} 核；近一分钟负载 {load:.1f}，共 {os.cpu_count()} 核")
    if max(before, after) > BUSY:
        print("警告：机器不空闲，以上比值仅供参考，请在空闲时重测。", flush=True)
