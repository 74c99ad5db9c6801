"""What a question says, as the matcher compares it: its subject words, its sense, its scope and what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Self

from evidence.retrieval.text import normalise, tokens
from rfp.answering.matching.lexicon import Lexicon, base, lexicon
from rfp.answering.matching.order import Order
from rfp.answering.matching.roles import Roles

LIGHT, USUAL, NUMBER, NAME = 0.3, 1.0, 1.3, 1.5

_LETTERS = re.compile(r"\b(?:[A-Z][A-Za-z]*[A-Z]|2FA)(?=s?\b)")
_OWN = re.compile(r"\b(your|our|their|its) own\b")
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
_BRACKETED = re.compile(r"\s*\(([A-Z][A-Za-z&/]{1,7})\)")
_HIDDEN_NOT = re.compile(
    r"\bun(?=(?:masked|restricted|limited|capped|documented|approved|tested|reviewed|managed|protected)\b)"
)
_NAME = re.compile(r"(?<![.?!:]\s)(?<!^)\b(?:[A-Z][a-z]{2,}|[A-Z]{2,}[A-Z0-9]*|[A-Za-z]*[a-z][A-Z]\w*)\b")
# A buyer's form often speaks of the one who fills it in as a third person.
_RESPONDENT = re.compile(
    r"(?P<before>\b(?:the|your) |^(?:do|does|has|have|is|are|will|can|would|should|must) |"
    r"^(?=\w+(?: provider)? (?:shall|must|will|has|is|can|may|should)\b))"
    r"(?:vendor|supplier|service provider|provider|company|organi[sz]ation|bidder|tenderer|respondent)(?P<own>'s)?\b"
)
_POLITE = re.compile(
    r"^(?:please |kindly |can you |could you |do you |would you )*(?:confirm|state|say|indicate|advise|specify) "
    r"(?:that |whether |if )"
)
_POLAR = re.compile(
    r"^(?:and |or |also |in addition,? |(?:for|in|on|at|within|during|after|before|if) [^,?]{3,80}, )?"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|need)\b"
    r"(?! you (?:describe|explain|outline|detail|list))"
)
_OPEN = re.compile(
    r"^(?:please |kindly |can you |could you |if so,? )*(?:what|which|how|why|describe|explain|outline|list|name|"
    r"specify|give|provide (?:details|an overview|a description|information)|detail|state|tell us|to what extent|"
    r"in (?:what|which)|(?:at|on|with|by|for|under|from|to|of) (?:what|which|whom))\b|"
    r"\b(?:and|,) (?:with )?(?:what|which|how|why|describe|explain|list)\b"
)
_DEPENDENT = re.compile(
    r"^(?:if (?:yes|so|no|not|applicable|the answer|this|it|they|none|any)\b|(?:and|or) (?:if|how|when|who|what)\b"
    r"|(?:is|are|was|were|does|do|has|have|did) (?:it|they|this|these|that|those)\b)"
)

_WHAT = re.compile(r"^(?:please )?(?:what (?:is|are|was|were)|name|list|state|give|specify)\b")
_PAST = re.compile(
    r"^(?:did|was|were)\b|\b(?:have|has|had) (?:\w+ ){1,3}(?:ever|never|had|received|experienced|suffered)\b"
    r"|\b(?:did|were|was) (?:you|there|any|the|your)\b|\blast year\b"
)


class Scope(StrEnum):
    """How much of its subject a question speaks of."""

    PLAIN = ""
    ALL = "all"
    SOME = "some"
    ONLY = "only"


class Term(NamedTuple):
    word: str  # as written
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    terms: dict[str, Term]  # by concept, in the order of the text
    names: frozenset[str]  # the concepts that are proper names or numbers: nothing else means the same
    negative: bool
    scope: Scope
    polar: bool  # a yes or no is asked for
    open: bool  # more than a yes or no is asked for
    asks: frozenset[str]  # the kinds of fact asked for
    roles: Roles
    order: Order
    past: bool  # what happened, not what is done
    what: bool  # it only says "what is", which any kind of fact may answer
    dependent: bool  # it makes no sense without the question before it

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A library answer made ready for comparing."""

    reading: Reading
    said: str  # the answer and its comment
    concepts: frozenset[str]  # of what is said
    affirmed: bool  # the answer is not a no

    @classmethod
    def of(cls, question: str, answer: str, comment: str) -> Self:
        said = f"{answer}. {comment}".strip()
        first = (tokens(answer) or [""])[0]
        # "Our" and "we" are the vendor here, not the customer as in a question.
        spoken_of = [token for token in tokens(said) if token not in ("we", "our", "us", "ours")]
        words = frozenset(concept for concept, _ in lexicon().split(spoken_of))
        return cls(reading=read(question), said=said, concepts=words, affirmed=first not in ("no", "none", "never"))


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Return what TEXT says."""
    words = lexicon()
    kept = spoken(text)
    plain = _HIDDEN_NOT.sub("not ", _RESPONDENT.sub(_second_person, normalise(kept)).replace("n't", " not"))
    plain = _OWN.sub(r"\1", plain)
    asked = _POLITE.sub("", plain)
    asks = frozenset(name for name, fact in words.facts.items() if fact.asked.search(asked))
    is_open = bool(asks) or bool(_OPEN.search(asked))
    named = {base(token) for hit in _NAME.finditer(kept) for token in tokens(hit.group())}
    terms, names = _terms(plain, named, words, asking=bool(asks))
    return Reading(
        terms=terms,
        names=names,
        negative=(_negators(plain, words) + len(terms.keys() & words.denials)) % 2 == 1,
        scope=_scope(plain, words),
        polar=bool(_POLAR.search(asked)) or not is_open,
        open=is_open,
        asks=asks,
        roles=Roles.read(asked, words),
        order=Order.read(asked, words),
        past=bool(_PAST.search(asked)),
        what=bool(_WHAT.search(asked)),
        dependent=bool(_DEPENDENT.search(plain)),
    )


def spoken(text: str) -> str:
    """Return TEXT with its short forms said in full: the encoder has seen the words more often than the letters."""
    words = lexicon()
    return _LETTERS.sub(lambda hit: words.short.get(hit.group().lower(), hit.group()), _quiet(_unbracketed(text)))


def holds(fact: str, text: str) -> bool:
    """Say whether TEXT holds a fact of the kind FACT."""
    return bool(lexicon().facts[fact].held.search(text))


def _terms(plain: str, named: set[str], words: Lexicon, *, asking: bool) -> tuple[dict[str, Term], frozenset[str]]:
    terms: dict[str, Term] = {}
    names = set()
    for concept, written in words.split(tokens(plain)):
        stems = [base(token) for token in written]
        known = concept != " ".join(stems) or tuple(stems) in words.concepts
        if concept[0].isdigit():
            weight = NUMBER
            names.add(concept)
        elif len(stems) == 1 and stems[0] in words.empty and not known:
            continue
        elif not known and stems[0] in named:
            weight = NAME
            names.add(concept)
        else:
            idle = words.faint if known else frozenset(words.light)
            idle = idle | words.asking if asking else idle
            weight = LIGHT if all(part in idle for part in stems) else USUAL
        if concept not in terms or weight > terms[concept].weight:
            terms[concept] = Term(" ".join(written), weight)
    return terms, frozenset(names)


def _unbracketed(text: str) -> str:
    """Drop a bracketed abbreviation of the words before it: "single sign-on (SSO)" says the same thing twice."""

    def drop(hit: re.Match[str]) -> str:
        initials = "".join(token[0] for token in tokens(text[: hit.start()]))[-12:]
        letters = iter(initials)
        return "" if all(letter in letters for letter in hit.group(1).lower()) else hit.group()

    return _BRACKETED.sub(drop, text)


def _quiet(text: str) -> str:
    """Return TEXT in small letters where capitals say nothing: all of it in capitals, or Every Word With One."""
    if text.isupper():
        return text.lower()
    long = _LONG_WORD.findall(text)
    if len(long) > 2 and sum(word[0].isupper() for word in long) > 0.7 * len(long):
        return _CAPITALISED.sub(lambda hit: hit.group().lower(), text)
    return text


def _negators(plain: str, words: Lexicon) -> int:
    return len(words.patterns["negator"].findall(words.patterns["harmless"].sub(" ", plain)))


def _second_person(hit: re.Match[str]) -> str:
    kept = "" if hit["before"] in ("the ", "your ") else hit["before"]
    return kept + ("your" if hit["own"] else "you")


def _scope(plain: str, words: Lexicon) -> Scope:
    for scope in (Scope.ONLY, Scope.SOME, Scope.ALL):
        if words.patterns[scope].search(plain):
            return scope
    return Scope.PLAIN
