"""What forbids copying an answer, however near the words are: differences that a buyer would call another question."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

from rfp.answering.matching.lexicon import lexicon
from rfp.answering.matching.reading import LIGHT, Known, Reading, Scope, holds

_DENYING = ("un", "non", "in", "im", "dis", "ir")
_FEW_WORDS = 4  # an answer shorter than this describes nothing


class Conflict(StrEnum):
    SENSE = "sense"  # one denies what the other says
    APART = "apart"  # at rest and in transit, employees and contractors
    ACTOR = "actor"  # customers do it, not the vendor
    ORDER = "order"  # the same words, the other way round
    NUMBER = "number"
    SCOPE = "scope"  # some, or only these
    KIND = "kind"  # a yes or no against something else
    FACT = "fact"  # the answer does not hold the fact asked for
    NAME = "name"  # another product, place or standard


def conflicts_between(asked: Reading, known: Known, missing: Set[str], extra: Set[str]) -> tuple[Conflict, ...]:
    """Return what forbids to answer ASKED by KNOWN; MISSING and EXTRA are the concepts that only one side speaks of."""
    other = known.reading
    lone, there = asked.terms.keys() - other.terms.keys(), other.terms.keys() - asked.terms.keys()
    pairs = {frozenset((a, b)) for a in lone for b in there}
    found = {
        Conflict.SENSE: (asked.negative != other.negative) != (_turns(asked, other, lone, there, pairs) % 2 == 1),
        Conflict.APART: bool(pairs & lexicon().apart),
        Conflict.ACTOR: asked.roles.differ(other.roles, asked.terms.keys() & other.terms.keys()),
        Conflict.ORDER: asked.polar and other.polar and asked.order.clashes(other.order, _weighty(asked, other)),
        Conflict.NUMBER: any(concept[0].isdigit() for concept in missing | extra),
        Conflict.SCOPE: asked.scope is not other.scope and {asked.scope, other.scope} != {Scope.PLAIN, Scope.ALL},
        Conflict.KIND: asked.polar and not other.polar and not _asks_beyond(asked, other),
        Conflict.FACT: _fact_missing(asked, known),
        Conflict.NAME: bool(missing & asked.names or extra & other.names),
    }
    return tuple(conflict for conflict, is_so in found.items() if is_so)


def _turns(asked: Reading, other: Reading, lone: Set[str], there: Set[str], pairs: Set[frozenset[str]]) -> int:
    """Return how often the words left over turn the sense: allowed and forbidden, limited and unlimited."""
    if "duration" in asked.asks & other.asks:
        # "After what time is it deleted?" and "How long is it kept?" ask for the same.
        return 0
    denied = {denying + concept for concept in there for denying in _DENYING} & lone
    denying = {denying + concept for concept in lone for denying in _DENYING} & there
    return len(pairs & lexicon().opposite) + len(denied) + len(denying)


def _weighty(asked: Reading, other: Reading) -> set[str]:
    """Return the weighty concepts both speak of."""
    shared = asked.terms.keys() & other.terms.keys()
    return {concept for concept in shared if asked.terms[concept].weight > LIGHT < other.terms[concept].weight}


def _asks_beyond(asked: Reading, other: Reading) -> bool:
    """Say whether ASKED wants, besides a yes or no, what OTHER asks for: "is there a limit, and what is it?"."""
    return asked.open and (bool(asked.asks & other.asks) or not asked.asks)


def _fact_missing(asked: Reading, known: Known) -> bool:
    other = known.reading
    if missing_facts(asked, known):
        return True
    if not asked.open or asked.asks or asked.polar:
        return False
    if other.open:
        return bool(other.asks) and not asked.what
    return len(known.said.split()) < _FEW_WORDS


def missing_facts(asked: Reading, known: Known) -> list[str]:
    """Return the kinds of fact ASKED wants that neither the library question asks for nor its answer holds."""
    other = known.reading
    return [fact for fact in sorted(asked.asks - other.asks) if other.asks or not holds(fact, known.said)]
