"""Judge a vendor's evidence on a day: every requirement of the mandate, or one artefact for what it is claimed for.

A requirement is met when one evidence path is complete and every hard rule passes, everything it depends on is met,
and, where each AI system is assessed, for every system of the deal (DOMAIN 5.2; the worst system decides).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from scoring.artefact import judge_artefact
from scoring.bundle import Setting
from scoring.catalogue import Catalogue
from scoring.derived import RISK_ACCEPTANCE, derived, ordered, with_parents
from scoring.requirement import state_of
from scoring.results import ArtefactJudgement, RequirementResult
from scoring.types import Deal, EvidenceFact, State

__all__ = ["ArtefactJudgement", "RequirementResult", "judge_artefact", "judge_requirements"]


def judge_requirements(
    facts: Sequence[EvidenceFact], *, on: date, catalogue: Catalogue, deal: Deal
) -> dict[str, RequirementResult]:
    """Return the state of every requirement that applies to the deal, in the catalogue's order."""
    setting = Setting(on=on, catalogue=catalogue, deal=deal, library=tuple(facts))
    cap = catalogue.parameters.readiness_partial_cap
    results: dict[str, RequirementResult] = {}
    for requirement in ordered(catalogue):
        if requirement.sector and requirement.sector not in deal.sectors:
            continue
        if requirement.derived_from and not requirement.paths:
            results[requirement.id] = derived(requirement, results)
        else:
            own = state_of(requirement, setting, results)
            results[requirement.id] = with_parents(requirement, own, results, cap=cap)
    _without_gap(results)
    return {name: results[name] for name in catalogue.requirements if name in results}


def _without_gap(results: dict[str, RequirementResult]) -> None:
    """Where nothing is open, nothing has to be accepted: the condition under which MG-7 does not apply."""
    others = [result for name, result in results.items() if name != RISK_ACCEPTANCE]
    if RISK_ACCEPTANCE in results and others and not any(result.is_open for result in others):
        results[RISK_ACCEPTANCE] = replace(
            results[RISK_ACCEPTANCE], state=State.NOT_APPLICABLE, problems=(), warnings=(), systems_open=()
        )
