"""Whether the conclusion of an outside body is favourable, adverse, or not stated."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.types import EvidenceFact

_NEGATIVE = re.compile(
    r"\bfail(?:ed|s|ure)?\b|\badverse\b|\bdisclaim\w*|\bnegative\b|\bunsatisfactory\b|\binadequate\b|\binconclusive\b"
    r"|\binsufficient\b|\bsuspen\w+|\bwithdraw\w*|\breject\w*|\brefus\w*|\bbreach\w*|\bnon-?complian\w*"
    r"|\bnot\s+(?:\w+\s+)?(?:passed|pass|met|effective|satisf\w+|conform\w*|confirm\w*|recommended|closed|maintained"
    r"|adequate|acceptable|aligned|validated|supported|compliant|granted|renewed|continued|fair)\b"
    r"|\b(?:do|does|did)(?: not|n[’']t)\s+(?:conform|meet|satisfy|support|comply|validate|confirm|pass)\b"
    r"|\b(?:unable to|could not|cannot|can not)\s+(?:be\s+)?(?:confirm|conclude|validate|verif(?:y|ied)|express"
    r"|obtain|recommend)\w*"
    r"|\bno assurance\b|\bmaterial (?:weakness|gap|deficienc|misstatement)\w*|\bopen major\b|\bmajor gaps?\b"
    r"|\bmajor non-?conformit\w+\s+(?:is|are|was|were|remains?)\s+(?:still\s+)?(?:open|unresolved|outstanding)",
    re.I,
)
_NO = re.compile(r"\b(?:no|without|zero|0|nor|none|never)\s+(?:\w+\s+){0,2}$", re.I)
_POSITIVE = re.compile(
    r"\bpass|\bmaintain|\bcontinu|\bconform|\bpositive|\bsuccess|\bconfirm|\brecommend|\bsatisf|\brenew|\bgranted"
    r"|\bno (?:open |major )*non-?conformit|\bfavou?rable|\bupheld|\bremains (?:valid|certified)",
    re.I,
)
_OPEN_MAJOR = re.compile(
    r"\b(?:open|unresolved|outstanding) major non-?conformit|\bmajor non-?conformit\w+\s+(?:is|are|was|were"
    r"|remains?)\s+"
    r"(?:still\s+)?(?:open|unresolved|outstanding)",
    re.I,
)
# Attacks that succeed and drills that go wrong are what these reports are for: they conclude nothing about the paper.
REPORTS_OF_EVENTS = frozenset(
    {"red_team_report", "pentest_report", "exercise_report", "post_incident_report", "monitoring_report"}
)
BAD_OPINIONS = {"adverse": "adverse", "disclaimed": "disclaimed", "disclaimer": "disclaimed", "negative": "adverse"}


def is_negative(text: str) -> bool:
    """Return whether a short conclusion is adverse; "no material gaps" is not."""
    return _affirmed(_NEGATIVE, text)


def _affirmed(pattern: re.Pattern[str], text: str) -> bool:
    return any(not _NO.search(text[: found.start()]) for found in pattern.finditer(text))


def is_passed(report: EvidenceFact) -> bool:
    """Return whether an audit report says that it was passed; one that does not say is not taken to be."""
    if adverse_finding(report):
        return False
    said = f"{report.result}\n{report.conclusion}\n{report.opinion}"
    if _POSITIVE.search(said) or report.open_nonconformities == 0:
        return True
    return bool(_POSITIVE.search(f"{report.title}\n{report.scope}\n{report.document_text}"))


@lru_cache(maxsize=4096)
def adverse_finding(fact: EvidenceFact) -> str:
    """Return what a fact concludes against its subject, in words that follow "says that"; empty for nothing."""
    if opinion := bad_opinion(fact):
        return f"the opinion is {opinion}"
    if fact.kind in REPORTS_OF_EVENTS:
        return ""
    if fact.open_nonconformities:
        number = fact.open_nonconformities
        return f"{number} major nonconformit{'y is' if number == 1 else 'ies are'} open"
    for said in (fact.result, fact.conclusion):
        if is_negative(said):
            return f"the result is “{said}”"
    if _affirmed(_OPEN_MAJOR, fact.document_text):
        return "a major nonconformity is open"
    return ""


def bad_opinion(fact: EvidenceFact) -> str:
    said = fact.opinion.casefold()
    return next((word for name, word in BAD_OPINIONS.items() if name in said.split() or said.startswith(name)), "")
