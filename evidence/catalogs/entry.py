"""The fields of an attestation as people fill them in: which there are for a kind, and which it cannot count without.

Between the form and the stored facts stand plain texts by the path of the field ("issuer.accreditation.body"); a list
is one item a line. What a form does not show is kept as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.catalogs import mandate
from evidence.catalogs.entry_lines import read_retest, say

TEXT, LONG, DAY, LINES, COUNT, CHOICE, RETESTS = "text", "long", "day", "lines", "count", "choice", "retests"
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    path: str
    label: str
    shape: str = TEXT
    group: str
    help: str = ""
    kinds: frozenset[str] | None = None  # None: every kind


_CERTIFICATES = frozenset(
    {"iso_certificate", "iso_surveillance_report", "hitrust_certificate", "agent_certificate", "star_level2_entry"}
)
_SOC = frozenset({"soc2_type2_report", "soc2_type1_report", "soc3_report", "soc2_bridge_letter"})
_TESTS = frozenset({"red_team_report", "pentest_report", "bias_audit_report", "retest_letter"})
_LETTERS = frozenset({"validation_letter", "iso_surveillance_report", "retest_letter", "model_validation_report"})
_OWN = frozenset(
    {
        "statement_of_applicability",
        "ai_risk_assessment",
        "policy_document",
        "ai_system_register",
        "remediation_record",
        "fairness_specification",
        "monitoring_plan",
        "monitoring_report",
        "mirp_document",
        "regulatory_memo",
        "hipaa_risk_analysis",
    }
)
_SIGNED = frozenset({"executive_attestation", "baa", "contract_addendum"})
_EXERCISE = frozenset({"exercise_report"})
_ACCEPTANCE = frozenset({"risk_acceptance"})
_PERIODS = _SOC | {"monitoring_report"}
_ACCREDITED = _CERTIFICATES | _SOC | _TESTS | {"conformity_assessment"}
_DOCUMENT, _ISSUER, _SCOPE, _DAYS, _RESULT = "The document", "Who issued it", "What it covers", "Days", "What it says"

FIELDS = (
    Entry(path="kind", label="Kind of document", shape=CHOICE, group=_DOCUMENT),
    Entry(path="title", label="Title", group=_DOCUMENT),
    Entry(path="scheme", label="Standard and edition", group=_DOCUMENT, kinds=_CERTIFICATES, help="ISO/IEC 42001:2023"),
    Entry(path="number", label="Certificate number", group=_DOCUMENT, kinds=_CERTIFICATES),
    Entry(path="status", label="Status", shape=CHOICE, group=_DOCUMENT),
    Entry(path="version", label="Version", group=_DOCUMENT, kinds=_OWN),
    Entry(path="revision_history", label="Earlier versions", shape=LINES, group=_DOCUMENT, kinds=_OWN),
    Entry(path="issuer.name", label="Issuer", group=_ISSUER),
    Entry(
        path="issuer.independence",
        label="The issuer is",
        shape=CHOICE,
        group=_ISSUER,
        help="An affiliate counts as the vendor; so does whoever you are not sure of.",
    ),
    Entry(path="assessor.name", label="Assessor", group=_ISSUER, help="The person who led the work."),
    Entry(path="assessor.role", label="Role of the assessor", group=_ISSUER),
    Entry(
        path="assessor.credentials",
        label="Credentials",
        shape=LINES,
        group=_ISSUER,
        help="One a line, with the number under which each can be looked up.",
    ),
    Entry(path="issuer.accreditation.body", label="Accredited or licensed by", group=_ISSUER, kinds=_ACCREDITED),
    Entry(path="issuer.accreditation.number", label="Accreditation number", group=_ISSUER, kinds=_ACCREDITED),
    Entry(
        path="issuer.accreditation.standards",
        label="Accredited for",
        shape=LINES,
        group=_ISSUER,
        kinds=_ACCREDITED,
        help="One standard a line.",
    ),
    Entry(
        path="issuer.accreditation.status",
        label="The accreditation is",
        shape=CHOICE,
        group=_ISSUER,
        kinds=_ACCREDITED,
        help="As the register of the accreditation body says; the document itself cannot show it.",
    ),
    Entry(path="approver.name", label="Approved by", group=_ISSUER, kinds=_OWN | _ACCEPTANCE),
    Entry(path="approver.title", label="Title of the approver", group=_ISSUER, kinds=_OWN | _ACCEPTANCE),
    Entry(path="requester.name", label="Requested by", group=_ISSUER, kinds=_ACCEPTANCE),
    Entry(path="signer.name", label="Signed by", group=_ISSUER, kinds=_SIGNED),
    Entry(path="signer.title", label="Title of the signer", group=_ISSUER, kinds=_SIGNED),
    Entry(path="legal_entity", label="Legal entity assessed", group=_SCOPE),
    Entry(path="scope", label="Scope", shape=LONG, group=_SCOPE, help="Word for word, with what it leaves out."),
    Entry(path="ai_systems", label="AI systems covered", shape=LINES, group=_SCOPE, help="One a line."),
    Entry(path="covers.document", label="Document validated", group=_SCOPE, kinds=_LETTERS),
    Entry(path="covers.version", label="Version validated", group=_SCOPE, kinds=_LETTERS),
    Entry(path="attests_version", label="Version attested", group=_SCOPE, kinds=frozenset({"executive_attestation"})),
    Entry(path="covers_requirements", label="Requirements covered", shape=LINES, group=_SCOPE, kinds=_ACCEPTANCE),
    Entry(path="target", label="What was tested", shape=LONG, group=_SCOPE, kinds=_TESTS),
    Entry(path="domain", label="Domain of use", group=_SCOPE, kinds=frozenset({"bias_audit_report"})),
    Entry(path="dates.issued_on", label="Issued on", shape=DAY, group=_DAYS),
    Entry(path="dates.valid_until", label="Valid until", shape=DAY, group=_DAYS, kinds=_CERTIFICATES | _ACCEPTANCE),
    Entry(
        path="dates.last_audit_decision_on",
        label="Latest surveillance or recertification passed on",
        shape=DAY,
        group=_DAYS,
        kinds=frozenset({"iso_certificate"}),
    ),
    Entry(path="dates.period_start", label="Period from", shape=DAY, group=_DAYS, kinds=_PERIODS),
    Entry(path="dates.period_end", label="Period to", shape=DAY, group=_DAYS, kinds=_PERIODS),
    Entry(path="dates.testing_started_on", label="Testing began on", shape=DAY, group=_DAYS, kinds=_TESTS),
    Entry(path="dates.testing_ended_on", label="Testing ended on", shape=DAY, group=_DAYS, kinds=_TESTS),
    Entry(path="dates.retested_on", label="Retested on", shape=DAY, group=_DAYS, kinds=_TESTS),
    Entry(path="dates.exercised_on", label="Day of the exercise", shape=DAY, group=_DAYS, kinds=_EXERCISE),
    Entry(path="dates.approved_on", label="Approved on", shape=DAY, group=_DAYS, kinds=_OWN | _ACCEPTANCE),
    Entry(path="dates.last_review_on", label="Last reviewed on", shape=DAY, group=_DAYS, kinds=_OWN),
    Entry(path="dates.signed_on", label="Signed on", shape=DAY, group=_DAYS, kinds=_SIGNED),
    Entry(path="dates.review_on", label="Review due on", shape=DAY, group=_DAYS, kinds=_ACCEPTANCE),
    Entry(path="opinion", label="Opinion", shape=CHOICE, group=_RESULT, kinds=_SOC),
    Entry(
        path="criteria",
        label="Trust services categories",
        shape=LINES,
        group=_RESULT,
        kinds=_SOC,
        help="One a line: security, availability, confidentiality, processing_integrity, privacy.",
    ),
    Entry(path="exceptions_noted", label="Exceptions noted", shape=COUNT, group=_RESULT, kinds=_SOC),
    Entry(path="conclusion", label="Conclusion", shape=LONG, group=_RESULT, kinds=_LETTERS),
    Entry(path="result", label="Result", group=_RESULT, kinds=frozenset({"iso_surveillance_report"})),
    Entry(
        path="open_major_nonconformities",
        label="Open major nonconformities",
        shape=COUNT,
        group=_RESULT,
        kinds=_CERTIFICATES,
    ),
    Entry(path="findings.critical", label="Critical findings", shape=COUNT, group=_RESULT, kinds=_TESTS),
    Entry(path="findings.high", label="High findings", shape=COUNT, group=_RESULT, kinds=_TESTS),
    Entry(path="findings.medium", label="Medium findings", shape=COUNT, group=_RESULT, kinds=_TESTS),
    Entry(path="findings.low", label="Low findings", shape=COUNT, group=_RESULT, kinds=_TESTS),
    Entry(path="taxonomy", label="Taxonomy and edition", group=_RESULT, kinds=_TESTS),
    Entry(
        path="results",
        label="Findings retested",
        shape=RETESTS,
        group=_RESULT,
        kinds=frozenset({"retest_letter"}),
        help="One a line: H-1: closed, fixed 2026-09-18, retested 2026-10-13, high",
    ),
    Entry(
        path="subservice",
        label="Subservice organisations",
        shape=LINES,
        group=_RESULT,
        kinds=_SOC,
        help="One a line, with how it is treated: model host (carve-out)",
    ),
    Entry(path="scenario", label="Scenario", shape=LONG, group=_RESULT, kinds=_EXERCISE),
    Entry(path="participants", label="Participants", shape=LINES, group=_RESULT, kinds=_EXERCISE),
    Entry(path="reason", label="Reason", shape=LONG, group=_RESULT, kinds=_ACCEPTANCE),
    Entry(path="residual_risk", label="Residual risk", group=_RESULT, kinds=_ACCEPTANCE),
    Entry(path="compensating_controls", label="Compensating controls", shape=LONG, group=_RESULT, kinds=_ACCEPTANCE),
    Entry(
        path="links",
        label="Other documents of the library it belongs to",
        shape=LINES,
        group=_RESULT,
        help="One reference a line.",
    ),
)
BY_PATH: Mapping[str, Entry] = {entry.path: entry for entry in FIELDS}
# What a field can hold, with the words for it; kinds come from the catalogue.
CHOICES: Mapping[str, Sequence[tuple[str, str]]] = {
    "issuer.independence": (
        ("third_party_issued", "an independent third party"),
        ("vendor_issued", "the vendor itself"),
        ("affiliate_issued", "an affiliate of the vendor"),
        ("buyer_issued", "the buyer"),
        ("unknown", "not known"),
    ),
    "status": (
        ("active", "in force"),
        ("suspended", "suspended"),
        ("withdrawn", "withdrawn by its issuer"),
        ("revoked", "revoked"),
        ("superseded", "superseded"),
        ("draft", "a draft"),
    ),
    "issuer.accreditation.status": (
        ("active", "active"),
        ("suspended", "suspended"),
        ("withdrawn", "withdrawn"),
        ("expired", "expired"),
    ),
    "opinion": (
        ("unqualified", "unqualified"),
        ("qualified", "qualified"),
        ("adverse", "adverse"),
        ("disclaimer", "disclaimer"),
    ),
}
# Without these nothing can be stored.
ALWAYS = frozenset({"kind", "title", "issuer.name", "issuer.independence"})
_NEEDED: Mapping[frozenset[str], frozenset[str]] = {
    frozenset({"iso_certificate"}): frozenset(
        {"scheme", "number", "legal_entity", "scope", "dates.valid_until", "issuer.accreditation.body"}
    ),
    frozenset({"soc2_type2_report"}): frozenset(
        {
            "legal_entity",
            "scope",
            "dates.period_start",
            "dates.period_end",
            "opinion",
            "criteria",
            "issuer.accreditation.body",
        }
    ),
    frozenset({"validation_letter"}): frozenset({"covers.document", "covers.version", "conclusion"}),
    frozenset({"red_team_report"}): frozenset({"ai_systems", "target"}),
    frozenset({"bias_audit_report", "ai_risk_assessment", "ai_system_register"}): frozenset({"ai_systems"}),
    frozenset({"executive_attestation"}): frozenset({"signer.name", "signer.title", "attests_version"}),
    frozenset({"exercise_report"}): frozenset({"scenario", "participants"}),
}
_VERSIONED = frozenset({"ai_risk_assessment", "mirp_document", "monitoring_plan", "statement_of_applicability"})
_ANCHORS = {"last_audit_decision_on": "issued_on"}  # a first certificate has no later decision yet


def entries(kind: str) -> tuple[Entry, ...]:
    """Return the fields that a kind of document has."""
    return tuple(entry for entry in FIELDS if entry.kinds is None or kind in entry.kinds)


def needed(kind: str) -> frozenset[str]:
    """Return the fields that a document of the kind cannot count without."""
    known = mandate.load().kinds.get(kind)
    if known is None:
        return ALWAYS
    wanted = {f"dates.{_ANCHORS.get(known.age_anchor, known.age_anchor)}"}
    if known.default_independence == "third_party_issued" and known.can_satisfy:
        wanted |= {"assessor.name", "assessor.credentials"}
    if kind in _VERSIONED:
        wanted |= {"version", "approver.title"}
    for kinds, paths in _NEEDED.items():
        if kind in kinds:
            wanted |= paths
    return ALWAYS | (wanted & {entry.path for entry in entries(kind)})


def flatten(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return what a form shows of stored facts: texts by path."""
    return {entry.path: text for entry in FIELDS if (text := _text(_at(facts, entry.path)))}


def build(values: Values, *, base: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts with the form's values in place; an empty one is left out, what no form shows stays as in ``base``.

    :raises CatalogueInvalid: if a line of a list cannot be read; the text names it
    """
    facts: dict[str, Any] = copy.deepcopy(dict(base))
    shown = flatten(base)
    for path, text in values.items():
        if text.strip() != shown.get(path, "").strip():
            _put(facts, path.split("."), _value(BY_PATH[path], text))
    return facts


def lines(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := part.strip())]


def _value(entry: Entry, text: str) -> str | int | list[str] | list[dict[str, str]] | None:
    text = text.strip()
    if entry.shape == RETESTS:
        return [read_retest(line) for line in lines(text)] or None
    if entry.shape == LINES:
        return lines(text) or None
    if entry.shape == COUNT:
        return int(text) if text else None
    return text or None


def _put(facts: dict[str, Any], path: list[str], value: object) -> None:
    name, *rest = path
    if not rest:
        if value is None:
            facts.pop(name, None)
        else:
            facts[name] = value
        return
    held = facts.get(name)
    # A name alone is the short form of a block.
    inner = dict(held) if isinstance(held, Mapping) else {"name": held} if isinstance(held, str) and held else {}
    _put(inner, rest, value)
    if inner:
        facts[name] = inner
    else:
        facts.pop(name, None)


def _at(facts: Mapping[str, Any], path: str) -> object:
    held: object = facts
    for name in path.split("."):
        if isinstance(held, str) and name == "name":
            return held
        if not isinstance(held, Mapping):
            return None
        held = held.get(name)
    return held


def _text(value: object) -> str:
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, (list, tuple)):
        return "\n".join(said for item in value if (said := say(item)))
    return str(value)
