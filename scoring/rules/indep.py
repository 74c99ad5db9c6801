"""R-INDEP: issued or validated by an independent third party; affiliates and unknown issuers count as vendor (G-2)."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, Independence, RuleResult

RULE = "R-INDEP"


def check(bundle: Bundle) -> RuleResult:
    wanted = bundle.requirement.independence
    subject = bundle.subject
    if wanted is Independence.INHERITED:
        return passed(RULE)
    if wanted is Independence.BUYER_ISSUED:
        if subject.issuer.independence is Independence.BUYER_ISSUED:
            return passed(RULE)
        return failed(RULE, f"“{subject.title}” was not issued by the buyer; only the buyer can accept a risk.")
    if wanted is Independence.THIRD_PARTY_ISSUED:
        own = next((fact for fact in bundle.facts if not fact.independent), None)
        return (
            passed(RULE) if own is None else failed(RULE, _issued(own) + " Only an independent body's artefact counts.")
        )
    if subject.independent or bundle.validators:
        return passed(RULE)
    return failed(RULE, _issued(subject) + " It counts only with an independent validation of the same version.")


def _issued(fact: EvidenceFact) -> str:
    name = fact.issuer.name
    match fact.issuer.independence:
        case Independence.UNKNOWN:
            return f"Nobody has established who issued “{fact.title}”, so it counts as the vendor's own."
        case Independence.AFFILIATE_ISSUED:
            return f"“{fact.title}” was issued by {name or 'an affiliate'}, which belongs to the vendor's group."
        case _:
            return f"“{fact.title}” was issued by {name or 'the vendor'} and not by an independent third party."
