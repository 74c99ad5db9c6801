"""What a buyer may not be told: kept out of the file, the report and the data, whoever wrote the answer.

An answer that rests on something restricted, or repeats it, is held back as a whole. Where the report speaks of a
restricted document by name, it says "a document under NDA" instead; the buyer's own words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from rfp.reporting.data import AnswerLine, GapLine, ReportData

INSTEAD = "a document under NDA"
SHORTEST_NAME = 3
# A sentence of so many letters that stands in a restricted text was taken from it.
SHORTEST_SENTENCE = 24
# What the buyer brought in is not ours to change, and the buyer knows it.
_OF_THE_BUYER = frozenset({"buyer", "title", "file_name", "file_sha256", "file_notes"})
_OF_THE_QUESTION = frozenset({"place", "sheet", "number", "section", "question"})
_SENTENCES = re.compile(r"(?<=[.!?;:\n])\s+|\n+")
_NOT_WORDS = re.compile(r"\W+")

Data = TypeVar("Data")


@dataclass(frozen=True, kw_only=True)
class Restricted:
    """NAMES are what restricted things are called, REFERENCES by which the library knows them; TEXTS what they say."""

    names: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    texts: tuple[str, ...] = field(default_factory=tuple)

    def touches(self, text: str) -> bool:
        """Say whether a text names something restricted or repeats a sentence of it."""
        if self._named is not None and self._named.search(text):
            return True
        return any(sentence in self._corpus for sentence in _sentences(text)) if self._corpus else False

    def redacted(self, data: ReportData) -> ReportData:
        """Return the data without the lines of restricted documents and without their names."""
        shown = replace(
            data,
            evidence=tuple(line for line in data.evidence if line.reference not in self.references),
            exceptions=tuple(line for line in data.exceptions if line.reference not in self.references),
        )
        return self._without_names(shown, _OF_THE_BUYER) if self._named is not None else shown

    def without_names(self, text: str) -> str:
        """Return a text that calls restricted things by no name."""
        return self._named.sub(INSTEAD, text) if self._named is not None else text

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        known = sorted((name for name in self.names if len(name) >= SHORTEST_NAME), key=len, reverse=True)
        if not known:
            return None
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)", re.IGNORECASE)

    @cached_property
    def _corpus(self) -> str:
        return " | ".join(map(_plain, self.texts))

    def _without_names(self, value: Data, kept: frozenset[str] = frozenset()) -> Data:
        if isinstance(value, str):
            assert self._named is not None
            return self._named.sub(INSTEAD, value)  # type: ignore[return-value]  # a text for a text
        if isinstance(value, tuple):
            return tuple(map(self._without_names, value))  # type: ignore[return-value]  # a tuple for a tuple
        if not is_dataclass(value) or isinstance(value, type):
            return value
        if isinstance(value, AnswerLine):
            kept = _OF_THE_QUESTION
        elif isinstance(value, GapLine):
            kept = frozenset({"questions"})
        changed: dict[str, Any] = {
            item.name: self._without_names(getattr(value, item.name)) for item in fields(value) if item.name not in kept
        }
        return replace(value, **changed)


def _sentences(text: str) -> Iterable[str]:
    for part in _SENTENCES.split(text):
        plain = _plain(part)
        if len(plain) >= SHORTEST_SENTENCE:
            yield plain


def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", text).strip().casefold()
