"""Another vendor: Harborline Freight Systems Ltd with an agent and a predictive model, on 1 June 2027."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from evidence.catalogs.mandate import load
from scoring.judge import ArtefactJudgement, judge_artefact
from scoring.types import Cover, Deal, EvidenceFact, Independence, Issuer, SystemFact
from tests.scoring.world import fact, outsider

ON = date(2027, 6, 1)
DISPATCH = SystemFact(name="Harbor Dispatch", uses_tools=True, in_production_since=date(2025, 3, 1))
YIELD = SystemFact(
    name="Harbor Yield", takes_prompts=False, uses_tools=False, in_production_since=date(2025, 5, 1), domain="insurance"
)
NAMES = ("Harbor Dispatch", "Harbor Yield")
DEAL = Deal(vendor="Harborline", contracting_entity="Harborline Freight Systems Ltd", systems=(DISPATCH, YIELD))
VENDOR = Issuer(name="Harborline Freight Systems Ltd", independence=Independence.VENDOR_ISSUED)
CERTIFIER = outsider("Baltic Register OÜ", "ISO/IEC 42001", "ISO/IEC 27001")
BOTH = "Harbor Dispatch and Harbor Yield"


def _paper(id: str, title: str, kind: str, issuer: Issuer, dates: dict[str, date], **fields: Any) -> EvidenceFact:
    return fact(id, title, kind, issuer, dates=dates, **fields)


CERT = _paper(
    "C",
    "ISO/IEC 42001 certificate",
    "iso_certificate",
    CERTIFIER,
    {"issued_on": date(2027, 1, 11), "valid_until": date(2030, 1, 10)},
    scheme="ISO/IEC 42001:2023",
    scope=f"Provision of the AI systems {BOTH} as AI provider.",
)
CERT_27 = replace(CERT, id="C27", title="ISO/IEC 27001 certificate", scheme="ISO/IEC 27001:2022")
SOC = _paper(
    "S",
    "SOC 2 Type II report",
    "soc2_type2_report",
    outsider("Quay & Mercer CPAs LLP", "SOC 2"),
    {"period_start": date(2026, 4, 1), "period_end": date(2027, 3, 31), "issued_on": date(2027, 5, 3)},
    scope=f"Harborline platform including {BOTH}.",
    criteria=("security", "processing_integrity", "confidentiality"),
    opinion="unqualified",
)
RED = _paper(
    "R",
    "AI red-team report",
    "red_team_report",
    outsider("Saltmarsh Security BV"),
    {"testing_started_on": date(2027, 2, 1), "testing_ended_on": date(2027, 2, 26), "issued_on": date(2027, 3, 12)},
    ai_systems=("Harbor Dispatch",),
    target="production mirror, same model build, system prompt, retrieval, tools and guardrails",
    findings={"critical": 0, "high": 0, "medium": 2, "low": 3},
)
BIAS = _paper(
    "B",
    "Bias audit",
    "bias_audit_report",
    outsider("Equitas Lab eV"),
    {"testing_ended_on": date(2027, 3, 5), "issued_on": date(2027, 3, 26)},
    ai_systems=("Harbor Yield",),
    scope="Insurance pricing of freight customers.",
)
PLAN = _paper(
    "P",
    "Model Incident Response Plan",
    "mirp_document",
    VENDOR,
    {"approved_on": date(2027, 1, 20)},
    version="3.1",
    links=("L",),
)
MONITOR = _paper(
    "M",
    "Monitoring plan",
    "monitoring_plan",
    VENDOR,
    {"approved_on": date(2027, 1, 20)},
    version="1.4",
    ai_systems=NAMES,
    links=("L",),
)
RISK = _paper(
    "A",
    "NIST AI RMF assessment",
    "ai_risk_assessment",
    outsider("Keelson Assurance Ltd"),
    {"issued_on": date(2027, 2, 15), "last_review_on": date(2027, 2, 15)},
    version="4.0",
    ai_systems=NAMES,
)


def letter(document: EvidenceFact, text: str = "", **fields: Any) -> EvidenceFact:
    fields.setdefault("covers", Cover(document=document.title, version=document.version))
    said = text or f"We reviewed {document.title}, version {document.version}. Conclusion: suitable and in use."
    return _paper(
        "L",
        "Validation letter",
        "validation_letter",
        outsider("Keelson Assurance Ltd"),
        {"issued_on": date(2027, 3, 1)},
        document_text=said,
        links=(document.id,),
        **fields,
    )


def judge(item: EvidenceFact, claims: str, *others: EvidenceFact) -> ArtefactJudgement:
    return judge_artefact(item, claims.split(), with_facts=others, on=ON, catalogue=load(), deal=DEAL)


def outcome(judged: ArtefactJudgement) -> str:
    """Return the verdict and what was reported, for comparison: "accepted", "rejected R-ENTITY" ..."""
    return judged.verdict.value


def reported(judged: ArtefactJudgement) -> set[str]:
    rules = set(judged.failed_rules) | {result.rule for result in judged.reviews}
    return rules | {result.rule for result in judged.warnings}
