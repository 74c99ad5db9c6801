"""What is said of proof in a buyer's form: who issued it, when, for what, in one sentence per document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evidence.proofs import Proof
from scoring.dates import say

# The day a document speaks of itself by, in the order of preference, with the word before it.
_DAYS = (
    ("issued_on", "of"),
    ("approved_on", "approved on"),
    ("signed_on", "signed on"),
    ("exercised_on", "held on"),
    ("testing_ended_on", "tested until"),
)
VALIDATIONS = frozenset({"validation_letter", "retest_letter", "iso_surveillance_report"})


def dated(proof: Proof) -> date | None:
    """Return the day a document is dated by."""
    return next((proof.fact.dates[name] for name, _ in _DAYS if name in proof.fact.dates), None)


def name(proof: Proof, page: int | None = None) -> str:
    """Return a document with issuer, date and page: "SOC 2 report (Alder & Quist LLP, 14 September 2026), page 3"."""
    fact = proof.fact
    title = fact.title if not fact.number or fact.number in fact.title else f"{fact.title} {fact.number}"
    if fact.version and fact.version not in title:
        title = f"{title}, version {fact.version}"
    day = dated(proof)
    inside = [fact.issuer.name.removesuffix(" (buyer)")] if fact.issuer.name else []
    inside += [say(day)] if day else []
    until = fact.dates.get("valid_until")
    inside += [f"valid until {say(until)}"] if until else []
    said = f"{title} ({', '.join(inside)})" if inside else title
    return f"{said}, page {page}" if page else said


def listed(proofs: Sequence[tuple[Proof, int | None]]) -> str:
    """Return the documents an answer rests on as one sentence; what only vouches for another stands behind it."""
    subjects = [(proof, page) for proof, page in proofs if proof.fact.kind not in VALIDATIONS]
    vouching = [(proof, page) for proof, page in proofs if proof.fact.kind in VALIDATIONS]
    if not subjects:
        return "; ".join(name(proof, page) for proof, page in vouching) + "." if vouching else ""
    said = ["; ".join(name(proof, page) for proof, page in subjects)]
    said += dict.fromkeys(_vouches(proof) for proof, _ in vouching)
    return ", ".join(said) + "."


def _vouches(proof: Proof) -> str:
    day = dated(proof)
    word = {"retest_letter": "retested", "iso_surveillance_report": "audited"}.get(proof.fact.kind, "validated")
    return f"{word} by {proof.fact.issuer.name}" + (f" on {say(day)}" if day else "")


def file_names(proofs: Sequence[Proof]) -> str:
    return "; ".join(proof.file_name or proof.reference for proof in proofs)


def sentence(text: str) -> str:
    """Return a text with its first letter large and a full stop."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "”")) else text + "."
