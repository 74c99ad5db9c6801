"""Reading a scope statement: which AI systems it names, which it leaves out, and whether it is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scoring.types import EvidenceFact

# "AI management system" names a way of managing, not a system that is managed.
AI_WORDS = re.compile(
    r"\bAI\b(?!\s+(?:management|governance|policy|polic|risk))|\bA\.I\.|artificial intelligence|machine[- ]learning"
    r"|\bML\b|\bLLMs?\b|language models?|\bgenerative\b|\bchatbots?\b|neural|predictive models?"
    r"|\bcopilot\b|model inference",
    re.I,
)
LEFT_OUT = re.compile(
    r"\bexclud|\bexcept\b|\bexcepting\b|\bwith the exception"
    r"|\bnot (?:included|covered|part|in scope|within|tested|assessed)"
    r"|\bout(?:side)? (?:of )?(?:the )?(?:scope|boundary)|\boutside\b|\bdo(?:es)? not (?:cover|include)"
    r"|\bleft out|\bleaves? out|\bomits?\b|\bomitted|\bother than\b|\bwithout\b",
    re.I,
)
# A provider that is carved out is not the vendor's AI system being left out.
PROVIDER = re.compile(r"\b(?:provider|subservice|sub-service|hosting|host|carve|supplier)", re.I)
INTERNAL = re.compile(
    r"\binternal(?:ly)?\b[^.;\n]*\b(?:use|used|tool|tools|purposes?|only|operations|functions|forecast\w*|analytics|hr|office)\b"
    r"|\bused by\b|\bown (?:use|staff|employees)\b|\bback[- ]office\b",
    re.I,
)
# Artefacts about a whole organisation may name its AI in general; tests name each system.
GENERAL_KINDS = frozenset(
    {
        "iso_certificate",
        "iso_surveillance_report",
        "statement_of_applicability",
        "soc2_type2_report",
        "ai_system_register",
    }
)


def _sentences(fact: EvidenceFact) -> list[str]:
    return [part for part in re.split(r"(?<=[.;!?])\s+|\n", f"{fact.scope}\n{fact.document_text}") if part.strip()]


def _named(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) is not None


def _short_name(name: str, names: Sequence[str]) -> str:
    """Return the word that tells a product from its siblings ("Assist" of "Quillmark Assist"), empty for none."""
    last = name.split()[-1]
    others = [other for other in names if other != name]
    return last if " " in name and len(last) > 3 and not any(_named(last, other) for other in others) else ""


def _mentions(name: str, names: Sequence[str], text: str) -> bool:
    short = _short_name(name, names)
    return _named(name, text) or bool(short and _named(short, text))


def excluded_systems(fact: EvidenceFact, names: Sequence[str]) -> list[str]:
    """Return the systems that a sentence of the scope leaves out by name."""
    found = []
    for sentence in _sentences(fact):
        out = LEFT_OUT.search(sentence)
        if out is None:
            continue
        # "A and B, excluding C" leaves out C; "C is excluded" leaves out C.
        after = sentence[out.start() :]
        said = [name for name in names if _mentions(name, names, after)]
        found += said or [name for name in names if _mentions(name, names, sentence[: out.start()])]
    return [name for name in dict.fromkeys(found) if name not in fact.ai_systems or len(found) == 1]


def excludes_all_ai(fact: EvidenceFact, names: Sequence[str]) -> bool:
    """Return whether a sentence leaves AI out in general, naming none of the systems."""
    for sentence in _sentences(fact):
        if (
            LEFT_OUT.search(sentence)
            and AI_WORDS.search(sentence)
            and not PROVIDER.search(sentence)
            and not any(_mentions(name, names, sentence) for name in names)
        ):
            return True
    return False


def internal_only(fact: EvidenceFact, names: Sequence[str]) -> bool:
    return bool(
        fact.scope
        and INTERNAL.search(fact.scope)
        and not any(_mentions(name, names, fact.scope) for name in names)
        and not set(fact.ai_systems) & set(names)
    )


def covers_ai(fact: EvidenceFact, names: Sequence[str]) -> bool:
    if internal_only(fact, names) or excludes_all_ai(fact, names):
        return False
    left_out = set(excluded_systems(fact, names))
    if set(fact.ai_systems) - left_out:
        return True
    text = f"{fact.scope}\n{fact.document_text}"
    if any(_mentions(name, names, text) for name in names if name not in left_out):
        return True
    return bool(AI_WORDS.search(fact.scope)) and not left_out


def covers_system(fact: EvidenceFact, name: str, names: Sequence[str]) -> bool:
    if name in excluded_systems(fact, names) or excludes_all_ai(fact, names):
        return False
    if any(name.casefold() == other.casefold() for other in fact.ai_systems):
        return True
    if fact.ai_systems:
        # The artefact lists its systems: what is not listed is not covered.
        return False
    if _mentions(name, names, f"{fact.scope}\n{fact.document_text}"):
        return True
    return fact.kind in GENERAL_KINDS and covers_ai(fact, names)
