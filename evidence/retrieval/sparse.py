"""TF-IDF in numpy: a vocabulary, and an inverted index that scores a query against every text at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Analyser = Callable[[str], list[str]]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class SparseVector(NamedTuple):
    """The terms of one text with their weights; a unit vector, or empty."""

    terms: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The known terms with their rarity (sublinear term frequency, smoothed inverse document frequency)."""

    numbers: Mapping[str, int]
    rarity: Floats
    analyse: Analyser

    @classmethod
    def learn(cls, texts: Sequence[str], analyse: Analyser) -> Self:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(analyse(text)))
        terms = sorted(counts)
        seen = np.fromiter((counts[term] for term in terms), np.float64, len(terms))
        rarity = np.log((1 + len(texts)) / (1 + seen)) + 1
        return cls({term: number for number, term in enumerate(terms)}, rarity.astype(np.float32), analyse)

    def vector(self, text: str) -> SparseVector:
        """Return the unit vector of TEXT over the known terms."""
        written = [number for term in self.analyse(text) if (number := self.numbers.get(term)) is not None]
        terms, times = np.unique(np.array(written, np.int64), return_counts=True)
        weights = ((1 + np.log(times)) * self.rarity[terms]).astype(np.float32)
        length = float(np.linalg.norm(weights))
        return SparseVector(terms, (weights / length if length else weights).astype(np.float32))


@dataclass(frozen=True, slots=True)
class InvertedIndex:
    """For each term the texts that hold it: ``texts[starts[t]:starts[t + 1]]`` with ``weights`` beside them."""

    starts: Ints
    texts: NDArray[np.int32]
    weights: Floats
    size: int

    @classmethod
    def build(cls, vectors: Sequence[SparseVector], terms: int) -> Self:
        lengths = np.fromiter((len(vector.terms) for vector in vectors), np.int64, len(vectors))
        if not lengths.sum():
            return cls(np.zeros(terms + 1, np.int64), np.empty(0, np.int32), np.empty(0, np.float32), len(vectors))
        every = np.concatenate([vector.terms for vector in vectors])
        owners = np.repeat(np.arange(len(vectors), dtype=np.int32), lengths)
        order = np.argsort(every, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(every, minlength=terms))])
        weights = np.concatenate([vector.weights for vector in vectors])[order]
        return cls(starts.astype(np.int64), owners[order], weights.astype(np.float32), len(vectors))

    def score(self, query: SparseVector) -> Floats:
        """Return the cosine of QUERY with every text."""
        begins = self.starts[query.terms]
        lengths = self.starts[query.terms + 1] - begins
        total = int(lengths.sum())
        if not total:
            return np.zeros(self.size, np.float32)
        # The places of all postings at once: within each term's run they count up from its begin.
        places = np.arange(total) + np.repeat(begins - (np.cumsum(lengths) - lengths), lengths)
        weights = self.weights[places] * np.repeat(query.weights, lengths)
        return np.bincount(self.texts[places], weights, self.size).astype(np.float32)


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Texts searchable by shared terms."""

    vocabulary: Vocabulary
    index: InvertedIndex

    @classmethod
    def build(cls, texts: Sequence[str], analyse: Analyser) -> Self:
        vocabulary = Vocabulary.learn(texts, analyse)
        vectors = [vocabulary.vector(text) for text in texts]
        return cls(vocabulary, InvertedIndex.build(vectors, len(vocabulary.numbers)))

    def score(self, texts: Sequence[str]) -> Floats:
        """Return the cosine of each of TEXTS (rows) with each indexed text (columns)."""
        out = np.empty((len(texts), self.index.size), np.float32)
        for row, text in enumerate(texts):
            out[row] = self.index.score(self.vocabulary.vector(text))
        return out
