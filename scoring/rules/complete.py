"""R-COMPLETE: the full report rather than an extract or badge, and no sign of alteration."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.bundle import Bundle
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
IS_EXTRACT = re.compile(
    r"^\s*(?:executive summary|management summary|extract|excerpt|redacted)\b"
    r"|\bthis (?:is|document is) (?:an?|only an?) (?:extract|excerpt|summary|executive summary|abridged)\b"
    r"|\b(?:full|complete|detailed) report (?:is )?(?:not (?:included|shared|attached|available)|available (?:on"
    r"|upon) request"
    r"|on request|under separate cover)\b|\bpages? \d+(?:\s*(?:-|–|to|and)\s*\d+)? of \d+ only\b",
    re.I,
)
ALTERED = re.compile(
    r"\b(?:altered|tampered|edited|manipulated|forged|falsified|doctored|photoshopped|metadata (?:shows|indicates)"
    r"|no (?:such )?entry (?:\w+ )?(?:in|on|under)|could not be verified|cannot be verified"
    r"|font mismatch|not (?:found|listed) in (?:the|its) (?:\w+ )?(?:register|registry|directory)"
    r"|(?:issuer|auditor|body) (?:does not|did not|could not|cannot) confirm|issuer cannot be (?:contacted|reached"
    r"|found))\b",
    re.I,
)


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
    altered = ALTERED.search(f"{fact.conclusion}\n{fact.reason}\n{fact.document_text}")
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
