"""A kept report against the text that is signed: its sentences with figures that do not stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fadu.rules.wording import Differing, differing


def signed_otherwise(printed: Mapping[str, Any], text: str) -> tuple[Differing, ...]:
    """Of the report as it was kept (`kept_report`), what the other text tells with other figures, or not at all."""
    return differing(_sentences(printed), text)


def _sentences(printed: Mapping[str, Any]) -> Iterator[str]:
    for figure in printed["figures"]:
        yield from figure["sentences"]
