"""The words a report uses for states, bands, verdicts and dates; one place, so that Word, JSON and the screen agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

VERDICTS = {
    "QUALIFIED": "Qualified",
    "ACCEPTED_WITH_RISK": "Accepted with risk",
    "UNDER_REVIEW": "Under review",
    "NOT_QUALIFIED": "Not qualified",
}
VERDICT_MEANINGS = {
    "QUALIFIED": "Every requirement of the mandate is met by independent proof that counts on this day.",
    "ACCEPTED_WITH_RISK": "Not every requirement is met; an executive of the buyer has accepted each open gap.",
    "UNDER_REVIEW": "Nothing has failed, but some proof still needs a person's decision. The gate stays closed.",
    "NOT_QUALIFIED": "At least one requirement is not met by independent proof. Partial compliance does not pass.",
}
STATES = {
    "met": "Met",
    "met_with_warning": "Met, with a warning",
    "expired": "Expired",
    "failed": "Failed",
    "missing": "No proof",
    "under_review": "Under review",
    "not_applicable": "Not applicable",
    "passed": "Passed",
    "not_assessed": "Not assessed",
}
# A shape beside the word: state is never told by colour alone.
MARKS = {
    "met": "✓",
    "passed": "✓",
    "met_with_warning": "✓!",
    "expired": "✕",
    "failed": "✕",
    "missing": "○",
    "under_review": "?",
    "not_applicable": "–",
    "not_assessed": "–",
}
BANDS = {"ready": "Ready", "suggested": "Suggested", "blank": "Blank"}
VALUES = {
    "yes": "Yes",
    "no": "No",
    "partial": "Partly",
    "not_applicable": "Not applicable",
    "needs_information": "–",
}
EVIDENCE_VERDICTS = {
    "accepted": "Accepted",
    "accepted_with_warnings": "Accepted, with warnings",
    "partly_accepted": "Partly accepted",
    "rejected": "Rejected",
    "needs_review": "Needs review",
    "not_used": "Not used for the checklist",
}
SHORTEST_RANGE = 3
EXPIRY_STATUS = {"ok": "In time", "start_now": "Start now", "late": "Late"}


def day(on: date | None) -> str:
    """Return a date as people write it, and a dash for none."""
    return f"{on.day} {on:%B %Y}" if on else "–"


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def weeks(least: int, typical: int, most: int) -> str:
    if not most:
        return "–"
    return f"about {count(typical, 'week')}" + (f" ({least} to {most})" if least != most else "")


def start_now(as_of: date, typical: int) -> str:
    """Return what starting today leads to, for work that takes TYPICAL weeks."""
    return f"Start now: ready by about {day(as_of + timedelta(weeks=typical))}."


def listed(items: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def ranged(names: Sequence[str]) -> str:
    """Return requirements in short, in their own order: "LR-5, AT-1 to AT-4"."""
    groups: list[list[str]] = []
    for name in names:
        if groups and _follows(groups[-1][-1], name):
            groups[-1].append(name)
        else:
            groups.append([name])
    return ", ".join(
        f"{group[0]} to {group[-1]}" if len(group) >= SHORTEST_RANGE else ", ".join(group) for group in groups
    )


def _follows(one: str, other: str) -> bool:
    prefix, _, number = one.rpartition("-")
    return number.isdecimal() and other == f"{prefix}-{int(number) + 1}"
