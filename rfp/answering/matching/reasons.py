"""Say to a salesperson why a library answer was taken, or why the nearest one was not."""

from __future__ import annotations

from rfp.answering.matching.conflicts import Conflict
from rfp.answering.matching.pairing import Comparison

_FACTS = {
    "frequency": "how often",
    "duration": "how long",
    "date": "when",
    "moment": "when",
    "count": "how many",
    "amount": "how much",
    "person": "who",
    "place": "where",
    "method": "by which method",
    "format": "in which format",
    "money": "for which sum",
}


def repeated(question: str, *, exact: bool) -> str:
    return "The library holds this question." if exact else f"The library holds nearly the same question: ‘{question}’."


def reworded(question: str) -> str:
    return f"The library question ‘{question}’ asks the same in other words."


def refused(question: str, comparison: Comparison) -> str:
    """Return why the answer to QUESTION, the nearest one, is not taken."""
    nearest = f"The nearest library question ‘{question}’"
    conflicts = comparison.conflicts
    if Conflict.SENSE in conflicts:
        return f"{nearest} asks the opposite."
    if Conflict.ACTOR in conflicts:
        return f"{nearest} asks what somebody else does."
    if Conflict.ORDER in conflicts:
        return f"{nearest} has the same words the other way round."
    if Conflict.KIND in conflicts:
        return f"{nearest} does not ask for a yes or no."
    if Conflict.FACT in conflicts:
        wanted = " or ".join(_FACTS[fact] for fact in comparison.wanted) or "what is asked"
        return f"{nearest} and its answer do not say {wanted}."
    missing, extra = comparison.missing, comparison.extra
    if missing and extra:
        return f"{nearest} speaks of ‘{extra}’, not of ‘{missing}’."
    if missing:
        return f"{nearest} does not speak of ‘{missing}’."
    if extra:
        return f"{nearest} is about ‘{extra}’ only."
    if Conflict.SCOPE in conflicts:
        return f"{nearest} does not speak of just as much."
    return f"{nearest} is not surely the same."


DEPENDENT = "The question depends on the one before it and cannot be looked up alone."
EMPTY = "The question has no subject of its own to look up."
DISPUTED = "The library gives different answers to this question; a person must choose."
