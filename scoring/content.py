"""What an artefact must show for a requirement, judged from what a person recorded and from its text.

An element recorded as found or missing decides. Otherwise the text must speak to the requirement's subject: a test
report that never mentions agents does not show that agents were tested. A plan without stored text counts as a
reviewer recorded it when an independent validation of its version vouches for it; a number that a judgement needs
(a threshold) must be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from scoring.bundle import LETTER, SOC2, Bundle
from scoring.criteria import missing_criteria
from scoring.findings import none_found
from scoring.phrases import Reading, read_all
from scoring.scope import AI_WORDS, mentions
from scoring.subjects import DENIALS, DOMAINS, FALLS_SHORT, MUST_BE_SEEN, SUBJECTS
from scoring.types import EvidenceFact

# What is not so, or not yet.
DOUBTFUL = re.compile(
    r"\b(?:not|no|never|cannot|nobody|neither|nor|without|none|lacks?|lacking|missing|absent|pending|planned"
    r"|plans? to|intend\w*"
    r"|will|yet to|yet|propos\w+|recommend\w*|should|would|could|future|forthcoming|upcoming|next (?:phase|version"
    r"|release|year"
    r"|edition|quarter)|tbd|envisaged|too (?:early|little|few)|insufficient\w*|impossible|refus\w+|omit\w*|ignor\w+"
    r"|unclear|unknown"
    r"|unavailable|uncovered|untested|unaddressed|undocumented|informal\w*|ad[- ]hoc|aspiration\w*|on the roadmap"
    r"|roadmap)\b|n[’']t\b",
    re.I,
)
# What tests and plans say with the same words about a result, a duty or a limit.
RESULTS = re.compile(
    r"\b(?:none|no|not|never|nothing|neither|without)\b[^.;,]{0,60}\b(?:succe\w+|work(?:ed|s)?|found|observed"
    r"|detected|exceed\w*|leak\w*"
    r"|disclos\w*|possible|reproduc\w*|used|use|trained|training|required|necessary|needed|exceptions?|deviations?"
    r"|effect|more|less"
    r"|fewer|below|above|later|earlier|exploit\w*|bypass\w*|obtained|returned|revealed|delay|interruption|notice"
    r"|affect\w*|loss"
    r"|applicable|only|material|significant|longer|critical|high|obvious|indication|sign|evidence of|difference)\b"
    r"|\b(?:will|should|would|could|plans? to)\b(?=[^.;,]{0,60}\b(?:be (?:notified|informed|disabled|stopped|rolled"
    r"|reverted|escalated|tracked"
    r"|reviewed|reported|switched|restored)|notify|inform|disable|stop|roll|revert|escalate|track|review|report"
    r"|switch|restore)\b)"
    r"|\b(?:exfiltrat|inject|jailbreak|leak|attack|attempt|misuse|bypass|extract)\w*\b[^.;,]{0,60}:\s*(?:none|nil"
    r"|zero)\b"
    r"|\bnot limited to\b|\bnon-\w+|\bno\. ?\d|\bnever events?\b|\brecommender\b|\bzero\b|\bunknown (?:inputs?"
    r"|attacks?|files?)\b",
    re.I,
)
# Categories whose documents are read section by section.
LISTED = frozenset({"incident_response", "bias_fairness"})
SHORT_TEXT = 160  # characters: a line that names a document is not its content
FALSE_FRIENDS = re.compile(
    r"\b(?:business|operating|pricing|data|threat|licen[cs]ing|delivery|staffing|revenue|service|3d|cost)\s+models?\b"
    r"|\b(?:travel|insurance|estate|call[- ]cent(?:er|re)|support|user|endpoint|backup|antivirus"
    r"|monitoring)\s+agents?\b"
    r"|\bconfiguration drift\b|\bunconscious bias\b|\bprompt(?:ly)?\s+(?:notif|respon|action|report)\w*"
    r"|\bcommand prompts?\b",
    re.I,
)
ABOUT_AI = re.compile(
    r"\bmodels?\b|\bagents?\b|\bassistant\b|\bprompts?\b|\bprompt[- ]inject\w*|\bbias(?:ed)?\b|\bhallucinat\w*"
    r"|\balgorithm\w*"
    r"|\btraining data\b|\bretriev\w*|\bre-?train\w*|\bfine-?tun\w*|\boptimi[sz]er\b|\bclassifiers?\b|\bpredict\w*"
    r"|\binference\b"
    r"|\bembeddings?\b|\bvector (?:store|index|database)|\brecommendation engine|\bauto-?complet\w*|\btranscri\w*"
    r"|\bsummari[sz]er\b"
    r"|\bpoison\w*|\bdrift\w*|\bdiscriminat\w*|\bjailbreak\w*|\bbot\b|\brecommender\b|\bscoring service\b",
    re.I,
)


def missing_elements(bundle: Bundle) -> list[str]:
    """Return the elements that are not shown, in the catalogue's words."""
    requirement = bundle.requirement
    recorded = {name: found for fact in bundle.facts for name, found in fact.contents.items()}
    missing = [element for element in requirement.must_contain if recorded.get(element) is False]
    if missing:
        return missing
    if requirement.must_contain and all(recorded.get(element) for element in requirement.must_contain):
        return []
    report = bundle.of_kind(SOC2)
    if report and requirement.id == "LR-4":
        return missing_criteria(report, bundle.setting.catalogue.parameters)
    if not _shows_subject(bundle):
        return [requirement.must_contain[0] if requirement.must_contain else requirement.title]
    return []


def denies_subject(bundle: Bundle) -> bool:
    """Return whether an element is recorded as missing, or mentioned only to say that it is not there."""
    elements = bundle.requirement.must_contain
    if any(fact.contents.get(element) is False for fact in bundle.facts for element in elements):
        return True
    pattern = DENIALS.get(bundle.requirement.id) or SUBJECTS.get(bundle.requirement.id)
    return pattern is not None and any(
        pattern.search(phrase)
        for fact in bundle.facts
        if fact.kind != "retest_letter"  # what it left untested, it left to the tracker
        for phrase in read_fact(fact).left_out
    )


def _shows_subject(bundle: Bundle) -> bool:
    pattern = SUBJECTS.get(bundle.requirement.id)
    if pattern is None:
        return True
    if bundle.requirement.id == "AT-7" and none_found(bundle.subject):
        return True  # there is nothing to dispose of
    short = FALLS_SHORT.get(bundle.requirement.id)
    if short and short.search(f"{bundle.subject.scope}\n{bundle.subject.document_text}"):
        return False
    if _not_validated(bundle, pattern):
        return False
    kept = "\n".join(read_fact(fact).kept for fact in bundle.facts)
    if bundle.requirement.id == "BF-2" and (domain := _domain_of(bundle)):
        return re.search(domain, kept, re.I) is not None
    if bundle.requirement.id in DENIALS and denies_subject(bundle):
        return False
    if pattern.search(kept):
        return is_said_plainly(
            pattern, [read_all(fact.scope, fact.document_text, fact.domain).kept for fact in bundle.facts]
        )
    if denies_subject(bundle):
        return False
    subject = bundle.subject
    if _tells_others(bundle):
        return False
    if bundle.requirement.id in MUST_BE_SEEN and (subject.independent or subject.document_text):
        return False
    # A vendor document vouched for by an outside validation of its version, or an outside report a person recorded.
    return len(subject.document_text) < SHORT_TEXT


def is_said_plainly(pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
    """Return whether a subject is mentioned other than as something that is denied, planned or proposed.

    Where it is not mentioned at all here (only in a title), or can only be told from the whole, nothing is denied.
    """
    if pattern.pattern.startswith("(?s)"):
        return True
    said = {_how_said(pattern, text) for text in texts} - {None}
    return not said or True in said


@lru_cache(maxsize=2048)
def _how_said(pattern: re.Pattern[str], text: str) -> bool | None:
    """Return whether one mention of a subject in a text is a plain one; None where it is not mentioned."""
    parts = [part for clause in text.split("\n") for part in clause.split(",") if pattern.search(part)]
    return any(not DOUBTFUL.search(RESULTS.sub(" ", part)) for part in parts) if parts else None


def _not_validated(bundle: Bundle, pattern: re.Pattern[str]) -> bool:
    """Return whether an outside validation leaves out of its work what the requirement is about."""
    for fact in bundle.validators:
        text = read_all(fact.scope, fact.document_text, fact.conclusion)
        if (
            fact.kind == LETTER
            and any(pattern.search(said) for said in text.left_out)
            and not pattern.search(text.kept)
        ):
            return True
    return False


def _tells_others(bundle: Bundle) -> bool:
    """Return whether a text lists what it contains, and this requirement's subject is not among it."""
    own = bundle.requirement
    text = read_all(bundle.subject.scope, bundle.subject.document_text).kept
    siblings = (
        pattern
        for name, pattern in SUBJECTS.items()
        if name.partition("-")[0] == own.id.partition("-")[0] and name not in (own.id, *own.depends_on)
    )
    return own.category in LISTED and bool(own.depends_on) and any(pattern.search(text) for pattern in siblings)


def _domain_of(bundle: Bundle) -> str:
    """Return the pattern of the decision domain that the system is used in, empty when none is recorded."""
    said = bundle.system.domain if bundle.system else ""
    return next((pattern for pattern in DOMAINS.values() if said and re.search(pattern, said, re.I)), "")


def read_fact(fact: EvidenceFact) -> Reading:
    return read_all(fact.title, fact.scope, fact.document_text, fact.domain)


def is_about_ai(text: str, names: tuple[str, ...]) -> bool:
    """Return whether a scenario is about an AI model or agent."""
    said = FALSE_FRIENDS.sub("", text)
    return bool(ABOUT_AI.search(said) or AI_WORDS.search(said) or any(mentions(name, names, text) for name in names))
