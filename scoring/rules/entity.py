"""R-ENTITY: the certified or assessed entity is the one that contracts or provides the AI service."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed, review
from scoring.types import EvidenceFact, RuleResult

RULE = "R-ENTITY"
FORMS = (
    r"(?:GmbH|AG|SE|KG|e\.?\s?V\.?|Inc\.?|Incorporated|LLC|L\.L\.C\.|LLP|Ltd\.?|Limited|PLC|plc|Corp\.?|Corporation|Co\.|AB|AS|ASA"
    r"|A/S|ApS|Oy|Oyj|BV|B\.V\.|NV|N\.V\.|S\.?A\.?S\.?|S\.?A\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|Pty|Pte|K\.?K\.?|S\.L\.)"
)
COMPANY = re.compile(rf"(?:[A-Z][\w’'.-]{{0,40}}(?:\s+(?:&|and|of)\s+|\s+)){{1,6}}{FORMS}(?!\w)")
# A sentence may begin right before the name ("Certificate for Example AB" gives no such run, "Scope Example AB" does).
COMPANY_START = re.compile(r"^(?:Certificate|Certified|Holder|Scope|Client|Organi[sz]ation|Company)\s+")
FORM_AT_END = re.compile(rf"[\s,]+{FORMS}\s*$")


def check(bundle: Bundle) -> RuleResult:
    wanted = bundle.setting.deal.contracting_entity
    if not wanted:
        return passed(RULE)
    doubts: list[str] = []
    for fact in bundle.facts:
        for said in (fact.legal_entity, *_in_text(fact, wanted)):
            if not said or is_entity(said, wanted):
                continue
            sentence = f"“{fact.title}” is about {said}; the contract is with {wanted}."
            # A trade name leaves open which company of the group it is; so do a text and a record that differ.
            if _key(said) == _key(FORM_AT_END.sub("", wanted)) or is_entity(fact.legal_entity, wanted):
                doubts.append(sentence)
            else:
                return failed(RULE, sentence)
    return review(RULE, doubts[0]) if doubts else passed(RULE)


def is_entity(said: str, wanted: str) -> bool:
    """Return whether a name is that of the entity, perhaps with an address after it."""
    return re.match(rf"{re.escape(_key(wanted))}(?!\w)", _key(said)) is not None


def _in_text(fact: EvidenceFact, wanted: str) -> list[str]:
    """Return the companies of the vendor's name that the scope or text speaks of, none where it is the vendor's."""
    text = " ".join(f"{fact.scope} {fact.document_text}".split())
    if _key(wanted) in _key(text):
        return []
    brand = _key(wanted).split()[:1]
    found = (COMPANY_START.sub("", name) for name in COMPANY.findall(text))
    return list(dict.fromkeys(name for name in found if _key(name).split()[:1] == brand))


@lru_cache(maxsize=4096)
def _key(entity: str) -> str:
    said = entity.casefold().replace("&", " and ").replace("limited", "ltd").replace("incorporated", "inc")
    return re.sub(r"[^\w]+", " ", re.sub(r"(?<=\w)\.(?=\w)", "", said)).strip()
