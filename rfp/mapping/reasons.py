"""Say why a question was mapped as it was, in words for a salesperson."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rfp.mapping.lexicon import concepts
from rfp.mapping.types import NO_CATEGORY

NEAR = 0.55  # cosine from which another question is called near
_NEIGHBOURS = 5
_COUNTS = ("no", "one", "two", "three", "four", "five")


def telling_words(text: str, name: str, telling: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the words of TEXT, at most two, that stand for what sets questions of NAME apart."""
    kept: list[str] = []
    for word in concepts().words_for(telling.get(name, ()), text):
        if not any(word in other or other in word for other in kept):
            kept.append(word)
    return tuple(kept[:2])


def nearest_examples(dense: NDArray[np.float32]) -> list[int]:
    """Return those of the five nearest examples that are near; DENSE are the cosines to all of them."""
    nearest = np.argpartition(-dense, _NEIGHBOURS)[:_NEIGHBOURS]
    return [at for at in nearest.tolist() if dense[at] >= NEAR]


def near_examples(nearest: Sequence[int], labels: Sequence[tuple[str, tuple[str, ...]]], name: str) -> int:
    """Count those of the NEAREST examples that carry NAME."""
    return sum(1 for at in nearest if name == labels[at][0] or name in labels[at][1])


def explain(name: str, title: str, words: Sequence[str], near: int) -> str:
    """Return one sentence: what in the question points to NAME."""
    signs = []
    if words:
        quoted = " and ".join(f"'{word}'" for word in words)
        signs.append(f"the word{'s' if len(words) > 1 or ' ' in words[0] else ''} {quoted}")
    if near:
        signs.append(f"{_COUNTS[near]} near example{'s' if near > 1 else ''}")
    if not signs:
        signs.append("the wording as a whole")
    said = " and ".join(signs)
    plural = len(signs) > 1 or near > 1 or (words and (len(words) > 1 or " " in words[0]))
    target = "a subject outside the checklist" if name == NO_CATEGORY else f"{name} ({title})"
    return f"{said[0].upper()}{said[1:]} point{'' if plural else 's'} to {target}."
