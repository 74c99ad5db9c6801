"""Whether vendors are compared like for like, and how much of the checklist the questions touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scoring.tender.rules import SealedRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a vendor was judged on."""

    on: date
    stage: str
    sectors: frozenset[str]
    systems: frozenset[str]  # the tender's, not the vendor's names for them
    catalogue: str


def unlike(bases: Mapping[str, Basis]) -> tuple[str, ...]:
    """Return in which ways the vendors were not judged alike, nothing when they were."""
    found = list(bases.values())
    ways = (
        (len({basis.on for basis in found}), "They were judged on different days."),
        (len({basis.stage for basis in found}), "They were judged for different stages."),
        (len({basis.sectors for basis in found}), "They were judged under different sector rules."),
        (len({basis.systems for basis in found}), "They were judged for different AI systems."),
        (len({basis.catalogue for basis in found}), "They were judged by different versions of the requirements."),
    )
    return tuple(sentence for kinds, sentence in ways if kinds > 1)


def covered(rules: SealedRules, categories: frozenset[str]) -> frozenset[str]:
    """Return the categories of the checklist that any question that counts asks about; coverage is n of all."""
    asked = (question.categories for question in rules.questions if not question.info_only)
    return categories & frozenset().union(*asked)
