"""What is counted about 清理: rounds, and the documents by what became of them."""

from __future__ import annotations

from fadu.domains.lawmaking import cleanup
from fadu.rules.indicators import Count, DayOf, FactIs, Sum, Unit

SYSTEM = "cleanup"
DECIDED = DayOf((cleanup.decide,))
ENDED = DayOf((cleanup.decide, cleanup.find_none))

full = Count(
    name="cleanups_full",
    label="全面清理次数",
    system=SYSTEM,
    day=ENDED,
    where=(FactIs("cleanup_kind", ("full",)),),
    unit=Unit.TIMES,
    definition="本期内决定清理结果或者认定没有需要清理的文件的全面清理次数，按决定或者认定之日计入。",
)
special = Count(
    name="cleanups_special",
    label="专项清理次数",
    system=SYSTEM,
    day=ENDED,
    where=(FactIs("cleanup_kind", ("special",)),),
    unit=Unit.TIMES,
    definition="本期内决定清理结果或者认定没有需要清理的文件的专项清理次数，按决定或者认定之日计入。",
)
listed = Sum(
    name="cleanup_listed",
    label="纳入清理的现行规范性文件数",
    system=SYSTEM,
    day=DECIDED,
    fact="listed",
    unit=Unit.CASES,
    definition="本期内各次清理纳入清理的规范性文件件数之和，按决定清理结果之日计入；同一文件在本期几次清理中的，各次分别计。",
)
kept = Sum(
    name="cleanup_kept",
    label="清理后继续有效数",
    system=SYSTEM,
    day=DECIDED,
    fact="kept",
    unit=Unit.CASES,
    definition="本期内各次清理决定继续有效的规范性文件件数之和，按决定清理结果之日计入；同一文件在本期几次清理中的，各次分别计。",
)
modified = Sum(
    name="cleanup_modified",
    label="清理后修改数",
    system=SYSTEM,
    day=DECIDED,
    fact="modified",
    unit=Unit.CASES,
    definition="本期内各次清理决定修改的规范性文件件数之和，按决定清理结果之日计入；同一文件在本期几次清理中的，各次分别计。",
)
repealed = Sum(
    name="cleanup_repealed",
    label="清理后废止数",
    system=SYSTEM,
    day=DECIDED,
    fact="repealed",
    unit=Unit.CASES,
    definition="本期内各次清理决定废止的规范性文件件数之和，按决定清理结果之日计入；同一文件在本期几次清理中的，各次分别计。",
)
expired = Sum(
    name="cleanup_expired",
    label="清理后失效数",
    system=SYSTEM,
    day=DECIDED,
    fact="expired",
    unit=Unit.CASES,
    definition="本期内各次清理宣布失效的规范性文件件数之和，按决定清理结果之日计入；同一文件在本期几次清理中的，各次分别计。",
)
repealed_business = Sum(
    name="cleanup_repealed_business",
    label="清理中废止涉营商环境规范性文件数",
    system=SYSTEM,
    day=DECIDED,
    fact="repealed",
    where=(FactIs("topic", ("business",)),),
    unit=Unit.CASES,
    definition="本期内营商环境专项清理决定废止的规范性文件件数之和，按决定清理结果之日计入；全面清理中的不计。",
)
repealed_safety = Sum(
    name="cleanup_repealed_safety",
    label="清理中废止涉安全生产规范性文件数",
    system=SYSTEM,
    day=DECIDED,
    fact="repealed",
    where=(FactIs("topic", ("safety",)),),
    unit=Unit.CASES,
    definition="本期内安全生产专项清理决定废止的规范性文件件数之和，按决定清理结果之日计入；全面清理中的不计。",
)
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
