"""Findings of a test by severity, whatever a report calls its severities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scoring.types import EvidenceFact, Retest

BLOCKING = ("critical", "high")
SEVERITIES = {
    "critical": ("critical", "crit", "severe", "blocker", "urgent", "p0", "p1", "sev0", "sev1", "sev-1", "c"),
    "high": ("high", "important", "major", "serious", "p2", "sev2", "sev-2", "h"),
    "medium": ("medium", "moderate", "med", "p3", "sev3", "sev-3", "m"),
    "low": ("low", "minor", "p4", "sev4", "sev-4", "l"),
    "info": ("info", "informational", "information", "note", "observation", "none", "i"),
}
_BY_WORD = {word: severity for severity, words in SEVERITIES.items() for word in words}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = re.compile(
    rf"\b(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS[1:])})\s+(?P<severity>critical|high)(?:[- ](?:severity|risk|rated))?"
    r"\s+(?:findings?|issues?|vulnerabilit\w+|weakness\w*)",
    re.I,
)


def severity(word: str) -> str:
    """Return critical, high, medium, low or info; a word that is none of them stands for itself."""
    said = word.strip().casefold()
    first = re.split(r"[\s(/]", said, maxsplit=1)[0]
    return _BY_WORD.get(said) or _BY_WORD.get(first) or said


def by_severity(fact: EvidenceFact) -> dict[str, int] | None:
    """Return the number of findings by severity, None when the report does not state them."""
    if fact.findings is None:
        return None
    counted: dict[str, int] = {}
    for word, number in fact.findings.items():
        counted[severity(word)] = counted.get(severity(word), 0) + number
    return counted


def none_found(fact: EvidenceFact) -> bool:
    """Return whether a report counts its findings and has none of any severity."""
    counted = by_severity(fact)
    return counted is not None and not any(counted.values())


def blocking(findings: Mapping[str, int]) -> int:
    """Return how many findings block: critical, high, and those of a severity that nobody can place."""
    return sum(number for name, number in findings.items() if name in BLOCKING or name not in SEVERITIES)


def severity_of(retest: Retest, texts: str) -> str:
    """Return the severity of a retested finding, empty for unknown.

    Where it is not stated it is read from the id (H-1), or from what the report and the letter say beside the id.
    """
    if retest.severity:
        return severity(retest.severity)
    name = retest.finding.strip()
    if letter := re.match(r"(critical|crit|high|medium|med|low|[chmli])(?=[-_ ]?\d|\b)", name, re.I):
        return severity(letter[1])
    words = r"\b(critical|high|medium|moderate|low)\b"
    after = rf"(?<!\w){re.escape(name)}\W{{1,4}}(?:severity\W+)?{words}"
    before = rf"{words}(?:[- ](?:severity|risk))?\W{{1,3}}(?:finding\W+)?{re.escape(name)}(?!\w)"
    found = re.search(words, name, re.I) or re.search(after, texts, re.I) or re.search(before, texts, re.I)
    return severity(found[1]) if found else ""


def said_in_text(fact: EvidenceFact) -> Iterator[tuple[str, int, int]]:
    """Yield severity, number in the text and number recorded where a report's text speaks of more than is recorded."""
    recorded = by_severity(fact)
    if recorded is None:
        return
    for found in _COUNTED.finditer(fact.document_text):
        name, word = found["severity"].casefold(), found["number"].casefold()
        number = _NUMBERS.index(word) if word in _NUMBERS else int(word)
        if number > recorded.get(name, 0):
            yield name, number, recorded.get(name, 0)
