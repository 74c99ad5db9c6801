"""R-OPINION: no adverse or disclaimed opinion, no open major nonconformity, no qualification touching the AI.

A newer adverse finding of an outside body about the same outweighs an older favourable one (G-12).
"""

from __future__ import annotations

import re

from scoring.bundle import SOC2, Bundle
from scoring.dates import say
from scoring.phrases import clauses
from scoring.rivals import Weight, rivals_of
from scoring.rules.result import failed, passed, review
from scoring.scope import AI_WORDS, mentions
from scoring.series import effective_on
from scoring.tone import adverse_finding, bad_opinion, printed_opinion
from scoring.types import EvidenceFact, RuleResult

RULE = "R-OPINION"
# Criteria on which everything in the boundary rests, the AI system included.
CRITERIA_OF_ALL = re.compile(
    r"^\W*(?:common criteria|security|processing[ _-]integrity)\W*$|\bprocessing[ _-]integrity\b", re.I
)
AI_PARTS = re.compile(r"\bmodels?\b|\binference\b|\bprompts?\b|\btraining data\b|\bretrieval\b|\bagents?\b", re.I)
MEASURES = frozenset({"bias_audit_report"})
BARE_CRITERION = re.compile(r"^\W*(?:CC|PI|C|P|A)\d+(?:\.\d+)*\W*$")
OTHER_CRITERIA = re.compile(r"\bavailability\b|\bconfidentiality\b|\bprivacy\b|\b(?:A|C|P)\d\.\d", re.I)
# What a qualification says that it has nothing to do with.
UNRELATED = re.compile(
    r"\b(?:neither|none of|no)\b[^.;]{0,100}\b(?:rel(?:y|ies|ied)|uses?|used|depends?|depended|affected|touched"
    r"|concerned|involved|connected"
    r"|impacted|runs?|needs?)\b[^.;]*"
    r"|[^.;,:]{0,120}\b(?:(?:are|is|were|was|remain|remains|remained) (?:\w+ )?(?:not |un)(?:affected|touched"
    r"|concerned|involved|connected|impacted"
    r"|exposed)|(?:do|does|did) not (?:\w+ )?(?:rely|depend|use|run|need|pass|connect|interact)\b)[^.;]*|"
    r"(?:,?\s*\b(?:which|that|and|this|it|they|these)\b)?\s*\b(?:(?:is|are|was|were|has|have|does|do"
    r"|did)\s+)?(?:\w+ly\s+)?"
    r"(?:separate(?:d)? from|unrelated to|independent of|isolated from|distinct from|apart from|no part of"
    r"|not part of"
    r"|not (?:\w+ )?(?:used|needed|relied on|shared|touched) (?:by|with|in|for)|not (?:affect|touch|concern"
    r"|extend to|involve"
    r"|relate to|impact|serve|support|reach)|unaffecting|outside|without (?:any )?(?:effect|impact|bearing"
    r"|influence) on"
    r"|no (?:\w+ )?(?:effect|impact|bearing|connection|influence|link|relation|relevance)\s+(?:on|to|with"
    r"|for))\b[^.;]{0,160}",
    re.I,
)
BASIS = re.compile(r"\bqualif", re.I)
EXCEPT_FOR = re.compile(r"\bexcept for\s+([^,.;]+)", re.I)


def check(bundle: Bundle) -> RuleResult:
    for fact in bundle.facts:
        finding = adverse_finding(fact)
        if finding and fact.kind in MEASURES and not bad_opinion(fact):
            # Bias that was found was assessed all the same; what follows from it is for a person to decide.
            return review(RULE, f"“{fact.title}” reports a bad result: {finding}.")
        if finding:
            return failed(RULE, f"“{fact.title}” concludes against the vendor: {finding}.")
    for rival in rivals_of(bundle):
        if rival.weight is Weight.HEAVIER:
            day = say(effective_on(rival.fact, bundle.setting))
            return failed(
                RULE,
                f"“{rival.fact.title}” of {day} is newer than “{bundle.subject.title}” and outweighs it: "
                f"{rival.finding}.",
            )
    for fact in bundle.facts:
        if not is_qualified(fact):
            continue
        criteria = ", ".join(fact.qualified_criteria) or "criteria it does not name"
        if touches_ai(fact, bundle):
            return failed(
                RULE, f"The opinion of “{fact.title}” is qualified on {criteria}, which touches the AI system."
            )
        if any(BARE_CRITERION.match(said) for said in fact.qualified_criteria):
            return review(
                RULE, f"The opinion of “{fact.title}” is qualified on {criteria}: does that touch the AI system?"
            )
    return passed(RULE)


def is_qualified(fact: EvidenceFact) -> bool:
    said = fact.opinion.casefold()
    return said.startswith(("qualified", "modified", "except for")) or (
        not said and fact.kind == SOC2 and printed_opinion(fact.document_text) == "qualified"
    )


def touches_ai(fact: EvidenceFact, bundle: Bundle) -> bool:
    """Return whether a qualification touches the AI system; one that does not say where is taken to."""
    reasons = _reasons(fact)
    names = bundle.setting.names
    if any(
        AI_WORDS.search(said) or AI_PARTS.search(said) or any(mentions(name, names, said) for name in names)
        for said in reasons
    ):
        return True
    if any(CRITERIA_OF_ALL.search(said) for said in reasons):
        return True
    return not fact.qualified_criteria and not any(OTHER_CRITERIA.search(said) for said in reasons)


def _reasons(fact: EvidenceFact) -> list[str]:
    """Return what is qualified: as recorded, and as the report's basis for it says."""
    said = [*fact.qualified_criteria, re.sub(r"\bqualified\b", "", fact.opinion)]
    parts = clauses(fact.document_text)
    for number, part in enumerate(parts):
        if BASIS.search(part):
            # The matter follows the heading or criterion that introduces it.
            said += parts[number : number + 2]
        said += [found[1] for found in EXCEPT_FOR.finditer(part)]
    return [UNRELATED.sub(" ", part) for part in said]
