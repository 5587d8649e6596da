"""Who is asking."""

from __future__ import annotations

from django.http import HttpRequest

from fadu.rules.errors import NotAllowed


def me(request: HttpRequest) -> int:
    """Number of the officer signed in. Raises NotAllowed when there is none, which the middleware prevents."""
    if request.user.pk is None:
        raise NotAllowed("请先登录。")
    return int(request.user.pk)
