"""Facts read from texts: what is said is proposed with its words, what is not said is not."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.ingest import Document
from evidence.proposing import Known, KnownDocument, Proposal, propose
from evidence.proposing.finding import place_of

KNOWN = Known(
    vendor="Vera Vendor AB",
    systems={"Helper": ("Vera Assistant",), "Ranker": ()},
    documents=(
        KnownDocument(reference="PLAN-2", title="Model incident response plan 2.0", version="2.0"),
        KnownDocument(reference="CERT", title="Certificate of conformity AI", number="NR-42-0099"),
    ),
)


def read(text: str, known: Known = KNOWN) -> dict[str, Proposal]:
    return {item.field: item for item in propose(Document(pages=tuple(text.split("\f")), kind="pdf"), known)}


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("kind", "Certificate of Registration\nISO/IEC 27001:2022", "iso_certificate"),
        ("kind", "Report on SOC 2 Type 2 examination", "soc2_type2_report"),
        ("kind", "Vera Vendor AB\nSOC 2 Type I report", "soc2_type1_report"),
        ("kind", "SOC 3 report for general use", "soc3_report"),
        ("kind", "SOC 2 bridge letter", "soc2_bridge_letter"),
        ("kind", "Validation letter\nDocument validated: AI risk assessment, version 3.0", "validation_letter"),
        ("kind", "AI red team report\nA penetration test was not part of it.", "red_team_report"),
        ("kind", "Retest letter\nFindings of our red team report", "retest_letter"),
        ("kind", "Business Associate Agreement", "baa"),
        ("kind", "HITRUST r2 validated assessment", "hitrust_certificate"),
        ("scheme", "It conforms to ISO/IEC 42001:2023.", "ISO/IEC 42001:2023"),
        ("scheme", "The requirements of ISO 27001 : 2022 are met.", "ISO/IEC 27001:2022"),
        ("scheme", "It follows ISO/IEC 42001.", None),
        ("number", "Certificate number: IS 701234", "IS 701234"),
        ("number", "Certificate ISO/IEC 42001:2023", None),
        ("issuer.name", "Blue Peak Assurance GmbH\nReport", "Blue Peak Assurance GmbH"),
        ("issuer.name", "Report\nProctor & Dale LLP is independent of Vera Vendor AB.", "Proctor & Dale LLP"),
        ("issuer.name", "we are happy to help", None),
        ("issuer.independence", "Vera Vendor AB\nTrust report", "vendor_issued"),
        ("issuer.accreditation.body", "Registrar AS, accredited by UKAS under number 1234.", "UKAS"),
        (
            "issuer.accreditation.number",
            "accredited by DAkkS for ISO/IEC 42001, accreditation D-ZM-14137",
            "D-ZM-14137",
        ),
        ("assessor.name", "Lead auditor: Maria van der Berg, CISA 123", "Maria van der Berg"),
        ("assessor.name", "Anna Öberg, lead assessor, CISA 9.", "Anna Öberg"),
        ("assessor.name", "The lead auditor was present.", None),
        ("assessor.credentials", "Lead auditor: Maria Berg, CISA 123, CISSP 77, Uppsala", ("CISA 123", "CISSP 77")),
        (
            "legal_entity",
            "We certify that the management system of Vera Vendor AB, Uppsala, conforms.",
            "Vera Vendor AB",
        ),
        ("legal_entity", "Prepared for Acme Holding Ltd", "Acme Holding Ltd"),
        ("ai_systems", "Scope: the service Vera Assistant in production.", ("Helper",)),
        ("ai_systems", "Scope: the platform with Helper. The service Ranker is excluded.", ("Helper",)),
        ("ai_systems", "Scope: the platform. Helper is not in scope of this report.", None),
        ("ai_systems", "Scope: the Helpers of the company and its staff.", None),
        ("dates.issued_on", "Date of issue: 2026-05-04", "2026-05-04"),
        ("dates.issued_on", "Issued May 4, 2026", "2026-05-04"),
        ("dates.issued_on", "Issued 03/04/2026", None),
        ("dates.issued_on", "Issued 31 February 2026", None),
        ("dates.issued_on", "We retested the findings of our report of 21 August 2026.", None),
        ("dates.valid_until", "Valid until: 3 May 2029, subject to surveillance", "2029-05-03"),
        ("dates.valid_until", "Expiry date 03.05.2029", "2029-05-03"),
        ("dates.testing_started_on", "Testing from 6 July to 7 August 2026.", "2026-07-06"),
        ("dates.testing_ended_on", "Tests were performed from 1 to 18 September 2026.", "2026-09-18"),
        (
            "dates.period_start",
            "SOC 2 report\nThroughout the period from August 1, 2025 to July 31, 2026.",
            "2025-08-01",
        ),
        ("dates.period_end", "SOC 2 report\nThroughout the period August 1, 2025 to July 31, 2026.", None),
        ("dates.signed_on", "Signed 14 January 2026.", "2026-01-14"),
        ("dates.exercised_on", "After-action report of the tabletop exercise of 21 October 2025", "2025-10-21"),
        ("opinion", "We express an unqualified opinion.", "unqualified"),
        ("opinion", "Basis for qualified opinion", "qualified"),
        (
            "criteria",
            "Trust services categories: security, availability and privacy.",
            ("security", "availability", "privacy"),
        ),
        ("findings.high", "Findings: 0 critical, 2 high, 4 medium, 3 low.", "2"),
        ("findings.high", "The highest of 2 high towers", None),
        ("covers.version", "Document validated: monitoring plan, version 1.2 of 10 February 2026.", "1.2"),
        ("attests_version", "I attest that the assessment, version 2.9, is complete.", "2.9"),
        ("links", "Document validated: model incident response plan, version 2.0.", ("PLAN-2",)),
        ("links", "Surveillance of certificate NR-42-0099.", ("CERT",)),
        ("links", "Document validated: model incident response plan, version 1.4.", None),
        ("version", "Model incident response plan, version 2.0", "2.0"),
        ("approver.title", "Approved by the Chief Information Security Officer.", "Chief Information Security Officer"),
    ],
)
def test_a_field_is_read_from_its_words(field: str, text: str, expected: Any) -> None:
    proposal = read(text).get(field)
    assert (proposal.value if proposal else None) == expected


@pytest.mark.parametrize(
    ("field", "text", "sure"),
    [
        ("issuer.independence", "Blue Peak Assurance GmbH\nReport", False),
        ("issuer.independence", "Blue Peak Assurance GmbH is independent of Vera Vendor AB.", True),
        ("dates.issued_on", "Issued 4 May 2026", True),
        ("dates.issued_on", "Kind regards, 4 May 2026.", False),
        ("opinion", "In our opinion, in all material respects, the controls operated.", False),
        ("ai_systems", "We looked at Helper.", False),
        ("ai_systems", "Scope: the service Helper in production.", True),
        ("kind", "We asked: is a penetration test\nor a red team exercise better?", False),
    ],
)
def test_only_what_the_text_says_is_sure(field: str, text: str, sure: bool) -> None:
    assert read(text)[field].sure is sure


def test_every_proposal_quotes_its_page() -> None:
    text = "Certificate of conformity\fScope: the service Helper in production.\fValid until 3 May 2029."
    found = read(text)
    assert {name: found[name].page for name in ("kind", "scope", "dates.valid_until")} == {
        "kind": 1,
        "scope": 2,
        "dates.valid_until": 3,
    }
    pages = text.split("\f")
    for proposal in found.values():
        assert proposal.quote in pages[proposal.page - 1]


@pytest.mark.parametrize("text", ["", "\f\f", "%" * 5_000, "a " * 20_000, "Scope: " + "x" * 50_000, "1 2 3 4 " * 5_000])
def test_any_text_is_read(text: str) -> None:
    assert all(isinstance(item, Proposal) for item in read(text).values())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-05-04", (1, "Issued on May 4, 2026 in Oslo.")),
        ("Greta Lund", (2, "Lead auditor: Greta Lund")),
        (("nobody", "Greta Lund"), (2, "Lead auditor: Greta Lund")),
        ("2026-05-05", None),
        ("", None),
        ("–", None),
    ],
)
def test_a_value_is_found_where_the_text_says_it(
    value: str | tuple[str, ...], expected: tuple[int, str] | None
) -> None:
    assert place_of(["Issued on May 4, 2026 in Oslo. Good.", "Lead auditor: Greta\nLund"], value) == expected
