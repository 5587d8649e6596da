"""A day as people read it in Chinese."""

from __future__ import annotations

from datetime import date


def chinese_day(day: date) -> str:
    """2024年3月1日"""
    return f"{day.year}年{day.month}月{day.day}日"
