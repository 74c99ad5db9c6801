"""Sentences taken apart, so that what many lines say is said once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_END = re.compile(r"(?<=[.!?])\s+")
_SHORTEST_GROUP = 3


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a full stop inside quotation marks ends none."""
    return [sentence for sentence in _END.split(text.strip()) if sentence]


def without_common(texts: Sequence[str]) -> list[str]:
    """Return the texts without the first and last sentences that most of them share.

    A text that says nothing else becomes empty: what it says stands in the heading of the group.
    """
    if len(texts) < _SHORTEST_GROUP:
        return list(texts)
    taken_apart = [sentences(text) for text in texts]
    common = _most(parts[0] for parts in taken_apart if parts) | _most(parts[-1] for parts in taken_apart if parts)
    return [" ".join(part for part in parts if part not in common) for parts in taken_apart]


def _most(found: Iterable[str]) -> set[str]:
    counted = Counter(found)
    total = counted.total()
    return {sentence for sentence, number in counted.items() if number >= _SHORTEST_GROUP and number * 2 > total}


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
