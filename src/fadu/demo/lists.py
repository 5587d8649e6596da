"""Registers of a demonstration house: imported by bulk acts and changed entry by entry, each on its day.

说明: …
依据: …
名录: 权力清单
机关: 安宁区综合行政执法局
经过:
  - {日期: 2024-01-08, 导入: {行: [{事项编码: A-1, …}]}}            # a bulk act: the rows of one file
  - {日期: 2024-01-08, 导入: {数目: 80, 轮流: …, 变化: …, 行: {…}}}  # as many rows, varied as in a series
  - {日期: 2024-02-20, 变动: 取消, 填写: {事项编码: A-1}, 理由: …}   # an act; 数目 and 轮流 as above: several acts
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from fadu.demo.cast import Cast
from fadu.demo.series import filled, varied
from fadu.kernel import access, bulk, registers
from fadu.kernel.labels import Labels
from fadu.kernel.registers import Change
from fadu.rules.errors import Refusal
from fadu.rules.registry import registry


class ListBook:
    """One file about one register at one organ."""

    def __init__(self, path: Path, cast: Cast) -> None:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        known = {one.label: one for one in registry().registers}
        self.file = path
        self.register = Labels.pick(path.name, "名录", said["名录"], known)
        self.organ = cast.organ(said["机关"])
        self.entries: list[Mapping[str, Any]] = said["经过"]
        self.differences: list[str] = []
        self._who = cast.taking_turns(0)

    def play(self, number: int) -> None:
        """Does the entry with this index; what the house refused is collected."""
        entry = self.entries[number]
        try:
            if "导入" in entry:
                self._import(entry["日期"], list(self._rows(entry["导入"])), number)
            else:
                for one in self._each(entry):
                    self._change(one)
        except Refusal as refusal:
            faults = [fault.sentence for fault in refusal.faults] if isinstance(refusal, bulk.Faulty) else []
            self.differences.append(
                f"{self.file.name} 第{number + 1}条：被拒绝：{'；'.join([refusal.message, *faults])}"
            )

    def _officer(self) -> int:
        return self._who(self.register.by[0].name, self.organ)

    def _rows(self, said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        if "数目" not in said:
            yield from said["行"]
            return
        for row in self._each(said):
            yield row["行"]

    def _each(self, said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The entry as often as it says, varied; once without a number."""
        rest = {word: value for word, value in said.items() if word not in ("数目", "轮流", "变化")}
        for number in range(said.get("数目", 1)):
            yield filled(rest, varied(self.file.stem, said, number), self.file.name)

    def _import(self, day: date, rows: list[dict[str, Any]], number: int) -> None:
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        with TemporaryDirectory() as folder, access.session(self._officer()) as s:
            path = Path(folder) / f"{self.register.label}-{number + 1}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, headings, restval="")
                out.writeheader()
                out.writerows(rows)
            bulk.run(s, bulk.Entries(self.register, self.organ, day), path)

    def _change(self, entry: Mapping[str, Any]) -> None:
        here = f"{self.file.name}“{entry['变动']}”"
        kinds = {kind.label: str(kind) for kind in self.register.changes}
        kind = Labels.pick(here, "变动", entry["变动"], kinds)
        values = Labels.form(here, self.register.model, entry["填写"])
        with access.session(self._officer()) as s:
            change = Change(kind, values, reason=entry.get("理由", ""))
            registers.perform(s, self.register.name, self.organ, change)
