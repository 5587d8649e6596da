"""Clocks of a case: when they start, stop, pause, are extended and run out. Pure; dates come from rules.clocks."""

from __future__ import annotations

from fadu.kernel.timekeeping.answering import stop, stop_the_rest
from fadu.kernel.timekeeping.changing import count, extend, follow, pause
from fadu.kernel.timekeeping.ending import DueLapse, can_lapse, due_lapses
from fadu.kernel.timekeeping.notices import consent, late_notices
from fadu.kernel.timekeeping.rows import (
    Env,
    by_case_text,
    duties,
    is_duty,
    outlives,
    promised,
    reckon_all,
    rule_of,
    running,
)
from fadu.kernel.timekeeping.starting import (
    check_lengths,
    concerned,
    left_open,
    length_in_words,
    longest_extension,
    start,
)
from fadu.kernel.timekeeping.triggers import Happening, Reached
from fadu.kernel.timekeeping.waiting import cut

__all__ = [
    "DueLapse",
    "Env",
    "Happening",
    "Reached",
    "by_case_text",
    "can_lapse",
    "check_lengths",
    "concerned",
    "consent",
    "count",
    "cut",
    "due_lapses",
    "duties",
    "extend",
    "follow",
    "is_duty",
    "late_notices",
    "left_open",
    "length_in_words",
    "longest_extension",
    "outlives",
    "pause",
    "promised",
    "reckon_all",
    "rule_of",
    "running",
    "start",
    "stop",
    "stop_the_rest",
]
