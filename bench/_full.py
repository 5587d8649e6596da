"""The small demonstration house in the midst of a province's cases (`_million`), with the texts they are found by.

Made once in the folder that FADU_BENCH_HOME names and used again there, as long as the tables are made the same way.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import _house
import _million
import psycopg
from _measure import seconds
from _million import TODAY, Person

from fadu.demo import build
from fadu.infra import database
from fadu.infra.home import home
from fadu.kernel import clockwork

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红建国志文海燕春梅"
COMMON = ("不服行政处罚决定", "请求撤销", "事实不清", "证据不足", "程序违法", "适用法律错误")
PLACES = ("幸福路", "人民街", "解放大道", "滨河西路", "建设巷", "学府路", "东风桥", "青年公园")
MATTERS = ("占道经营", "无证驾驶", "违法建设", "噪声扰民", "虚假宣传", "逾期未改正", "土地征收补偿", "工伤认定")
COLUMNS = "case_id, place, audience, label, text"


def house(cases: int) -> list[Person]:
    """Makes the house, or finds it made; a person for each level of the province. In a house that is there: no more."""
    if _house.THERE:
        _million.fill(cases)
        _sought(cases)
        return _million.people()
    note, wanted = home() / "bench.json", {"cases": cases, "tables": _tables()}
    if note.exists():
        if json.loads(note.read_text()) != wanted:
            sys.exit(f"{home()} 中的数据是按另一种规模或者表结构装入的，请删除这个文件夹，或者另指定一个。")
        print(f"使用 {home()} 中已有的 {cases:,} 件", flush=True)
        return _million.people()
    print(f"演示机关 {seconds(build.build):.0f} 秒，", end="", flush=True)
    print(f"{cases:,} 件 {seconds(lambda: _million.fill(cases)):.0f} 秒，", end="", flush=True)
    print(f"正文 {seconds(lambda: _sought(cases)):.0f} 秒", flush=True)
    clockwork.set_day(None, TODAY)
    clockwork.run_due()
    note.write_text(json.dumps(wanted))
    return _million.people()


def _tables() -> str:
    """Changes when the tables and functions do."""
    files = sorted((_house.ROOT / "src" / "fadu" / "kernel" / "migrations").glob("0*"))
    return hashlib.sha256(b"".join(map(Path.read_bytes, files))).hexdigest()


def _sought(cases: int) -> None:
    """The texts of the province's cases, and the index over all texts."""
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        last = _million.last(owner, "kernel_case")
        owner.execute("DROP INDEX sought_pairs")
        with owner.cursor() as cursor, cursor.copy(f"COPY kernel_sought ({COLUMNS}) FROM STDIN") as copy:
            for row in _texts(last - cases, cases):
                copy.write_row(row)
        owner.execute("SET maintenance_work_mem = '512MB'")
        owner.execute("CREATE INDEX sought_pairs ON kernel_sought USING gin (fadu_pairs(text))")
        owner.execute("VACUUM ANALYZE kernel_sought")


def _texts(before: int, cases: int) -> Iterator[tuple[int, str, str, str, str]]:
    """Rows of what cases are found by."""
    random = Random("texts")
    for case in range(1, cases + 1):
        name, key = name_of(case), before + case
        yield key, "number", "parties", "案号", f"某政复申〔2024〕{case}号"
        yield key, "title", "parties", "标题", f"{name}不服某局行政处罚案"
        yield key, "party:applicant-1", "parties", "申请人", name
        story = "，".join(
            f"{random.choice(PLACES)}{random.randrange(999)}号{random.choice(MATTERS)}{random.choice(COMMON)}"
            for _ in range(4)
        )
        yield key, "fact:facts_and_reasons", "parties", "事实和理由", story + _rare(case)
        if case % 5 == 0:
            yield key, "paper:decision-1", "parties", "《决定书》", f"本机关认为，{story}。{'、'.join(COMMON)}。" * 2


def name_of(case: int) -> str:
    """Of the applicant in a case of the province, counted from 1."""
    return SURNAMES[case % 32] + GIVEN[case // 32 % 36] + GIVEN[case // 1152 % 36]


def _rare(case: int) -> str:
    """A phrase of a thousandth of the cases."""
    return "，另案追索养鸽损失" if case % 1000 == 7 else ""
