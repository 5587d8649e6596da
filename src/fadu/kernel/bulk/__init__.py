"""Bulk acts: one file of many rows, checked whole and written under one event; why so: docs/decisions/0017."""

from fadu.kernel.bulk.cases import Mirrored
from fadu.kernel.bulk.checking import faults
from fadu.kernel.bulk.columns import Target, said_of
from fadu.kernel.bulk.entries import Entries
from fadu.kernel.bulk.running import Fault, Faulty, Outcome, imports, run, take_back

__all__ = [
    "Entries",
    "Fault",
    "Faulty",
    "Mirrored",
    "Outcome",
    "Target",
    "faults",
    "imports",
    "run",
    "said_of",
    "take_back",
]
