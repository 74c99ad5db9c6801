"""How near two words are by their vectors; each word is encoded once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from evidence.retrieval.encoder import Encoder, VectorCache


class WordLikeness:
    """The cosine of the vectors of two words or short phrases."""

    def __init__(self, encoder: Encoder, cache: VectorCache | None = None) -> None:
        self._encoder, self._cache = encoder, cache
        self._vectors: dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}

    def learn(self, words: Iterable[str]) -> None:
        """Encode those of WORDS that are new, together."""
        new = sorted({word for word in words if word not in self._vectors})
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new, cache=self._cache), strict=True))

    def __call__(self, left: str, right: str) -> float:
        if left not in self._vectors or right not in self._vectors:
            self.learn((left, right))
        return float(self._vectors[left] @ self._vectors[right])
