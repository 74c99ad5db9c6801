"""What closes a gap, by the rules that failed: a letter, a renewal, a wider scope, a correction, or the whole work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rfp.reporting import words
from scoring.catalogue import Requirement
from scoring.types import Independence, RuleResult

VALIDATE = (
    "Have this version validated by an independent assessor, in a letter that names the document and its version."
)
RENEW = "Renew it"
PREREQUISITE = "depends_on"
VALIDATION_RULES = frozenset({"R-LINK", "R-INDEP"})
RENEWAL_RULES = frozenset({"R-AGE", "R-EXERCISE", "R-VALID", "R-REVIEW"})
SCOPE_RULES = frozenset({"R-SCOPE-SYSTEM", "R-SCOPE-AI"})
CORRECTIONS: Mapping[str, str] = {
    "R-ACCRED": "Have it issued by a body whose accreditation or licence for it is in force and can be looked up.",
    "R-ASSESSOR": "Ask the issuer for a statement that names the assessor, with credentials that can be looked up.",
    "R-VERSION": "Put the version, the revision history and the approver into the document.",
    "R-EXEC": "Have an executive sign for this version, with name, title and date, once the assessment is complete.",
    "R-OPINION": "Put right what the assessor objected to, and have the conclusion issued anew.",
    "R-RETEST": "Fix every critical and high finding, and have the tester confirm each after its fix.",
    "R-CHANGE": "Have it assessed again after the material change.",
    "R-TARGET": "Have what runs in production tested, or a statement from the tester that the tested target equals it.",
    "R-COMPLETE": "Provide the full report, from an issuer who can be asked about it.",
    "R-CONTENT": "Add the parts that are missing, and have the document issued anew.",
    "R-ENTITY": "Have it issued to the entity that signs the contract.",
    "R-PERIOD": "Have the next report cover a longer period of operation.",
}


def closing(requirement: Requirement, problems: Sequence[RuleResult], *, systems: Sequence[str] = ()) -> str:
    """Return what closes a gap in a requirement; SYSTEMS are the AI systems of the deal.

    Where nothing is there yet, or what is there is of no use, it is the whole work of the catalogue's remediation.
    """
    rules = {problem.rule for problem in problems if not problem.silent}
    steps = [_prerequisites(requirement, problems)] if PREREQUISITE in rules else []
    own = rules - {PREREQUISITE}
    if own or not steps:
        steps += _own_steps(requirement, problems, own, systems)
    return " ".join(steps)


def _own_steps(
    requirement: Requirement, problems: Sequence[RuleResult], rules: set[str], systems: Sequence[str]
) -> list[str]:
    correctable = RENEWAL_RULES | SCOPE_RULES | CORRECTIONS.keys()
    # A letter makes a vendor's document count only where the requirement takes a validated one.
    if requirement.independence is Independence.THIRD_PARTY_VALIDATED:
        correctable |= VALIDATION_RULES
    if not rules or not rules <= correctable:
        return [requirement.remediation]
    work = [RENEW] if rules & RENEWAL_RULES else []
    if rules & SCOPE_RULES:
        work.append(f"Extend the scope to {_left_out(problems, systems)}")
    steps = [f"{'. '.join(work)}: {requirement.remediation}"] if work else []
    steps += [sentence for rule, sentence in CORRECTIONS.items() if rule in rules]
    return [*steps, VALIDATE] if rules & VALIDATION_RULES else steps


def _prerequisites(requirement: Requirement, problems: Sequence[RuleResult]) -> str:
    said = " ".join(problem.sentence for problem in problems if problem.rule == PREREQUISITE)
    named = [name for name in requirement.depends_on if f"({name})" in said]
    return f"Close {words.listed(named or requirement.depends_on)} first."


def _left_out(problems: Sequence[RuleResult], systems: Sequence[str]) -> str:
    said = " ".join(problem.sentence for problem in problems if problem.rule in SCOPE_RULES)
    return words.listed([name for name in systems if name in said] or systems) or "the AI systems of the deal"
