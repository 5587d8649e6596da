"""How much one request may bring, told before any of it is read: what is read is written to the disk."""

from __future__ import annotations

from django.http import HttpRequest

MEGABYTE = 1024 * 1024
LARGEST = 100 * MEGABYTE
"""Of any form: some files at once, each as large as one may be."""
MOST_THROWN = 2 * LARGEST
PIECE = 64 * 1024


def too_large(request: HttpRequest, most: int) -> bool:
    """Whether a request says of itself that it brings more bytes than that."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return length.isdigit() and int(length) > most


def throw_away(request: HttpRequest) -> None:
    """Takes what is sent and keeps none of it, so that the browser shows the answer instead of a broken line."""
    for _ in range(MOST_THROWN // PIECE):
        if not request.read(PIECE):
            return
