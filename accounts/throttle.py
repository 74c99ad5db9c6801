"""Slow down guessing of passwords: after some failures an address is closed for a while, known or not.

The counts live in the cache; with several processes that share none, each counts for itself.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress

from django.core.cache import cache

WINDOW_SECONDS = 15 * 60
# From one place a person mistypes a few times; over all places together more is no mistake any more.
MOST_FROM_ONE_PLACE = 10
MOST_FROM_ALL_PLACES = 50


def is_closed(address: str, place: str) -> bool:
    """Return whether too many tries failed for the address lately, from this place or from all together."""
    counts: dict[str, int] = cache.get_many([_key(address), _key(address, place)])
    return (
        counts.get(_key(address, place), 0) >= MOST_FROM_ONE_PLACE
        or counts.get(_key(address), 0) >= MOST_FROM_ALL_PLACES
    )


def count_failure(address: str, place: str) -> None:
    for key in (_key(address), _key(address, place)):
        cache.add(key, 0, WINDOW_SECONDS)
        # The window may end between the two lines; the next failure opens another.
        with suppress(ValueError):
            cache.incr(key)


def _key(address: str, place: str = "") -> str:
    return "sign-in-" + hashlib.sha256(f"{address}\n{place}".encode()).hexdigest()
