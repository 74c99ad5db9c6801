"""Which AI systems a question is about: those it names, else all of the deal."""

from __future__ import annotations

import re
from collections.abc import Sequence


def systems_meant(text: str, names: Sequence[str]) -> frozenset[str]:
    """Return the systems that the question names in full, or by the word that tells them apart; empty for none."""
    return frozenset(name for name in names if any(_says(word, text) for word in _handles(name, names)))


def _handles(name: str, names: Sequence[str]) -> tuple[str, ...]:
    last = name.split()[-1]
    shared = any(last in other.split() for other in names if other != name)
    return (name,) if shared or last == name else (name, last)


def _says(word: str, text: str) -> bool:
    # A short name is an ordinary word too ("match"): it counts as a name when it has a capital inside a sentence.
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None and (
        " " in word or re.search(rf"(?<=[a-z,;:] ){re.escape(word)}(?!\w)", text) is not None
    )
