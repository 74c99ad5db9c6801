"""A vendor with everything proven on 23 November 2026, by named outsiders: change one fact and see what gives.

Example AB contracts; its one AI system, Example Assist, takes prompts and calls tools. Cert AS certifies, CPA LLC
audits, Redline BV tests, Fair eV audits for bias, Keystone Ltd validates documents and facilitates exercises.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from evidence.catalogs.mandate import load
from scoring.judge import judge_requirements
from scoring.results import RequirementResult
from scoring.types import (
    Accreditation,
    Assessor,
    Cover,
    Deal,
    EvidenceFact,
    ExceptionFact,
    Independence,
    Issuer,
    Person,
    Retest,
    SystemFact,
)

ON = date(2026, 11, 23)
ASSIST = SystemFact(name="Example Assist", uses_tools=True, in_production_since=date(2025, 1, 1))
RANK = SystemFact(name="Example Rank", takes_prompts=False, uses_tools=False, in_production_since=date(2025, 1, 1))
DEAL = Deal(vendor="Example AB", contracting_entity="Example AB", systems=(ASSIST,))
VENDOR = Issuer(name="Example AB", independence=Independence.VENDOR_ISSUED)
BUYER = Issuer(name="Harbour Bank", independence=Independence.BUYER_ISSUED)


def outsider(name: str, *standards: str) -> Issuer:
    accreditation = Accreditation(body="Akkreditering", number="A 12", standards=standards, status="active")
    return Issuer(
        name=name,
        independence=Independence.THIRD_PARTY_ISSUED,
        accreditation=accreditation if standards else None,
    )


def fact(id: str, title: str, kind: str, issuer: Issuer, **fields: Any) -> EvidenceFact:
    if issuer.independence is Independence.THIRD_PARTY_ISSUED:
        fields.setdefault("assessor", Assessor(name="Eva Lund", credentials=("CISA 20104",)))
    return EvidenceFact(id=id, title=title, kind=kind, issuer=issuer, **fields)


CERTIFIER = outsider("Cert AS", "ISO/IEC 42001", "ISO/IEC 27001")
CERT_42001 = fact(
    "C42",
    "ISO/IEC 42001 certificate",
    "iso_certificate",
    CERTIFIER,
    dates={"issued_on": date(2026, 6, 1), "valid_until": date(2029, 5, 31)},
    scheme="ISO/IEC 42001:2023",
    number="42-1",
    scope="Provision of the AI system Example Assist.",
    ai_systems=("Example Assist",),
    legal_entity="Example AB",
)
CERT_27001 = replace(
    CERT_42001, id="C27", title="ISO/IEC 27001 certificate", scheme="ISO/IEC 27001:2022", number="27-1"
)
SOA = fact(
    "SOA",
    "Statement of Applicability",
    "statement_of_applicability",
    VENDOR,
    dates={"issued_on": date(2026, 5, 1)},
    version="3.0",
    ai_systems=("Example Assist",),
    document_text="AI annex: controls for models, prompts and training data, with owners and status.",
    links=("C27", "VS"),
)
SOC2 = fact(
    "SOC",
    "SOC 2 Type II report",
    "soc2_type2_report",
    outsider("CPA LLC", "SOC 2"),
    dates={"period_start": date(2025, 9, 1), "period_end": date(2026, 8, 31), "issued_on": date(2026, 10, 1)},
    scope="Example platform with the AI service Example Assist.",
    ai_systems=("Example Assist",),
    criteria=("security", "processing_integrity", "privacy"),
    opinion="unqualified",
)
CONFORMITY = fact(
    "CA",
    "Conformity assessment",
    "conformity_assessment",
    outsider("Keystone Ltd"),
    dates={"issued_on": date(2026, 7, 1)},
    ai_systems=("Example Assist",),
    document_text="Laws and frameworks, role and risk class, method, independence statement, conclusion.",
)
ASSESSMENT = fact(
    "RA",
    "NIST AI RMF assessment",
    "ai_risk_assessment",
    VENDOR,
    dates={"issued_on": date(2026, 6, 1), "last_review_on": date(2026, 6, 1)},
    version="2.0",
    ai_systems=("Example Assist",),
    document_text="Govern: policies, roles, oversight. Map: context, stakeholders. Measure: metrics and test results. "
    "Manage: treatment plan, residual risk acceptance, monitoring with indicators. Customer data is not used for "
    "training; retention and leakage paths with their controls. Revision history: 1.0, 2.0, approved by the CRO.",
    links=("VR", "EA"),
)
ATTESTATION = fact(
    "EA",
    "Executive attestation",
    "executive_attestation",
    VENDOR,
    dates={"signed_on": date(2026, 6, 10)},
    signer=Person(name="Ulla Berg", title="Chief Executive Officer"),
    attests_version="2.0",
)
RED_TEAM = fact(
    "RT",
    "Red-team report",
    "red_team_report",
    outsider("Redline BV"),
    dates={"testing_ended_on": date(2026, 8, 1), "issued_on": date(2026, 8, 20)},
    ai_systems=("Example Assist",),
    target="production mirror with the same model build, prompts, tools and guardrails",
    findings={"critical": 0, "high": 1, "medium": 2, "low": 0},
    document_text="Direct prompt injection, jailbreak, indirect injection through files, exfiltration of tenant data, "
    "agents and tool misuse, poisoned retrieval data and model provenance.",
)
TRACKER = fact(
    "TR",
    "Remediation tracker",
    "remediation_record",
    VENDOR,
    dates={"issued_on": date(2026, 10, 10)},
    ai_systems=("Example Assist",),
    document_text="H-1, M-1, M-2: disposition, owner, date.",
    links=("RT", "RL"),
)
RETEST = fact(
    "RL",
    "Retest letter",
    "retest_letter",
    outsider("Redline BV"),
    dates={"retested_on": date(2026, 10, 1), "issued_on": date(2026, 10, 12)},
    retests=(Retest(finding="H-1", fixed_on=date(2026, 9, 1), result="closed"),),
    links=("RT",),
)
BIAS_AUDIT = fact(
    "BA",
    "Bias audit",
    "bias_audit_report",
    outsider("Fair eV"),
    dates={"testing_ended_on": date(2026, 7, 1), "issued_on": date(2026, 7, 20)},
    ai_systems=("Example Assist",),
    document_text="Characteristics: sex, age. Domain: insurance. Metrics: impact ratio, threshold 0.80, result 0.91. "
    "Mitigation: reweighting, re-measured.",
)
MONITORING = fact(
    "MP",
    "Monitoring plan",
    "monitoring_plan",
    VENDOR,
    dates={"approved_on": date(2026, 5, 1)},
    version="1.2",
    ai_systems=("Example Assist",),
    document_text="Drift metrics weekly, group outcomes monthly, trigger levels, owners.",
    links=("VM",),
)
MIRP = fact(
    "MIRP",
    "Model Incident Response Plan",
    "mirp_document",
    VENDOR,
    dates={"approved_on": date(2026, 4, 1)},
    version="2.0",
    links=("VP",),
)
DRILL = fact(
    "EX",
    "Tabletop exercise",
    "exercise_report",
    outsider("Keystone Ltd"),
    dates={"exercised_on": date(2026, 6, 18), "issued_on": date(2026, 7, 1)},
    scenario="Example Assist discloses another tenant's document.",
    participants=("Engineering", "Legal"),
)
REGISTER = fact(
    "REG",
    "Register of AI systems",
    "ai_system_register",
    VENDOR,
    dates={"issued_on": date(2026, 5, 1)},
    version="4",
    ai_systems=("Example Assist",),
    links=("C42",),
)


def letter(id: str, document: EvidenceFact, issued_on: date = date(2026, 6, 5)) -> EvidenceFact:
    return fact(
        id,
        f"Validation letter on the {document.title}",
        "validation_letter",
        outsider("Keystone Ltd"),
        dates={"issued_on": issued_on},
        covers=Cover(document=document.title, version=document.version),
        conclusion="Suitable and complete.",
        links=(document.id,),
    )


LIBRARY = (
    CERT_42001,
    CERT_27001,
    SOA,
    letter("VS", SOA),
    SOC2,
    CONFORMITY,
    ASSESSMENT,
    letter("VR", ASSESSMENT),
    ATTESTATION,
    RED_TEAM,
    TRACKER,
    RETEST,
    BIAS_AUDIT,
    MONITORING,
    letter("VM", MONITORING),
    MIRP,
    letter("VP", MIRP),
    DRILL,
    REGISTER,
)

RISK = ExceptionFact(
    id="X",
    requirements=("BF-7",),
    residual_risk="medium",
    compensating_controls="Monthly review.",
    approver=Person(name="Klara Ott", title="Chief Risk Officer"),
    requester=Person(name="Jens Rau", title="Sourcing manager"),
    issuer=BUYER,
    approved_on=date(2026, 9, 30),
    expires_on=date(2027, 3, 29),
)


def changed(library: Iterable[EvidenceFact], id: str, **fields: Any) -> tuple[EvidenceFact, ...]:
    """Return the library with other fields in one of its artefacts."""
    return tuple(replace(item, **fields) if item.id == id else item for item in library)


def without(library: Iterable[EvidenceFact], *ids: str) -> tuple[EvidenceFact, ...]:
    return tuple(item for item in library if item.id not in ids)


def judged(
    library: Iterable[EvidenceFact] = LIBRARY, *, on: date = ON, deal: Deal = DEAL
) -> dict[str, RequirementResult]:
    return judge_requirements(tuple(library), on=on, catalogue=load(), deal=deal)
