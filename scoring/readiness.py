"""How much proof is there, 0 to 100 (DOMAIN 5.3). It is shown beside the verdict and never decides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.catalogue import Catalogue, Requirement
from scoring.results import RequirementResult
from scoring.types import State

# The register of AI systems belongs to the mandate as a whole; its weight counts with the risk assessment.
COUNTED_IN = {"MG-8": "risk_assessment"}
MOST_WHILE_FAILING = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Per category, None where nothing applies; ``shown`` is the whole, floored, None without any category."""

    by_category: Mapping[str, float | None]
    addons: float | None
    shown: int | None


def assess(catalogue: Catalogue, results: Mapping[str, RequirementResult], *, gate_passed: bool) -> Readiness:
    """Return the readiness of each category and of the whole; below 100 while the gate fails."""
    by_category = {
        category.id: _share(
            (
                requirement
                for requirement in catalogue.requirements.values()
                if COUNTED_IN.get(requirement.id, requirement.category) == category.id
            ),
            results,
        )
        for category in catalogue.categories
    }
    assessed = [value for value in by_category.values() if value is not None]
    shown = math.floor(sum(assessed) / len(assessed) + 1e-9) if assessed else None
    if shown is not None and not gate_passed:
        shown = min(shown, MOST_WHILE_FAILING)
    addons = _share((r for r in catalogue.requirements.values() if r.sector), results)
    return Readiness(by_category=by_category, addons=addons, shown=shown)


def _share(requirements: Iterable[Requirement], results: Mapping[str, RequirementResult]) -> float | None:
    earned = whole = 0.0
    for requirement in requirements:
        result = results.get(requirement.id)
        if result is None or not requirement.weight or result.state is State.NOT_APPLICABLE:
            continue
        whole += requirement.weight
        earned += requirement.weight * result.credit
    return 100 * earned / whole if whole else None
