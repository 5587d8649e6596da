"""What every answer tells the browser beside its content: pages, downloads, refusals, files of style, what broke."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# What a person was shown is not kept by proxies, and asked for anew; a typed form is still there after "back".
OF_A_PERSON = "private, no-cache"


def clean(response: HttpResponse) -> HttpResponse:
    """What leaves a browser to others: pages that it keeps for its back button are to be forgotten."""
    response["Clear-Site-Data"] = '"cache"'
    return response


class Headers:
    """Middleware, around all others: also what these answer by themselves passes here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", OF_A_PERSON)
        return response
