"""Who does what to whom in a question: "do customers scan uploads?" is not "do you scan customers' uploads?"."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from itertools import islice

from evidence.retrieval.text import tokens
from rfp.answering.matching.lexicon import Lexicon

_WHO = r"(?:the |your |our |their |its |all |any |each |every |a )*([a-z' -]+)"
_ACTOR = re.compile(rf"\b(?:do|does|did|can|could|will|would|may|must|should|shall) {_WHO}")
_DOES = re.compile(rf"^(?:do|does|did) {_WHO}")
_CAN = re.compile(rf"^(?:can|could|may|might) {_WHO}")
_YOU_DO = re.compile(r"^(?:do|does|did) you (?:also |always |ever |only )*([a-z' -]+)")
_BY = re.compile(rf"\bby {_WHO}")
# What is kept from something, or got back from it, does not come from it.
_FROM = re.compile(
    r"\b(?!restor|recover|isolat|separat|segregat|apart|protect|differ|independent)\w+ from (?!outside|abroad|home)"
    + _WHO
)
_ENABLED = re.compile(
    r"\b(?:can|could|may|might|must|should|will|would|let|allow|permit|enable|require|oblige|help|ask|for|has|have) "
    rf"{_WHO}"
)
_LETTING = re.compile(r"^you (?:let|allow|permit|enable|require|oblige|help|ask) ")
_TO_YOU = re.compile(
    r"\b(?!(?:do|does|did|have|has|had|are|were|can|could|will|would|may|must|should|shall|if|when|that|which|how|whom|"
    r"what|where|and|or|as|data|those|services?|systems?|products?|tools?) )[a-z]+ you\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    actor: str  # who acts in the main clause: you, a party, or unknown
    verb: str  # what the actor does
    acting: frozenset[str]  # outsiders who do something
    enabled: frozenset[str]  # outsiders who may or must do something
    able: frozenset[str]  # outsiders who can do something themselves
    you_do: bool  # the vendor does it, and does not only let others do it
    sources: frozenset[str]  # what something comes or is taken from
    to_you: bool  # something is done to you

    @classmethod
    def read(cls, plain: str, words: Lexicon) -> Roles:
        """Return the roles in PLAIN, a normalised question."""
        actor, verb = _actor(plain, words)
        return cls(
            actor=actor,
            verb=verb,
            acting=frozenset(_acting(plain, words)),
            enabled=frozenset(_first(hit.group(1), words) for hit in _ENABLED.finditer(plain)) & words.outsiders,
            able=frozenset(_able(plain, words)),
            you_do=_you_do(plain, words),
            sources=frozenset(_first(hit.group(1), words) for hit in _FROM.finditer(plain)) - {""},
            to_you=bool(_TO_YOU.search(plain)),
        )

    def differ(self, other: Roles, shared: Set[str]) -> bool:
        """Say whether somebody else acts, or what things come from is where they go; SHARED are the common concepts."""
        if self.acting - other.acting - other.enabled or other.acting - self.acting - self.enabled:
            return True
        if (self.able and other.you_do) or (other.able and self.you_do):
            return True
        if (self.sources ^ other.sources) & shared:
            return True
        if not (self.actor and other.actor) or self.actor == other.actor:
            return False
        if self.verb == other.verb or "you" not in (self.actor, other.actor):
            return True
        return self.to_you or other.to_you


def _actor(plain: str, words: Lexicon) -> tuple[str, str]:
    hit = _ACTOR.search(plain)
    if hit is None:
        return "", ""
    clause = _LETTING.sub("", hit.group(1))
    first, then = ([concept for concept, _ in islice(words.split(tokens(clause)), 2)] + ["", ""])[:2]
    return (first, then) if first == "you" or first in words.parties else ("", "")


def _acting(plain: str, words: Lexicon) -> list[str]:
    found = [party for hit in _BY.finditer(plain) if (party := _first(hit.group(1), words)) in words.outsiders]
    does = _DOES.match(plain)
    if does is None:
        return found
    clause = [concept for concept, _ in islice(words.split(tokens(does.group(1))), 3)]
    # "Do your software suppliers review": the party may have a word before it.
    at = 0 if clause[:1] and clause[0] in words.outsiders else 1
    if clause[at : at + 1] and clause[at] in words.outsiders and not {"you", *words.actions} & set(clause[:at]):
        verb = clause[at + 1] if at + 1 < len(clause) else ""
        if verb not in words.receiving:
            found.append(clause[at])
    return found


def _able(plain: str, words: Lexicon) -> list[str]:
    hit = _CAN.match(plain)
    clause = [concept for concept, _ in islice(words.split(tokens(hit.group(1))), 2)] if hit else []
    return clause[:1] if len(clause) > 1 and clause[0] in words.outsiders and clause[1] not in words.receiving else []


def _you_do(plain: str, words: Lexicon) -> bool:
    hit = _YOU_DO.match(plain)
    return hit is not None and _first(hit.group(1), words) not in words.enabling | words.receiving


def _first(text: str, words: Lexicon) -> str:
    return next(words.split(tokens(text)), ("", []))[0]
