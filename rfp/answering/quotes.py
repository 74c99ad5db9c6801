"""Where in a document the words stand that prove an answer: page and sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evidence.proofs import Shelf
from evidence.retrieval.text import stem, tokens

Vector = NDArray[np.float32]

LONGEST_QUOTE = 300
LEAST_WORDS = 5  # fewer are a heading, a name or a page number
LEAST_UNENDED = 12  # without a full stop, a shorter one is a title
NEAREST = 8  # passages whose sentences are weighed
_BLOCK = 4096  # passages compared at a time; bounds memory
_AT_HAND = 16_384  # passages whose vectors are kept as the numbers they are compared by; bounds memory too
_WORDS = 0.5  # how much shared words count beside the nearness of the sentence vectors
_ASKS_TIME = re.compile(r"\bhow (?:often|long|soon|quickly|fast|frequently)\b|\bfrequency\b|\binterval", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:annual\w*|year\w*|quarter\w*|month\w*|week\w*|dail?y\w*|hours?|minutes?|days?|every|each)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")
_DIGITS = re.compile(r"\d+")
_LETTER_WORDS = re.compile(
    r"^(?:yours (?:faithfully|sincerely)|dear\b|our reference|contents\b|table of contents)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quote:
    page: int
    text: str
    nearness: float  # cosine of passage and question, and half the share of the question's words that the sentence has


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person may look: the passage of the whole library that is nearest to a question."""

    revision_id: int
    page: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Quoter:
    """Finds in the passages of each revision the sentence nearest to a question."""

    shelves: Mapping[int, Shelf]
    _heads: dict[int, frozenset[str]] = field(default_factory=dict)
    _at_hand: dict[int, Vector] = field(default_factory=dict)

    def find(self, revision_id: int, text: str, vector: Vector) -> Quote | None:
        """Return the best sentence of the nearest passages; None where the file has none that could be quoted."""
        shelf = self.shelves.get(revision_id)
        if shelf is None or not shelf.texts:
            return None
        heads = self._running_heads(revision_id)
        cosine = np.round(self._vectors(revision_id) @ vector, 4)
        best: Quote | None = None
        for at in np.argsort(-cosine, kind="stable")[:NEAREST].tolist():
            found = sentence_for(shelf.texts[at], text, heads=heads)
            if found is None:
                continue
            sentence, share = found
            nearness = round(float(cosine[at]) + _WORDS * share, 4)
            if best is None or nearness > best.nearness:
                best = Quote(shelf.pages[at], sentence, nearness)
        return best

    def places(self, vectors: Vector) -> list[Place | None]:
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

    def _vectors(self, revision_id: int) -> Vector:
        kept = self._at_hand.get(revision_id)
        if kept is None:
            kept = self.shelves[revision_id].vectors.astype(np.float32)
            if len(kept) + sum(map(len, self._at_hand.values())) <= _AT_HAND:
                self._at_hand[revision_id] = kept
        return kept

    def _running_heads(self, revision_id: int) -> frozenset[str]:
        """Return the lines that come back on several pages, whatever number they carry."""
        if revision_id not in self._heads:
            shelf = self.shelves[revision_id]
            seen: Counter[str] = Counter()
            pages: dict[str, int] = {}
            for page, text in zip(shelf.pages, shelf.texts, strict=True):
                for line in {_unnumbered(line) for line in text.splitlines()}:
                    if pages.get(line) != page:
                        seen[line] += 1
                        pages[line] = page
            self._heads[revision_id] = frozenset(line for line, count in seen.items() if count > 1)
        return self._heads[revision_id]


def sentence_for(passage: str, text: str, *, heads: frozenset[str] = frozenset()) -> tuple[str, float] | None:
    """Return the sentence of a passage that says most of a text, and the share of the text's words that it has.

    HEADS are lines that stand on every page. None where no sentence could be quoted.
    """
    wanted = _stems(text)
    wants_time = _ASKS_TIME.search(text) is not None

    def fit(sentence: _Sentence) -> tuple[float, int]:
        shared = len(wanted & sentence.stems) + (wants_time and sentence.tells_time)
        # A long stretch shares words by chance: the title block of a document has half of any question about it.
        return shared / (1 + 0.04 * sentence.words), -len(sentence.text)

    sentences = _sentences(passage, heads)
    if not sentences:
        return None
    best = max(sentences, key=fit)
    return _cut(best.text), len(wanted & best.stems) / max(len(wanted), 1)


class _Sentence(NamedTuple):
    text: str
    stems: frozenset[str]
    words: int
    tells_time: bool


@lru_cache(maxsize=2048)
def _sentences(passage: str, heads: frozenset[str]) -> tuple[_Sentence, ...]:
    return tuple(
        _Sentence(part, _stems(part), len(part.split()), _TIME.search(part) is not None)
        for line in passage.splitlines()
        if _unnumbered(line) not in heads
        for part in _parts(line)
    )


def _parts(line: str) -> list[str]:
    """Return the sentences of a line that say something: no headings, names, page numbers or greetings."""
    pieces = [piece.strip() for piece in _SENTENCE.split(line)]
    return [piece for piece in pieces if _says_something(piece)]


def _says_something(piece: str) -> bool:
    length = len(piece.split())
    ended = piece.endswith((".", "!", "?", "”", '"', ")", ";"))
    return (length >= LEAST_WORDS if ended else length >= LEAST_UNENDED) and not _LETTER_WORDS.match(piece)


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_QUOTE else sentence[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _unnumbered(line: str) -> str:
    return _DIGITS.sub("#", line.strip())


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokens(text) if len(token) > 3)
