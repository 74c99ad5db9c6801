"""G-12: an artefact that contradicts itself or another on a fact a rule needs is for a person to decide.

A newer adverse finding of an outside body outweighs an older favourable one; that is told by R-OPINION.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from scoring.bundle import CERTIFICATE, LETTER, SOC2, SURVEILLANCE, Bundle
from scoring.dates import dates_in, say
from scoring.findings import said_in_text
from scoring.naming import names_version
from scoring.phrases import clauses
from scoring.rivals import Weight, rivals_of
from scoring.series import contradiction
from scoring.tone import is_negative
from scoring.types import EvidenceFact

# How a date is introduced in print, by the field that records it.
LABELS = {
    "valid_until": r"expir\w+(?: date| on)?|valid (?:un)?til|valid to|validity (?:ends|until)|good through"
    r"|end of validity",
    "issued_on": r"(?<!first )(?<!originally )(?<!initially )issued(?: on)?|issue date|date of issue",
    "testing_ended_on": r"testing (?:ended|finished|was completed|ran until)(?: on)?|end of (?:the )?test(?:s|ing)",
    "exercised_on": r"(?:held|took place|conducted|carried out|exercised?)(?: on)?|date of (?:the )?(?:exercise"
    r"|drill)",
}
# Other papers quote the issue dates of what they are about.
ISSUE_IS_ITS_OWN = frozenset({CERTIFICATE, SOC2, SURVEILLANCE, LETTER})
NEARBY = 25  # characters between a label and its date
_OPINION = re.compile(
    r"\b(qualified|adverse)\s+opinion\b|\bopinion\s*(?:is|was|:)\s*(qualified|adverse)\b|\b(disclaimer) of opinion",
    re.I,
)
_DRAFT = re.compile(r"\bDRAFT\b|\b[Dd]raft (?:for|version|report|of)\b|\bnot yet (?:approved|final|signed)\b")
_ENDED = re.compile(
    r"\b(?:certificate|certification|accreditation|register(?: entry)?|status|report|licen[cs]e)\b[^.;\n]{0,40}?"
    r"\b(?:suspended|withdrawn|revoked|cancelled|superseded)\b[^.;\n]{0,40}",
    re.I,
)
# The version of the document, rather than of a model or of a framework that it names.
_OWN_VERSION = re.compile(
    r"\b(?:plan|assessment|policy|procedure|document|register|mirp|tracker|specification|memo|statement|record)\b"
    r"[^.;\n]{0,25}?\bversion\s+(\d+(?:[.-]\d+)*)\b",
    re.I,
)
_CONCLUDES = re.compile(
    r"\bconclu|\bin our (?:view|opinion)\b|\bwe\b|\bvalidat|\boverall\b|\bplan\b|\bdocument\b", re.I
)
_OPEN = re.compile(
    r"\bopen\b|\bstill\b|\bnot (?:\w+ ){0,2}(?:fixed|closed|retested|ready|resolved|remediated|tested|effective"
    r"|available)\b|\bbypass"
    r"|\bremains?\b|\bunresolved|\bpartial|\bagain\b|\bfail",
    re.I,
)
_SHUT = re.compile(r"(?<!not )\b(?:closed|fixed|resolved|verified|confirmed|effective|passed|pass|no longer)\b", re.I)
_REINSTATED = re.compile(
    r"\breinstated\b|\blifted\b|\bin force\b|\bnot (?:been )?(?:suspended|withdrawn|revoked)|\b(?:may|can|will"
    r"|shall) be\b"
    r"|\bif\b|\bunless\b|\bsupersedes\b|\bnever\b",
    re.I,
)


def conflicts_of(bundle: Bundle) -> Iterator[str]:
    """Yield the contradictions in words, and what somebody noted for a person to decide."""
    for fact in bundle.facts:
        if fact.needs_review:
            yield fact.needs_review
        yield from within(fact)
        between = contradiction(fact, bundle.setting)
        if between:
            yield between
    for rival in rivals_of(bundle):
        if rival.weight is Weight.EQUAL:
            yield f"“{rival.fact.title}” contradicts “{bundle.subject.title}”: {rival.finding}. A person has to decide."


@lru_cache(maxsize=4096)
def within(fact: EvidenceFact) -> tuple[str, ...]:
    """Return where what a person recorded and what the text says differ."""
    return (*_dates(fact), *_status(fact), *_versions(fact), *_refusal(fact), *_findings(fact), *_retests(fact))


def _dates(fact: EvidenceFact) -> Iterator[str]:
    for name, label in LABELS.items():
        recorded = fact.dates.get(name)
        if recorded is None or (name == "issued_on" and fact.kind not in ISSUE_IS_ITS_OWN):
            continue
        printed = _labelled(label, fact.document_text)
        if printed and not any(recorded in days for days in printed):
            words = name.removesuffix("_on").replace("_", " ")
            said = say(min(printed[0]))
            yield f"“{fact.title}” is recorded as {words} {say(recorded)}, but its text says {said}."


def _status(fact: EvidenceFact) -> Iterator[str]:
    opinion = _OPINION.search(fact.document_text)
    if opinion and fact.opinion.casefold() in ("unqualified", "unmodified", "clean"):
        said = next(part for part in opinion.groups() if part)
        yield f"The opinion of “{fact.title}” is recorded as {fact.opinion}, but its text says {said.casefold()}."
    if _DRAFT.search(fact.document_text) and fact.status.casefold() in ("", "active"):
        yield f"“{fact.title}” is recorded as in force, but its text calls it a draft."
    ended = _ENDED.search(fact.document_text)
    if ended and fact.status.casefold() in ("", "active") and not _REINSTATED.search(fact.document_text):
        yield f"“{fact.title}” is recorded as in force, but its text says: “{ended[0]}”."


def _versions(fact: EvidenceFact) -> Iterator[str]:
    recorded = fact.covers.version if fact.covers else fact.version
    printed = _OWN_VERSION.search(fact.document_text)
    if recorded and printed and not names_version(fact.document_text, recorded):
        yield f"“{fact.title}” is recorded for version {recorded}, but its text says {printed[1]}."


def _refusal(fact: EvidenceFact) -> Iterator[str]:
    """A letter whose conclusion nobody recorded may refuse in its text what it is taken to confirm."""
    if fact.kind != LETTER or fact.conclusion:
        return
    for part in clauses(fact.document_text):
        if _CONCLUDES.search(part) and is_negative(part):
            yield f"Does “{fact.title}” confirm the document? It says: “{part.strip()}”"
            return


def _findings(fact: EvidenceFact) -> Iterator[str]:
    for severity, printed_number, number in said_in_text(fact):
        yield (
            f"“{fact.title}” is recorded with {number} {severity} findings, but its text speaks of {printed_number}."
        )


def _retests(fact: EvidenceFact) -> Iterator[str]:
    """A finding that is recorded as closed and that the letter's text speaks of as open."""
    for retest in fact.retests:
        name = re.compile(rf"(?<!\w){re.escape(retest.finding)}(?!\w)") if retest.finding else None
        for part in clauses(fact.document_text):
            if (
                name
                and name.search(part)
                and _OPEN.search(part)
                and not _SHUT.search(part)
                and _SHUT.search(retest.result)
            ):
                said = f"but “{fact.title}” says: “{part.strip()}”"
                yield f"Finding {retest.finding} is recorded as {retest.result}, {said}"
                break


def _labelled(label: str, text: str) -> list[frozenset[date]]:
    """Return the dates that stand right after a label."""
    ends = [found.end() for found in re.finditer(rf"\b(?:{label})\b", text, re.I)]
    return [
        days
        for start, days in dates_in(text)
        if any(end <= start <= end + NEARBY and not re.search(r"[.;\n]", text[end:start]) for end in ends)
    ]
