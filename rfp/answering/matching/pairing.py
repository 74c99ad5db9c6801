"""Compare a buyer's question with a library question and its answer: numbers for the model, and what forbids a copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from rfp.answering.matching.lexicon import lexicon
from rfp.answering.matching.reading import LIGHT, Reading, Scope, concepts_of, holds, read

# Words this near by vector count as partly covering one another; nearer ones cover more.
NEAR, SAME = 0.45, 0.8
# Facts whose form gives them away in a sentence; a person or place may stand there for another reason.
TELLING = frozenset({"frequency", "duration", "date", "method", "format", "money"})

_DENYING = ("un", "non", "in", "im", "dis", "ir")

Likeness = Callable[[str, str], float]


class Conflict(StrEnum):
    """What makes the answer to one question wrong for the other, however near their words are."""

    SENSE = "sense"  # one denies what the other says
    APART = "apart"  # at rest and in transit, employees and contractors
    ACTOR = "actor"  # suppliers do it, not the vendor
    NUMBER = "number"
    SCOPE = "scope"  # all and some
    KIND = "kind"  # a yes or no against something else
    FACT = "fact"  # the answer does not hold the fact asked for
    NAME = "name"  # another product, place or standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    features: NDArray[np.float64]
    conflicts: tuple[Conflict, ...]
    missing: str  # the weightiest words of the question the library question does not speak of
    extra: str  # the weightiest words of the library question the buyer's does not speak of
    wanted: tuple[str, ...]  # the kinds of fact neither the library question asks for nor its answer holds


FEATURES = (
    "cosine",
    "shared",
    "missing",
    "extra",
    "missing_most",
    "extra_most",
    "swapped",
    "action_missing",
    "action_extra",
    "party_missing",
    "party_extra",
    "missing_hard",
    "extra_hard",
    "by_comment",
    "fact_held",
    "fact_perhaps",
    "described",
    "scope",
    "actor",
    "past",
    "artefact_missing",
    "artefact_extra",
    *(f"conflict_{conflict}" for conflict in Conflict),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A library answer made ready for comparing."""

    reading: Reading
    said: str  # the answer and its comment
    concepts: frozenset[str]  # of what is said
    affirmed: bool  # the answer is not a no

    @classmethod
    def of(cls, question: str, answer: str, comment: str) -> Known:
        said = f"{answer}. {comment}".strip()
        denied = answer.strip().casefold().split(" ")[0].strip(".,;") in {"no", "none", "never"}
        return cls(reading=read(question), said=said, concepts=concepts_of(said), affirmed=not denied)


def compare(asked: Reading, known: Known, cosine: float, likeness: Likeness) -> Comparison:
    """Return how ASKED and KNOWN differ; LIKENESS gives the cosine of the vectors of two words."""
    words, other = lexicon(), known.reading
    missing, by_comment = _uncovered(asked, other, likeness, known)
    extra, _ = _uncovered(other, asked, likeness, None)
    _cancel_light(missing, extra)
    if "frequency" in asked.asks:
        extra = {concept: left for concept, left in extra.items() if concept not in lexicon().frequencies}
    conflicts = _conflicts(asked, known, missing, extra)
    held = asked.asks - other.asks
    total = asked.weight + other.weight
    shared = 1 - (sum(missing.values()) + sum(extra.values())) / total if total else 0.0
    values = [
        (cosine - 0.7) / 0.2,
        shared * 2 - 1,
        min(sum(missing.values()), 3),
        min(sum(extra.values()), 3),
        max(missing.values(), default=0),
        max(extra.values(), default=0),
        min(max(missing.values(), default=0), max(extra.values(), default=0)),
        _most(missing, words.actions),
        _most(extra, words.actions),
        _most(missing, words.parties),
        _most(extra, words.parties),
        min(_hard(asked, missing), 3),
        min(_hard(other, extra), 3),
        min(by_comment, 2),
        float(bool(held & TELLING)),
        float(bool(held - TELLING)),
        float(asked.open and not asked.asks and not other.open),
        float(_wider(asked, known)),
        float(bool(asked.actor and other.actor and asked.actor != other.actor)),
        float(asked.past != other.past),
        float(bool(_lone(asked, other) & words.artefacts)),
        float(bool(_lone(other, asked) & words.artefacts)),
        *(float(conflict in conflicts) for conflict in Conflict),
    ]
    return Comparison(
        features=np.array(values),
        conflicts=conflicts,
        missing=_weightiest(asked, missing),
        extra=_weightiest(other, extra),
        wanted=tuple(sorted(fact for fact in held if other.asks or not holds(fact, known.said))),
    )


def uncovered_words(asked: Reading, other: Reading) -> set[str]:
    """Return the words of both that the other does not hold: those whose likeness ``compare`` asks for."""
    return {term.word for concept, term in asked.terms.items() if concept not in other.terms} | {
        term.word for concept, term in other.terms.items() if concept not in asked.terms
    }


def _uncovered(
    asked: Reading, other: Reading, likeness: Likeness, known: Known | None
) -> tuple[dict[str, float], float]:
    """Return the weight left of each of ASKED's terms that OTHER lacks, and the weight that the answer makes up for."""
    left: dict[str, float] = {}
    by_comment = 0.0
    words = lexicon()
    # What is done, who does it and to which paper is never nearly the same.
    exact = words.actions | words.parties | words.artefacts
    rest = [concept for concept in other.terms if concept not in asked.terms]
    for concept, term in asked.terms.items():
        if concept in other.terms:
            continue
        if known is not None and concept in known.concepts and (known.affirmed or asked.open):
            by_comment += term.weight
            if not asked.polar:
                continue
            left[concept] = term.weight / 2
            continue
        cover = 0.0
        if any((c, concept) in words.entails or frozenset((c, concept)) in words.near for c in rest):
            cover = 1.0
        elif concept not in exact and concept not in asked.names:
            nearest = max(
                (likeness(term.word, other.terms[c].word) for c in rest if c not in exact and c not in other.names),
                default=0.0,
            )
            cover = min(max((nearest - NEAR) / (SAME - NEAR), 0.0), 1.0)
        if cover < 1:
            left[concept] = term.weight * (1 - cover)
    return left, by_comment


def _conflicts(
    asked: Reading, known: Known, missing: dict[str, float], extra: dict[str, float]
) -> tuple[Conflict, ...]:
    words, other = lexicon(), known.reading
    lone, there = _lone(asked, other), _lone(other, asked)
    pairs = {frozenset((a, b)) for a in lone for b in there}
    # "After what time is it deleted?" and "How long is it kept?" ask for the same duration.
    opposed = (
        0
        if "duration" in asked.asks & other.asks
        else sum(pair in words.opposite for pair in pairs) + _denials(lone, there)
    )
    found = {
        Conflict.SENSE: (asked.negative != other.negative) != (opposed % 2 == 1),
        Conflict.APART: bool(pairs & words.apart),
        Conflict.ACTOR: _roles_swapped(asked, other),
        Conflict.NUMBER: any(c[0].isdigit() for c in missing) or any(c[0].isdigit() for c in extra),
        Conflict.SCOPE: _scopes_clash(asked.scope, known),
        Conflict.KIND: asked.polar
        and not other.polar
        and not (asked.open and (asked.asks & other.asks or not asked.asks)),
        Conflict.FACT: _fact_missing(asked, known),
        Conflict.NAME: any(c in asked.names for c in missing) or any(c in other.names for c in extra),
    }
    return tuple(conflict for conflict, is_so in found.items() if is_so)


def _wider(asked: Reading, known: Known) -> bool:
    """Say whether ASKED speaks of all where the answer may be about some."""
    if Scope.ALL not in (asked.scope, known.reading.scope) or asked.scope is known.reading.scope:
        return False
    if asked.scope is Scope.ALL:
        return known.affirmed and not lexicon().patterns["all"].search(known.said)
    return not known.affirmed


def _scopes_clash(scope: Scope, known: Known) -> bool:
    other = known.reading.scope
    return scope is not other and {scope, other} != {Scope.PLAIN, Scope.ALL}


def _fact_missing(asked: Reading, known: Known) -> bool:
    other = known.reading
    if any(fact not in other.asks and (other.asks or not holds(fact, known.said)) for fact in asked.asks):
        return True
    # What is to be described needs more than a yes.
    if asked.open and not asked.asks and not asked.polar:
        return len(known.said.split()) < 4 if not other.open else bool(other.asks) and not asked.what
    return False


def _hard(reading: Reading, left: dict[str, float]) -> float:
    """Return the weight of the terms that nothing on the other side comes near."""
    return sum(reading.terms[concept].weight for concept, gap in left.items() if gap > 0.9)


def _cancel_light(missing: dict[str, float], extra: dict[str, float]) -> None:
    """Let light words stand for each other: to hold a policy, to have one in place."""
    here, there = ([concept for concept in left if left[concept] <= LIGHT] for left in (missing, extra))
    for concept, other in zip(here, there, strict=False):
        del missing[concept], extra[other]


def _roles_swapped(asked: Reading, other: Reading) -> bool:
    """Say whether one side does to the vendor what the vendor does on the other."""
    return bool(asked.actor and other.actor) and asked.actor != other.actor and (asked.to_you or other.to_you)


def _lone(asked: Reading, other: Reading) -> set[str]:
    return asked.terms.keys() - other.terms.keys()


def _denials(lone: set[str], there: set[str]) -> int:
    """Return how many words of one side are a word of the other with a denying syllable before it."""
    pairs = ((a, b) for left, right in ((lone, there), (there, lone)) for a in left for b in right)
    return sum(any(a == denying + b for denying in _DENYING) for a, b in pairs)


def _most(left: dict[str, float], of: frozenset[str]) -> float:
    return max((weight for concept, weight in left.items() if concept in of), default=0.0)


def _weightiest(reading: Reading, left: dict[str, float]) -> str:
    best = max(left, key=lambda concept: left[concept], default="")
    return reading.terms[best].word if best and left[best] > LIGHT else ""
