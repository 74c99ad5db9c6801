"""Count what makes a statement good or bad, and what turns it round: "no exceptions" is good, "no owner" is bad."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import yaml
from numpy.typing import NDArray

from evidence.retrieval.text import normalise
from rfp.mapping.lexicon import DATA

REACH = 7  # words over which a negator or preventer turns what follows
FEATURES = 17
_DEMANDED = re.compile(r"^(?!.*\?)(?!(?:describe|state|explain|list|provide|name)\b).*\b(?:shall|must)\b")
_WISHED = re.compile(
    r"^(?:please |kindly |you |(?:can|could|do|will|would) (?:you|the \w+|we)(?: please)? |we need you to )?"
    r"(?:confirm|assure us|guarantee|warrant|certify|ensure|attest|be (?:sure|certain|confident))(?! (?:whether|if)\b)"
    r"|^is it (?:confirmed|ensured|guaranteed|certain|assured)\b|^are we assured\b"
)
_NEEDLESS = re.compile(r"\b(?:needed|necessary|required|unnecessary|needless)\b")


def valence(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return FEATURES numbers per text: bad words and negators left over after turning, as steps."""
    out = np.zeros((len(texts), FEATURES), np.float32)
    for row, text in enumerate(texts):
        out[row] = _features(normalise(text))
    return out


def _features(plain: str) -> NDArray[np.float32]:
    if _DEMANDED.search(plain) or (_WISHED.search(plain) and not _NEEDLESS.search(plain)):
        # A demand, or a wish to have something confirmed, states what is right, whatever it denies.
        wished = np.zeros(FEATURES, np.float32)
        wished[[6, 10, 15, 16]] = 1
        return wished
    plain = _pattern("contrasts").sub(" , ", plain)
    found = {name: _places(plain, name) for name in ("negators", "preventers", "closers", "bad", "good", "neutral")}
    negators, bad = list(found["negators"]), _clusters(found["bad"])
    # "could not be tested": the good word after a negator is what is missing; a bad word there is what is avoided.
    turned = 0
    left_bad = []
    for place in bad:
        by = next((n for n in reversed(negators) if 0 < place - n <= REACH), None)
        if by is not None:
            negators.remove(by)
            turned += 1
        else:
            left_bad.append(place)
    prevented = [
        place
        for place in left_bad
        if any(0 < place - other <= REACH for other in found["preventers"])
        or any(0 < other - place <= REACH for other in found["closers"])
    ]
    plain_bad = len(left_bad) - len(prevented)
    paired = len(negators) // 2  # "none without": two negators with nothing bad between them
    alone = len(negators) % 2
    steps = (
        alone,
        paired,
        turned,
        plain_bad > 0,
        plain_bad > 1,
        bool(prevented),
        (alone + plain_bad) == 0,
        (alone + plain_bad) == 1,
        (alone + plain_bad) == 2,
        (alone + plain_bad) > 2,
        bool(found["good"]),
        not found["good"] and not bad,
        bool(found["neutral"]),
        bool(found["neutral"]) and not bad and not negators,
        len(found["neutral"]) > 1,
        bool(found["good"]) and not bad and not negators,
        0,
    )
    return np.array(steps, np.float32)


def _places(plain: str, name: str) -> list[int]:
    """Return the number of the word at which each match of the list NAME begins."""
    return [plain.count(" ", 0, hit.start()) for hit in _pattern(name).finditer(plain)]


def _clusters(places: Sequence[int]) -> list[int]:
    """Count bad words that stand close together once: "remains open" and "overdue" are one fault."""
    kept: list[int] = []
    for place in places:
        if not kept or place - kept[-1] > 2:
            kept.append(place)
    return kept


@cache
def _pattern(name: str) -> re.Pattern[str]:
    lists = yaml.load((DATA / "valence.yaml").read_text(), Loader=yaml.CSafeLoader)
    return re.compile(rf"(?<!\w)(?:{'|'.join(lists[name])})(?!\w)")
