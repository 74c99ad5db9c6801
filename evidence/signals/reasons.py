"""The reasons, one function each: facts against text, against the making of the file, text against other texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from evidence.ingest.folding import stretches
from evidence.ingest.making import Making
from evidence.proposing.text import folded

FAR = timedelta(days=60)  # between the day of issue and the making of the file
LONG_BEFORE = timedelta(days=3 * 365)
ALIKE = 0.5
_EDITORS = re.compile(
    r"\b(?:sejda|ilovepdf|smallpdf|pdfescape|pdf-?xchange editor|foxit (?:phantom|editor)|nitro|photoshop|gimp|canva"
    r"|illustrator|inkscape|pdffiller|soda pdf|pdfsam)\b",
    re.I,
)
_OPINION = re.compile(r"^\s*opinion\b", re.I | re.M)
_WORDS = "in our opinion"
_ATTESTED = frozenset({"soc2_type2_report", "soc2_type1_report", "soc3_report"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A document as it is looked at: its facts, its text, how its file was made, and the texts like it."""

    kind: str
    issuer: str
    independent: bool
    vendor: str
    assessor: str = ""
    issued_on: date | None = None
    pages: Sequence[str] = ()
    facts_without_words: Sequence[str] = ()  # labels of facts that the text does not have
    making: Making = field(default_factory=Making)
    like: Mapping[str, float] = field(default_factory=dict)  # by reference of the other document


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    code: str
    sentence: str


def reasons(seen: Seen) -> tuple[Reason, ...]:
    """Return every reason to look, what weighs most first."""
    return tuple(Reason(code=code, sentence=sentence) for check in CHECKS for code, sentence in check(seen))


Found = Iterator[tuple[str, str]]


def _changed_after_signing(seen: Seen) -> Found:
    if seen.making.changed_after_signing:
        yield "changed_after_signing", "The file was added to after it was signed: the signature covers only a part."
    elif seen.making.saves > 1:
        times = _times(seen.making.saves - 1)
        yield "saved_again", f"The file was added to {times} after it was first saved. Ask the issuer for theirs."


def _editor(seen: Seen) -> Found:
    for said in (seen.making.producer, seen.making.made_with):
        if _EDITORS.search(said):
            yield "editor", f"The file comes from {said}, a program for changing documents or drawing."
            return


def _author(seen: Seen) -> Found:
    author, vendor = folded(seen.making.author), folded(seen.vendor)
    if seen.independent and vendor and author and (vendor in author or author in vendor):
        yield "author", f"The file names {seen.making.author} as its author, and {seen.issuer} as its issuer."


def _days(seen: Seen) -> Found:
    made = seen.making.created_on
    # A day years before the issue is a clock that was never set.
    if made and seen.issued_on and abs(made - seen.issued_on) > FAR and made > seen.issued_on - LONG_BEFORE:
        when = "after" if made > seen.issued_on else "before"
        days = abs((made - seen.issued_on).days)
        yield "days", f"The file was made {days} days {when} the day of issue, on {made.day} {made:%B %Y}."


def _opinion(seen: Seen) -> Found:
    if seen.kind not in _ATTESTED or not seen.pages:
        return
    if not any(stretches(page, _WORDS) or _OPINION.search(page) for page in seen.pages):
        yield "opinion", "It is a service auditor's report and its text has no opinion paragraph (“In our opinion …”)."


def _names(seen: Seen) -> Found:
    for code, word, name in (("assessor", "assessor", seen.assessor), ("issuer", "issuer", seen.issuer)):
        if name and seen.pages and not any(stretches(page, name) for page in seen.pages):
            yield code, f"The {word} recorded, {name}, is not named in the text."


def _words(seen: Seen) -> Found:
    if seen.pages and seen.facts_without_words:
        yield "words", f"Not in the text word for word: {', '.join(seen.facts_without_words)}."


def _like(seen: Seen) -> Found:
    for reference, share in sorted(seen.like.items(), key=lambda pair: (-pair[1], pair[0])):
        if share >= ALIKE:
            yield "like", f"About {100 * share:.0f} % of its text also stands in {reference}."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


CHECKS = (_changed_after_signing, _editor, _author, _days, _opinion, _names, _words, _like)
