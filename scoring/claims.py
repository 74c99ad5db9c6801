"""What proof says of a vendor's answer: a claim counts only as far as accepted evidence shows it (G-14).

Silence earns nothing, a claim that does not apply waits for the buyer, and a claim that a person has to look at stays
open. A claim is contradicted where a document itself says otherwise, unsupported where the document is no proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.answers import COMPLIANT, Blank, Decision, Polarity, Reason, Value, decide
from scoring.results import RequirementResult
from scoring.tender.offers import Standing
from scoring.types import State

PLANNED = "planned"  # an answer about the future: today it is a no
# Rules on what a document says; the others are on what makes it proof.
OF_SUBSTANCE = frozenset({"R-SCOPE-AI", "R-SCOPE-SYSTEM", "R-ENTITY", "R-OPINION", "R-RETEST"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An answer as it was handed in. ``value`` is empty where it is words that are neither yes nor no.

    ``false_premise`` says what the question takes for granted and is not so.
    """

    value: str
    text: str
    requirements: tuple[str, ...]
    polarity: Polarity = Polarity.DIRECT
    false_premise: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.value and not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Where a claim stands, why, and the ids of the evidence that was looked at."""

    standing: Standing
    because: tuple[Reason, ...]
    cites: tuple[str, ...] = ()


def judge_claim(claim: Claim, states: Mapping[str, RequirementResult], *, does_not_apply: bool = False) -> Judged:
    """Return what the states of the requirements that a question asks about say of an answer to it.

    ``does_not_apply``: the buyer approved that the question, which asks about no requirement, does not apply.
    """
    if claim.is_blank:
        return _said(Standing.UNANSWERED, "There is no answer. Silence counts as nothing.")
    if claim.value == Value.NOT_APPLICABLE:
        return _not_applicable(claim, states, does_not_apply)
    if not claim.requirements:
        return _said(Standing.STATED, "It asks about nothing that has to be proven.")
    if claim.false_premise:
        return _said(Standing.UNKNOWN, f"{claim.false_premise} A person has to decide what the answer is worth.")
    polarity = Polarity.DIRECT if claim.polarity is Polarity.NEUTRAL else claim.polarity
    decision = decide(claim.requirements, states, polarity, partial_offered=True)
    if claim.value == Value.PARTIAL:
        return _partly(decision, claim, states)
    if claim.value and claim.value != COMPLIANT[polarity]:
        return _admitted(claim, decision, polarity)
    return _claimed(decision, claim, states, polarity)


def _claimed(decision: Decision, claim: Claim, states: Mapping[str, RequirementResult], polarity: Polarity) -> Judged:
    if decision.value is COMPLIANT[polarity]:
        return _of(Standing.SUPPORTED, decision)
    if decision.value is Value.NEEDS_INFORMATION:
        return _open(decision)
    if decision.value is Value.NOT_APPLICABLE:
        return _of(Standing.NA_APPROVED, decision)
    return _of(Standing.CONTRADICTED if _says_otherwise(claim, states) else Standing.UNSUPPORTED, decision)


def _partly(decision: Decision, claim: Claim, states: Mapping[str, RequirementResult]) -> Judged:
    """A claim of a part is supported by that part, or by more."""
    if decision.value is Value.NEEDS_INFORMATION:
        return _open(decision)
    some = any(states[name].state.is_met for name in claim.requirements if name in states)
    return _of(Standing.PARTIAL if some else Standing.UNSUPPORTED, decision)


def _admitted(claim: Claim, decision: Decision, polarity: Polarity) -> Judged:
    """The vendor says that it is not so: believed, also where the proof shows more than the answer."""
    said = "It is planned, so it is not there today." if claim.value == PLANNED else "The vendor says so itself."
    shown = decision.value is COMPLIANT[polarity]
    more = (Reason(sentence="The proof shows more than the answer says: ask back."),) if shown else ()
    return Judged(standing=Standing.NO, because=(Reason(sentence=said), *more), cites=decision.cites)


def _open(decision: Decision) -> Judged:
    return _of(Standing.NOT_SHOWN if decision.blank_code is Blank.MISSING else Standing.UNKNOWN, decision)


def _not_applicable(claim: Claim, states: Mapping[str, RequirementResult], does_not_apply: bool) -> Judged:
    asked = [states[name] for name in claim.requirements if name in states]
    by_requirement = bool(asked) and len(asked) == len(claim.requirements)
    approved = all(row.state is State.NOT_APPLICABLE and row.approved_not_applicable for row in asked)
    if (by_requirement and approved) or (not claim.requirements and does_not_apply):
        return _said(Standing.NA_APPROVED, "The buyer approved that it does not apply.")
    return _said(Standing.NA_CLAIMED, "The vendor says it does not apply; it counts as open until the buyer approves.")


def _says_otherwise(claim: Claim, states: Mapping[str, RequirementResult]) -> bool:
    rows = [states[name] for name in claim.requirements if name in states and states[name].state is State.FAILED]
    return any(problem.rule in OF_SUBSTANCE for row in rows for problem in row.problems)


def _of(standing: Standing, decision: Decision) -> Judged:
    return Judged(standing=standing, because=decision.because, cites=decision.cites)


def _said(standing: Standing, sentence: str, because: Sequence[Reason] = ()) -> Judged:
    return Judged(standing=standing, because=(Reason(sentence=sentence), *because))
