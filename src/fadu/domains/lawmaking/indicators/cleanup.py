"""What is counted about 清理: rounds, and the documents by what became of them."""

from __future__ import annotations

from fadu.common.figures import Figures
from fadu.domains.lawmaking import cleanup
from fadu.rules.indicators import DayOf, FactIs, Sum, Unit

SYSTEM = "cleanup"
DECIDED = DayOf((cleanup.decide,))
ENDED = DayOf((cleanup.decide, cleanup.find_none))
rounds = Figures(system=SYSTEM, day=ENDED, said="按决定或者认定之日计入")

full = rounds.count(
    "cleanups_full",
    "全面清理次数",
    "决定清理结果或者认定没有需要清理的文件的全面清理次数",
    FactIs("cleanup_kind", ("full",)),
    unit=Unit.TIMES,
)
special = rounds.count(
    "cleanups_special",
    "专项清理次数",
    "决定清理结果或者认定没有需要清理的文件的专项清理次数",
    FactIs("cleanup_kind", ("special",)),
    unit=Unit.TIMES,
)


def _documents(name: str, label: str, fact: str, counted: str, *where: FactIs) -> Sum:
    """Documents over the rounds decided in the period, as each round states their number."""
    return Sum(
        name=name,
        label=label,
        system=SYSTEM,
        day=DECIDED,
        fact=fact,
        where=where,
        unit=Unit.CASES,
        definition=f"本期内{counted}",
    )


def _of_all(name: str, label: str, fact: str, said: str) -> Sum:
    each = "的规范性文件件数之和，按决定清理结果之日计入；同一文件在本期几次清理中的，各次分别计。"
    return _documents(name, label, fact, f"各次清理{said}{each}")


def _of_topic(name: str, label: str, topic: str, said: str) -> Sum:
    counted = f"{said}专项清理决定废止的规范性文件件数之和，按决定清理结果之日计入；全面清理中的不计。"
    return _documents(name, label, "repealed", counted, FactIs("topic", (topic,)))


listed = _of_all("cleanup_listed", "纳入清理的现行规范性文件数", "listed", "纳入清理")
kept = _of_all("cleanup_kept", "清理后继续有效数", "kept", "决定继续有效")
modified = _of_all("cleanup_modified", "清理后修改数", "modified", "决定修改")
repealed = _of_all("cleanup_repealed", "清理后废止数", "repealed", "决定废止")
expired = _of_all("cleanup_expired", "清理后失效数", "expired", "宣布失效")
repealed_business = _of_topic("cleanup_repealed_business", "清理中废止涉营商环境规范性文件数", "business", "营商环境")
repealed_safety = _of_topic("cleanup_repealed_safety", "清理中废止涉安全生产规范性文件数", "safety", "安全生产")
ALL = (
    full,
    special,
    listed,
    kept,
    modified,
    repealed,
    expired,
    repealed_business,
    repealed_safety,
)
