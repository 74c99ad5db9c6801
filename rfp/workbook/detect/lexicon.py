"""What a column head means, by the words of ``heads``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rfp.workbook.detect.heads import HEADS, REGISTER, VENDOR, Reserved
from rfp.workbook.model import ColumnRole
from rfp.workbook.wording import is_placeholder, words


class Head(NamedTuple):
    """``strength`` is 1 for a word that means this and nothing else, less for words used in other ways too."""

    role: ColumnRole | Reserved
    strength: float


def _compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns).replace("{}", "(?:.*[ '])?"), re.IGNORECASE)


_HEADS = tuple((role, strength, _compiled(patterns)) for role, strength, patterns in HEADS)
_REGISTER = _compiled(REGISTER)
_VENDOR = _compiled(VENDOR)
LONGEST_HEAD = 140  # characters
LONGEST_NOUN = 6  # words; what is longer and ends with "requirements" is a sentence
_NOUNS = frozenset({ColumnRole.QUESTION, ColumnRole.ID, ColumnRole.SECTION, ColumnRole.DATE})


@lru_cache(maxsize=4096)
def head(text: str) -> Head | None:
    """Return what a column head says its column is for; None when it says nothing known."""
    bare = plain(text)
    if not bare or len(text) > LONGEST_HEAD:
        return None
    if _CHOICE.search(bare):
        return Head(ColumnRole.ANSWER, 1.0)  # "Uploaded (Y/N)": the head says what may be answered
    if _VENDOR.fullmatch(bare):
        return Head(ColumnRole.ANSWER, 1.0)
    whole, parts = _readings(bare)
    for candidate in whole:
        if (known := _look_up(candidate)) is not None:
            return known
    return max((known for part in parts if (known := _look_up(part))), key=lambda known: known.strength, default=None)


def _look_up(text: str) -> Head | None:
    is_long = words(text) > LONGEST_NOUN
    for role, strength, pattern in _HEADS:
        if not (is_long and role in _NOUNS) and pattern.fullmatch(text):
            return Head(role, strength)
    return None


@lru_cache(maxsize=4096)
def is_register_head(text: str) -> bool:
    return any(_REGISTER.fullmatch(reading) for reading in _readings(plain(text))[0])


def is_vendor_head(text: str) -> bool:
    """Tell the column of one of several vendors."""
    return _VENDOR.fullmatch(plain(text)) is not None


def is_answer_label(text: str) -> bool:
    """Tell "Response:" from the prompt "Enter your response here"."""
    known = head(text) if text else None
    if known is None or known.role not in (ColumnRole.ANSWER, ColumnRole.COMMENT):
        return False
    return words(text) == 1 or not is_placeholder(text)


def plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("*", " ").replace(",", " ").split()).strip(" :.;")


_CHOICE = re.compile(r"[(\[]\s*(?:y(?:es)?|ja|oui|s[ií])\s*[/,|]\s*(?:no?|nein|non)\b", re.IGNORECASE)


def _readings(bare: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a head as it is and without what stands in brackets; then its parts, as in "Measure / reason"."""
    without = re.sub(r"\s*[(\[].*?[)\]]", "", bare).strip(" :;?*-–")
    parts = [part.strip() for part in re.split(r"\s[-–—/|]\s|[:;]", without)]
    whole = tuple(dict.fromkeys(text for text in (bare, without, bare.rstrip("?")) if text))
    return whole, tuple(part for part in parts if part and part not in whole)
