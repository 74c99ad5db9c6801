"""Compare a buyer's question with a library question and its answer, as numbers for the model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rfp.answering.matching.conflicts import Conflict, conflicts_between, missing_facts
from rfp.answering.matching.lexicon import Lexicon, lexicon
from rfp.answering.matching.reading import LIGHT, USUAL, Known, Reading, Scope

# Facts whose form gives them away in a sentence; a person or place may stand there for another reason.
TELLING = frozenset({"frequency", "duration", "date", "moment", "method", "format", "money"})
RELATED = 0.8  # how far words of one family cover each other: register, registration
_ANY_FAMILY = "words"  # of light words that stand in no list
FAMILY = 5  # letters they share at the beginning

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
    "artefact_missing",
    "artefact_extra",
    "by_comment",
    "fact_held",
    "fact_perhaps",
    "described",
    "wider",
    "actor",
    "past",
    *(f"conflict_{conflict}" for conflict in Conflict),
)

Left = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    features: NDArray[np.float64]
    conflicts: tuple[Conflict, ...]
    missing: str  # the weightiest words of the question that the library question does not speak of
    extra: str  # the weightiest words of the library question that the buyer's does not speak of
    wanted: tuple[str, ...]  # the kinds of fact that are asked for and not held
    # A conflict, or a weighty word that only one side holds: in a long question one word would weigh little.
    barred: bool


def compare(asked: Reading, known: Known, cosine: float) -> Comparison:
    """Return how ASKED and KNOWN differ; COSINE is that of the vectors of the two questions."""
    words, other = lexicon(), known.reading
    missing, by_comment = _without_what_is_said(_left(asked, other, words), asked, known)
    extra = _left(other, asked, words)
    needless = words.qualifiers if known.affirmed else frozenset()
    if "frequency" in asked.asks:
        needless |= words.frequencies
    extra = {concept: weight for concept, weight in extra.items() if concept not in needless}
    _cancel_light(missing, extra, words)
    conflicts = conflicts_between(asked, known, missing.keys(), extra.keys())
    held = asked.asks - other.asks
    most = max(missing.values(), default=0.0), max(extra.values(), default=0.0)
    values = [
        (cosine - 0.7) / 0.2,
        1 - 2 * (sum(missing.values()) + sum(extra.values())) / max(asked.weight + other.weight, LIGHT),
        min(sum(missing.values()), 3),
        min(sum(extra.values()), 3),
        *most,
        min(most),
        *(
            max((weight for concept, weight in left.items() if concept in group), default=0.0)
            for group in (words.actions, words.parties, words.artefacts)
            for left in (missing, extra)
        ),
        min(by_comment, 2),
        bool(held & TELLING),
        bool(held - TELLING),
        asked.open and not asked.asks and not other.open,
        _is_wider(asked, known),
        bool(asked.roles.actor and other.roles.actor and asked.roles.actor != other.roles.actor),
        asked.past != other.past,
        *(conflict in conflicts for conflict in Conflict),
    ]
    return Comparison(
        features=np.array(values, np.float64),
        conflicts=conflicts,
        missing=_weightiest(asked, missing),
        extra=_weightiest(other, extra),
        wanted=tuple(missing_facts(asked, known)),
        barred=bool(conflicts) or max(most) >= USUAL or _of_other_kind(missing, extra, words),
    )


def _left(one: Reading, other: Reading, words: Lexicon) -> Left:
    """Return the weight of each of ONE's terms as far as OTHER does not speak of it."""
    left: Left = {}
    lone = other.terms.keys() - one.terms.keys()
    families = {_family(there, words) for there in lone} - {""}
    for concept, term in one.terms.items():
        if concept not in other.terms and lone.isdisjoint(words.stand_ins.get(concept, ())):
            left[concept] = term.weight * (1 - (RELATED if _family(concept, words) in families else 0.0))
    return left


def _family(concept: str, words: Lexicon) -> str:
    """Return how the words related to CONCEPT begin; nothing where they are listed, or it is too short to tell."""
    return "" if concept in words.grouped or len(concept) < FAMILY else concept[:FAMILY]


def _without_what_is_said(left: Left, asked: Reading, known: Known) -> tuple[Left, float]:
    """Take from LEFT what the answer speaks of; return with it the weight it made up for.

    A yes that goes on to say "with AES-256" answers "is it encrypted with AES-256?"; a no does not.
    """
    if not (known.affirmed or asked.open):
        return left, 0.0
    said = {concept: weight for concept, weight in left.items() if concept in known.concepts}
    share = 0.5 if asked.polar else 0.0
    rest = {concept: weight * share if concept in said else weight for concept, weight in left.items()}
    return {concept: weight for concept, weight in rest.items() if weight}, sum(said.values())


def _cancel_light(missing: Left, extra: Left, words: Lexicon) -> None:
    """Let light words of one family stand for each other: to hold a policy, to have one in place."""
    for concept in [concept for concept, weight in missing.items() if weight <= LIGHT]:
        family = words.light.get(concept, _ANY_FAMILY)
        others = (other for other, weight in extra.items() if weight <= LIGHT)
        other = next((other for other in others if words.light.get(other, _ANY_FAMILY) == family), None)
        if other is not None:
            del missing[concept], extra[other]


def _of_other_kind(missing: Left, extra: Left, words: Lexicon) -> bool:
    """Say whether light words left over on both sides name things of two kinds: software is not data."""
    here, there = (
        {words.light.get(concept, _ANY_FAMILY) for concept in left} - {_ANY_FAMILY} for left in (missing, extra)
    )
    return bool(here and there)


def _is_wider(asked: Reading, known: Known) -> bool:
    """Say whether ASKED speaks of all where the answer may be about some."""
    if Scope.ALL not in (asked.scope, known.reading.scope) or asked.scope is known.reading.scope:
        return False
    if asked.scope is Scope.ALL:
        return known.affirmed and not lexicon().patterns["all"].search(known.said)
    return not known.affirmed


def _weightiest(reading: Reading, left: Left) -> str:
    best = max(left, key=lambda concept: left[concept], default="")
    return reading.terms[best].word if best and left[best] > LIGHT else ""
