"""R-ENTITY: the certified or assessed entity is the one that contracts or provides the AI service."""

from __future__ import annotations

import re

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-ENTITY"


def check(bundle: Bundle) -> RuleResult:
    wanted = bundle.deal.contracting_entity
    for fact in bundle.facts:
        if fact.legal_entity and wanted and _name(fact.legal_entity) != _name(wanted):
            return failed(RULE, f"“{fact.title}” is about {fact.legal_entity}; the contract is with {wanted}.")
    return passed(RULE)


def _name(entity: str) -> str:
    return re.sub(r"[^\w]+", " ", entity.casefold()).strip()
