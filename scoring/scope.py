"""Reading a scope statement: which AI systems it names, which it leaves out, and whether it is silent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from scoring.phrases import clauses, read, read_all
from scoring.types import EvidenceFact

# "AI management system" names a way of managing, not a system that is managed; so does the title of its standard.
AI_WORDS = re.compile(
    r"(?<!non-)\b(?:AI\b|A\.I\.|artificial[- ]intelligence)"
    r"(?![\s—–-]+(?:management|governance|polic(?:y|ies)|risk|act\b|rmf\b|assurance))"
    r"|\bmachine[- ]learning|\bML\b|\bLLMs?\b|\blanguage models?\b|\bgenerative\b|\bchat ?bots?\b|\bneural\b"
    r"|\bpredictive (?:models?|scoring)\b|\bcopilot\b|\bmodel inference\b|\binference (?:service|endpoint|api)"
    r"|\bagentic\b"
    r"|\bdeep[- ]learning|\bfoundation models?\b",
    re.I,
)
# Leaving out some AI is not leaving out all of it.
SOME_AI = re.compile(
    r"\b(?:other|third[- ]party|external|internal|remaining|experimental|beta|pilot|prototypes?|training of|unlisted"
    r"|not (?:listed|named)|customer[- ](?:built|trained|managed)|coding|hr)\b",
    re.I,
)
# A provider that is carved out is not the vendor's AI system being left out ("AI services run by a provider" are).
PROVIDER = re.compile(
    r"^(?:(?!\b(?:by|from|at|on|with|via)\b).)*\b(?:providers?|subservice|sub-service|suppliers?|hosts?)\b", re.I
)
ITEM = re.compile(r",|\band\b|\bor\b|\bnor\b|\bas well as\b|\bplus\b", re.I)
# A list item is about what it names first: "the Rank service", "tests of Rank", not "a finding in Rank".
_OF = (
    r"(?:tests?|testing|assessments?|evaluation|inclusion|coverage|use|operation|development|provision|parts?"
    r"|any part"
    r"|scope|examination|review|audit)\s+(?:of|for)\s+"
)
HEAD = re.compile(
    rf"^\W*(?:{_OF})?(?:(?!\b(?:in|of|by|with|to|from|on|for|against|under|at|than)\b)[\w’'-]+\s+){{0,3}}$", re.I
)
# A word after the name that makes another product of it ("Rank Classic", "the Assist predecessor").
VARIANT = (
    r"(?!(?-i:\s+\(?(?:Classic|Legacy|Lite|Light|Mini|Nano|Basic|Starter|Free|Community|Beta|Alpha|Preview|Labs?"
    r"|Trial|Prototype"
    r"|Predecessor|Archive|Original|Junior|Internal|Sandbox|Demo)\b))"
)
FORERUNNER = r"(?<!legacy )(?<!predecessor of )(?<!forerunner of )"
OUTSIDERS = (
    r"(?:(?:its|our|the|their)\s+)?(?:customers?|clients?|buyers?|subscribers?|end[- ]?users?|the public"
    r"|consumers?|banks?)"
)
INTERNAL = re.compile(
    r"\binternal(?:ly)?\b|\bin-house (?:use|tool)|\bback[- ]office\b"
    r"|\bown (?:use|staff|employees|personnel|operations|workforce|business)\b|\b(?:as|role of) (?:an? )?AI (?:user"
    r"|customer|deployer)\b"
    r"|\b(?:employees|staff|personnel|colleagues|workers) (?:may |can )?use\b|\b(?:by"
    r"|for) (?:\w+ ){0,2}?(?:employees|staff|personnel)\b"
    r"|\b(?:used|operated) (?:solely |only |exclusively )?by\b(?!\s+" + OUTSIDERS + r"\b)",
    re.I,
)
OFFERED = re.compile(
    r"\b(?:offered|provided|sold|delivered|supplied|available|licensed) (?:to|as)\b|\bcustomer[- ]facing\b"
    r"|\bcommercial"
    r"|\bas (?:an? )?AI (?:system )?(?:provider|producer|developer)\b|\bfor " + OUTSIDERS + r"\b|\bproducts?\b",
    re.I,
)
EVERY_AI = re.compile(
    r"\b(?:all|every|each|any|its|our|the company[’']s)\s+(?:of\s+)?(?:\w+\s+){0,3}?(?:AI|artificial[- ]intelligence"
    r"|machine[- ]learning|ML|LLM)\b",
    re.I,
)
# Artefacts about a whole organisation may speak of its AI in general; tests name each system.
GENERAL_KINDS = frozenset(
    {
        "iso_certificate",
        "iso_surveillance_report",
        "statement_of_applicability",
        "soc2_type2_report",
        "ai_system_register",
    }
)


class Coverage(StrEnum):
    """How an artefact speaks of one AI system."""

    NAMED = "named"
    GENERAL = "general"  # AI of this product family, or all AI, without the name
    VAGUE = "vague"  # AI without saying of what
    CONTRADICTED = "contradicted"  # recorded as covered, and left out by the text
    LEFT_OUT = "left_out"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the words of an artefact say: names kept and left out, AI in general, internal use."""

    named: frozenset[str]
    left_out: frozenset[str]
    speaks_of_ai: bool
    leaves_out_ai: bool
    internal: bool
    every_ai: bool
    family: bool


def mentions(name: str, names: tuple[str, ...], text: str) -> bool:
    """Return whether a text names a product, in full or by the word that tells it from its siblings."""
    return find(name, names, text) is not None


@lru_cache(maxsize=8192)
def find(name: str, names: tuple[str, ...], text: str) -> re.Match[str] | None:
    full = re.search(rf"{FORERUNNER}(?<!\w){re.escape(name)}(?!\w){VARIANT}", text, re.I)
    short = _short_name(name, names)
    # "Assist" is the product, "assist" a verb.
    return full or (re.search(rf"{FORERUNNER}(?<!\w){re.escape(short)}(?!\w){VARIANT}", text) if short else None)


def _short_name(name: str, names: tuple[str, ...]) -> str:
    last = name.split()[-1]
    siblings = (other for other in names if other != name)
    shared = any(re.search(rf"(?<!\w){re.escape(last)}(?!\w)", other, re.I) for other in siblings)
    return last if " " in name and len(last) > 3 and not shared else ""


def listed(name: str, names: tuple[str, ...], systems: Collection[str]) -> bool:
    """Return whether a list of systems has this one, perhaps with its version or edition beside the name."""
    return any(mentions(name, names, item) for item in systems)


def scope_of(fact: EvidenceFact, names: tuple[str, ...], siblings: tuple[str, ...] = ()) -> Scope:
    """Read what an artefact says of the systems NAMES; SIBLINGS are others of the vendor's."""
    return _scope(fact.scope, fact.document_text, names, siblings)


@lru_cache(maxsize=2048)
def _scope(scope: str, text: str, names: tuple[str, ...], siblings: tuple[str, ...]) -> Scope:
    statement, whole = read(scope), read_all(scope, text)
    left_out = frozenset(n for n in names if any(_is_about(n, names, item) for item in _items(whole.left_out)))
    named = frozenset(n for n in names if mentions(n, names, whole.kept))
    about_ai = statement.kept if scope else whole.kept
    return Scope(
        named=named,
        left_out=left_out,
        speaks_of_ai=AI_WORDS.search(about_ai) is not None,
        leaves_out_ai=any(_is_all_ai(item, (*names, *siblings)) for item in _items(whole.left_out)),
        internal=not named and _is_internal(statement.kept),
        every_ai=EVERY_AI.search(about_ai) is not None,
        family=any(mentions(brand, (), about_ai) for brand in _brands(names)),
    )


def _is_internal(statement: str) -> bool:
    """Return whether all that is said about AI, or the whole where nothing is, is about the vendor's own use."""
    parts = clauses(statement)
    about_ai = [part for part in parts if AI_WORDS.search(part)] or parts
    return bool(about_ai) and all(INTERNAL.search(part) and not OFFERED.search(part) for part in about_ai)


def _items(phrases: Iterable[str]) -> list[str]:
    return [item for phrase in phrases for item in ITEM.split(phrase) if item.strip()]


def _is_about(name: str, names: tuple[str, ...], item: str) -> bool:
    found = find(name, names, item) if name.split()[-1].casefold() in item.casefold() else None
    return found is not None and HEAD.match(item[: found.start()]) is not None and not SOME_AI.search(item)


def _is_all_ai(item: str, names: tuple[str, ...]) -> bool:
    found = AI_WORDS.search(item)
    return (
        found is not None
        and HEAD.match(item[: found.start()]) is not None
        and not PROVIDER.search(item)
        and not SOME_AI.search(item)
        and not any(mentions(name, names, item) for name in names)
    )


def _brands(names: tuple[str, ...]) -> set[str]:
    """Return the first words of the products' names ("Quillmark"), which stand for the family."""
    return {name.split()[0] for name in names if " " in name}


def covers_ai(fact: EvidenceFact, names: tuple[str, ...], siblings: tuple[str, ...] = ()) -> bool:
    """Return whether an artefact's scope has AI systems in it (R-SCOPE-AI); silence is not coverage."""
    scope = scope_of(fact, names, siblings)
    if scope.leaves_out_ai or scope.internal:
        return False
    if any(not listed(name, names, scope.left_out) for name in fact.ai_systems):
        return True
    return bool(scope.named - scope.left_out) or scope.speaks_of_ai


def coverage(fact: EvidenceFact, name: str, names: tuple[str, ...], siblings: tuple[str, ...] = ()) -> Coverage:
    """Return how an artefact speaks of one system (R-SCOPE-SYSTEM)."""
    scope = scope_of(fact, names, siblings)
    is_listed = listed(name, names, fact.ai_systems)
    if name in scope.left_out:
        return Coverage.CONTRADICTED if is_listed or name in scope.named else Coverage.LEFT_OUT
    if scope.leaves_out_ai:
        return Coverage.LEFT_OUT
    if is_listed:
        return Coverage.NAMED
    if fact.ai_systems:
        # The artefact lists its systems: what is not listed is not covered.
        return Coverage.SILENT
    if name in scope.named:
        return Coverage.NAMED
    if fact.kind in GENERAL_KINDS and scope.speaks_of_ai and not scope.internal:
        return Coverage.GENERAL if scope.every_ai or scope.family else Coverage.VAGUE
    return Coverage.SILENT
