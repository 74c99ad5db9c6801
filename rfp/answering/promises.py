"""Words in an answer that promise: the future, an absolute, or a figure that a contract would hold the vendor to.

Each is for a person to look at before it goes out; whether it may be said is theirs to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class PromiseKind(StrEnum):
    FUTURE = "future"
    ABSOLUTE = "absolute"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Promise:
    kind: PromiseKind
    words: str


_NUMBER = r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty[- ]four|forty[- ]eight)"
_SPAN = r"(?:seconds?|minutes?|mins?|hours?|hrs?|(?:business |working |calendar )?days?)"
_KINDS: tuple[tuple[PromiseKind, str], ...] = (
    (
        PromiseKind.FUTURE,
        # "At will" and "goodwill" promise nothing; "will" with an apostrophe does.
        r"(?<!at )(?<!the )(?<!free )\bwill(?: not)?\b(?! of\b)|\bwon['’]t\b|\b(?:we|they|it|you|I)['’]ll\b|\bshall\b"
        r"|\b(?:is|are|am) going to\b|\b(?:plans?|planned|planning|intends?|aims?|expects?|commits?|committed) to\b"
        r"|\b(?:is|are) (?:planned|scheduled)\b|\bon (?:the|our) roadmap\b|\bin the (?:near )?future\b"
        r"|\bby (?:the end of |early |late |mid-?)?(?:Q[1-4]|H[12])\b",
    ),
    (
        PromiseKind.ABSOLUTE,
        r"\balways\b|\bnever\b|\bguarantee(?:s|d|ing)?\b|\b(?:we )?warrant(?:s|ed)?\b(?!\w)|\bensur(?:e|es|ed|ing)\b"
        r"|\bat all times\b|\bwithout exception\b|\bunder no circumstances\b|\bin all cases\b|\bimpossible\b"
        r"|\bcompletely\b|\bfully (?:secure|protected|compliant)\b|\b100\s?%"
        r"|\bzero (?:risk|downtime|incidents?|errors?)\b"
        r"|\bcannot be (?:breached|bypassed|compromised)\b",
    ),
    (
        PromiseKind.FIGURE,
        rf"\bwithin (?:a maximum of |at most )?{_NUMBER} {_SPAN}\b"
        rf"|\b{_NUMBER}[- ]hour (?:notice|response|notification)\b"
        rf"|\b(?:under|in less than|no later than|not later than|at most) {_NUMBER} {_SPAN}\b"
        r"|\b9\d(?:[.,]\d+)?\s?%(?= (?:uptime|availability|of the time|accura)|\s?(?:SLA|uptime|availability))"
        r"|\b99[.,]\d+\s?%|\b24\s?[/x×]\s?7(?:\s?[/x×]\s?365)?\b|\b(?:RTO|RPO|SLA)s?\b",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


def promises(*texts: str) -> tuple[Promise, ...]:
    """Return what the texts promise, each wording once, in the order of the texts."""
    found: dict[str, Promise] = {}
    for text in texts:
        hits = sorted(
            (match.start(), kind, " ".join(match[0].split()))
            for kind, pattern in _PATTERNS
            for match in pattern.finditer(text)
        )
        for _, kind, words in hits:
            found.setdefault(words.casefold(), Promise(kind, words))
    return tuple(found.values())


def first_promise(*texts: str) -> str:
    """Return the first words that promise something; nothing for none."""
    found = promises(*texts)
    return found[0].words[:80] if found else ""
