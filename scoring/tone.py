"""Whether the conclusion of an outside body is favourable, adverse, or not stated."""

from __future__ import annotations

import re
from functools import lru_cache

from scoring.phrases import clauses
from scoring.types import EvidenceFact

_NEGATIVE = re.compile(
    r"\bfail(?:ed|s|ure)?\b|\badverse\b|\bdisclaim\w*|\bnegative\b|\bunsatisfactory\b|\binadequate\b|\binconclusive\b"
    r"|\binsufficient\b|\bsuspen\w+|\bwithdraw\w*|\breject\w*|\brefus\w*|\bbreach\w*|\bnon-?complian\w*"
    r"|\bnot\s+(?:\w+\s+)?(?:passed|pass|met|effective|satisf\w+|conform\w*|confirm\w*|recommended|closed|maintained"
    r"|adequate|acceptable|aligned|validated|supported|compliant|granted|renewed|continued|fair|fit|suitable"
    r"|appropriate"
    r"|sufficient|ready|in place|in use|implemented|reliable|sound|credible|operating|followed|practi[sc]ed"
    r"|justified|correct"
    r"|accurate|working|upheld|established|demonstrated|evidenced|proven)\b"
    r"|\b(?:do|does|did)(?: not|n[’']t)\s+(?:conform|meet|satisfy|support|comply|validate|confirm|pass|concur|agree"
    r"|share|endorse"
    r"|accept|recommend|reflect|correspond|match|work|operate|demonstrate|fulfil|address|achieve|suffice|hold"
    r"|function)\b"
    r"|\b(?:disagree|dissent|object)\w*\b|\b(?:incomplete|inaccurate|incorrect|unsuitable|unfit|unreliable"
    r"|misleading|obsolete|outdated"
    r"|out of date|ineffective|inoperative|unsupported|unproven|untested|missing|falls? short|deficient)\b"
    r"|\b(?:significant|serious|severe|fundamental|substantial|critical) (?:\w+ )?(?:gaps?|deficienc\w+|weakness\w*"
    r"|shortcomings?|flaws?)"
    r"|\b(?:unable to|could not|cannot|can not)\s+(?:be\s+)?(?:confirm|conclude|validate|verif(?:y|ied)|express"
    r"|obtain|recommend)\w*"
    r"|\bno assurance\b|\bmaterial (?:weakness|gap|deficienc|misstatement)\w*|\bopen major\b|\bmajor gaps?\b"
    r"|\bmajor non-?conformit\w+\s+(?:is|are|was|were|remains?)\s+(?:still\s+)?(?:open|unresolved|outstanding)",
    re.I,
)
_NO = re.compile(r"\b(?:no|without|zero|0|nor|none|never)\s+(?:\w+\s+){0,2}$", re.I)
_POSITIVE = re.compile(
    r"\bpass|\bmaintain|\bcontinu|\bconform|\bpositive|\bsuccess|\bconfirm|\brecommend|\bsatisf|\brenew|\bgranted"
    r"|\bno (?:open |major )*non-?conformit|\bfavou?rable|\bupheld|\bremains (?:valid|certified)",
    re.I,
)
_OPEN_MAJOR = re.compile(
    r"\b(?:open|unresolved|outstanding) major non-?conformit|\bmajor non-?conformit\w+\s+(?:is|are|was|were"
    r"|remains?)\s+"
    r"(?:still\s+)?(?:open|unresolved|outstanding)",
    re.I,
)
CONCLUDING = frozenset(
    {
        "validation_letter",
        "conformity_assessment",
        "model_validation_report",
        "iso_surveillance_report",
        "retest_letter",
    }
)
_CONCLUSION = re.compile(
    r"\b(?:overall |our )?(?:conclusions?|result|verdict|decision|outcome)(?: of the (?:audit|review"
    r"|assessment))?\s*(?::|is that|was that|is|was)\s+([^\n.;]{1,300})",
    re.I,
)
_PRINTED = re.compile(
    r"\b(qualified|adverse)\s+(?:auditor[’']s\s+)?(?:opinion|report)\b|\bopinion\s*(?:is|was|:)\s*(qualified|adverse"
    r"|disclaimed)\b"
    r"|\b(disclaim\w*) (?:of )?(?:an )?opinion\b|\b((?:do|did|are unable to|could) not express an opinion)\b"
    r"|\bopinion (?:is|was) (qualified|disclaimed)\b|\bhave (qualified) our opinion\b",
    re.I,
)
_NOT_EFFECTIVE = re.compile(
    r"\bin our opinion\b[^.;]{0,200}\b(?:controls|they)\s+(?:were|did)\s+not\s+(?:\w+\s+)?(?:operat|effective"
    r"|suitably)",
    re.I,
)
AUDITS = frozenset({"iso_certificate", "iso_surveillance_report"})
_RAISED = re.compile(r"\b(?:an?|one|two|three|four|five|several|[1-9]\d?)\s+(?:\w+\s+)?major\s+non-?conformit", re.I)
_CLEARED = re.compile(r"\b(?:closed|cleared|resolved|corrected|remedied|eliminated|lifted|verified)\b", re.I)
# How an audit report says that the certificate goes on; a recommendation for improvement says nothing of the kind.
_KEPT = (
    r"(?:maintain|continu(?:e[sd]?|ation|ing)|renew|confirm|extend|uph(?:o|e)ld|retain|grant|remain|recertif|reissue)"
)
_PASSED = re.compile(
    rf"\b(?:certificat\w+|certified|registration|validity)\b[^.;\n]{{0,60}}\b{_KEPT}"
    rf"|\b{_KEPT}\w*\s+(?:\w+\s+){{0,3}}(?:certif|registration)"
    rf"|\brecommend\w*\b[^.;\n]{{0,40}}\b(?:{_KEPT}|certif)|\bpass(?:ed|es)\b|\bno (?:(?:open|new|major|or"
    rf"|minor) )*non-?conformit"
    rf"|\b(?:outcome|result|decision|conclusion)\b[^.;\n]{{0,25}}\b(?:positive|pass|conform|favou?rable|successful"
    rf"|satisfactory|{_KEPT})"
    r"|(?<!non-)\b(?:conforms|conformity|conformed)\b|\b(?:meets|fulfils|satisfies) (?:\w+ ){0,3}requirements"
    r"|\bsuccessful|\bsatisfactor",
    re.I,
)
_CONDITIONAL = re.compile(
    r"\b(?:will|would|may|might|could|can be|subject to|provided that|pending|if|once|unless"
    r"|after (?:the )?(?:closure|submission"
    r"|verification|receipt)|conditional\w*|deferred|outstanding|planned|scheduled|agenda|to be|not yet|objective"
    r"|purpose)\b",
    re.I,
)
# Attacks that succeed and drills that go wrong are what these reports are for: they conclude nothing about the paper.
REPORTS_OF_EVENTS = frozenset(
    {"red_team_report", "pentest_report", "exercise_report", "post_incident_report", "monitoring_report"}
)
BAD_OPINIONS = {"adverse": "adverse", "disclaimed": "disclaimed", "disclaimer": "disclaimed", "negative": "adverse"}


def is_negative(text: str) -> bool:
    """Return whether a short conclusion is adverse; "no material gaps" is not."""
    return _affirmed(_NEGATIVE, text)


def _affirmed(pattern: re.Pattern[str], text: str) -> bool:
    return any(not _NO.search(text[: found.start()]) for found in pattern.finditer(text))


def is_passed(report: EvidenceFact) -> bool:
    """Return whether an audit report says that it was passed; one that does not say is not taken to be."""
    if adverse_finding(report):
        return False
    said = f"{report.result}\n{report.conclusion}\n{report.opinion}"
    if _POSITIVE.search(said) or report.open_nonconformities == 0:
        return True
    parts = (part for text in (report.title, report.scope, report.document_text) for part in clauses(text))
    return any(_PASSED.search(part) and not is_negative(part) and not _CONDITIONAL.search(part) for part in parts)


@lru_cache(maxsize=4096)
def adverse_finding(fact: EvidenceFact) -> str:
    """Return what a fact concludes against its subject, in words that follow "says that"; empty for nothing."""
    if opinion := bad_opinion(fact):
        return f"the opinion is {opinion}"
    if fact.kind in REPORTS_OF_EVENTS:
        return ""
    if fact.open_nonconformities:
        number = fact.open_nonconformities
        return f"{number} major nonconformit{'y is' if number == 1 else 'ies are'} open"
    for said in (fact.result, fact.conclusion, printed_conclusion(fact)):
        if is_negative(said):
            return f"the result is “{said}”"
    if _affirmed(_OPEN_MAJOR, fact.document_text):
        return "a major nonconformity is open"
    if fact.kind in AUDITS and _RAISED.search(fact.document_text) and not _CLEARED.search(fact.document_text):
        return "a major nonconformity was raised and is not said to be closed"
    return ""


def printed_conclusion(fact: EvidenceFact) -> str:
    """Return the sentence by which a validation or assessment concludes, empty where none is marked as such."""
    if fact.conclusion or not fact.independent or fact.kind not in CONCLUDING:
        return ""
    found = _CONCLUSION.search(fact.document_text)
    return found[1].strip() if found else ""


def printed_opinion(text: str) -> str:
    """Return the kind of opinion that a report's text gives: qualified, adverse, disclaimed, or empty for neither."""
    found = next((found for found in _PRINTED.finditer(text) if not _NO.search(text[: found.start()])), None)
    if found:
        said = next(part for part in found.groups() if part).casefold()
        return "disclaimed" if said.startswith("discl") or "not express" in said else said
    return "adverse" if _NOT_EFFECTIVE.search(text) else ""


def bad_opinion(fact: EvidenceFact) -> str:
    said = fact.opinion.casefold() or (printed_opinion(fact.document_text) if fact.kind == "soc2_type2_report" else "")
    return next((word for name, word in BAD_OPINIONS.items() if name in said.split() or said.startswith(name)), "")
