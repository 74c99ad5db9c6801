"""R-INDEP: issued or validated by an independent third party; affiliates and unknown issuers count as vendor (G-2)."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.bundle import Bundle
from scoring.phrases import clauses
from scoring.rules.entity import is_entity
from scoring.rules.result import failed, passed, review
from scoring.types import EvidenceFact, Independence, RuleResult

RULE = "R-INDEP"
TIES = re.compile(
    r"\bwholly[- ]owned\b|\bsubsidiar(?:y|ies) of\b|\bsister company\b|\bparent company\b|\b(?:minority|majority"
    r"|equity) (?:stake|interest)"
    r"|\bsame (?:group|owner|parent|shareholder)|\bcommon (?:owner|parent|control|shareholder)|\baffiliate\b"
    r"|\bunder common"
    r"|\b(?:holds?|owns?|has|have|acquired) (?:about |some |roughly )?(?:an? )?(?:\d{1,3}(?:\.\d)? ?(?:%|per ?cent)"
    r"|\w+ percent"
    r"|(?:minority|majority|small|equity|financial) (?:share|stake|interest|holding)|shares|stock|options|equity)"
    r"|\b(?:bonus|fee|paid|remuneration|compensation)\b[^.;\n]{0,30}\b(?:if|depends on|dependent on|contingent"
    r"|only when|subject to"
    r"|success|result|outcome)\b"
    r"|\b(?:helped|assisted|involved|took part|participated)\b[^.;\n]{0,20}\b(?:build|building|design|designing"
    r"|develop\w*|implement\w*|train\w*"
    r"|writ\w+|draft\w*)\b[^.;\n]{0,60}\b(?:models?|systems?|controls?|plan|product|polic\w+|assessment)"
    r"|\b(?:we|authors?|auditors?|assessors?|testers?|firm)\b[^.;\n]{0,20}\b(?:designed|built|developed|implemented"
    r"|trained|wrote|drafted)\s+"
    r"(?:the|this|its)\s+(?:\w+ ){0,2}(?:models?|systems?|controls|plan|product|polic\w+)"
    r"|\b(?:former|current) (?:employee|officer|director|manager|contractor)s? of the (?:vendor|company|client)"
    r"|\bshareholder (?:of|in)\b|\breseller of\b|\bholds? (?:shares|a stake|an interest)\b|\bsuccess fee\b"
    r"|\bcontingent fee\b",
    re.I,
)
NO_TIES = re.compile(r"\b(?:no|not|nor|neither|never|without|none)\b", re.I)


def check(bundle: Bundle) -> RuleResult:
    subject = bundle.subject
    match bundle.requirement.independence:
        case Independence.INHERITED:
            return passed(RULE)
        case Independence.BUYER_ISSUED:
            if subject.issuer.independence is Independence.BUYER_ISSUED:
                return passed(RULE)
            return failed(RULE, f"“{subject.title}” was not issued by the buyer; only the buyer can accept a risk.")
        case Independence.THIRD_PARTY_ISSUED:
            for fact in bundle.facts:
                if not fact.independent:
                    return failed(RULE, f"{_issued(fact)} Here only what an independent body issued counts.")
            return _really(bundle, bundle.facts)
    if subject.independent:
        return _really(bundle, (subject,))
    if bundle.validators:
        return _really(bundle, bundle.validators)
    return failed(RULE, f"{_issued(subject)} It counts only with an independent validation of the same version.")


def _really(bundle: Bundle, facts: tuple[EvidenceFact, ...]) -> RuleResult:
    """Object to an issuer that is recorded as independent and bears the vendor's own name."""
    entity = bundle.setting.deal.contracting_entity
    for fact in facts:
        if entity and fact.issuer.name and is_entity(fact.issuer.name, entity):
            return failed(RULE, f"“{fact.title}” was issued by {fact.issuer.name}, the vendor itself.")
    for fact in facts:
        if tie := tie_of(fact):
            return review(RULE, f"“{fact.title}” speaks of ties of its issuer to the vendor: “{tie}”.")
    brand = " ".join(entity.split()[:2]).casefold()
    for fact in facts:
        if len(entity.split()) > 1 and fact.issuer.name.casefold().startswith(brand):
            return review(RULE, f"“{fact.title}” was issued by {fact.issuer.name}, which bears the vendor's name.")
    return passed(RULE)


@lru_cache(maxsize=4096)
def tie_of(fact: EvidenceFact) -> str:
    """Return the words by which a report admits to an interest in the vendor, empty for none."""
    if not TIES.search(fact.document_text):
        return ""
    parts = (part.strip() for part in clauses(fact.document_text))
    return next((part for part in parts if TIES.search(part) and not NO_TIES.search(part)), "")


def _issued(fact: EvidenceFact) -> str:
    name = fact.issuer.name
    match fact.issuer.independence:
        case Independence.UNKNOWN:
            return f"Nobody has established who issued “{fact.title}”, so it counts as the vendor's own."
        case Independence.AFFILIATE_ISSUED:
            return f"“{fact.title}” was issued by {name or 'an affiliate'}, which belongs to the vendor's group."
        case Independence.BUYER_ISSUED:
            return f"“{fact.title}” was issued by {name or 'the buyer'}, who is no assessor."
        case _:
            return f"“{fact.title}” was issued by {name or 'the vendor'} and not by an independent third party."
