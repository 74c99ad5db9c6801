"""Dates, titles, credentials, names and targets as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.criteria import covered_criteria
from scoring.dates import dates_in, one_date
from scoring.findings import by_severity, severity_of
from scoring.naming import Match, same_document, same_version
from scoring.rules.assessor import is_credential
from scoring.rules.entity import is_entity
from scoring.rules.kind import is_scheme
from scoring.rules.target import equals_production
from scoring.seniority import Seniority, seniority
from scoring.tone import is_negative
from scoring.types import EvidenceFact, Retest


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "1 March 2026",
        "1st March 2026",
        "01 Mar 2026",
        "1. March 2026",
        "March 1, 2026",
        "Mar. 1 2026",
        "1.3.2026",
    ],
)
def test_a_date_in_text(text: str) -> None:
    assert one_date(text) == date(2026, 3, 1)
    assert [days for _, days in dates_in(f"Issued on {text}, in Oslo.")] == [frozenset({date(2026, 3, 1)})]


def test_a_date_that_can_mean_two() -> None:
    assert [days for _, days in dates_in("01/03/2026")] == [frozenset({date(2026, 3, 1), date(2026, 1, 3)})]
    assert one_date("01/03/2026") is None
    assert one_date("25/03/2026") == date(2026, 3, 25)


@pytest.mark.parametrize("text", ["", "soon", "2026", "31.02.2026", "version 1.2.2026a", "March 2026"])
def test_what_is_no_date(text: str) -> None:
    assert one_date(text) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("CISA 2010456", True),
        ("OSCP", True),
        ("ISO/IEC 42001 lead auditor no. 42-1180", True),
        ("CPA licence 220415", True),
        ("PhD economics", True),
        ("attorney admitted in New York", True),
        ("registered with the national board", True),
        ("", False),
        ("none", False),
        ("n/a", False),
        ("10 years of experience", False),
        ("trusted advisor since 2015", False),
        ("certified lead auditor (expired 2024)", False),
        ("CREST candidate", False),
        ("self-certified", False),
        ("independent consultant", False),
    ],
)
def test_a_credential_that_can_be_looked_up(said: str, expected: bool) -> None:
    assert is_credential(said) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Chief Risk Officer", Seniority.EXECUTIVE),
        ("CISO", Seniority.EXECUTIVE),
        ("Member of the Management Board", Seniority.EXECUTIVE),
        ("Vice President, Procurement", Seniority.EXECUTIVE),
        ("Managing Director", Seniority.EXECUTIVE),
        ("Head of Procurement", Seniority.UNCLEAR),
        ("Sourcing manager", Seniority.OTHER),
        ("Project coordinator", Seniority.OTHER),
        ("Onboarding manager", Seniority.OTHER),
        ("Executive assistant to the CEO", Seniority.OTHER),
        ("Account executive", Seniority.OTHER),
        ("", Seniority.OTHER),
    ],
)
def test_an_executive(title: str, expected: Seniority) -> None:
    assert seniority(title) is expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("production", True),
        ("production mirror, same model build and retrieval index", True),
        ("staging; same model build, prompts and tools; listed differences immaterial: instance size", True),
        ("test tenant of the production service with the same model, prompts and tools", True),
        ("replica of production with synthetic data", True),
        ("development environment", False),
        ("sandbox with the base model", False),
        ("production clone, tools disabled", False),
        ("same model but without the retrieval index", False),
        ("model v3.1 (production runs v3.4)", False),
        ("pre-production with the release candidate", False),
        ("not identical to production", False),
        ("a smaller model than in production", False),
        ("public demo", False),
    ],
)
def test_a_target_that_equals_production(target: str, expected: bool) -> None:
    assert equals_production(target) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("MIRP", Match.SAME),
        ("Model Incident Response Plan", Match.SAME),
        ("Model incident response plan (MIRP), Example Assist", Match.SAME),
        ("Security Incident Response Plan", Match.UNSURE),
        ("AI risk assessment", Match.OTHER),
        ("Information security policy", Match.OTHER),
    ],
)
@pytest.mark.parametrize("title", ["MIRP 2.0", "Model Incident Response Plan 2.0, final"])
def test_the_document_that_a_letter_names(title: str, said: str, expected: Match) -> None:
    names = (title, "mirp_document", "Example Assist")
    found = same_document(said, names)
    # A title of initials alone shares no word with another plan's.
    assert found is (Match.OTHER if title.startswith("MIRP") and expected is Match.UNSURE else expected)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("2.0", "v2", True), ("Version 2.1", "2.1", True), ("2.1", "2.10", False), ("2.0", "2.1", False)],
)
def test_versions(left: str, right: str, same: bool) -> None:
    assert same_version(left, right) is same


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Example AB", True),
        ("EXAMPLE AB, Uppsala", True),
        ("Example AB (publ)", True),
        ("Example Holding AB", False),
        ("Example Inc.", False),
        ("Example", False),
    ],
)
def test_the_contracting_entity(said: str, expected: bool) -> None:
    assert is_entity(said, "Example AB") is expected


def test_an_ampersand_is_an_and() -> None:
    assert is_entity("Brindle and Vale Ltd", "Brindle & Vale Limited")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ISO/IEC 42001:2023", True),
        ("ISO 42001", True),
        ("EN ISO/IEC 42001:2023", True),
        ("ISO/IEC 27001:2022", False),
        ("", False),
    ],
)
def test_the_scheme_of_a_certificate(said: str, expected: bool) -> None:
    assert is_scheme(said, "ISO/IEC 42001:2023") is expected


def test_an_older_edition_is_another_scheme() -> None:
    assert not is_scheme("ISO/IEC 27001:2013", "ISO/IEC 27001:2022")
    assert is_scheme("DIN EN ISO/IEC 27001:2022", "ISO/IEC 27001:2022")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("passed", False),
        ("conforms with two observations", False),
        ("no material gaps", False),
        ("without failed controls", False),
        ("failed", True),
        ("not adequate", True),
        ("the plan does not meet the requirements", True),
        ("we could not confirm the procedures", True),
        ("aligned, with material gaps in Measure", True),
        ("certification suspended", True),
    ],
)
def test_an_adverse_conclusion(said: str, expected: bool) -> None:
    assert is_negative(said) is expected


def test_severities_by_any_name() -> None:
    fact = EvidenceFact(
        id="T", title="T", kind="red_team_report", findings={"High": 1, "Severe": 1, "P3": 2, "minor": 1}
    )
    assert by_severity(fact) == {"high": 1, "critical": 1, "medium": 2, "low": 1}


@pytest.mark.parametrize(
    ("retest", "texts", "expected"),
    [
        (Retest(finding="H-1"), "", "high"),
        (Retest(finding="C2"), "", "critical"),
        (Retest(finding="F-3", severity="High"), "", "high"),
        (Retest(finding="F-3 (medium)"), "", "medium"),
        (Retest(finding="F-3"), "F-3: high. F-30: low.", "high"),
        (Retest(finding="F-3"), "The critical finding F-3 was fixed.", "critical"),
        (Retest(finding="F-3"), "", ""),
        (Retest(finding="Hallucination of policy terms"), "", ""),
    ],
)
def test_the_severity_of_a_retested_finding(retest: Retest, texts: str, expected: str) -> None:
    assert severity_of(retest, texts) == expected


def test_trust_services_criteria_by_name_and_code() -> None:
    fact = EvidenceFact(
        id="S", title="S", kind="soc2_type2_report", criteria=("CC1.1 to CC9.2", "PI1.3", "Confidentiality")
    )
    assert covered_criteria(fact) == {"security", "processing_integrity", "confidentiality"}
    plus = EvidenceFact(
        id="S", title="S", kind="soc2_type2_report", criteria=("security", "SOC 2+ with AI subject matter")
    )
    assert "soc2_plus_ai_subject_matter" in covered_criteria(plus)
