"""Small pieces of pages that stand there many times: made in Python, where a template would take ten times as long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe

from fadu.rules.clocks import Light


def options(choices: Mapping[str, str] | Iterable[tuple[str, str]], chosen: object) -> SafeString:
    """The options of a select box: value and what it is called; the one chosen."""
    pairs = choices.items() if isinstance(choices, Mapping) else choices
    made = (
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in pairs
    )
    return mark_safe("".join(made))  # noqa: S308 - all text is escaped above


def light(light: Light, left: str) -> SafeString:
    """The light of a period, in colour and in words, and how long it is."""
    label = f'<span class="hidden">{escape(light.label)}：</span>'
    return mark_safe(f'<span class="light light-{light.value}">{label}{escape(left)}</span>')  # noqa: S308 - escaped
