"""What kind of document it is: told by what it calls itself, else by what only such a document says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from evidence.proposing.text import TOP, Text
from evidence.proposing.types import Known, Proposal

IN_TITLE, IN_TEXT = 3, 1
CLEAR = 3  # points that make it sure, and a point ahead of every other kind


class Sign(NamedTuple):
    """``title`` is how such a document names itself, ``text`` what it says inside.

    Of two that are named equally early the one listed first wins: a letter about a document names the document too.
    """

    kind: str
    title: re.Pattern[str]
    text: re.Pattern[str] | None = None


def _sign(kind: str, title: str, text: str = "") -> Sign:
    return Sign(kind, re.compile(title, re.I), re.compile(text, re.I) if text else None)


SIGNS = (
    _sign("retest_letter", r"\bre-?test(?:ing)? (?:letter|report|confirmation)", r"\bwe re-?tested\b"),
    _sign("remediation_record", r"\bremediation (?:record|plan|tracker|report)"),
    _sign(
        "validation_letter",
        r"^validation of|\bvalidation (?:letter|report)|\bindependent validation|\bassurance letter",
        r"\bdocument (?:validated|reviewed)\b|\bwe (?:have )?validated\b",
    ),
    _sign("executive_attestation", r"\b(?:executive|management) attestation", r"\bI (?:hereby )?attest\b"),
    _sign("soc2_bridge_letter", r"\b(?:bridge|gap) letter"),
    _sign("soc3_report", r"\bSOC ?3\b"),
    _sign("soc2_type2_report", r"\bSOC ?2\b.*\btype (?:II|2)\b", r"operated effectively throughout the period"),
    _sign("soc2_type1_report", r"\bSOC ?2\b.*\btype (?:I|1)\b(?!I)", r"suitably designed as of\b"),
    _sign(
        "iso_surveillance_report",
        r"\b(?:surveillance|recertification) (?:audit|visit)\b.*\b(?:report|letter|decision)|\bsurveillance report",
        r"certificate is maintained|\bcontinues to conform",
    ),
    _sign("statement_of_applicability", r"^statement of applicability\b"),
    _sign(
        "iso_certificate",
        r"\bcertificate of (?:conformity|registration|approval)|^certificate$|\bISO(?:/IEC)? \d{4,5}\S* certificate",
        r"\bthis is to certify\b"
        r"|\bmanagement system of .{3,120} (?:conforms to|has been (?:assessed|audited|certified))",
    ),
    _sign("star_level1_entry", r"\bSTAR\b.*\blevel (?:1|one)\b|\bCAIQ\b.*\bself-assessment"),
    _sign("star_level2_entry", r"\bSTAR\b.*\blevel (?:2|two)\b"),
    _sign("agent_certificate", r"\bAIUC-1\b|\bagent certific"),
    _sign("hitrust_certificate", r"\bHITRUST\b"),
    _sign("eu_declaration_of_conformity", r"\bdeclaration of conformity"),
    _sign("conformity_assessment", r"\bconformity assessment"),
    _sign("baa", r"\bbusiness associate (?:agreement|addendum)"),
    _sign("risk_acceptance", r"\brisk acceptance", r"\bresidual risk:.*|\brequested by\b"),
    _sign("exercise_report", r"\bafter-action|\btabletop\b|\b(?:drill|exercise) report|\bincident drill"),
    _sign("post_incident_report", r"\bpost-incident (?:review|report)|\broot[- ]cause analysis|\bpost-?mortem"),
    _sign("mirp_document", r"\b(?:model|AI|ML) incident response (?:plan|procedure)|\bMIRP\b"),
    _sign("pentest_report", r"\bpenetration test|\bpen-?test"),
    _sign(
        "red_team_report",
        r"\b(?:red|purple)[- ]team|\badversarial (?:test|assessment|evaluation)",
        r"\battack success rate|\bjailbreak",
    ),
    _sign(
        "bias_audit_report",
        r"\bbias (?:audit|assessment|evaluation)|\bfairness (?:audit|assessment|evaluation)|\bdetermination on bias",
        r"\bimpact ratio|\bcharacteristics assessed",
    ),
    _sign("fairness_specification", r"\bfairness (?:specification|metrics)|\bfairness .*threshold"),
    _sign("monitoring_plan", r"\bmonitoring (?:plan|procedure|concept)"),
    _sign("monitoring_report", r"\bmonitoring report"),
    _sign("model_validation_report", r"\bmodel validation report"),
    _sign("hipaa_risk_analysis", r"\bHIPAA\b.*\b(?:risk analysis|risk assessment)"),
    _sign("ai_system_register", r"\b(?:register|inventory) of AI systems|\bAI (?:system )?(?:register|inventory)"),
    _sign("regulatory_memo", r"\bregulatory (?:applicability|memo|classification)|\bapplicability memo"),
    _sign("contract_addendum", r"\b(?:contract|DORA|AI) addendum|\baddendum to the\b"),
    _sign(
        "ai_risk_assessment",
        r"\bAI risk assessment|\bAI RMF\b.*\bassessment|\brisk assessment\b.*\bAI\b",
        r"\bgovern, map, measure",
    ),
    _sign("self_questionnaire", r"\bCAIQ\b|\bself-assessment questionnaire|\bsecurity questionnaire"),
    _sign("internal_checklist", r"\b(?:internal )?checklist|\bself-assessment"),
    _sign("policy_document", r"\b(?:policy|standard operating procedure)\b"),
    _sign(
        "marketing_material", r"\btrust (?:seal|badge|cent(?:re|er))|\bAI seal\b|\bwhite ?paper", r"\bis a trusted\b"
    ),
)


def read(text: Text, known: Known) -> Iterator[Proposal]:
    found = [said for sign in SIGNS if (said := _said(sign, text))]
    best = min(found, key=lambda said: (-said.points, said.line), default=None)
    if best is not None:
        ahead = all(best.points > other.points or other is best for other in found)
        yield replace(best.proposal, sure=best.points >= CLEAR and ahead)


class Said(NamedTuple):
    points: int  # how much speaks for the kind
    line: int  # in which it is named
    proposal: Proposal


def _said(sign: Sign, text: Text) -> Said | None:
    named = next(((n, line) for n, line in enumerate(text.top) if sign.title.search(line.text)), None)
    inside = text.first(sign.text) if sign.text else None
    if named is not None:
        line = named[1]
        proposal = Proposal(field="kind", value=sign.kind, page=line.page, quote=line.text)
        return Said(IN_TITLE + (IN_TEXT if inside else 0), named[0], proposal)
    if inside is not None:
        return Said(IN_TEXT, TOP, Proposal(field="kind", value=sign.kind, page=inside.page, quote=inside.quote))
    return None
