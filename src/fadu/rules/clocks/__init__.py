"""Clocks of law: when a period ends, why, and what light it shows. Pure functions; days are dates."""

from fadu.rules.clocks.explanation import DayLine, Entry, EntryKind, explain, explain_days
from fadu.rules.clocks.inputs import SHANGHAI, Cut, Extended, Pause, Running
from fadu.rules.clocks.json_form import as_json
from fadu.rules.clocks.lights import Light, Thresholds, light
from fadu.rules.clocks.reckoning import Reckoned, reckon
from fadu.rules.clocks.waits import earliest, latest, latest_before, public_notice_effective, wait_over
from fadu.rules.law_terms import PauseKind

__all__ = [
    "SHANGHAI",
    "Cut",
    "DayLine",
    "Entry",
    "EntryKind",
    "Extended",
    "Light",
    "Pause",
    "PauseKind",
    "Reckoned",
    "Running",
    "Thresholds",
    "as_json",
    "earliest",
    "explain",
    "explain_days",
    "latest",
    "latest_before",
    "light",
    "public_notice_effective",
    "reckon",
    "wait_over",
]
