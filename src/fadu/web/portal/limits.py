"""How often one address, or one number, may ask: counted in this process, kept no longer than the time itself."""

from __future__ import annotations

from hashlib import sha256

from django.core.cache import cache

A_MINUTE, AN_HOUR = 60, 3600


def often(what: str, who: str, most: int, seconds: int = A_MINUTE) -> bool:
    """Counts one more time and says whether it was too often."""
    key = sha256(f"{what}:{who}".encode()).hexdigest()
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two
        return False
