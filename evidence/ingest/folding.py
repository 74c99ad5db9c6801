"""Where a quote stands in a text, whatever its line breaks, hyphens, ligatures, quotation marks and letter case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LEAST = 12  # letters a part of a quote must have to be marked by itself
_PARTS = re.compile(r"\n+|(?<=[.!?;])\s+")


class Stretch(NamedTuple):
    start: int  # of the first character
    end: int  # after the last one


def stretches(text: str, quote: str) -> tuple[Stretch, ...]:
    """Return where the quote stands in the text, the first time as whole words; else where its sentences stand.

    Only letters and numbers are compared: what lies between them differs from page to picture to text.
    """
    letters, places = _letters(text)
    whole = _find(text, letters, places, quote)
    if whole:
        return (whole,)
    parts = (_find(text, letters, places, part) for part in _PARTS.split(quote) if len(_letters(part)[0]) >= LEAST)
    return tuple(part for part in parts if part)


def _find(text: str, letters: str, places: tuple[int, ...], quote: str) -> Stretch | None:
    wanted, _ = _letters(quote)
    at = letters.find(wanted) if wanted else -1
    while at >= 0:
        stretch = Stretch(places[at], places[at + len(wanted) - 1] + 1)
        if _whole(text, stretch):
            return stretch
        at = letters.find(wanted, at + 1)
    return None


def _whole(text: str, stretch: Stretch) -> bool:
    """Tell whether no word is cut: "12" is not in "2012"."""
    before, after = text[: stretch.start][-1:], text[stretch.end : stretch.end + 1]
    return not before.isalnum() and not after.isalnum()


@lru_cache(maxsize=512)
def _letters(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the letters and digits of a text, folded, and where each comes from."""
    pairs = tuple(_each(text))
    return "".join(letter for letter, _ in pairs), tuple(place for _, place in pairs)


def _each(text: str) -> Iterator[tuple[str, int]]:
    for place, character in enumerate(text):
        # The point of "3.0" makes another number of "30".
        if character in ".," and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit():
            yield character, place
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if letter.isalnum():
                yield letter, place
