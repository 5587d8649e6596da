"""Bulk acts: one file of many rows, checked whole and written under one event; why so: docs/decisions/0017."""

from fadu.kernel.bulk.cases import Mirrored
from fadu.kernel.bulk.checking import faults
from fadu.kernel.bulk.columns import IGNORED, About, Target, said_of
from fadu.kernel.bulk.entries import Entries
from fadu.kernel.bulk.exporting import layout, own, rows
from fadu.kernel.bulk.matching import Line, Result
from fadu.kernel.bulk.running import Faulty, Outcome, imports, remembered, run, take_back
from fadu.kernel.bulk.tree import Fault

__all__ = [
    "IGNORED",
    "About",
    "Entries",
    "Fault",
    "Faulty",
    "Line",
    "Mirrored",
    "Outcome",
    "Result",
    "Target",
    "faults",
    "imports",
    "layout",
    "own",
    "remembered",
    "rows",
    "run",
    "said_of",
    "take_back",
]
