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
SPEAKING = 4  # further ones that share most words with what has to be proven
IN_MANY = 3  # documents with the same line, from which it is a notice
_BLOCK = 4096  # passages compared at a time; bounds memory
_AT_HAND = 16_384  # passages whose vectors are kept as the numbers they are compared by; bounds memory too
_WORDS = 0.5  # how much shared words count beside the nearness of the sentence vectors
_SHOWS, _SHOWN_BY = (
    0.2,
    3,
)  # how much it counts that a sentence shows what is to be proven, and by how many words it does
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
    _said_everywhere: list[frozenset[str]] = field(default_factory=list)
    _on_subject: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    _at_hand: dict[int, Vector] = field(default_factory=dict)

    def find(self, revision_id: int, text: str, vector: Vector, *, about: str = "") -> Quote | None:
        """Return the best sentence of the nearest passages; None where the file has none that could be quoted.

        ABOUT says in words what has to be proven: a sentence that shows it, or has all of it word for word, is
        preferred to one that only sounds like the question.
        """
        shelf = self.shelves.get(revision_id)
        if shelf is None or not shelf.texts:
            return None
        heads = self._running_heads(revision_id) | self._everywhere()
        cosine = np.round(self._vectors(revision_id) @ vector, 4)
        near = np.argsort(-cosine, kind="stable")[:NEAREST].tolist()
        best: Quote | None = None
        most = 0.0
        for at in dict.fromkeys((*near, *self._speaking_of(revision_id, about))):
            found = sentence_for(shelf.texts[at], text, about=about, heads=heads)
            if found is None:
                continue
            nearness = round(float(cosine[at]) + _WORDS * found.share, 4)
            fit = nearness + _SHOWS * found.shows
            if best is None or fit > most:
                best, most = Quote(shelf.pages[at], found.text, nearness), fit
        return best

    def _speaking_of(self, revision_id: int, about: str) -> tuple[int, ...]:
        """Return the passages that share most words with a subject, whatever the question sounds like."""
        if not about:
            return ()
        key = (revision_id, about)
        if key not in self._on_subject:
            wanted = _stems(about)
            shared = [(len(wanted & _stems(text)), -at) for at, text in enumerate(self.shelves[revision_id].texts)]
            best = sorted(shared, reverse=True)[:SPEAKING]
            self._on_subject[key] = tuple(-at for count, at in best if count >= 2)
        return self._on_subject[key]

    def _everywhere(self) -> frozenset[str]:
        """Return the lines that stand in many documents: letterheads and notices, which prove nothing."""
        if not self._said_everywhere:
            seen: Counter[str] = Counter()
            for shelf in self.shelves.values():
                seen.update({_unnumbered(line) for text in shelf.texts for line in text.splitlines()})
            self._said_everywhere.append(frozenset(line for line, count in seen.items() if count >= IN_MANY))
        return self._said_everywhere[0]

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


class Fitting(NamedTuple):
    text: str
    share: float  # of the question's words
    shows: float  # from 0 to 1: how much of what is to be proven


def sentence_for(passage: str, text: str, *, about: str = "", heads: frozenset[str] = frozenset()) -> Fitting | None:
    """Return the sentence of a passage that says most of a text and of what it is ABOUT.

    HEADS are lines that stand on every page. None where no sentence could be quoted.
    """
    wanted, subject = _stems(text), _stems(about)
    wants_time = _ASKS_TIME.search(text) is not None

    def shown(sentence: _Sentence) -> float:
        return 1.0 if about and about in sentence.text else min(len(subject & sentence.stems) / _SHOWN_BY, 1.0)

    def fit(sentence: _Sentence) -> tuple[float, int]:
        shared = len(wanted & sentence.stems) + (wants_time and sentence.tells_time) + _SHOWN_BY / 2 * shown(sentence)
        # A long stretch shares words by chance: the title block of a document has half of any question about it.
        return shared / (1 + 0.04 * sentence.words), -len(sentence.text)

    sentences = _sentences(passage, heads)
    if not sentences:
        return None
    best = max(sentences, key=fit)
    return Fitting(_cut(best.text), len(wanted & best.stems) / max(len(wanted), 1), shown(best))


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
