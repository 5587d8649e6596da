"""Search over what people write of a million cases: server time of one search as the page makes it, by kind of word.

    fadu bench search [--cases 1000000] [--entries 100000] [--rounds 3]

Each case has its number, its title, a name, a story of some sixty signs, every fifth a paper of three hundred, made of
phrases of which some stand in all cases and some in a handful. Asked by a supervisor of a city (a tenth of the cases),
one of a county (a hundredth) and an officer of one office: find up to two hundred, show a page of twenty with what
matched. Beside them entries of a register, spread over the same offices, asked the same way: code, name, a sentence.
Goal: p95 at most 80 ms.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from random import Random
from time import perf_counter

import _entries
import _full
import _house
from _full import MATTERS, PLACES, name_of
from _measure import watched
from _million import NOW, Person

from fadu.kernel import access, sought
from fadu.web.workbench import listing, searching

GOAL = 80
Asked = Mapping[str, list[str]]
Ask = Callable[[Person, str, list[int]], float]


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with _house.running():
        people = _full.house(options.cases)
        _entries.fill(options.entries)
        with watched():
            for person in people:
                measure(person, of_cases(options.cases), options.rounds, cases_page)
                measure(person, of_entries(options.entries), options.rounds, entries_page)
    return 0


def of_cases(cases: int) -> Asked:
    """Words by their kind, as they stand in cases."""
    random = Random("asked")
    return {
        "案号": [f"〔2024〕{random.randrange(cases)}号" for _ in range(10)],
        "姓名": [name_of(random.randrange(cases)) for _ in range(10)],
        "两个字，到处都有": ["处罚", "撤销", "证据"],
        "到处都有的短语": ["不服行政处罚", "程序违法", "事实不清"],
        "少见的短语": ["养鸽损失", "追索养鸽", "养鸽"],
        "没有的": ["火星开发", "石器时代", "鸽养"],
        "几个词": [f"{MATTERS[n % 8]} {PLACES[n % 7]}{random.randrange(999)}号" for n in range(10)],
        "姓名和短语": [f"{name_of(random.randrange(cases))} 程序违法" for _ in range(5)],
    }


def of_entries(entries: int) -> Asked:
    """Words by their kind, as they stand in entries of the register."""
    random = Random("asked")
    return {
        "编码": [_entries.code(random.randrange(entries)) for _ in range(10)],
        "两个字，到处都有": ["处罚", "罚款", "规定"],
        "到处都有的短语": ["依照有关规定责令改正", "行政处罚", "可以并处罚款"],
        "少见的短语": ["养鸽的除外", "养鸽"],
        "没有的": ["火星开发", "石器时代", "鸽养"],
        "处处有其字而没有的": ["行政处罚款"],
        "几个词": [f"{MATTERS[n % 8]} {PLACES[n % 7]}{random.randrange(entries)}号" for n in range(10)],
    }


def measure(person: Person, asked: Asked, rounds: int, ask: Ask) -> None:
    """Times of each kind of word for one person, beside the goal for the slowest twentieth."""
    for kind, words in asked.items():
        found: list[int] = []
        times = sorted(1000 * ask(person, word, found) for _ in range(rounds) for word in words)
        late = times[min(len(times) - 1, len(times) * 95 // 100)]
        middle = times[len(times) // 2]
        told = f"{WHAT[ask]} 找到 {min(found)}–{max(found)}，{middle:.1f} 毫秒，p95 {late:.1f}"
        print(f"{person.level:<7} {kind:<10} {told}{'' if late <= GOAL else f'，超过 {GOAL}'}")


def cases_page(person: Person, typed: str, found: list[int]) -> float:
    """One search as the page makes it."""
    begin = perf_counter()
    with access.session(person.officer, NOW) as s:
        result = searching.cases(s, sought.words_of(typed), 1)
        found.append(result.total)
        lines: Sequence[object] = [(listing.line(s, one.case), one.matches) for one in result.hits]
        assert len(lines) <= searching.PAGE_SIZE
    return perf_counter() - begin


def entries_page(person: Person, typed: str, found: list[int]) -> float:
    """The same, of entries."""
    begin = perf_counter()
    with access.session(person.officer, NOW) as s:
        found.append(searching.entries(s, sought.words_of(typed), 1).total)
    return perf_counter() - begin


WHAT = {cases_page: "案件", entries_page: "条目"}


if __name__ == "__main__":
    sys.exit(main())
