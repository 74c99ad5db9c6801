"""R-ENTITY: the certified or assessed entity is the one that contracts or provides the AI service."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.bundle import Bundle
from scoring.phrases import read_all
from scoring.rules.result import failed, passed, review
from scoring.types import EvidenceFact, RuleResult

RULE = "R-ENTITY"
FORMS = (
    r"(?:GmbH|AG|SE|KG|KGaA|UG|OHG|e\.?\s?V\.?|Inc\.?|Incorporated|LLC|L\.L\.C\.|LLP|LP|Ltd\.?|Limited|PLC|plc|PBC"
    r"|P\.?C\.?"
    r"|Corp\.?|Corporation|Company|Co\.|AB|AS|ASA|A/S|ApS|Oyj|Oy|OÜ|UAB|SIA|BVBA|BV|B\.V\.|NV|N\.V\.|S\.?A\.?S\.?U?"
    r"|S\.?A\.?R\.?L\.?|SARL|S\.?A\.?|S\.?[rR]\.?[lL]\.?|S\.?p\.?A\.?|Pty|Pte|K\.?K\.?|S\.?L\.?U?\.?|S\.?C\.?A\.?"
    r"|Lda\.?|Ltda\.?"
    r"|Sdn\.? Bhd\.?|d\.o\.o\.|s\.r\.o\.|a\.s\.|Kft\.?|Zrt\.?|Sp\. z o\.?o\.?|EOOD|AD|Foundation|Stichting|Holding"
    r"|Holdings"
    r"|Group)"
)
COMPANY = re.compile(rf"(?:[A-Z][\w’'.-]{{0,40}}(?:\s+(?:&|and|of)\s+|\s+)){{1,6}}{FORMS}(?!\w)")
# The run of capitals may have begun in the sentence before the name.
SENTENCE_END = re.compile(r"(?:(?<=\d)|(?<=\w{4}))\.\s+(?=\w+\s+\w)")
# A sentence may begin right before the name ("Certificate for Example AB" gives no such run, "Scope Example AB" does).
COMPANY_START = re.compile(
    r"^(?:(?:Certificate|Certified|Holder|Scope|Client|Organi[sz]ation|Company|The|This|Our)\s+(?:of\s+)?"
    r"|(?:[\w’'.-]+\s+){0,5}(?:System|Systems|Management|Report|Description|Controls|Platform"
    r"|Directors)\s+of\s+(?:the\s+)?)+"
)
# How a paper introduces whom it is about, right before the name.
ABOUT = re.compile(
    r"(?:\b(?:certified|registered|assessed|audited|examined|certificate) (?:legal )?(?:organi[sz]ation|entity"
    r"|company|client"
    r"|holder|party)|\b(?:certificate )?holder|\bservice organi[sz]ation|\blegal entity|\bclient|\bauditee"
    r"|\b(?:issued|awarded|granted|addressed) to|\bissued in the name of|\bissued for|\bmade out to|\bin favou?r of"
    r"|\bbelongs to|\b(?:certif(?:y|ies)|confirms?"
    r"|attests?) that"
    r"|\bto the (?:management|board(?: of directors)?|directors|shareholders|owners|partners) of"
    r"|\bmanagement system of|\bdescription of|\bsystems? of|\bcontrols (?:of|at)|\b(?:report|examination"
    r"|audit) (?:to|for|of|on))"
    r"(?:\s*:|\s+is)?\s*(?:the company\s+|the organi[sz]ation\s+|the\s+)?$",
    re.I,
)
# Weaker signs, for a paper that does not name the vendor at all.
COMPANY_WORD = re.compile(r"\b(?:organi[sz]ation|company|undertaking|enterprise)\s+$", re.I)
DOES = re.compile(
    r"[^.;]{0,60}?\b(?:has (?:implemented|established|introduced)|operates?|maintains?|(?:has been|was"
    r"|is) (?:assessed|audited|certified)"
    r"|fulfils|meets|conforms|complies|applies)\b",
    re.I,
)
NEARBY = 70  # characters before a name in which it is introduced
# What makes two companies in a sentence one subject.
TOGETHER = re.compile(
    r"\binclu|\btogether with\b|\bas well as\b|\band (?:its|the)\b|\bformerly\b|\bnow\b|\brenamed\b|\bmerged\b"
    r"|\btrading as\b|\bon behalf of\b|\bcomprising\b|\bcover|\bsites?\b|\band\b|\bmember\b",
    re.I,
)
FORM_AT_END = re.compile(rf"[\s,]+{FORMS}\s*$")


def check(bundle: Bundle) -> RuleResult:
    wanted = bundle.setting.deal.contracting_entity
    if not wanted:
        return passed(RULE)
    doubts: list[str] = []
    for fact in bundle.facts:
        if left_out := _leaves_out(fact, wanted):
            return failed(RULE, left_out)
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
    brand, own = _key(wanted).split()[:1], _key(wanted) in _key(text)
    others = {_key(fact.issuer.name), _key(fact.assessor.name if fact.assessor else "")}
    found: list[str] = []
    for match in COMPANY.finditer(text):
        name = COMPANY_START.sub("", SENTENCE_END.split(match[0])[-1])
        if is_entity(name, wanted) or _key(name).endswith(f" {_key(wanted)}") or _key(name) in others:
            continue
        before, after = text[max(0, match.start() - NEARBY) : match.end() - len(name)], text[match.end() :]
        introduced = ABOUT.search(before) is not None
        if not own:
            introduced = introduced or COMPANY_WORD.search(before) is not None or DOES.match(after) is not None
        if own and not (introduced and not _with_the_vendor(text, match, wanted)):
            continue
        if introduced or _key(name).split()[:1] == brand:
            found.append(name)
    return list(dict.fromkeys(found))


def _with_the_vendor(text: str, match: re.Match[str], wanted: str) -> bool:
    """Return whether the sentence that introduces another company has the vendor in it too."""
    end = re.search(r"[.;](?=\s+[A-Z]|$)", text[match.end() :])
    rest = text[match.end() : match.end() + end.start()] if end else text[match.end() :]
    before = text[: match.start()].rpartition(". ")[2]
    near = _key(f"{before} {rest}")
    return _key(wanted) in near and TOGETHER.search(f"{before} {rest}") is not None


def _leaves_out(fact: EvidenceFact, wanted: str) -> str:
    """Return how a paper says that it is not about the vendor, empty for not at all."""
    reading = read_all(fact.scope, fact.document_text)
    name = _key(wanted)
    if any(name in _key(phrase) for phrase in reading.left_out) and name not in _key(reading.kept):
        return f"“{fact.title}” says that {wanted} is not covered by it."
    return ""


@lru_cache(maxsize=4096)
def _key(entity: str) -> str:
    said = entity.casefold().replace("&", " and ").replace("limited", "ltd").replace("incorporated", "inc")
    return re.sub(r"[^\w]+", " ", re.sub(r"(?<=\w)\.(?=\w)", "", said)).strip()
