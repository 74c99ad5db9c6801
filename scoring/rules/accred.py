"""R-ACCRED: a certification body accredited for that standard on the issue date; a licensed CPA firm for SOC 2."""

from __future__ import annotations

import re

from scoring.bundle import CERTIFICATE, SOC2, SURVEILLANCE, Bundle
from scoring.dates import say
from scoring.rules.result import failed, passed, review
from scoring.types import Accreditation, EvidenceFact, RuleResult

RULE = "R-ACCRED"
ACTIVE = frozenset({"active", "valid", "current", "accredited", "licensed", "in force", "granted", "maintained"})
# How a register or a licence says that a firm may issue SOC reports.
ATTESTATION = re.compile(r"\bSOC\b|attest|assurance|\bCPA\b|accountan|\bAICPA\b|\bAT-C\b|\bSSAE\b|\bISAE\b", re.I)
UNRECOGNISED = re.compile(
    r"\bself[- ]|\bunaccredited\b|\bnone\b|\bnot (?:an? )?(?:\w+ ){0,3}(?:signator|member|recogni[sz]ed|accredited)"
    r"|\bnon[- ](?:IAF|member|signatory)|\bapplied for\b|\bpending\b|\bin progress\b",
    re.I,
)


def check(bundle: Bundle) -> RuleResult:
    doubts: list[str] = []
    for fact in bundle.facts:
        if fact.kind not in (CERTIFICATE, SURVEILLANCE, SOC2):
            continue
        if problem := problem_of(fact):
            return failed(RULE, problem)
        doubts += doubts_of(fact)
    return review(RULE, doubts[0]) if doubts else passed(RULE)


def problem_of(fact: EvidenceFact) -> str:
    given = fact.issuer.accreditation
    issuer = fact.issuer.name or "The issuer"
    standard = "SOC 2" if fact.kind == SOC2 else fact.scheme.split(":")[0]
    wanted = "a licensed CPA firm" if fact.kind == SOC2 else f"accredited for {standard}"
    if given is None or not given.body or not given.number:
        return f"{issuer} is not shown to be {wanted}."
    status = given.status.casefold()
    if status and status not in ACTIVE and not _ended_later(fact, given):
        return f"{issuer} is not shown to be {wanted}: its accreditation is {status}."
    if UNRECOGNISED.search(f"{given.body}\n{given.number}") or given.body.casefold() == fact.issuer.name.casefold():
        return f"{issuer} is not shown to be {wanted}: {given.body} is no recognised accreditation body."
    if given.standards and not any(_is_for(item, fact) for item in given.standards):
        return f"{issuer} is accredited for {', '.join(given.standards)}, but not for {standard}."
    if not given.standards and fact.kind != SOC2:
        return f"{issuer} is accredited, but not shown to be so for {standard}."
    return _outside_its_dates(fact, given, issuer) or _peer_review_failed(fact, issuer)


def doubts_of(fact: EvidenceFact) -> list[str]:
    given = fact.issuer.accreditation
    if given and given.status.casefold() not in ("", *ACTIVE):
        return [f"The accreditation of {fact.issuer.name} is {given.status} now; it covered the day of issue."]
    if given and not given.status:
        return [f"It is not recorded whether the accreditation of {fact.issuer.name} is active."]
    if fact.kind == SOC2 and any("deficien" in said.casefold() for said in _peer_reviews(fact)):
        return [f"The peer review of {fact.issuer.name} found deficiencies."]
    return []


def _is_for(item: str, fact: EvidenceFact) -> bool:
    if fact.kind == SOC2:
        return ATTESTATION.search(item) is not None
    numbers = re.findall(r"\d{4,5}", fact.scheme.split(":")[0])
    return any(re.search(rf"(?<!\d){number}(?!\d)", item) for number in numbers)


def _ended_later(fact: EvidenceFact, given: Accreditation) -> bool:
    issued = fact.dates.get("issued_on")
    return bool(issued and given.valid_until and issued <= given.valid_until)


def _outside_its_dates(fact: EvidenceFact, given: Accreditation, issuer: str) -> str:
    issued = fact.dates.get("issued_on")
    if issued and given.valid_from and issued < given.valid_from:
        return f"{issuer} was accredited only from {say(given.valid_from)}; “{fact.title}” is of {say(issued)}."
    if issued and given.valid_until and issued > given.valid_until:
        return f"{issuer} was accredited only until {say(given.valid_until)}; “{fact.title}” is of {say(issued)}."
    return ""


def _peer_reviews(fact: EvidenceFact) -> list[str]:
    said = [*(fact.assessor.credentials if fact.assessor else ())]
    if fact.issuer.accreditation:
        said += [*fact.issuer.accreditation.standards, fact.issuer.accreditation.number]
    return [item for item in said if "peer review" in item.casefold()]


def _peer_review_failed(fact: EvidenceFact, issuer: str) -> str:
    words = re.compile(r"\bfail|\bnot (?:enrolled|passed)|\bterminated|\bdropped|\bexpelled|\bnone\b", re.I)
    if fact.kind == SOC2 and any(words.search(said) for said in _peer_reviews(fact)):
        return f"{issuer} did not pass its peer review."
    return ""
