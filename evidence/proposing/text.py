"""A document as the readers of facts see it: sentences and lines, each with its page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from evidence.ingest.passages import sentences

TOP = 12  # lines of the first page in which a document says what it is
LONGEST_QUOTE = 320


class Sentence(NamedTuple):
    page: int
    text: str


class Hit(NamedTuple):
    page: int
    quote: str
    match: re.Match[str]


@dataclass(frozen=True)
class Text:
    """The text of a document. Sentences are also what stands alone: headings, items, rows of a table."""

    pages: tuple[str, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(number, _plain(sentence))
            for number, page in enumerate(self.pages, start=1)
            for sentence in sentences(page)
        )

    @cached_property
    def top(self) -> tuple[Sentence, ...]:
        """Return the first lines of the document."""
        lines = (
            Sentence(number, _plain(line.strip()))
            for number, page in enumerate(self.pages, start=1)
            for line in page.split("\n")
        )
        return tuple(line for line, _ in zip((line for line in lines if line.text), range(TOP), strict=False))

    def search(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Yield where the pattern is found, a sentence at a time, in order."""
        for sentence in self.sentences:
            for match in pattern.finditer(sentence.text):
                yield Hit(sentence.page, quote_of(sentence.text, match), match)

    def first(self, pattern: re.Pattern[str]) -> Hit | None:
        return next(self.search(pattern), None)

    def has(self, pattern: re.Pattern[str]) -> bool:
        return self.first(pattern) is not None


def quote_of(sentence: str, match: re.Match[str]) -> str:
    """Return the sentence, or of a long one the words around what was found."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    return sentence[max(0, match.start() - 40) : match.end()].split(" ", 1)[-1][:LONGEST_QUOTE]


def folded(text: str) -> str:
    """Return a name for comparison: letter case, accents and punctuation do not count."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


def _plain(text: str) -> str:
    quotes = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2011": "-"})
    return unicodedata.normalize("NFKC", text).translate(quotes)
