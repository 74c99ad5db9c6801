"""The days of a document: issue, validity, audit period, testing, decisions. One that can mean two is not proposed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from evidence.proposing.text import Hit, Text, folded
from evidence.proposing.types import Known, Proposal
from scoring.dates import one_date

_MONTH = "(?:" + "|".join(f"{name[:3]}[a-z]*\\.?" for name in calendar.month_name[1:]) + ")"
DAY = (
    rf"(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
)
_JOIN = r"(?:\s*[:\-–]\s*|\s+(?:on|is|of|was|passed|on the)\s*:?\s*|\s+)"
# A day that shares month or year with the one after it: "6 July to 7 August 2026", "1 to 18 September 2026".
_FROM_TO = (
    rf"(?P<first>\d{{1,2}}(?:\s+{_MONTH})?(?:\s+\d{{4}})?|{DAY})"
    rf"\s*(?:to|until|–|-|through|and)\s*(?P<second>{DAY})"
)


def _labelled(*labels: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(labels)}){_JOIN}(?P<day>{DAY})", re.I)


LABELS = {
    "dates.issued_on": _labelled(
        r"date of (?:issue|report|decision|this (?:report|letter|certificate))",
        r"issue date",
        r"issued",
        r"(?<!our )(?<!the )report(?: date| of)",
        r"date of initial (?:certification|registration)",
        r"original(?:ly)? (?:issue|issued|registration)(?: date)?",
    ),
    "dates.valid_until": _labelled(
        r"valid (?:until|to|through)",
        r"expir(?:y|ation) date",
        r"expires",
        r"date of expiry",
        rf"{DAY} until",
    ),
    "dates.last_audit_decision_on": _labelled(
        r"(?:last|latest) (?:surveillance|recertification) audit(?: passed| decision)?",
        r"(?:surveillance|recertification) (?:decision|audit passed)",
    ),
    "dates.testing_started_on": _labelled(r"testing (?:from|started|began)", r"test(?:ing)? start(?: date)?"),
    "dates.testing_ended_on": _labelled(
        r"testing (?:ended|finished|completed|to|until)", r"test(?:ing)? end(?: date)?", r"end of testing"
    ),
    "dates.exercised_on": _labelled(r"exercise(?: date| held)?", r"drill(?: held| date)?", r"tabletop exercise"),
    "dates.retested_on": re.compile(
        rf"\bre-?test\w*\b[^.]*?\bon (?P<day>{DAY})|\bre-?test date:? (?P<other>{DAY})", re.I
    ),
    "dates.approved_on": re.compile(
        rf"\bapproved(?: on)?:? (?P<day>{DAY})|\bapproved by [^.]*? on (?P<other>{DAY})"
        rf"|\bapproval date:? (?P<third>{DAY})",
        re.I,
    ),
    "dates.signed_on": _labelled(r"signed", r"date of signature"),
    "dates.last_review_on": _labelled(r"(?:last|latest) review(?:ed)?", r"outcome of the review"),
    "dates.review_on": _labelled(r"(?:next )?review(?: due)? on", r"next review"),
    "dates.period_start": _labelled(r"period from", r"period start", r"for the period(?: from)?"),
    "dates.period_end": _labelled(r"period (?:to|end)"),
}
RANGES = {
    ("dates.testing_started_on", "dates.testing_ended_on"): re.compile(
        rf"\b(?:test(?:ing|ed)?|performed)\b[^.]{{0,90}}?\b(?:from|between) {_FROM_TO}", re.I
    ),
    ("dates.period_start", "dates.period_end"): re.compile(
        rf"\b(?:period|scope|throughout)\b.{{0,160}}?(?:from |between |, |: ){_FROM_TO}", re.I
    ),
}
_ALONE = re.compile(rf"^(?:(?P<before>[^.:]{{0,60}}), )?(?P<day>{DAY})\.?$", re.I)
_AT_END = re.compile(rf"(?:^|[,.] )(?P<day>{DAY})\.?$", re.I)
_OF_VERSION = re.compile(rf"\bversion [\w.]+,? \(?(?P<day>{DAY})", re.I)
_PERIODS = re.compile(r"\bSOC ?[123]\b|\bservice auditor|\bmonitoring report", re.I)


def read(text: Text, known: Known) -> Iterator[Proposal]:
    said: set[str] = set()
    for field, pattern in LABELS.items():
        for proposal in _first_day(field, text, pattern):
            said.add(field)
            yield proposal
    for (first, second), pattern in RANGES.items():
        if first.startswith("dates.period") and not text.has(_PERIODS):
            continue
        for proposal in _range(first, second, text, pattern):
            if proposal.field not in said:
                yield proposal
    if "dates.issued_on" not in said:
        yield from _issue_by_place(text, known)


def _first_day(field: str, text: Text, pattern: re.Pattern[str]) -> Iterator[Proposal]:
    for hit in text.search(pattern):
        written = next(value for name, value in hit.match.groupdict().items() if value is not None)
        day = one_date(written)
        if day is not None and "subject to" not in hit.quote[: hit.match.start()]:
            yield _proposal(field, day, hit)
            return


def _range(first: str, second: str, text: Text, pattern: re.Pattern[str]) -> Iterator[Proposal]:
    for hit in text.search(pattern):
        end = one_date(hit.match["second"])
        start = _completed(hit.match["first"], end) if end else None
        if start and end and start < end:
            yield _proposal(first, start, hit)
            yield _proposal(second, end, hit)
            return


def _completed(written: str, end: date) -> date | None:
    """Return the day that leaves out the month or the year of the day after it."""
    whole = one_date(written)
    if whole:
        return whole
    with_year = one_date(f"{written} {end.year}")
    return with_year or one_date(f"{written} {calendar.month_name[end.month]} {end.year}")


def _issue_by_place(text: Text, known: Known) -> Iterator[Proposal]:
    """Propose the day that stands alone at the head, beside the version, or at the end: no word says what it is."""
    for line in text.top:
        match = _ALONE.match(line.text)
        if match and (day := one_date(match["day"])):
            before = folded(match["before"] or "")
            sure = not before or (bool(known.vendor) and folded(known.vendor) in before)
            yield Proposal(field="dates.issued_on", value=day.isoformat(), page=line.page, quote=line.text, sure=sure)
            return
    hit = text.first(_OF_VERSION) or next(iter(list(text.search(_AT_END))[-1:]), None)
    if hit and (day := one_date(hit.match["day"])):
        yield _proposal("dates.issued_on", day, hit, sure=False)


def _proposal(field: str, day: date, hit: Hit, *, sure: bool = True) -> Proposal:
    return Proposal(field=field, value=day.isoformat(), page=hit.page, quote=hit.quote, sure=sure)
