"""Sentences taken apart, so that what many lines say is said once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_END = re.compile(r"(?<=[.!?])\s+")
SHORTEST_GROUP = 3


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a full stop inside quotation marks ends none."""
    return [sentence for sentence in _END.split(text.strip()) if sentence]


def without_common(texts: Sequence[str], *, told_above: str = "") -> list[str]:
    """Return the texts without the sentences that most of them share or that stand in what is TOLD_ABOVE.

    A text that says nothing else becomes empty.
    """
    taken_apart = [sentences(text) for text in texts]
    counted = Counter(sentence for parts in taken_apart for sentence in dict.fromkeys(parts))
    shared = {s for s, number in counted.items() if number >= SHORTEST_GROUP and number * 2 > len(texts)}
    shared |= {s for s in counted if s.rstrip(".") in told_above}
    return [" ".join(part for part in parts if part not in shared) for parts in taken_apart]


def without(text: str, said: Iterable[str]) -> tuple[str, bool]:
    """Return the text without the sentences SAID elsewhere, and whether any was in it."""
    left = text
    for sentence in said:
        left = left.replace(sentence, "")
    return " ".join(left.split()), left != text


def shortened(text: str, most: int) -> str:
    """Return the text, cut at a word with an ellipsis when it is longer than MOST characters."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
