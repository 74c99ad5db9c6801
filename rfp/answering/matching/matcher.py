"""Find the approved library answer that truly answers a buyer's question, or say why the nearest one does not.

A wrong copy is a misstatement in a contract, a blank is not. So the nearest library questions are only candidates: each
is compared word by word with the question, some differences forbid the copy whatever the rest says, and a model
trained on judged pairs must be surer than its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from evidence.question_key import question_key
from evidence.retrieval.encoder import Encoder, VectorCache, Vectors
from evidence.retrieval.hybrid import Alias, AliasIndex, Match
from evidence.retrieval.sparse import LexicalIndex
from evidence.retrieval.text import word_terms
from rfp.answering.matching import reasons
from rfp.answering.matching.model import PairModel
from rfp.answering.matching.pairing import Comparison, compare
from rfp.answering.matching.reading import LIGHT, Known, Reading, read, spoken

CANDIDATES = 5
BLOCK = 512
BEHIND = 0.3  # a candidate so much farther by vector than the first is not looked at
SAME = 0.97  # by words and by vector
# Answers that a person may want to start from: on real forms, half of those from this cosine on speak of the matter.
OFFERS, WORTH_A_LOOK = 3, 0.5
FAR = 0.4  # a nearest question below this cosine is not worth showing
CERTAIN = 0.995  # the confidence of a repeated question: a person may still have meant something else


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAnswer:
    """An approved answer of the library; REF is whatever number the caller knows it by."""

    ref: int
    question: str
    answer: str
    comment: str = ""


class Found(NamedTuple):
    """The library answer nearest to a question; only a SURE one may be copied."""

    ref: int
    same: bool  # the same question up to case, numbering and punctuation, or nearly
    confidence: float  # the probability that the answer truly answers the question, with the same yes or no
    sure: bool
    reason: str


class Near(NamedTuple):
    """A library answer to a question of the same kind: for a person to look at, never to be copied by itself."""

    ref: int
    cosine: float


class Looked(NamedTuple):
    """What the library holds for a question: the answer nearest to it, and those a person may want to start from."""

    found: Found | None
    near: tuple[Near, ...]


class Judged(NamedTuple):
    at: int  # place among the known answers
    cosine: float
    chance: float
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    answers: tuple[KnownAnswer, ...]
    known: tuple[Known, ...]
    keys: Mapping[str, Sequence[int]]
    index: AliasIndex
    model: PairModel

    @classmethod
    def build(
        cls,
        known: Sequence[KnownAnswer],
        encoder: Encoder,
        *,
        vectors: Vectors | None = None,
        cache: VectorCache | None = None,
    ) -> Self:
        """Index KNOWN; VECTORS, one per question, spare encoding them.

        :raises WeightsInvalid: if the shipped weights belong to another version of the features
        """
        keys: dict[str, list[int]] = {}
        for at, answer in enumerate(known):
            keys.setdefault(question_key(answer.question), []).append(at)
        texts = [spoken(answer.question) for answer in known]
        if vectors is not None:
            vectors = _with_spoken(vectors, known, texts, encoder, cache)
        return cls(
            answers=tuple(known),
            known=tuple(Known.of(answer.question, answer.answer, answer.comment) for answer in known),
            keys=keys,
            index=_index(texts, encoder, vectors, cache),
            model=PairModel.load(),
        )

    def look(self, questions: Sequence[str], *, cache: VectorCache | None = None) -> list[Looked]:
        """Return for each question the library answer nearest to it, if any is near, and what is worth a look."""
        matches = self._matches(questions, cache)
        return [
            Looked(self._decide(question, near), self._worth_a_look(near))
            for question, near in zip(questions, matches, strict=True)
        ]

    def near(self, questions: Sequence[str], *, cache: VectorCache | None = None) -> list[tuple[Near, ...]]:
        """Return for each question only what is worth a look, which takes a fraction of the time."""
        return [self._worth_a_look(near) for near in self._matches(questions, cache)]

    def _matches(self, questions: Sequence[str], cache: VectorCache | None) -> Iterator[list[Match]]:
        for start in range(0, len(questions), BLOCK):
            block = questions[start : start + BLOCK]
            yield from self.index.search([spoken(question) for question in block], CANDIDATES, cache=cache)

    def find(self, questions: Sequence[str], *, cache: VectorCache | None = None) -> list[Found | None]:
        """Return for each question the library answer nearest to it, or nothing where none is near."""
        return [looked.found for looked in self.look(questions, cache=cache)]

    def _worth_a_look(self, near: Sequence[Match]) -> tuple[Near, ...]:
        by_vector = sorted(near, key=lambda match: -match.cosine)
        return tuple(
            Near(self.answers[int(match.ref)].ref, match.cosine)
            for match in by_vector[:OFFERS]
            if match.cosine >= WORTH_A_LOOK
        )

    def _decide(self, question: str, near: Sequence[Match]) -> Found | None:
        reading = read(question)
        repeats = self.keys.get(question_key(question), ())
        if repeats:
            return self._repeated(reading, repeats)
        judged = self._judge(reading, near)
        if not judged or max(one.cosine for one in judged) < FAR:
            return None
        best = judged[0]
        answer = self.answers[best.at]
        if not _has_subject(reading):
            return Found(answer.ref, False, 0.0, False, reasons.DEPENDENT if reading.dependent else reasons.EMPTY)
        if not best.comparison.barred and best.cosine >= SAME and _overlap(question, answer.question) >= SAME:
            return Found(answer.ref, True, CERTAIN, True, reasons.repeated(answer.question, exact=False))
        if not self._is_sure(best):
            return Found(
                answer.ref, False, best.chance, False, reasons.refused(question, answer.question, best.comparison)
            )
        if self._disputed([rival.at for rival in judged if self._is_sure(rival)]):
            return Found(answer.ref, False, best.chance, False, reasons.DISPUTED)
        return Found(answer.ref, False, best.chance, True, reasons.reworded(answer.question))

    def _repeated(self, reading: Reading, repeats: Sequence[int]) -> Found:
        ref = self.answers[repeats[0]].ref
        if not _has_subject(reading):
            return Found(ref, True, 0.5, False, reasons.DEPENDENT if reading.dependent else reasons.EMPTY)
        if len({self.answers[at].answer.strip().casefold() for at in repeats}) > 1:
            return Found(ref, True, 0.5, False, reasons.DISPUTED)
        return Found(ref, True, CERTAIN, True, reasons.repeated("", exact=True))

    def _judge(self, reading: Reading, near: Sequence[Match]) -> list[Judged]:
        """Return the candidates: the sure ones, then the likely ones, then the near ones."""
        near = [match for match in near if match.cosine >= near[0].cosine - BEHIND]
        places = [int(match.ref) for match in near]
        comparisons = [compare(reading, self.known[at], match.cosine) for at, match in zip(places, near, strict=True)]
        if not comparisons:
            return []
        chances = self.model.probabilities(np.array([comparison.features for comparison in comparisons]))
        judged = [
            Judged(at, match.cosine, round(float(chance), 4), comparison)
            for at, match, chance, comparison in zip(places, near, chances, comparisons, strict=True)
        ]
        return sorted(judged, key=lambda one: (not self._is_sure(one), -round(one.chance, 1), -one.cosine))

    def _is_sure(self, judged: Judged) -> bool:
        return not judged.comparison.barred and judged.chance >= self.model.line

    def _disputed(self, places: Sequence[int]) -> bool:
        """Say whether two answers that both seem to fit say yes and no."""
        polar = [self.known[at] for at in places if self.known[at].reading.polar]
        return len({known.affirmed for known in polar}) > 1


def _index(texts: Sequence[str], encoder: Encoder, vectors: Vectors | None, cache: VectorCache | None) -> AliasIndex:
    """Index TEXTS by vectors and words. Letter groups are left out: they take most of the time, and what only they
    find has misspelt words, of which no answer is sure.
    """
    return AliasIndex(
        aliases=tuple(Alias(str(at), text) for at, text in enumerate(texts)),
        vectors=encoder.encode(texts, cache=cache) if vectors is None else vectors,
        words=LexicalIndex.build(texts, word_terms),
        chars=None,
        encoder=encoder,
    )


def _with_spoken(
    vectors: Vectors, known: Sequence[KnownAnswer], texts: Sequence[str], encoder: Encoder, cache: VectorCache | None
) -> Vectors:
    """Return VECTORS with those of the questions that read otherwise with their short forms said in full."""
    changed = [at for at, (answer, text) in enumerate(zip(known, texts, strict=True)) if answer.question != text]
    if not changed:
        return vectors
    out = vectors.copy()
    out[changed] = encoder.encode([texts[at] for at in changed], cache=cache)
    return out


def _has_subject(reading: Reading) -> bool:
    return not reading.dependent and any(term.weight > LIGHT for term in reading.terms.values())


def _overlap(left: str, right: str) -> float:
    """Return the share of words and pairs of neighbouring words that two questions have in common."""
    a, b = Counter(word_terms(left)), Counter(word_terms(right))
    return 2 * (a & b).total() / max(a.total() + b.total(), 1)
