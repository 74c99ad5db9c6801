"""What an artefact must show for a requirement, judged from what a person recorded and from its text.

An element recorded as found or missing decides. Otherwise the text must speak to the requirement's subject: a test
report that never mentions agents does not show that agents were tested. A plan without stored text counts as a
reviewer recorded it when an independent validation of its version vouches for it; a number that a judgement needs
(a threshold) must be seen.
"""

from __future__ import annotations

import re

from scoring.bundle import SOC2, Bundle
from scoring.scope import AI_WORDS

# What the text must mention, by requirement: the subject that makes the requirement what it is.
SUBJECTS = {
    "RA-1": r"govern[\s\S]*map[\s\S]*measure[\s\S]*manage|all four functions|four functions",
    "RA-2": r"\bgovern|polic|oversight",
    "RA-3": r"\bmap\b|context|intended (?:use|purpose)|stakeholder|categori",
    "RA-4": r"\bmeasure|metric|test results?",
    "RA-5": r"treatment|risk plan|mitigation plan",
    "RA-6": r"residual",
    "RA-7": r"monitor",
    "RA-11": r"leak|retention|training use|data[- ](?:handling|flow|risk)|used for training|customer data",
    "AT-1": r"(?<!in)direct (?:prompt )?injection|prompt[- ]injection|direct injection",
    "AT-2": r"jail ?break|guardrail bypass|safety (?:policy )?bypass",
    "AT-3": r"exfiltrat|extraction|system prompt leak|data leak|leakage",
    "AT-4": r"indirect",
    "AT-6": r"\bagents?\b|\btools?\b|function[- ]call|connector",
    "AT-9": r"poison|adversarial (?:input|example)|evasion|supply[- ]chain|provenance",
    "BF-2": r"domain|employment|hiring|recruit|applicant|credit|loan|lending|health|education|insurance|housing"
    r"|essential",
    "BF-3": r"metric|impact ratio|parity|odds|calibration",
    "BF-4": r"(?:threshold|at least|at most|minimum|maximum|limit|not (?:above|below)|[<>≤≥])[^.\n]{0,60}\d"
    r"|\d[^.\n]{0,40}threshold",
    "BF-5": r"mitigat|remediat|re-?measured|action",
    "BF-6": r"drift|stability index|performance decay",
    "BF-7": r"group|emergent bias|impact ratio|subgroup|outcome",
    "IR-2": r"severit|\bsev ?\d",
    "IR-3": r"escalat",
    "IR-5": r"roll(?:ed|ing)?[- ]?back|known good|revert",
    "IR-6": r"kill[- ]?switch|disable|switch(?:ed)? off|shut ?down|deactivat",
    "IR-7": r"notif|regulator|authorit",
    "IR-8": r"post[- ]incident|root[- ]cause|after[- ]action|lessons",
    "IR-9": r"improvement|action register|corrective|track(?:ed|ing)|closure",
}
# Seen or not: for these, silence is not vouched for by anybody.
MUST_BE_SEEN = frozenset({"AT-1", "AT-2", "AT-3", "AT-4", "AT-6", "AT-9", "BF-3", "BF-4", "BF-5", "RA-11"})
NEGATED = re.compile(
    r"\b(?:no|not|without|lacks?|lacking|missing|absent|omit(?:s|ted)?|excluded?|none|never|nor|out of scope"
    r"|to be (?:defined|added|written)|tbd|yet to|does not|do not|did not|were not|was not)\b",
    re.I,
)
RESULTS_ONLY = re.compile(r"results? only|no thresholds?|without thresholds?", re.I)
SHORT_TEXT = 160  # characters: a line that names a document is not its content


def missing_elements(bundle: Bundle) -> list[str]:
    """Return the elements that are not shown, in the catalogue's words."""
    requirement = bundle.requirement
    recorded = {name: found for fact in bundle.facts for name, found in fact.contents.items()}
    missing = [element for element in requirement.must_contain if recorded.get(element) is False]
    if missing:
        return missing
    if requirement.must_contain and all(recorded.get(element) for element in requirement.must_contain):
        return []
    if bundle.of_kind(SOC2) and requirement.id == "LR-4":
        return _soc2_criteria(bundle)
    if not _shows_subject(bundle):
        return [requirement.must_contain[0] if requirement.must_contain else requirement.title]
    return []


def _shows_subject(bundle: Bundle) -> bool:
    pattern = SUBJECTS.get(bundle.requirement.id)
    if pattern is None:
        return True
    sentences = [s for s in re.split(r"(?<=[.;!?])\s+|\n", bundle.text) if re.search(pattern, s, re.I)]
    if any(not NEGATED.search(sentence) for sentence in sentences):
        return True
    if re.search(pattern, bundle.text, re.I) and not sentences:
        return True  # the subject spans sentences
    if sentences:
        return False  # mentioned only to say that it is not there
    if bundle.requirement.id in MUST_BE_SEEN and (bundle.subject.independent or bundle.subject.document_text):
        return False
    # A vendor document vouched for by an outside validation of its version, or an outside report a person recorded.
    return len(bundle.subject.document_text) < SHORT_TEXT


def _soc2_criteria(bundle: Bundle) -> list[str]:
    fact = bundle.of_kind(SOC2)
    parameters = bundle.catalogue.parameters
    if fact is None:
        return []
    given = {criterion.casefold().replace(" ", "_").replace("-", "_") for criterion in fact.criteria}
    missing = [name for name in parameters.soc2_all_of if name not in given]
    groups = (parameters.soc2_plus_one_of, parameters.soc2_plus_one_of_data)
    missing += [" or ".join(group) for group in groups if not given & set(group)]
    return [name.replace("_", " ") for name in missing]


def is_about_ai(text: str, names: tuple[str, ...]) -> bool:
    """Return whether a scenario is about an AI model or agent."""
    words = (
        r"\bmodels?\b|\bagents?\b|\bassistant\b|\bprompts?\b|\bchatbot|\bbias|hallucinat|\balgorithm"
        r"|\btraining data\b|\bdrift"
    )
    if re.search(words, text, re.I) or AI_WORDS.search(text):
        return True
    parts = [part for name in names for part in (name, name.split()[-1]) if len(part) > 3]
    return any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.I) for part in parts)
