"""One act, written and committed: acts.perform beside a hand-written limit and a plain ORM variant, in turn.

    fadu bench perform [--rounds 5] [--acts 150] [--clients 8]

Limit: one read and one SQL function (lock, check, event, clock, case) over psycopg with SM3 and canonical JSON;
no rights, gates, form, typed facts, audience or salted digests. ORM: the same rows written the plain Django way.
Every contender is a process of its own; with many clients each has its own cases. Ratios are of the same round;
all run in turn on one embedded server, default settings. One client on an idle machine is slower than the same
client beside others, because an idle virtual core wakes slowly: only ratios count.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Mapping
from contextlib import ExitStack, closing

import _acts
import _house
from _contender import Contender
from _measure import goal, in_turn, paired, tell, watched

from tests.kernel.conftest import small_house

WARM_UP = 60
FEW = 2


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--acts", type=int, default=150, help="of each client in each round")
    parser.add_argument("--clients", type=int, default=_acts.CLIENTS, help=f"at most {_acts.CLIENTS}")
    options = parser.parse_args()
    with _house.running(), watched():
        small_house()
        _acts.make_limit()
        with ExitStack() as stack:
            one = {name: stack.enter_context(closing(Contender("_acts.py", name))) for name in ("product", "limit")}
            orm = stack.enter_context(closing(Contender("_acts.py", "orm")))
            alone(one | {"orm": orm}, options.rounds, options.acts)
        together(options.rounds, options.acts, min(options.clients, _acts.CLIENTS))
    return 0


def alone(contenders: Mapping[str, Contender], rounds: int, acts: int) -> None:
    """One client."""
    speeds = measured(contenders, rounds, acts)
    tell(speeds, "次/秒，一个客户端")
    took = sorted(contenders["product"].took)
    middle, late = statistics.median(took), took[len(took) * 95 // 100]
    cpu = statistics.median(contenders["product"].cpu) * 1e6
    print(f"product：p50 {middle * 1e3:.2f} 毫秒，p95 {late * 1e3:.2f} 毫秒，客户端处理器时间 {cpu:,.0f} 微秒/次")
    goal("一个客户端，product ÷ limit", paired(speeds["product"], speeds["limit"]), least=0.55)
    goal("一个客户端，product ÷ orm", paired(speeds["product"], speeds["orm"]), least=3)
    goal("一个客户端，p95 ÷ p50", [late / middle], most=2)


def together(rounds: int, acts: int, clients: int) -> None:
    """Many clients, and a few for comparison."""
    with ExitStack() as stack:
        sizes = {"product": clients, "limit": clients, "few": min(FEW, clients)}
        contenders = {
            name: stack.enter_context(
                closing(Contender("_acts.py", "product" if name == "few" else name, clients=size))
            )
            for name, size in sizes.items()
        }
        speeds = measured(contenders, rounds, acts)
    tell(speeds, f"次/秒，{clients} 个客户端（few：{sizes['few']} 个）")
    goal(f"{clients} 个客户端，product ÷ limit", paired(speeds["product"], speeds["limit"]), least=0.5)
    goal(f"product，{clients} 个客户端 ÷ {sizes['few']} 个", paired(speeds["product"], speeds["few"]), least=0.9)


def measured(contenders: Mapping[str, Contender], rounds: int, acts: int) -> dict[str, list[float]]:
    """Acts a second, after warming up."""
    for contender in contenders.values():
        contender.run(min(acts, WARM_UP))
        contender.forget()
    return in_turn({name: lambda c=contender: c.run(acts) for name, contender in contenders.items()}, rounds)


if __name__ == "__main__":
    sys.exit(main())
