"""What changed from one round of a buyer's questions to the next, and where an answer differs from what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scoring.answers import Value


class Difference(StrEnum):
    NONE = "none"
    VALUE = "value"  # another yes, no or option
    WORDS = "words"  # the same value in other words
    BLANK_NOW = "blank_now"
    ANSWERED_NOW = "answered_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An answer as it stands in the buyer's file: its value, what is written in the cell, the words beside it."""

    value: str
    written: str
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a round, by whatever number the caller knows it."""

    ref: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """How the questions of two rounds belong together, each pair as the new and the earlier number."""

    same: tuple[tuple[int, int], ...]
    reworded: tuple[tuple[int, int], ...]
    new: tuple[int, ...]
    gone: tuple[int, ...]


def difference(now: Statement, then: Statement) -> Difference:
    """Say how an answer differs from the one that was sent; spacing and case do not count."""
    if not now.written or not then.written:
        if now.written:
            return Difference.ANSWERED_NOW
        return Difference.BLANK_NOW if then.written else Difference.NONE
    if now.value != then.value:
        return Difference.VALUE
    if _plain(now.written) != _plain(then.written):
        # Where no yes or no was meant, the words are the value: "every year" and "every quarter" are two answers.
        return Difference.VALUE if now.value == Value.NEEDS_INFORMATION else Difference.WORDS
    return Difference.WORDS if _plain(now.comment) != _plain(then.comment) else Difference.NONE


def compare(new: Sequence[Asked], earlier: Sequence[Asked], reworded: Mapping[int, int]) -> Round:
    """Pair the questions of two rounds: by key, the rest as REWORDED says, each question at most once."""
    by_key: dict[str, list[int]] = {}
    for asked in earlier:
        by_key.setdefault(asked.key, []).append(asked.ref)
    same, rest = [], []
    for asked in new:
        waiting = by_key.get(asked.key)
        if waiting:
            same.append((asked.ref, waiting.pop(0)))
        else:
            rest.append(asked.ref)
    left = {ref for refs in by_key.values() for ref in refs}
    pairs, fresh = [], []
    for ref in rest:
        other = reworded.get(ref)
        if other in left:
            left.discard(other)
            pairs.append((ref, other))
        else:
            fresh.append(ref)
    return Round(
        same=tuple(same),
        reworded=tuple(pairs),
        new=tuple(fresh),
        gone=tuple(asked.ref for asked in earlier if asked.ref in left),
    )


def overlaps(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether two lists of AI systems may speak of one; a list without names speaks of all."""
    here, there = set(one), set(other)
    return not here or not there or not here.isdisjoint(there)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
