"""A report's data with every feature in it, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rfp.reporting.data import (
    AnswerLine,
    BlankReason,
    CategoryLine,
    CitationLine,
    EvidenceLine,
    ExceptionLine,
    ExpiryLine,
    GapLine,
    OutlookLine,
    Problem,
    ReportData,
    SystemLine,
    Versions,
    WarningLine,
)

AS_OF = date(2026, 11, 23)
CITATION = CitationLine(
    reference="ISO-42001",
    revision=2,
    title="ISO/IEC 42001 certificate",
    issuer="Nordlys Cert AS",
    dated=date(2026, 6, 8),
    page=1,
    quote="Scope: development and operation of the AI systems",
)
ANSWER = AnswerLine(
    place="Security!B12",
    sheet="Security",
    number="S-1",
    section="Certification",
    question="Do you hold a current ISO/IEC 42001 certificate?",
    value="yes",
    written="Yes",
    comment="ISO/IEC 42001 certificate issued by Nordlys Cert AS on 8 June 2026.",
    remark="",
    band="ready",
    approved=False,
    reason="LR-1 is met by an accredited certificate in force.",
    why_blank="",
    category="legal_regulatory",
    requirements=("LR-1",),
    controls=("iso-42001-2023 4",),
    confidence=0.98,
    polarity="direct",
    citations=(CITATION,),
    library_answer="",
)
PROBLEM = Problem(
    rule="R-AGE", rule_title="Age", sentence="The test ended on 3 May 2025; it stopped counting on 3 May 2026."
)


def sample(*, answers: int = 3, draft: bool = True) -> ReportData:
    titles = {
        "legal_regulatory": "Legal and regulatory mandates",
        "risk_assessment": "NIST AI RMF risk assessment",
        "adversarial_testing": "Adversarial testing",
        "bias_fairness": "Bias and fairness",
        "incident_response": "Model incident response",
    }
    categories = tuple(
        CategoryLine(
            id=name,
            title=title,
            state="passed" if position == 1 else "failed",
            readiness=100 if position == 1 else 40 + position * 9,
            requirements_met=8,
            requirements_applicable=9,
            expires_on=date(2027, 6, 8),
            questions=12,
            questions_answered=7,
        )
        for position, (name, title) in enumerate(titles.items())
    )
    gap = GapLine(
        requirement="AT-5",
        title="Red-team or purple-team exercise on production-representative models",
        category="adversarial_testing",
        severity="critical",
        state="expired",
        systems=("Fold Assist",),
        problems=(PROBLEM,),
        closes="Commission the exercise against a production mirror.",
        weeks_least=6,
        weeks_typical=10,
        weeks_most=18,
        covered_by_exception="",
        questions=tuple(f"Security!B{row}" for row in range(20, 29)),
    )
    blank = replace(
        ANSWER,
        place="Security!B14",
        band="blank",
        value="needs_information",
        written="",
        comment="",
        citations=(),
        why_blank="No approved answer",
        reason="No approved answer in the library is close enough to this question.",
    )
    suggested = replace(ANSWER, place="Security!B13", band="suggested", written="No", value="no")
    lines = (ANSWER, suggested, blank)
    return ReportData(
        vendor="Fold & Field Software",
        legal_entity="Fold & Field Software AB",
        buyer="Harbour Bank",
        title="AI supplier assessment <2026>",
        file_name="assessment.xlsx",
        file_sha256="ab" * 32,
        stage="contract",
        as_of=AS_OF,
        draft=draft,
        approved_by="" if draft else "Ada Approver",
        systems=(SystemLine(name="Fold Assist", kind="assistant", in_production_since=date(2025, 6, 1)),),
        sectors=("eu_financial",),
        verdict="NOT_QUALIFIED",
        verdict_reasons=("Four of five categories have requirements that are not met.",),
        readiness=61,
        categories=categories,
        addons=(),
        gaps=(
            gap,
            replace(gap, requirement="BF-1", category="bias_fairness", state="missing", problems=(), questions=()),
        ),
        warnings=(WarningLine(requirement="LR-4", rule="W-CARVEOUT", sentence="The model host is carved out."),),
        exceptions=(
            ExceptionLine(
                reference="RA-1",
                requirements=("BF-7",),
                approver="Klara Kurz, Chief Risk Officer",
                expires_on=date(2027, 3, 1),
                residual_risk="medium",
                active=True,
                problem="",
            ),
        ),
        expiries=tuple(
            ExpiryLine(
                requirement=f"LR-{number}",
                title="ISO/IEC certificate in force",
                category="legal_regulatory",
                rests_on="ISO-42001",
                expires_on=date(2027, number, 8),
                start_by=date(2026, 12, number),
                status=("ok", "start_now", "late")[number % 3],
            )
            for number in range(1, 6)
        ),
        outlook=(OutlookLine(days=30, on=date(2026, 12, 23), verdict="NOT_QUALIFIED", lost=("LR-1",)),),
        answers=tuple(lines[number % 3] for number in range(answers)),
        evidence=(
            EvidenceLine(
                reference="RT-2025",
                revision=1,
                kind="red_team_report",
                title="AI red-team report",
                issuer="Ravelin BV",
                dated=date(2025, 5, 3),
                counts_until=date(2026, 5, 3),
                verdict="rejected",
                satisfies=(),
                problems=(PROBLEM,),
                sha256="cd" * 32,
            ),
        ),
        blanks=(BlankReason(reason="No approved answer", count=1, advice="Add an answer to the library."),),
        first_steps=("Commission the red-team exercise now: it takes about 10 weeks.",),
        file_notes=("The file holds macros; they were kept and never run.",),
        fidelity="12 of 13 parts byte-identical; 3 answer cells written; nothing else changed.",
        versions=Versions(
            product="0.1.0",
            catalogue="ai-assurance-mandate 1.0",
            catalogue_digest="ef" * 32,
            mapping="1",
            calibration="Shipped calibration",
        ),
    )
