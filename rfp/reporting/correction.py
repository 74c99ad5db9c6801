"""Everything a letter of correction says, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedAnswer:
    """An answer as it was sent, and what the vendor says now; ``proposed`` is empty where there is no answer yet."""

    place: str
    question: str
    said: str
    comment: str
    proposed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """``changed`` is the sentence of what happened to the document ``cited``, ``since`` which day."""

    vendor: str
    legal_entity: str
    buyer: str
    title: str
    version: int
    sent_to: str
    sent_on: date
    made_on: date
    cited: str
    changed: str
    since: date
    answers: tuple[CorrectedAnswer, ...]
    product: str
