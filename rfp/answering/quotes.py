"""Where in a document the words stand that prove an answer: page and sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidence.proofs import Shelf
from evidence.retrieval.text import stem, tokens

LONGEST_QUOTE = 300
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")
_WORDS = 0.5  # how much shared words count beside the nearness of the sentence vectors


@dataclass(frozen=True, slots=True)
class Quote:
    page: int
    text: str
    nearness: float  # cosine of passage and question, and half the share of the question's words that it has


@dataclass(frozen=True, slots=True)
class Quoter:
    """Finds in the passages of each revision the one nearest to a question."""

    shelves: Mapping[int, Shelf]

    def find(self, revision_id: int, text: str, vector: NDArray[np.float32]) -> Quote | None:
        """Return the nearest passage's best sentence; None where the file has no text."""
        shelf = self.shelves.get(revision_id)
        if shelf is None or not shelf.texts:
            return None
        wanted = _stems(text)
        cosine = np.round(shelf.vectors @ vector, 4)
        near = np.argsort(-cosine, kind="stable")[:5].tolist()
        nearness = {at: float(cosine[at]) + _WORDS * _share(wanted, shelf.texts[at]) for at in near}
        best = max(near, key=lambda at: (nearness[at], -at))
        return Quote(shelf.pages[best], sentence_for(shelf.texts[best], text), round(nearness[best], 4))


def sentence_for(passage: str, text: str) -> str:
    """Return the sentence of a passage that shares most words with a text, cut to a quotable length."""
    wanted = _stems(text)
    sentences = [part.strip() for line in passage.splitlines() for part in _SENTENCE.split(line) if part.strip()]
    if not sentences:
        return ""
    # A long stretch shares words by chance: the title block of a document has half of any question about it.
    best = max(sentences, key=lambda part: (len(wanted & _stems(part)) / (1 + 0.03 * len(part.split())), -len(part)))
    if len(best) <= LONGEST_QUOTE:
        return best
    return best[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _share(wanted: frozenset[str], text: str) -> float:
    return len(wanted & _stems(text)) / max(len(wanted), 1)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokens(text) if len(token) > 3)
