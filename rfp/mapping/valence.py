"""Say what a statement says of the one who confirms it: "no findings" is good, "no owner" is bad.

A yes/no question is read as the statement that a yes would make. Its words are sorted into kinds (``valence.yaml``):
faults, hazards, negators, and what accounts for a hazard, such as a test or a plan. They act on each other by nearness
and order; what is left over makes the statement good or bad. Remarks beside it tell questions where neither answer is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from evidence.retrieval.text import normalise
from rfp.mapping.asking import asking
from rfp.mapping.lexicon import DATA

REACH = 7  # words over which a negator turns what follows, and a test or a plan accounts for a hazard
NEAR = 3  # words within which two signs speak of one fault
FOUND = 4  # words after "found" within which a hazard is no longer a subject but a result
FAULTS = ("deferred", "failed", "late", "only", "own", "reused", "un", "undone")
_ACCOUNTS = frozenset({"prevented", "shielded", "handled", "assessed", "planned", "tried"})
_LINKS = frozenset({"for", "against", "of", "on", "to", "with", "into"})
_BREAKS = frozenset({"because", "although", "while", "but", "since", "so"})
_GROUP = re.compile(r"\((?!\?)")


class Sign(NamedTuple):
    kind: str
    place: int  # the number of the word at which it begins


@dataclass(slots=True)
class Claim:
    """What is left of the signs of a statement once they have acted on each other."""

    faults: list[str] = field(default_factory=list)
    negators: int = 0
    hazards: int = 0
    turned: int = 0  # faults and hazards that are denied or prevented
    accounted: int = 0  # hazards that are tested for, planned for, dealt with
    wished: bool = False  # somebody is to confirm it, so it is what ought to be
    asserted: bool = False  # "Is it correct that ..."

    @property
    def is_bad(self) -> bool:
        """Say whether a yes would state a fault, as far as words tell."""
        if self.wished:
            return False
        return bool(self.faults) or self.negators % 2 == 1 or (not self.negators and self.hazards > 0)


def read_claim(text: str) -> Claim:
    """Return what TEXT says when it is confirmed."""
    if _pattern("demanded").search(normalise(text)):
        return Claim(wished=True)
    plain = _without("doubled", _without("stripped", asking(text)))
    if _pattern("wished").search(plain) and not _pattern("needless").search(plain):
        return Claim(wished=True)
    asserted = bool(_pattern("asserted").search(plain))
    plain = _without("leading", _without("asserted", plain))
    claim = _weigh(_signs(plain), plain.split())
    claim.asserted = asserted
    return claim


def valence(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return a row of zeros and ones per text: what its claim comes to, and the remarks it holds."""
    return np.array([_features(text) for text in texts], np.float32).reshape(len(texts), features())


@cache
def features() -> int:
    """Return how many numbers :func:`valence` gives for a text."""
    return len(_features(""))


def _signs(plain: str) -> list[Sign]:
    return [Sign(str(hit.lastgroup), plain.count(" ", 0, hit.start())) for hit in _kinds().finditer(plain)]


def _weigh(signs: Sequence[Sign], words: Sequence[str]) -> Claim:
    claim = Claim()
    negators = _places(signs, {"negator"})
    latest, denied = -REACH, -REACH
    for sign in signs:
        if sign.kind == "hazard":
            close = [place for place in negators if 0 < sign.place - place <= NEAR]
            if not (close and not _is_modifier(sign, signs)) and _is_accounted(sign.place, signs):
                claim.accounted += 1
            elif _deny(sign, negators, signs, words):
                claim.turned += 1
                denied = sign.place
            else:
                claim.hazards += 1
                latest = sign.place
        elif sign.kind == "barred" and sign.place - latest <= REACH:
            claim.turned += 1
            claim.hazards = 0
            claim.faults.clear()
        elif sign.kind in FAULTS or sign.kind == "barred":
            if sign.place - denied <= FOUND:
                continue  # "no findings that are open": it only says which
            if _deny(sign, negators, signs, words):
                claim.turned += 1
                denied = sign.place
            elif _is_prevented(sign, signs):
                claim.turned += 1
            elif sign.kind == "deferred" and _precedes(_places(signs, {"assessed"}), sign.place, 2 * REACH):
                claim.accounted += 1  # assessed before something else, as it should be
            elif sign.kind in ("failed", "late") and _precedes(_places(signs, {"conditional"}), sign.place):
                claim.accounted += 1
            elif not claim.faults or sign.place - latest > NEAR:
                claim.faults.append("undone" if sign.kind == "barred" else sign.kind)
                latest = sign.place
    claim.negators = len(negators)
    return claim


def _deny(sign: Sign, negators: list[int], signs: Sequence[Sign], words: Sequence[str]) -> bool:
    """Say whether a negator turns SIGN, and use it up. In "no test for bias" it denies the test, not the bias."""
    before = [place for place in negators if 0 < sign.place - place <= REACH]
    if not before or _BREAKS & set(words[before[-1] : sign.place]):
        return False
    for place in _places(signs, _ACCOUNTS):
        if before[-1] < place < sign.place and (
            _LINKS & set(words[place + 1 : sign.place]) or (sign.kind == "hazard" and sign.place - place == 1)
        ):
            return False
    negators.remove(before[-1])
    return True


def _is_modifier(sign: Sign, signs: Sequence[Sign]) -> bool:
    """Say whether SIGN only says of what kind a test or a plan is: "no BIAS test"."""
    return any(0 < place - sign.place <= 2 for place in _places(signs, _ACCOUNTS))


def _is_prevented(sign: Sign, signs: Sequence[Sign]) -> bool:
    if sign.kind not in ("failed", "late", "reused", "un", "undone"):
        return False
    kinds = {"prevented", "shielded", "tried"} if sign.kind == "failed" else {"prevented", "shielded"}
    after = any(0 < place - sign.place <= REACH for place in _places(signs, {"prevented"}))
    return after or _precedes(_places(signs, kinds), sign.place)


def _is_accounted(place: int, signs: Sequence[Sign]) -> bool:
    if _precedes(_places(signs, {"found"}), place, FOUND):
        return False
    if any(abs(place - other) <= REACH for other in _places(signs, _ACCOUNTS)):
        return True
    return _precedes(_places(signs, {"conditional", "moment"}), place)


def _places(signs: Sequence[Sign], kinds: Collection[str]) -> list[int]:
    return [sign.place for sign in signs if sign.kind in kinds]


def _precedes(places: Sequence[int], place: int, reach: int = REACH) -> bool:
    return any(0 < place - other <= reach for other in places)


def _features(text: str) -> list[float]:
    claim = read_claim(text)
    plain = normalise(text)
    remarks = {
        group: [bool(pattern.search(plain)) for pattern in patterns.values()] for group, patterns in _remarks().items()
    }
    bad, good, neutral = claim.is_bad, any(remarks["good"]), sum(remarks["neutral"])
    # Twice what the words come to: it is the strongest sign there is.
    steps = [
        bad, bad, claim.wished, claim.asserted,
        claim.negators == 1, claim.negators > 1, claim.turned == 1, claim.turned > 1,
        len(claim.faults) == 1, len(claim.faults) > 1, claim.hazards > 0, claim.accounted > 0,
        bad and good, bad and not good, bad and neutral > 0,
        not bad and good, not bad and not good, not bad and neutral > 0, not bad and neutral > 1,
        not bad and good and not neutral,
        *(kind in claim.faults for kind in FAULTS),
    ]  # fmt: skip
    return [float(step) for step in (*steps, *remarks["manner"], *remarks["neutral"], *remarks["good"])]


def _without(name: str, plain: str) -> str:
    return " ".join(_pattern(name).sub(" ", plain).split())


@cache
def _lists() -> Any:
    return yaml.load((DATA / "valence.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    entry = _lists()[name]
    return re.compile(entry if isinstance(entry, str) else "|".join(f"(?:{one})" for one in entry))


@cache
def _kinds() -> re.Pattern[str]:
    """Return one expression for all kinds; its groups bear their names, so those inside must bear none."""
    kinds = [
        rf"(?P<{name}>(?<!\w)(?:{_GROUP.sub('(?:', '|'.join(patterns))})(?!\w))"
        for name, patterns in _lists()["kinds"].items()
    ]
    return re.compile("|".join(kinds))


@cache
def _remarks() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        group: {name: re.compile(pattern) for name, pattern in patterns.items()}
        for group, patterns in _lists()["remarks"].items()
    }
