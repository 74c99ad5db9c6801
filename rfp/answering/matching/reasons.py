"""Say to a salesperson why a library answer was taken, or why the nearest one was not."""

from __future__ import annotations

import re

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
_SENTENCES = {
    Conflict.SENSE: "asks the opposite.",
    Conflict.ACTOR: "asks what somebody else does.",
    Conflict.ORDER: "has the same words the other way round.",
    Conflict.KIND: "does not ask for a yes or no.",
}


def repeated(question: str, *, exact: bool) -> str:
    return "The library holds this question." if exact else f"The library holds nearly the same question: ‘{question}’."


def reworded(question: str) -> str:
    return f"The library question ‘{question}’ asks the same in other words."


def refused(asked: str, question: str, comparison: Comparison) -> str:
    """Return why the answer to QUESTION, the nearest one to ASKED, is not taken."""
    nearest = f"The nearest library question ‘{question}’"
    missing, extra = _as_written(comparison.missing, asked), _as_written(comparison.extra, question)
    if missing and extra:
        return f"{nearest} speaks of ‘{extra}’, not of ‘{missing}’."
    for conflict, sentence in _SENTENCES.items():
        if conflict in comparison.conflicts:
            return f"{nearest} {sentence}"
    if Conflict.FACT in comparison.conflicts:
        wanted = " or ".join(_FACTS[fact] for fact in comparison.wanted) or "what is asked"
        return f"{nearest} and its answer do not say {wanted}."
    if missing:
        return f"{nearest} does not speak of ‘{missing}’."
    if extra:
        return f"{nearest} is about ‘{extra}’ only."
    if Conflict.SCOPE in comparison.conflicts:
        return f"{nearest} speaks of more or of less."
    return f"{nearest} is not surely the same."


def _as_written(words: str, text: str) -> str:
    """Return WORDS, taken from TEXT in small letters, as they stand there."""
    if not words:
        return ""
    hit = re.search(r"\W+".join(re.escape(word) for word in words.split()), text, re.IGNORECASE)
    return hit.group() if hit else words


DEPENDENT = "The question depends on the one before it and cannot be looked up alone."
EMPTY = "The question has no subject of its own to look up."
DISPUTED = "The library gives different answers to this question; a person must choose."
