"""Filters and tags of the templates: days, lights and audiences in words, options of select boxes."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from fadu.rules.facts import Audience
from fadu.web.shared import boxes, words

register = template.Library()
register.simple_tag(boxes.options)
register.simple_tag(boxes.light)


@register.filter
def day(value: date | str | None) -> str:
    return words.chinese_day(value)


@register.filter
def moment(value: datetime) -> str:
    return words.chinese_moment(value)


@register.filter
def iso(value: date) -> str:
    return value.isoformat()


@register.filter
def size(value: int) -> str:
    return words.size(value)


@register.filter
def audience(value: str) -> str:
    return Audience(value).label
