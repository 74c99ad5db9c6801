"""The order of things in a question: backups that include logs are not logs that include backups.

A question may be turned round ("do engineers review code?", "is code reviewed by engineers?") and mean the same; two
questions built alike, or one turned round without its "by", do not.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from evidence.retrieval.text import tokens
from rfp.answering.matching.lexicon import Lexicon

_ACTIVE = re.compile(r"^(?:do|does|did|can|could|may|might|will|would|must|should|have|has)\b")
_PASSIVE = re.compile(
    r"^(?:is|are|was|were)\b(?! it\b)|^(?:can|could|may|might|will|would|must|should|have|has) .* (?:be|been) "
)
_THERE = re.compile(r"^(?:is|are|was|were) there\b")
# "The rotation of keys" and "key rotation" name one thing.
_LINKS = frozenset({"of", "on", "for", "about", "in", "to", "against", "at", "with"})
_MARKERS = frozenset({"the", "your", "our", "their", "its", "a", "an", "all", "any", "each", "every"})
# To have or include something is not to act on it.
_IDLE = frozenset({"includ", "contain", "cover", "run", "use", "meet"})
_BY = re.compile(r"\bby (.+)")


class Voice(StrEnum):
    ACTIVE = "active"
    PASSIVE = "passive"
    THERE = "there"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    voice: Voice
    things: tuple[str, ...]  # the concepts that are not actions, in their order
    agents: frozenset[str]  # those after "by"
    adjacent: frozenset[tuple[str, str]]  # things that stand side by side
    linked: frozenset[tuple[str, str]]  # things with nothing but "of" or its like between them
    subject: str  # the thing that acts in the active voice; nothing where the vendor does

    @classmethod
    def read(cls, plain: str, words: Lexicon) -> Order:
        """Return the order of things in PLAIN, a normalised question."""
        voice = _voice(plain)
        spread = _spread(plain, words)
        things = [thing for thing, _ in spread]
        agents = frozenset(thing for thing, before in spread if "by" in before)
        neighbours = list(pairwise(spread))
        return cls(
            voice=voice,
            things=tuple(dict.fromkeys(things)),
            agents=agents,
            adjacent=frozenset((a, b) for (a, _), (b, between) in neighbours if not between),
            linked=frozenset((a, b) for (a, _), (b, between) in neighbours if between and set(between) <= _LINKS),
            subject=_subject(plain, things, words) if voice is Voice.ACTIVE else "",
        )

    def clashes(self, other: Order, shared: Set[str]) -> bool:
        """Say whether things stand in other relations; SHARED are the weighty concepts both speak of."""
        if Voice.OTHER in (self.voice, other.voice):
            return False
        mine = [thing for thing in self.things if thing in shared]
        theirs = [thing for thing in other.things if thing in shared]
        if self.voice is other.voice:
            return self._is_inverted(other, mine, theirs) or (
                self.voice is Voice.PASSIVE and bool((self.agents ^ other.agents) & shared)
            )
        active, passive = (self, other) if self.voice is Voice.ACTIVE else (other, self)
        return active.subject in shared and active.subject not in {*passive.agents, *passive.things[:1]}

    def _is_inverted(self, other: Order, mine: list[str], theirs: list[str]) -> bool:
        # Only the first counts: further on, "managed centrally" and "centrally managed" are one.
        turned = [(mine[0], b) for b in mine[1:] if theirs.index(b) < theirs.index(mine[0])]
        return any(
            not ((a, b) in self.linked and (b, a) in other.adjacent)
            and not ((a, b) in self.adjacent and (b, a) in other.linked)
            for a, b in turned
        )


def _voice(plain: str) -> Voice:
    if _THERE.match(plain):
        return Voice.THERE
    if _PASSIVE.match(plain):
        return Voice.PASSIVE
    return Voice.ACTIVE if _ACTIVE.match(plain) else Voice.OTHER


def _subject(plain: str, things: list[str], words: Lexicon) -> str:
    """Return the thing that acts in PLAIN, an active question; nothing where it is the vendor or only has something."""
    clause = [concept for concept, _ in words.split(tokens(plain)[1:6])]
    if "you" in clause[:2] or set(clause) & (words.receiving | words.enabling | _IDLE) - words.empty:
        return ""
    return things[0] if things else ""


def _spread(plain: str, words: Lexicon) -> list[tuple[str, list[str]]]:
    """Return the things in PLAIN, each with the words between it and the thing before."""
    found: list[tuple[str, list[str]]] = []
    between: list[str] = []
    for concept, written in words.split(tokens(plain)):
        if concept in words.actions or concept in words.empty:
            between += [word for word in written if word not in _MARKERS]
        else:
            found.append((concept, between))
            between = []
    return found
