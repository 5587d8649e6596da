"""Live integrity checks: what does not fit together in a house, found and named; nothing is changed by a check."""

from fadu.kernel.integrity.catalogue import CHECKS
from fadu.kernel.integrity.running import (
    Run,
    answers_for_all,
    examine,
    last_run,
    may_see,
    must_see,
    offered_to,
    record,
    seen_by,
)
from fadu.kernel.integrity.words import Check, Finding, Severity

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Run",
    "Severity",
    "answers_for_all",
    "examine",
    "last_run",
    "may_see",
    "must_see",
    "offered_to",
    "record",
    "seen_by",
]
