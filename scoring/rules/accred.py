"""R-ACCRED: a certification body accredited for that standard on the issue date; a licensed CPA firm for SOC 2."""

from __future__ import annotations

from scoring.bundle import CERTIFICATE, SOC2, SURVEILLANCE, Bundle
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, RuleResult

RULE = "R-ACCRED"
ACTIVE = frozenset({"active", "valid", "current", "accredited", "licensed"})
BODY_KINDS = (CERTIFICATE, SURVEILLANCE)


def check(bundle: Bundle) -> RuleResult:
    for fact in bundle.facts:
        if fact.kind in (*BODY_KINDS, SOC2):
            problem = problem_of(fact)
            if problem:
                return failed(RULE, problem)
    return passed(RULE)


def problem_of(fact: EvidenceFact) -> str:
    given = fact.issuer.accreditation
    issuer = fact.issuer.name or "The issuer"
    standard = "SOC 2" if fact.kind == SOC2 else fact.scheme.split(":")[0]
    licence = "a licensed CPA firm" if fact.kind == SOC2 else f"accredited for {standard}"
    if given is None or not given.body or not given.number or given.status.casefold() not in ACTIVE:
        state = (
            f" (its accreditation is {given.status})" if given and given.status.casefold() not in ("", "none") else ""
        )
        return f"{issuer} is not shown to be {licence}{state}."
    if given.standards and not any(_same(item, standard) for item in given.standards):
        return f"{issuer} is accredited for {', '.join(given.standards)}, but not for {standard}."
    if not given.standards and fact.kind in BODY_KINDS:
        return f"{issuer} is accredited, but not shown to be so for {standard}."
    issued = fact.dates.get("issued_on")
    if issued and (
        (given.valid_from and issued < given.valid_from) or (given.valid_until and issued > given.valid_until)
    ):
        return f"{issuer} was not accredited on the day “{fact.title}” was issued."
    if fact.kind == SOC2 and fact.assessor and any(_peer_review_failed(item) for item in fact.assessor.credentials):
        return f"{issuer} did not pass its peer review."
    return ""


def _same(item: str, standard: str) -> bool:
    left, right = (text.casefold().replace("/iec", "").replace(" ", "").split(":")[0] for text in (item, standard))
    return left == right


def _peer_review_failed(credential: str) -> bool:
    text = credential.casefold()
    return "peer review" in text and any(word in text for word in ("fail", "deficien", "not enrolled", "terminated"))
