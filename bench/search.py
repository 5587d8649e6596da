"""Search over what people write of a million cases: server time of one search as the page makes it, by kind of word.

    fadu bench search [--cases 1000000] [--rounds 3]

Each case has its number, its title, a name, a story of some sixty signs, every fifth a paper of three hundred, made of
phrases of which some stand in all cases and some in a handful. Asked by a supervisor of a city (a tenth of the cases),
one of a county (a hundredth) and an officer of one office: find up to two hundred, show a page of twenty with what
matched. Goal: p95 at most 80 ms.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from random import Random
from time import perf_counter

import _house
import _million
import psycopg
from _measure import seconds, watched
from _million import NOW, Person

from fadu.infra import database
from fadu.kernel import access, sought
from fadu.web.workbench import listing, searching

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红建国志文海燕春梅"
COMMON = ("不服行政处罚决定", "请求撤销", "事实不清", "证据不足", "程序违法", "适用法律错误")
PLACES = ("幸福路", "人民街", "解放大道", "滨河西路", "建设巷", "学府路", "东风桥", "青年公园")
MATTERS = ("占道经营", "无证驾驶", "违法建设", "噪声扰民", "虚假宣传", "逾期未改正", "土地征收补偿", "工伤认定")
COLUMNS = "case_id, place, audience, label, text"
GOAL = 80


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with _house.running():
        people: list[Person] = []
        print(f"{options.cases:,} 件，装入用时 ", end="", flush=True)
        print(f"{seconds(lambda: people.extend(fill(options.cases))):.0f} 秒", flush=True)
        with watched():
            for person in people:
                measure(person, options.cases, options.rounds)
    return 0


def fill(cases: int) -> list[Person]:
    """Cases with their texts, and the index over these."""
    people = _million.fill(cases)
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        owner.execute("DROP INDEX sought_pairs")
        with owner.cursor() as cursor, cursor.copy(f"COPY kernel_sought ({COLUMNS}) FROM STDIN") as copy:
            for row in texts(cases):
                copy.write_row(row)
        took = seconds(lambda: owner.execute("CREATE INDEX sought_pairs ON kernel_sought USING gin (fadu_pairs(text))"))
        owner.execute("VACUUM ANALYZE kernel_sought")
        sizes = owner.execute(
            "SELECT pg_size_pretty(pg_table_size('kernel_sought')), pg_size_pretty(pg_relation_size('sought_pairs'))"
        ).fetchone()
        print(f"索引 {took:.0f} 秒，表和索引 {sizes}，", end="", flush=True)
    return people


def texts(cases: int) -> Iterator[tuple[int, str, str, str, str]]:
    """Rows of what cases are found by."""
    random = Random("texts")
    for case in range(1, cases + 1):
        name = name_of(case)
        yield case, "number", "parties", "案号", f"某政复申〔2024〕{case}号"
        yield case, "title", "parties", "标题", f"{name}不服某局行政处罚案"
        yield case, "party:applicant-1", "parties", "申请人", name
        story = "，".join(
            f"{random.choice(PLACES)}{random.randrange(999)}号{random.choice(MATTERS)}{random.choice(COMMON)}"
            for _ in range(4)
        )
        yield case, "fact:facts_and_reasons", "parties", "事实和理由", story + rare(case)
        if case % 5 == 0:
            yield case, "paper:decision-1", "parties", "《决定书》", f"本机关认为，{story}。{'、'.join(COMMON)}。" * 2


def name_of(case: int) -> str:
    return SURNAMES[case % 32] + GIVEN[case // 32 % 36] + GIVEN[case // 1152 % 36]


def rare(case: int) -> str:
    """A phrase of a thousandth of the cases."""
    return "，另案追索养鸽损失" if case % 1000 == 7 else ""


def measure(person: Person, cases: int, rounds: int) -> None:
    """Times of each kind of word for one person, beside the goal for the slowest twentieth."""
    random = Random("asked")
    asked = {
        "案号": [f"〔2024〕{random.randrange(cases)}号" for _ in range(10)],
        "姓名": [name_of(random.randrange(cases)) for _ in range(10)],
        "两个字，到处都有": ["处罚", "撤销", "证据"],
        "到处都有的短语": ["不服行政处罚", "程序违法", "事实不清"],
        "少见的短语": ["养鸽损失", "追索养鸽", "养鸽"],
        "没有的": ["火星开发", "石器时代", "鸽养"],
        "几个词": [f"{MATTERS[n % 8]} {PLACES[n % 7]}{random.randrange(999)}号" for n in range(10)],
        "姓名和短语": [f"{name_of(random.randrange(cases))} 程序违法" for _ in range(5)],
    }
    for kind, words in asked.items():
        found: list[int] = []
        times = sorted(1000 * ask(person, word, found) for _ in range(rounds) for word in words)
        late = times[min(len(times) - 1, len(times) * 95 // 100)]
        middle = times[len(times) // 2]
        told = f"找到 {min(found)}–{max(found)} 件，{middle:.1f} 毫秒，p95 {late:.1f}"
        print(f"{person.level:<7} {kind:<10} {told}{'' if late <= GOAL else f'，超过 {GOAL}'}")


def ask(person: Person, typed: str, found: list[int]) -> float:
    """One search as the page makes it."""
    begin = perf_counter()
    with access.session(person.officer, NOW) as s:
        result = searching.cases(s, sought.words_of(typed), 1)
        found.append(result.total)
        lines: Sequence[object] = [(listing.line(s, one.case), one.matches) for one in result.hits]
        assert len(lines) <= searching.PAGE_SIZE
    return perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
