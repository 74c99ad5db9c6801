"""Find what a question wrongly takes for granted, and names that mean different things in different years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from evidence.retrieval.text import normalise
from rfp.mapping.lexicon import DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """MILD ones are loose words for something that exists: worth a remark, no reason to stop."""

    name: str
    all_of: tuple[re.Pattern[str], ...]
    none_of: tuple[re.Pattern[str], ...]
    sentence: str
    mild: bool

    def assumed_in(self, plain: str) -> bool:
        return all(p.search(plain) for p in self.all_of) and not any(p.search(plain) for p in self.none_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    none_of: tuple[re.Pattern[str], ...]
    sentence: str


def false_premise(text: str) -> str:
    """Return a sentence that says what TEXT wrongly assumes, or nothing."""
    plain = normalise(text)
    return next((p.sentence for p in _premises() if not p.mild and p.assumed_in(plain)), "")


def loose_words(text: str) -> str:
    """Return a remark on a name in TEXT that is used loosely, or nothing."""
    plain = normalise(text)
    return next((p.sentence for p in _premises() if p.mild and p.assumed_in(plain)), "")


def asks_edition(text: str) -> str:
    """Return the question to put to the buyer when TEXT names a list item without its year, or nothing."""
    plain = normalise(text)
    for edition in _editions():
        hit = edition.pattern.search(plain)
        if (
            hit
            and not any(pattern.search(plain) for pattern in edition.none_of)
            and (edition.needs is None or edition.needs.search(plain))
        ):
            return edition.sentence.format(number=hit.group(1))
    return ""


@cache
def _read() -> Any:
    return yaml.load((DATA / "premises.yaml").read_text(), Loader=yaml.CSafeLoader)


@cache
def _premises() -> tuple[Premise, ...]:
    return tuple(
        Premise(
            name=row["name"],
            all_of=tuple(re.compile(pattern) for pattern in row["all_of"]),
            none_of=tuple(re.compile(pattern) for pattern in row.get("none_of", ())),
            sentence=row["sentence"],
            mild=row.get("mild", False),
        )
        for row in _read()["premises"]
    )


@cache
def _editions() -> tuple[Edition, ...]:
    return tuple(
        Edition(
            pattern=re.compile(row["pattern"]),
            needs=re.compile(row["needs"]) if "needs" in row else None,
            none_of=tuple(re.compile(pattern) for pattern in row.get("none_of", ())),
            sentence=row["sentence"],
        )
        for row in _read()["editions"]
    )
