"""R-COMPLETE: the full report rather than an extract or badge, and no sign of alteration."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.bundle import Bundle
from scoring.phrases import clauses
from scoring.rules.result import failed, passed
from scoring.types import EvidenceFact, RuleResult

RULE = "R-COMPLETE"
EXTRACT = re.compile(
    r"\b(?:executive|management|public|redacted|short|one[- ]page|marketing) summary\b|\bsummary (?:only|of"
    r"|version)\b"
    r"|\bextract\b|\bexcerpts?\b|\bredacted\b|\bbadge\b|\blogo\b|\bscreenshot\b|\bone[- ]page|\bcover (?:page"
    r"|sheet)\b"
    r"|\b(?:first|title|selected|single) pages?\b|\bpages? \d+(?:\s*(?:-|–|to|and|of)\s*\d+)? only\b"
    r"|\bpress release\b"
    r"|\babridged\b|\bpreview\b|\bteaser\b|\bwatermark",
    re.I,
)
_PART = (
    r"(?:extract|excerpt|summary|summary letter|abstract|abridged version|short version|public version"
    r"|redacted version"
    r"|digest)"
)
IS_EXTRACT = re.compile(
    rf"^\s*(?:(?:executive|management|public|customer|short) summary|summary letter|extract|excerpt|redacted"
    rf"|{_PART} (?:of|for|from))\b"
    rf"|\b(?:this|the present|attached) (?:document |paper |file |report |letter )?(?:is|gives|contains"
    rf"|provides) (?:only )?(?:an? |the )?"
    rf"(?:[\w-]+ ){{0,2}}{_PART}\b"
    rf"|\b(?:\w+-page|customer|sales|marketing) {_PART}\b|\b(?:executive|management) summary(?:,| )(?:only|without)"
    r"|\b(?:full|complete|detailed|entire|underlying|unredacted) (?:report|version|document|results"
    r"|findings)s? (?:\w+ ){0,3}(?:not (?:included"
    r"|shared|attached|available|provided|disclosed|released)|available (?:on|upon|from)|on request"
    r"|under separate cover|requested|obtained"
    r"|withheld|confidential|remains? with|kept by)"
    r"|\bdetails? (?:\w+ )?(?:are|were|have been|is) (?:withheld|removed|omitted|redacted|blacked out)"
    r"|\bpages? \d+(?:\s*(?:-|–|to|and)\s*\d+)?(?: of \d+)? only\b|\bpages? (?:\w+ ){0,3}(?:are|were|is) (?:missing"
    r"|removed|blacked out)",
    re.I,
)
_REGISTER = (
    r"(?:register|registry|registries|directory|database|QR code|verification (?:page|link|code|portal)|listing"
    r"|public list)"
)
_ISSUER = r"(?:issuer|auditor|auditors|assessor|body|firm|board|tester|accreditor|registrar|signatory|registry)"
ALTERED = re.compile(
    r"\b(?:altered|tampered|manipulated|forged|falsified|doctored|photoshopped|counterfeit|retouched|overwritten"
    r"|pasted (?:in|over)"
    r"|metadata (?:shows?|indicates?|says?|names?)|could not be (?:verified|authenticated)|cannot be (?:verified"
    r"|authenticated)"
    r"|issuer cannot be (?:contacted|reached|found))\b"
    r"|\b(?:fonts?|typefaces?|lettering)\b[^.;\n]{0,40}\b(?:differ|mismatch|does not match|do not match|changes"
    r"|inconsistent)"
    r"|\b(?:another|different|second|inconsistent) (?:font|typeface|lettering)\b|\bfont mismatch"
    r"|\b(?:dates?|names?|numbers?|scope|text|figures?)\b[^.;\n]{0,40}\b(?:changed|edited|replaced|inserted"
    r"|added) (?:after|later|by hand|with)"
    r"|\b(?:signature|seal|stamp|hash|checksum)\b[^.;\n]{0,30}\b(?:invalid|broken|copied|does not match"
    r"|do not match|mismatch|fails)"
    rf"|\b{_REGISTER}\b[^.;\n]{{0,60}}\b(?:no (?:such )?(?:entry|record|match|result)|not (?:found|listed|known"
    rf"|there)|does not (?:exist|list|know"
    r"|show|contain)|unknown|another (?:company|holder|organi[sz]ation|client)|someone else|nothing|empty)"
    rf"|\b(?:no (?:such )?(?:entry|record|match)|not (?:found|listed|known)|belongs to (?:another|a different)"
    rf"|cannot be found|unknown)\b"
    rf"[^.;\n]{{0,60}}\b{_REGISTER}\b|\bentry not found\b"
    rf"|\b{_ISSUER}\b[^.;\n]{{0,30}}\b(?:den(?:y|ies|ied)|disown|does not (?:confirm|know|recogni[sz]e)"
    rf"|did not (?:confirm|issue|recogni[sz]e)"
    r"|could not confirm|cannot confirm|has (?:not confirmed|no record|never)|have (?:no record|never)"
    r"|never issued)\b",
    re.I,
)
TESTS = frozenset({"red_team_report", "exercise_report", "bias_audit_report", "pentest_report", "post_incident_report"})
NOTE = re.compile(
    rf"\breviewer\b|\bnote\b|\b{_REGISTER}\b|\b{_ISSUER}\b|\b(?:this|the) (?:report|document|file|PDF|copy"
    rf"|signature|page)\b",
    re.I,
)
UNALTERED = re.compile(r"\b(?:no|not|without|nor|nothing|never|neither)\b[^.;\n]{0,25}$", re.I)


def check(bundle: Bundle) -> RuleResult:
    # An extract fails where the requirement asks for the full report; an altered paper fails everywhere.
    listed = RULE in bundle.requirement.rules
    for fact in bundle.facts:
        problem = alteration_of(fact) or (omission_of(fact) if listed or fact.complete is False else "")
        if problem:
            return failed(RULE, problem)
    return passed(RULE)


@lru_cache(maxsize=4096)
def alteration_of(fact: EvidenceFact) -> str:
    if fact.authentic is False:
        return f"“{fact.title}” shows signs of alteration, or its issuer does not confirm it."
    text = f"{fact.conclusion}\n{fact.reason}\n{fact.document_text}"
    if fact.kind in TESTS:
        # These tell of forged and altered inputs: only what a reader noted is about the paper itself.
        text = "\n".join(part for part in clauses(text) if NOTE.search(part))
    altered = next((found for found in ALTERED.finditer(text) if not UNALTERED.search(text[: found.start()])), None)
    return f"“{fact.title}” may have been altered or cannot be confirmed: “{altered[0]}”." if altered else ""


@lru_cache(maxsize=4096)
def omission_of(fact: EvidenceFact) -> str:
    if fact.complete is False:
        return f"“{fact.title}” is not the full document."
    if fact.complete is None and (
        EXTRACT.search(f"{fact.title}\n{fact.scope}") or IS_EXTRACT.search(fact.document_text)
    ):
        return f"“{fact.title}” is an extract or a badge rather than the full document."
    return ""
