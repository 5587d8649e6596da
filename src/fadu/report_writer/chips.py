"""Figures in what people write: 【收到申请数】 stands for the figure, 【3场，来源：司法局】 for a number of another's.

A digit that stands without either is told: nobody could say later where it is from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from fadu.report_writer.paragraphs import Numbers, mark
from fadu.rules.registry import Registry

_CHIP = re.compile("【([^【】\n]*)】")
CHANGE, SOURCE = "·同比", "，来源："
_SENTENCE = re.compile("[^。；！？\n]+[。；！？]?")
_NO_NUMBER = re.compile(
    "【[^【】\n]*】|《[^《》]*》|〔[^〔〕]*〕|第?\\d+号|“[^“”]*”|^\\s*[(（]?\\d+[)）.．、]"
    "|\\d{4}—?(?:\\d{4})?(?:年度?)(?:\\d{1,2}月(?:\\d{1,2}日)?)?|\\d{1,2}月(?:\\d{1,2}日|份|底|末)?"
)
"""What has digits and counts nothing: a chip, quoted names and numbers of documents, numbers of headings, days."""
_DIGITS = re.compile(r"\d[\d,.]*\s*[%％]?")


@dataclass(frozen=True, slots=True)
class Bare:
    """A sentence with something that has no source, and what to do about it."""

    sentence: str
    why: str

    def __str__(self) -> str:
        return f"“{self.sentence}”：{self.why}"


@cache
def names(registry: Registry) -> Mapping[str, str]:
    """Label → name of every figure that can be put into a text."""
    return {one.label: one.name for one in registry.indicators}


def chip(label: str) -> str:
    """How the figure of this label is written."""
    return f"【{label}】"


def cited(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """The names of the figures in a text."""
    for inside in _CHIP.findall(text):
        if name := known.get(inside.removesuffix(CHANGE)):
            yield name


def marked(text: str, known: Mapping[str, str], numbers: Numbers) -> str:
    """The text with a mark where each figure will stand; numbers with a source as they are, unknown chips as typed."""

    def put(found: re.Match[str]) -> str:
        inside = found[1]
        name = known.get(inside.removesuffix(CHANGE))
        if name is None:
            number, stated, _ = inside.partition(SOURCE)
            return number if stated else found[0]
        if inside.endswith(CHANGE):
            return mark(name, change=True) if numbers.change(name) else ""
        return mark(name)

    return _CHIP.sub(put, text)


def bare(text: str, known: Mapping[str, str]) -> list[Bare]:
    """The sentences with a digit that is no chip, or with a chip that stands for nothing."""
    found = []
    for sentence in (one.strip() for one in _SENTENCE.findall(text)):
        unknown = [one for one in _CHIP.findall(sentence) if not _stands(one, known)]
        digits = [one.strip() for one in _DIGITS.findall(_NO_NUMBER.sub("□", sentence))]
        found += [Bare(sentence, f"没有名为“{one}”的指标，请从“插入数字”中选择") for one in unknown]
        if digits:
            said = "、".join(f"“{one}”" for one in digits)
            found.append(
                Bare(
                    sentence,
                    f"{said}是直接写下的数字。请从“插入数字”中选择指标；系统没有这项统计的，写成【{digits[0]}{SOURCE}某单位某材料】",
                )
            )
    return found


def _stands(inside: str, known: Mapping[str, str]) -> bool:
    number, stated, source = inside.partition(SOURCE)
    return inside.removesuffix(CHANGE) in known or bool(number.strip() and stated and source.strip())
