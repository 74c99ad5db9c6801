"""Which trust services criteria a SOC 2 report covers, however it calls them (policy: parameters of the catalogue)."""

from __future__ import annotations

import re

from scoring.catalogue import Parameters
from scoring.types import EvidenceFact

CODES = {"cc": "security", "a": "availability", "pi": "processing_integrity", "c": "confidentiality", "p": "privacy"}
WORDS = {
    "security": r"\bsecurity\b|\bcommon criteria\b",
    "availability": r"\bavailability\b",
    "processing_integrity": r"\bprocessing[\s_-]+integrity\b",
    "confidentiality": r"\bconfidentiality\b",
    "privacy": r"\bprivacy\b",
    "soc2_plus_ai_subject_matter": r"\bsoc[\s_-]*2[\s_-]*(?:\+|plus)[\s\S]{0,40}\bai\b|\bsoc2_plus_ai\w*"
    r"|\bai[\s_-]+subject[\s_-]+matter\b"
    r"|\badditional subject matter\b[\s\S]{0,40}\bai\b",
}


def covered_criteria(fact: EvidenceFact) -> frozenset[str]:
    """Return the categories in scope, from what a person recorded, else from the report's text."""
    said = fact.criteria or (fact.document_text,)
    found = {name for item in said for name, pattern in WORDS.items() if re.search(pattern, item, re.I)}
    for item in fact.criteria:
        code = re.match(r"\W*(CC|PI|A|C|P)\s*\d", item, re.I)
        if code:
            found.add(CODES[code[1].casefold()])
    return frozenset(found)


def missing_criteria(fact: EvidenceFact, parameters: Parameters) -> list[str]:
    """Return the categories that the policy wants and the report does not cover."""
    given = covered_criteria(fact)
    missing = [name for name in parameters.soc2_all_of if name not in given]
    groups = (parameters.soc2_plus_one_of, parameters.soc2_plus_one_of_data)
    missing += [" or ".join(group) for group in groups if not given & set(group)]
    return [name.replace("_", " ") for name in missing]
