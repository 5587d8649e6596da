"""One step of a procedure beside three process engines, each from what is stored and durably committed, in turn.

    fadu bench engines [--rounds 5] [--acts 150]        (the engines: pip install -r requirements/bench.in)

Five steps in a row, each a form of the same five fields, on one embedded server. The product: session, rights, gates,
typed facts, clocks, salted digests, chain, key. eventsourcing: load the aggregate, change, save one event.
SpiffWorkflow: load the row, deserialise, run, serialise, store. django-viewflow: lock, assign, start, execute.
None of them locks a row, checks a gate, chains a hash or keeps a period, except that viewflow locks; no page is
rendered by any. Every contender is a process of its own. Ratios are of the same round.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack, closing
from importlib.util import find_spec

import _house
from _contender import Contender
from _measure import goal, in_turn, paired, tell, watched

from tests.kernel.conftest import small_house

WARM_UP = 20
PEERS = {
    "eventsourcing": ("eventsourcing", ["_peers.py", "eventsourcing"], 1.1),
    "SpiffWorkflow": ("SpiffWorkflow", ["_peers.py", "spiff"], 1.3),
    "django-viewflow": ("viewflow", ["_viewflow.py"], 5),
}


def main() -> int:
    """Prepares a throw-away house and measures in it whatever is installed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--acts", type=int, default=150)
    options = parser.parse_args()
    there = {name: arguments for name, (package, arguments, _) in PEERS.items() if find_spec(package)}
    for name in PEERS.keys() - there.keys():
        print(f"没有安装 {name}，不比较；安装：pip install -r requirements/bench.in")
    with _house.running(), watched():
        small_house()
        with ExitStack() as stack:
            contenders = {
                name: stack.enter_context(closing(Contender(*arguments)))
                for name, arguments in ({"product": ["_acts.py", "five"]} | there).items()
            }
            for contender in contenders.values():
                contender.run(min(options.acts, WARM_UP))
            speeds = in_turn(
                {name: lambda c=contender: c.run(options.acts) for name, contender in contenders.items()},
                options.rounds,
            )
        tell(speeds, "步/秒")
        for name in there:
            goal(f"product ÷ {name}", paired(speeds["product"], speeds[name]), least=PEERS[name][2])
    return 0


if __name__ == "__main__":
    sys.exit(main())
