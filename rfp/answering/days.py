"""Which day a date question asks for, and what the evidence says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evidence.proofs import Proof

# What the question says -> the named dates that answer it, the most specific first.
_ASKED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), names)
    for pattern, names in (
        (r"\bretest", ("retested_on",)),
        (r"expir|valid (?:un)?til|validity|\buntil\b|lapse|run out|end of validity|valid to", ("valid_until",)),
        (r"(?:end|close|last day) of the (?:audit |reporting |observation |review )?period|period (?:covered|end)|"
         r"period .*(?:end|to)\b|end of the .*period", ("period_end",)),
        (r"(?:start|beginning|first day) of the .*period|period .*(?:start|from|begin)", ("period_start",)),
        (r"surveillance|last audit|recertif|latest audit", ("last_audit_decision_on", "issued_on")),
        (r"drill|exercise|tabletop|simulation|rehears", ("exercised_on",)),
        (r"(?:test|assess|red[- ]team)\w*.*\b(?:began|start|commenc)", ("testing_started_on",)),
        (r"test(?:ing|ed)?\b|red[- ]team|adversarial", ("testing_ended_on", "issued_on")),
        (r"next review|review due", ("review_on",)),
        (r"review", ("last_review_on", "approved_on", "issued_on")),
        (r"sign", ("signed_on", "issued_on")),
        (r"approv|adopt", ("approved_on", "issued_on")),
        (r"issu|dated?\b|publish|complet|finish|obtain|award|grant|perform|conduct|carried out|made|when",
         ("issued_on", "approved_on", "testing_ended_on", "exercised_on", "signed_on")),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    name: str
    proof: Proof


def asked(text: str) -> tuple[str, ...]:
    """Return the names of the dates that a question asks for, the wanted one first; empty when it asks for no day."""
    return next((names for pattern, names in _ASKED if pattern.search(text)), ())


def find(text: str, proofs: Iterable[Proof]) -> Day | None:
    """Return the day that the evidence gives; the latest where several documents have it."""
    pool = tuple(proofs)
    for name in asked(text):
        days = [Day(proof.fact.dates[name], name, proof) for proof in pool if name in proof.fact.dates]
        if days:
            return max(days, key=lambda day: (day.on, day.proof.reference))
    return None
