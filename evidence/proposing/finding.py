"""Where a document says a fact that a person entered, or that was recorded without its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from evidence.ingest.folding import stretches
from evidence.ingest.passages import sentences
from evidence.proposing.types import Value

LONGEST_QUOTE = 320
_WORDED = re.compile(r"\w")


def place_of(pages: Sequence[str], value: Value) -> tuple[int, str] | None:
    """Return the page and the sentence in which the value stands, None if the text does not have it word for word.

    Of a list its first item that is found counts; a day is looked for as it can be written.
    """
    for text in (value,) if isinstance(value, str) else value:
        for wanted in _written(text):
            found = _sentence(pages, wanted)
            if found:
                return found
    return None


def _written(text: str) -> tuple[str, ...]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return (text,) if _WORDED.search(text) else ()
    month = f"{day:%B}"
    return (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{day.day:02d} {month} {day.year}",
        text,
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%Y}",
    )


def _sentence(pages: Sequence[str], wanted: str) -> tuple[int, str] | None:
    for number, page in enumerate(pages, start=1):
        # The sentences of a page are made only where the page has the words.
        if not stretches(page, wanted):
            continue
        for sentence in sentences(page):
            found = stretches(sentence, wanted)
            if found:
                return number, sentence if len(sentence) <= LONGEST_QUOTE else sentence[found[0].start : found[0].end]
        start, end = stretches(page, wanted)[0]
        return number, " ".join(page[start:end].split())
    return None
