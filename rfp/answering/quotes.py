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
_ASKS_TIME = re.compile(r"\bhow (?:often|long|soon|quickly|fast|frequently)\b|\bfrequency\b|\binterval", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:annual\w*|year\w*|quarter\w*|month\w*|week\w*|dail?y\w*|hours?|minutes?|days?|every|each)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")
Vector = NDArray[np.float32]
_BLOCK = 4096  # passages compared at a time; bounds memory
_WORDS = 0.5  # how much shared words count beside the nearness of the sentence vectors


@dataclass(frozen=True, slots=True)
class Quote:
    page: int
    text: str
    nearness: float  # cosine of passage and question, and half the share of the question's words that it has


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person may look: the passage of the whole library that is nearest to a question."""

    revision_id: int
    page: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Quoter:
    """Finds in the passages of each revision the one nearest to a question."""

    shelves: Mapping[int, Shelf]

    def find(self, revision_id: int, text: str, vector: Vector) -> Quote | None:
        """Return the nearest passage's best sentence; None where the file has no text."""
        shelf = self.shelves.get(revision_id)
        if shelf is None or not shelf.texts:
            return None
        wanted = _stems(text)
        cosine = np.round(shelf.vectors.astype(np.float32) @ vector, 4)
        near = np.argsort(-cosine, kind="stable")[:5].tolist()
        nearness = {at: float(cosine[at]) + _WORDS * _share(wanted, shelf.texts[at]) for at in near}
        best = max(near, key=lambda at: (nearness[at], -at))
        return Quote(shelf.pages[best], sentence_for(shelf.texts[best], text), round(nearness[best], 4))

    def places(self, vectors: NDArray[np.float32]) -> list[Place | None]:
        """Return for each question the nearest passage of all; None where no file has text."""
        best: list[Place | None] = [None] * len(vectors)
        for revision_id in sorted(self.shelves):
            shelf = self.shelves[revision_id]
            for start in range(0, len(shelf.texts), _BLOCK):
                part = shelf.vectors[start : start + _BLOCK].astype(np.float32)
                cosine = np.round(vectors @ part.T, 4)
                for row, at in enumerate(cosine.argmax(1).tolist()):
                    before = best[row]
                    if before is None or cosine[row, at] > before.cosine:
                        best[row] = Place(revision_id, shelf.pages[start + at], float(cosine[row, at]))
        return best


def sentence_for(passage: str, text: str) -> str:
    """Return the sentence of a passage that shares most words with a text, cut to a quotable length."""
    wanted = _stems(text)
    sentences = [part.strip() for line in passage.splitlines() for part in _SENTENCE.split(line) if part.strip()]
    if not sentences:
        return ""
    wants_time = _ASKS_TIME.search(text) is not None

    def fit(part: str) -> tuple[float, int]:
        shared = len(wanted & _stems(part)) + (wants_time and _TIME.search(part) is not None)
        # A long stretch shares words by chance: the title block of a document has half of any question about it.
        return shared / (1 + 0.04 * len(part.split())), -len(part)

    best = max(sentences, key=fit)
    if len(best) <= LONGEST_QUOTE:
        return best
    return best[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _share(wanted: frozenset[str], text: str) -> float:
    return len(wanted & _stems(text)) / max(len(wanted), 1)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokens(text) if len(token) > 3)
