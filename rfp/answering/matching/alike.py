"""Find library answers that answer the same question: duplicates, or contradictions where they say other things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from rfp.answering.matching.matcher import BLOCK, Matcher
from rfp.answering.matching.pairing import compare
from rfp.workbook.options import meaning

NEAREST = 4  # neighbours of each question that are compared word by word
NEAR = 0.6  # cosine below which two questions are not compared


class Likeness(StrEnum):
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"


class Alike(NamedTuple):
    first: int  # refs, the smaller one first
    second: int
    likeness: Likeness
    confidence: float


def alike(matcher: Matcher) -> list[Alike]:
    """Return the pairs of known answers whose questions ask the same, contradictions first, then the surest.

    Each question is compared with its nearest ones by vector only; two ask the same when either would be answered by
    the other, both ways round, as surely as a buyer's question is.
    """
    found = [pair for one, other, cosine in _near(matcher) if (pair := _judged(matcher, one, other, cosine))]
    return sorted(found, key=lambda pair: (pair.likeness is Likeness.DUPLICATE, -pair.confidence, *pair[:2]))


def _near(matcher: Matcher) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of places that are worth comparing, each once."""
    vectors = matcher.index.vectors
    seen: set[tuple[int, int]] = set()
    for places in matcher.keys.values():
        for at, one in enumerate(places):
            for other in places[at + 1 :]:
                seen.add((one, other))
                yield one, other, 1.0
    for start in range(0, len(vectors), BLOCK):
        cosine = vectors[start : start + BLOCK] @ vectors.T
        for row in range(len(cosine)):
            one = start + row
            cosine[row, one] = -1.0
            wanted = min(NEAREST, len(vectors) - 1)
            for other in np.argpartition(-cosine[row], wanted - 1)[:wanted].tolist() if wanted > 0 else ():
                pair = (min(one, other), max(one, other))
                if cosine[row, other] >= NEAR and pair not in seen:
                    seen.add(pair)
                    yield *pair, float(cosine[row, other])


def _judged(matcher: Matcher, one: int, other: int, cosine: float) -> Alike | None:
    a, b = matcher.answers[one], matcher.answers[other]
    confidence = 1.0
    if cosine < 1.0:
        ways = [
            compare(matcher.known[one].reading, matcher.known[other], cosine),
            compare(matcher.known[other].reading, matcher.known[one], cosine),
        ]
        if any(way.barred for way in ways):
            return None
        confidence = float(matcher.model.probabilities(np.array([way.features for way in ways])).min())
        if confidence < matcher.model.line:
            return None
    likeness = Likeness.DUPLICATE if says_the_same(a.answer, b.answer) else Likeness.CONTRADICTION
    return Alike(min(a.ref, b.ref), max(a.ref, b.ref), likeness, round(confidence, 4))


def says_the_same(one: str, other: str) -> bool:
    """Say whether two short answers mean the same: the same yes or no, else the same words."""
    meanings = meaning(one), meaning(other)
    if all(meanings):
        return meanings[0] == meanings[1]
    return _plain(one) == _plain(other)


def _plain(text: str) -> Sequence[str]:
    return text.casefold().strip(" .").split()
