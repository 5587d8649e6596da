"""What the page of figures asks for, compiled before anybody opens it: the compiler takes seconds."""

from __future__ import annotations

from fadu.analytics.figures import by_source
from fadu.analytics.kept import kept_text
from fadu.analytics.measures import measures_of
from fadu.analytics.shares import of_mirrored
from fadu.analytics.tables import table_of
from fadu.analytics.whose import EVERYBODY, Whose
from fadu.rules.registry import Registry

ONE_ORGAN = Whose(0)
"""Whichever it is: the statements are the same for each."""


def compile_beforehand(registry: Registry) -> None:
    """Puts the statements into the house's folder: over all organs and over one, with what is mirrored of them."""
    mirrored = list(of_mirrored(registry.indicators).values())
    for indicators in (registry.indicators, mirrored):
        for whose in (EVERYBODY, ONE_ORGAN):
            for mine in by_source(indicators, whose):
                kept_text(table_of(registry, mine[0].source), measures_of(mine), "postgres", members=True)
