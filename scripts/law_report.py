"""The report of the conversion of the law tables: every row, where it went, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from law_rows import Row

WAYS = {"value": "写入法律库", "merged": "合并（重复）", "setting": "列为本地设置（不生效）"}


@dataclass(frozen=True)
class Outcome:
    """What became of one row: `way` is value, merged or setting; `where` names the file and period."""

    row: Row
    way: str
    where: str
    reason: str


@dataclass(frozen=True)
class Totals:
    """How much was written."""

    statutes: int
    periods: int
    values: int
    settings: int


def write_report(path: Path, outcomes: Sequence[Outcome], totals: Totals) -> None:
    """Counts first, then one table for each way; the order is that of the tables."""
    counts = Counter(outcome.way for outcome in outcomes)
    parts = [
        "# 法律期限转换报告",
        "本文件由 `scripts/convert_law.py` 生成，决定写在 `scripts/law_names.yaml`，不要手工修改。",
        "## 合计",
        *_table(("项目", "数目"), _counts(outcomes, counts, totals)),
        _READING,
        "## 写入法律库时作过决定的行",
        *_table(("行", "去向", "决定"), _rows(one for one in outcomes if one.way == "value" and one.reason)),
        "## 合并的行",
        *_table(("行", "并入", "理由"), _rows(one for one in outcomes if one.way == "merged")),
        "## 列为本地设置的行",
        "未经核实或没有条号的数字不能成为规则；经本单位确认之前不生效。",
        *_table(("行", "去向", "理由"), _rows(one for one in outcomes if one.way == "setting")),
        "## 写入法律库的全部行",
        *_table(("行", "去向"), ((_name(one.row), one.where) for one in outcomes if one.way == "value")),
    ]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


_READING = """## 读法

- 来源一是执法与救济程序的表（L1-001 至 L1-278），来源二是其他程序的表（L2-…），共542行。
- 法律库里的起止日是半开区间：自 since 起，至 before 的前一日止。
- 版本是读到该数字的文本；没有被修正触及的数值，起始日可以早于该版本。
- 末日顺延：条文写明的为 next；条文没有写的为 none，但公民、法人自己的期限逐条写 next（从宽）。
- 在办案件跨越版本时，期限按起算之日的有效版本，这是本系统的理解，案件页面须注明。"""


def _counts(outcomes: Sequence[Outcome], counts: Counter[str], totals: Totals) -> Iterable[tuple[str, str]]:
    yield "来源行数", str(len(outcomes))
    for way, words in WAYS.items():
        yield words, str(counts[way])
    yield "法律文件", str(totals.statutes)
    yield "期限", str(totals.periods)
    yield "数值（按版本、地方分）", str(totals.values)
    yield "本地设置", str(totals.settings)


def _rows(outcomes: Iterable[Outcome]) -> Iterable[tuple[str, str, str]]:
    return ((_name(one.row), one.where, one.reason) for one in outcomes)


def _name(row: Row) -> str:
    return f"{row.id} {row.topic}·{row.step}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["\n".join("| " + " | ".join(cell.replace("|", "／") for cell in line) + " |" for line in lines)]
