"""The order of vendors: by proof first, by points only among equals (DOMAIN 5.5). Ties stay ties.

1 verdict, 2 exceptions and unmet requirements, 3 readiness, 4 days to the first expiry, 5 the buyer's score,
6 residual risk. A vendor that failed a knock-out, or does not pass the gate, has no place, whatever its points are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.tender.residual import Residual
from scoring.types import Verdict

CLASSES = (Verdict.QUALIFIED, Verdict.ACCEPTED_WITH_RISK, Verdict.UNDER_REVIEW, Verdict.NOT_QUALIFIED)
VERDICT_WORDS = {
    Verdict.QUALIFIED: "qualified",
    Verdict.ACCEPTED_WITH_RISK: "accepted with risk",
    Verdict.UNDER_REVIEW: "under review",
    Verdict.NOT_QUALIFIED: "not qualified",
}


class Key(StrEnum):
    KNOCK_OUT = "knock_out"
    VERDICT = "verdict"
    EXCEPTIONS = "exceptions"
    UNMET = "unmet"
    READINESS = "readiness"
    EXPIRY = "expiry"
    SCORE = "score"
    RESIDUAL = "residual"


BEFORE_POINTS = (Key.KNOCK_OUT, Key.VERDICT, Key.EXCEPTIONS, Key.UNMET, Key.READINESS, Key.EXPIRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A vendor as it stands on the day of the comparison. None: not known, which is never better than known."""

    vendor: str
    verdict: Verdict
    exceptions: int
    unmet: int
    readiness: int | None
    days_to_expiry: int | None
    score: Decimal | None
    residual: Residual
    knocked_out: bool = False

    @property
    def is_out(self) -> bool:
        """Return whether no points can bring the vendor back in."""
        return self.knocked_out or self.verdict is Verdict.NOT_QUALIFIED

    def value(self, key: Key) -> Decimal:
        """Return the value to order by under a key, the lower the better."""
        match key:
            case Key.KNOCK_OUT:
                return Decimal(self.knocked_out)
            case Key.VERDICT:
                return Decimal(CLASSES.index(self.verdict))
            case Key.EXCEPTIONS:
                return Decimal(self.exceptions)
            case Key.UNMET:
                return Decimal(self.unmet)
            case Key.READINESS:
                return -_known(self.readiness)
            case Key.EXPIRY:
                return -_known(self.days_to_expiry)
            case Key.SCORE:
                return -_known(self.score)
            case Key.RESIDUAL:
                return self.residual.value

    def values(self, keys: Sequence[Key] = tuple(Key)) -> tuple[Decimal, ...]:
        return tuple(self.value(key) for key in keys)


def _known(value: int | Decimal | None) -> Decimal:
    return Decimal(-1) if value is None else Decimal(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """``place`` is None for a vendor that is out; ``tied`` are the others at the same place."""

    contender: Contender
    place: int | None
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why one vendor stands before another: the first key in which they differ; None for a tie."""

    key: Key | None
    sentence: str


def rank(contenders: Sequence[Contender]) -> tuple[Placed, ...]:
    """Return the vendors in order; those that tie share a place and stand by name."""
    groups: dict[tuple[Decimal, ...], list[Contender]] = {}
    for one in sorted(contenders, key=lambda one: one.vendor):
        groups.setdefault(one.values(), []).append(one)
    placed: list[Placed] = []
    for values in sorted(groups):
        place = len(placed) + 1
        for one in groups[values]:
            tied = tuple(other.vendor for other in groups[values] if other is not one)
            placed.append(Placed(contender=one, place=None if one.is_out else place, tied=tied))
    return tuple(placed)


def why_before(first: Contender, second: Contender, *, names: tuple[str, str] | None = None) -> Why:
    """Say why the first stands before the second; ``names`` are what the reader knows them by."""
    a, b = names or (first.vendor, second.vendor)
    key = next((key for key in Key if first.value(key) != second.value(key)), None)
    match key:
        case None:
            said = f"{a} and {b} are equal in all six; nothing here puts one before the other."
        case Key.KNOCK_OUT:
            said = f"{b} failed a knock-out question, {a} did not."
        case Key.VERDICT:
            said = f"{a} is {VERDICT_WORDS[first.verdict]}, {b} is {VERDICT_WORDS[second.verdict]}."
        case Key.EXCEPTIONS:
            said = f"{a} needs fewer accepted risks: {first.exceptions}, where {b} needs {second.exceptions}."
        case Key.UNMET:
            said = f"{a} leaves fewer requirements unmet: {first.unmet}, where {b} leaves {second.unmet}."
        case Key.READINESS:
            said = f"{a} has the higher readiness: {_say(first.readiness)}, {b} has {_say(second.readiness)}."
        case Key.EXPIRY:
            said = (
                f"The proof of {a} holds longer: {_days(first.days_to_expiry)} to the first expiry, "
                f"that of {b} {_days(second.days_to_expiry)}."
            )
        case Key.SCORE:
            said = f"{a} has the higher score: {_say(first.score)}, {b} has {_say(second.score)}."
        case Key.RESIDUAL:
            said = f"{a} leaves less risk: {first.residual.value}, {b} leaves {second.residual.value}."
    return Why(key=key, sentence=said)


def _say(value: int | Decimal | None) -> str:
    return "none yet" if value is None else str(value)


def _days(days: int | None) -> str:
    return "none known" if days is None else f"{days} day{'' if days == 1 else 's'}"
