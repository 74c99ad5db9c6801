"""Find passages of the evidence library: long texts, up to hundreds of thousands of them.

Sentence vectors (stored in 16 bits) and BM25 each rank the passages; reciprocal rank fusion joins the two rankings,
because for long texts the size of either score says little. Vectors are made once, when evidence arrives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from evidence.retrieval.encoder import Encoder, VectorCache, Vectors
from evidence.retrieval.sparse import InvertedIndex, SparseVector
from evidence.retrieval.text import stem, tokens

POOL = 200  # passages taken from each ranking
_RANK_CONSTANT = 60
_K1, _B = 1.2, 0.75
_RAREST = 12  # words of a query that are searched; common ones cost most and tell least
_QUERIES, _PASSAGES = 256, 16_384  # sizes of the blocks compared at a time

Floats = NDArray[np.float32]


class Hit(NamedTuple):
    """A passage by its place in the sequence indexed. ``cosine`` is that of the sentence vectors."""

    passage: int
    score: float
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageIndex:
    vectors: NDArray[np.float16]
    terms: dict[str, int]
    index: InvertedIndex
    encoder: Encoder

    @classmethod
    def build(cls, passages: Sequence[str], encoder: Encoder, *, vectors: NDArray[np.floating] | None = None) -> Self:
        """Index PASSAGES; VECTORS, one per passage, spare encoding them."""
        if vectors is None:
            vectors = encoder.encode(passages)
        terms: dict[str, int] = {}
        index = _index_words(passages, terms)
        return cls(vectors=vectors.astype(np.float16), terms=terms, index=index, encoder=encoder)

    def search(self, queries: Sequence[str], k: int = 5, *, cache: VectorCache | None = None) -> list[list[Hit]]:
        """Return for each query the K best passages, best first; ties go to the earlier passage."""
        if not self.index.size:
            return [[] for _ in queries]
        hits: list[list[Hit]] = []
        for start in range(0, len(queries), _QUERIES):
            block = queries[start : start + _QUERIES]
            nearest, cosines = self._nearest(self.encoder.encode(block, cache=cache))
            for row, query in enumerate(block):
                hits.append(self._fuse(nearest[row], cosines[row], self._by_words(query), k))
        return hits

    def _nearest(self, queries: Vectors) -> tuple[NDArray[np.int64], Floats]:
        """Return the POOL nearest passages of each query with their cosines, nearest first."""
        places, cosines = np.empty((len(queries), 0), np.int64), np.empty((len(queries), 0), np.float32)
        for start in range(0, len(self.vectors), _PASSAGES):
            part = queries @ self.vectors[start : start + _PASSAGES].astype(np.float32).T
            part = np.round(part, 5)  # the last bits depend on the size of the block; ties must not
            here = np.broadcast_to(np.arange(start, start + part.shape[1]), part.shape)
            places, cosines = np.hstack([places, here]), np.hstack([cosines, part])
            if cosines.shape[1] > POOL:
                keep = np.argpartition(-cosines, POOL - 1, axis=1)[:, :POOL]
                places, cosines = np.take_along_axis(places, keep, 1), np.take_along_axis(cosines, keep, 1)
        order = np.lexsort((places, -cosines), axis=1)
        return np.take_along_axis(places, order, 1), np.take_along_axis(cosines, order, 1)

    def _by_words(self, query: str) -> NDArray[np.int64]:
        """Return up to POOL passages by BM25, best first."""
        known = {self.terms[word] for word in _words(query) if word in self.terms}
        spread = np.diff(self.index.starts)
        rarest = sorted(known, key=lambda term: (int(spread[term]), term))[:_RAREST]
        chosen = np.array(sorted(rarest), np.int64)
        scores = self.index.score(SparseVector(chosen, np.ones(len(chosen), np.float32)))
        found = np.flatnonzero(scores > 0)
        if len(found) > POOL:
            found = found[np.argpartition(-scores[found], POOL - 1)[:POOL]]
        return found[np.lexsort((found, -scores[found]))]

    def _fuse(self, nearest: NDArray[np.int64], cosines: Floats, by_words: NDArray[np.int64], k: int) -> list[Hit]:
        fused: Counter[int] = Counter()
        for ranking in (nearest.tolist(), by_words.tolist()):
            for rank, passage in enumerate(ranking, start=1):
                fused[passage] += 1 / (_RANK_CONSTANT + rank)  # type: ignore[assignment]  # a Counter adds floats too
        cosine = dict(zip(nearest.tolist(), cosines.tolist(), strict=True))
        best = sorted(fused.items(), key=lambda item: (-item[1], item[0]))[:k]
        # A passage found by words alone is farther than the last of the nearest.
        return [Hit(passage, float(score), cosine.get(passage, float(cosines[-1]))) for passage, score in best]


def _index_words(passages: Sequence[str], terms: dict[str, int]) -> InvertedIndex:
    """Return the BM25 weights of every word in every passage; TERMS receives the vocabulary."""
    counted = []
    for passage in passages:
        counts: Counter[int] = Counter()
        for word in _words(passage):
            counts[terms.setdefault(word, len(terms))] += 1
        counted.append(counts)
    lengths = np.array([sum(counts.values()) for counts in counted], np.float64)
    usual = float(lengths.mean()) if len(lengths) else 1.0
    seen = np.zeros(len(terms))
    for counts in counted:
        seen[list(counts)] += 1
    rarity = np.log(1 + (len(counted) - seen + 0.5) / (seen + 0.5))
    vectors = []
    for counts, length in zip(counted, lengths, strict=True):
        numbers = np.fromiter(counts.keys(), np.int64, len(counts))
        times = np.fromiter(counts.values(), np.float64, len(counts))
        weights = rarity[numbers] * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * length / max(usual, 1.0)))
        vectors.append(SparseVector(numbers, weights.astype(np.float32)))
    return InvertedIndex.build(vectors, len(terms))


def _words(text: str) -> list[str]:
    return [stem(token) for token in tokens(text)]
