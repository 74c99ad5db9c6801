"""How much of a text stands in another one too, told from a small sketch of each.

A sketch is the smallest hashes of the runs of words in a text (a bottom-k MinHash). Numbers and days are left out: a
report copied for another company differs in little else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

RUN = 5  # words
SIZE = 256  # hashes of a sketch
LEAST = 40  # runs that a text must have to be compared
_WORD = re.compile(r"[^\W\d_]+")

Sketch = tuple[int, ...]


def sketch(pages: Iterable[str]) -> Sketch:
    """Return the sketch of a text; empty for one too short to be compared."""
    words = [word.casefold() for page in pages for word in _WORD.findall(page)]
    runs = {zlib.crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)}
    return tuple(sorted(runs)[:SIZE]) if len(runs) >= LEAST else ()


def alike(one: Sketch, other: Sketch) -> float:
    """Return about which share of the runs of words of both texts they have in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    union = sorted({*one, *other})[: min(SIZE, max(len(one), len(other)))]
    both = set(one) & set(other)
    return sum(1 for item in union if item in both) / len(union)
