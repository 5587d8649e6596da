"""How a browser is shown pages: by day or by night, in ordinary or large type. Kept by the browser, in cookies."""

from __future__ import annotations

from django.http import HttpRequest

CHOICES = {
    "colours": ("颜色", {"": "跟随设备", "light": "浅色", "dark": "深色"}),
    "type": ("字号", {"": "标准", "large": "大字"}),
}
"""Of each cookie its label and values; "" is what a browser without the cookie gets."""
COOKIE = "fadu_{}"


def look(request: HttpRequest) -> dict[str, str]:
    """The browser's choices; a value that is none counts as not chosen."""
    return {name: known(name, request.COOKIES.get(COOKIE.format(name), "")) for name in CHOICES}


def known(name: str, value: str) -> str:
    """The value if it is one of the choices."""
    return value if value in CHOICES[name][1] else ""
