"""G-12: an artefact that contradicts itself or another on a fact a rule needs is for a person to decide."""

from __future__ import annotations

import calendar
import re
from datetime import date

from scoring.bundle import Bundle
from scoring.dates import say
from scoring.types import EvidenceFact

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_DAY = r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2}) ([A-Z][a-z]+) (\d{4})"
_UNTIL = re.compile(rf"\b(?:expires?(?: on)?|valid until:?|expiry(?: date)?:?)\s+(?:{_DAY})")


def conflict_of(bundle: Bundle) -> str:
    """Return the contradiction in words, empty for none."""
    for fact in bundle.facts:
        problem = _within(fact)
        if problem:
            return problem
    return ""


def _within(fact: EvidenceFact) -> str:
    said = fact.dates.get("valid_until")
    found = _UNTIL.search(fact.document_text)
    printed = _date(found) if found else None
    if said and printed and said != printed:
        return f"“{fact.title}” is recorded as valid until {say(said)}, but its text says {say(printed)}."
    return ""


def _date(found: re.Match[str]) -> date | None:
    year, month, day, day2, name, year2 = found.groups()
    try:
        if year:
            return date(int(year), int(month), int(day))
        return date(int(year2), _MONTHS[name.casefold()], int(day2))
    except (KeyError, ValueError):
        return None
