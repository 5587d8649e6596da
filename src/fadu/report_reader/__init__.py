"""Reads published reports: every figure, and whether the figures agree. See docs/algorithms/reading.md."""

from fadu.report_reader.model import Claim, Kind, Meta, Other, Reading, Relation, Verdict
from fadu.report_reader.reading import read

__all__ = ["Claim", "Kind", "Meta", "Other", "Reading", "Relation", "Verdict", "read"]
