"""Find the entry whose alias says nearly the same as a question: short texts against short texts.

An entry (a requirement, a control, a library answer) is known by aliases: title, statement, standard question and every
question confirmed for it; the best of them counts. Three engines score every alias: sentence vectors, stemmed words,
letter groups; each engine's scores are standardised per question over all aliases, weighed and added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from evidence.retrieval.encoder import Encoder, VectorCache, Vectors
from evidence.retrieval.sparse import LexicalIndex
from evidence.retrieval.text import char_terms, word_terms

DENSE, WORDS, CHARS = 1.0, 0.4, 0.3
BLOCK = 256
# Letter groups find misspelt words; beyond this many aliases they cost more than they find.
CHARS_UP_TO = 20_000

Floats = NDArray[np.float32]


class Alias(NamedTuple):
    ref: str
    text: str


class Match(NamedTuple):
    """The best alias of an entry. ``cosine`` compares over all indexes; ``score`` only within one question."""

    ref: str
    alias: str
    score: float
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasIndex:
    aliases: tuple[Alias, ...]
    vectors: Vectors
    words: LexicalIndex
    chars: LexicalIndex | None
    encoder: Encoder

    @classmethod
    def build(
        cls,
        aliases: Sequence[Alias],
        encoder: Encoder,
        *,
        vectors: Vectors | None = None,
        cache: VectorCache | None = None,
    ) -> Self:
        """Index ALIASES; VECTORS, one per alias, spare encoding them."""
        texts = [alias.text for alias in aliases]
        return cls(
            aliases=tuple(aliases),
            vectors=encoder.encode(texts, cache=cache) if vectors is None else vectors,
            words=LexicalIndex.build(texts, word_terms),
            chars=LexicalIndex.build(texts, char_terms) if len(texts) <= CHARS_UP_TO else None,
            encoder=encoder,
        )

    def search(self, questions: Sequence[str], k: int = 5, *, cache: VectorCache | None = None) -> list[list[Match]]:
        """Return for each question the K best entries, each once, best first; ties go to the earlier alias."""
        if not self.aliases:
            return [[] for _ in questions]
        found: list[list[Match]] = []
        for start in range(0, len(questions), BLOCK):
            block = questions[start : start + BLOCK]
            # Rounded, for the last bits depend on the size of the block, and ties must not.
            cosine = np.round(self.encoder.encode(block, cache=cache) @ self.vectors.T, 5)
            score = DENSE * standardise(cosine) + WORDS * standardise(self.words.score(block))
            if self.chars is not None:
                score = score + CHARS * standardise(self.chars.score(block))
            found += [self._best(score[row], cosine[row], k) for row in range(len(block))]
        return found

    def _best(self, score: Floats, cosine: Floats, k: int) -> list[Match]:
        best: dict[str, Match] = {}
        for at in np.argsort(-score, kind="stable").tolist():
            alias = self.aliases[at]
            if alias.ref not in best:
                best[alias.ref] = Match(alias.ref, alias.text, float(score[at]), float(cosine[at]))
                if len(best) == k:
                    break
        return list(best.values())


def standardise(scores: Floats) -> Floats:
    """Return each row with mean zero and spread one; a row without spread becomes zeros."""
    spread = scores.std(1, keepdims=True)
    out: Floats = np.where(spread > 1e-9, (scores - scores.mean(1, keepdims=True)) / np.maximum(spread, 1e-9), 0.0)
    return out.astype(np.float32)
