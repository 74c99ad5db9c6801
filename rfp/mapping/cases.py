"""Run the tests that administrators wrote against what would be in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rfp.mapping.content import MappingCase
from rfp.mapping.engine import Mapper
from rfp.mapping.teaching import Teaching
from rfp.mapping.types import NO_CATEGORY, Asked, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A test and what the question is mapped to; ``problem`` says what is wrong, and is empty where it passes."""

    case: MappingCase
    proposal: Proposal
    problem: str

    @property
    def passed(self) -> bool:
        return not self.problem


def run_cases(mapper: Mapper, cases: Sequence[MappingCase], teaching: Teaching) -> list[Ran]:
    """Map the question of each test and compare."""
    asked = [Asked(text=case.text, section=case.heading) for case in cases]
    proposals = mapper.propose(asked, taught=teaching.taught, rules=teaching.rules)
    return [
        Ran(case=case, proposal=proposal, problem=_problem(case, proposal))
        for case, proposal in zip(cases, proposals, strict=True)
    ]


def _problem(case: MappingCase, proposal: Proposal) -> str:
    decisive = ", ".join(proposal.decisive) or "none"
    if case.category == NO_CATEGORY:
        return "" if proposal.category == NO_CATEGORY else f"It maps to {decisive}, not to none."
    missing = [ref for ref in case.requirements if ref not in proposal.decisive]
    if missing:
        return f"It maps to {decisive}; {', '.join(missing)} is missing."
    if case.polarity is not None and proposal.yes_would_say is not case.polarity:
        return f"Its polarity is {proposal.yes_would_say}, not {case.polarity}."
    return ""
