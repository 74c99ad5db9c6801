"""Rules by example: each row changes one fact of good evidence and names the rule that must notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.catalogs.mandate import load
from scoring.dates import add_months, months_between
from scoring.judge import judge_artefact, judge_requirements
from scoring.types import (
    Accreditation,
    ArtefactVerdict,
    Assessor,
    Cover,
    Deal,
    EvidenceFact,
    Independence,
    Issuer,
    Retest,
    State,
    SystemFact,
)

ON = date(2026, 11, 23)
DEAL = Deal(
    vendor="Example AB",
    contracting_entity="Example AB",
    systems=(SystemFact(name="Example Assist"),),
)
BODY = Issuer(
    name="Cert AS",
    independence=Independence.THIRD_PARTY_ISSUED,
    accreditation=Accreditation(body="Akk", number="1", standards=("ISO/IEC 42001", "SOC 2"), status="active"),
)
ASSESSOR = Assessor(name="A. Person", credentials=("no. 1",))
CERTIFICATE = EvidenceFact(
    id="C",
    title="Certificate",
    kind="iso_certificate",
    issuer=BODY,
    assessor=ASSESSOR,
    dates={"issued_on": date(2026, 5, 1), "valid_until": date(2029, 4, 30)},
    scheme="ISO/IEC 42001:2023",
    scope="The AI system Example Assist.",
    ai_systems=("Example Assist",),
    legal_entity="Example AB",
)
SOC2 = EvidenceFact(
    id="S",
    title="SOC 2 Type II",
    kind="soc2_type2_report",
    issuer=BODY,
    assessor=ASSESSOR,
    dates={"period_start": date(2025, 9, 1), "period_end": date(2026, 8, 31), "issued_on": date(2026, 10, 1)},
    scope="Platform with the AI service Example Assist.",
    ai_systems=("Example Assist",),
    criteria=("security", "processing_integrity", "privacy"),
    opinion="unqualified",
)
PLAN = EvidenceFact(
    id="P",
    title="MIRP",
    kind="mirp_document",
    issuer=Issuer(name="Example AB", independence=Independence.VENDOR_ISSUED),
    dates={"approved_on": date(2026, 4, 1)},
    version="2.0",
    links=("L",),
)
LETTER = EvidenceFact(
    id="L",
    title="Letter",
    kind="validation_letter",
    issuer=BODY,
    assessor=ASSESSOR,
    dates={"issued_on": date(2026, 5, 1)},
    covers=Cover(document="MIRP", version="2.0"),
    links=("P",),
)
RETEST = EvidenceFact(
    id="R",
    title="Retest",
    kind="retest_letter",
    issuer=BODY,
    assessor=ASSESSOR,
    dates={"retested_on": date(2026, 10, 1), "issued_on": date(2026, 10, 2)},
    retests=(Retest(finding="H-1", fixed_on=date(2026, 9, 1), result="closed"),),
    ai_systems=("Example Assist",),
    links=("T",),
)
REPORT = EvidenceFact(
    id="T",
    title="Red team",
    kind="red_team_report",
    issuer=BODY,
    assessor=ASSESSOR,
    dates={"testing_ended_on": date(2026, 8, 1), "issued_on": date(2026, 8, 20)},
    ai_systems=("Example Assist",),
    target="production mirror with the same model build",
    findings={"critical": 0, "high": 1, "medium": 0, "low": 0},
    document_text="Prompt injection and jailbreak were tried.",
)
UNKNOWN = Issuer()
AFFILIATE = Issuer(name="Example Group", independence=Independence.AFFILIATE_ISSUED)


def rules_failed(fact: EvidenceFact, requirement: str, *others: EvidenceFact, deal: Deal = DEAL) -> set[str]:
    judged = judge_artefact(fact, (requirement,), with_facts=others, on=ON, catalogue=load(), deal=deal)
    return set(judged.failed_rules)


def changed(fact: EvidenceFact, **fields: Any) -> EvidenceFact:
    return replace(fact, **fields)


def dated(fact: EvidenceFact, **dates: date | None) -> EvidenceFact:
    merged = {**fact.dates, **dates}
    return replace(fact, dates={name: day for name, day in merged.items() if day is not None})


@pytest.mark.parametrize(
    ("fact", "requirement", "rule"),
    [
        (CERTIFICATE, "LR-1", None),
        (changed(CERTIFICATE, scheme="ISO/IEC 27001:2022"), "LR-1", "R-KIND"),
        (changed(CERTIFICATE, kind="soc3_report"), "LR-1", "R-KIND"),
        (changed(CERTIFICATE, issuer=UNKNOWN), "LR-1", "R-INDEP"),
        (changed(CERTIFICATE, issuer=AFFILIATE), "LR-1", "R-INDEP"),
        (changed(CERTIFICATE, assessor=None), "LR-1", "R-ASSESSOR"),
        (changed(CERTIFICATE, assessor=Assessor(name="A. Person")), "LR-1", "R-ASSESSOR"),
        (changed(CERTIFICATE, issuer=replace(BODY, accreditation=None)), "LR-1", "R-ACCRED"),
        (changed(CERTIFICATE, legal_entity="Other AB"), "LR-1", "R-ENTITY"),
        (changed(CERTIFICATE, status="suspended"), "LR-1", "R-VALID"),
        (changed(CERTIFICATE, complete=False), "LR-1", "R-COMPLETE"),
        (changed(CERTIFICATE, title="Certificate (badge)"), "LR-1", "R-COMPLETE"),
        (changed(CERTIFICATE, open_nonconformities=1), "LR-1", "R-OPINION"),
        (dated(CERTIFICATE, valid_until=date(2026, 11, 22)), "LR-1", "R-VALID"),
        (dated(CERTIFICATE, valid_until=ON), "LR-1", None),
        (dated(CERTIFICATE, issued_on=date(2025, 11, 23)), "LR-1", None),
        (dated(CERTIFICATE, issued_on=date(2025, 11, 22)), "LR-1", "R-AGE"),
        (dated(CERTIFICATE, issued_on=None), "LR-1", "R-AGE"),
        (dated(CERTIFICATE, issued_on=date(2026, 12, 1)), "LR-1", "R-VALID"),
        (dated(CERTIFICATE, issued_on=date(2024, 1, 1), last_audit_decision_on=date(2026, 1, 5)), "LR-1", None),
        (changed(CERTIFICATE, ai_systems=(), scope="The platform."), "LR-2", "R-SCOPE-AI"),
        (changed(CERTIFICATE, ai_systems=(), scope="Platform. AI services are excluded."), "LR-2", "R-SCOPE-AI"),
        (changed(CERTIFICATE, ai_systems=(), scope="An internal forecasting tool."), "LR-2", "R-SCOPE-SYSTEM"),
        (SOC2, "LR-4", None),
        (changed(SOC2, criteria=("security",)), "LR-4", "R-CONTENT"),
        (changed(SOC2, opinion="adverse"), "LR-3", "R-OPINION"),
        (changed(SOC2, opinion="qualified", qualified_criteria=("the AI model gateway",)), "LR-3", "R-OPINION"),
        (dated(SOC2, period_start=date(2026, 7, 1)), "LR-3", "R-PERIOD"),
        (changed(REPORT, target="an older model build in a sandbox"), "AT-1", "R-TARGET"),
        (changed(REPORT, target=""), "AT-1", "R-TARGET"),
        (changed(REPORT, document_text="Only jailbreak was tried."), "AT-1", "R-CONTENT"),
        (changed(REPORT, document_text="Prompt injection was not tested."), "AT-1", "R-CONTENT"),
    ],
)
def test_one_changed_fact_fails_its_rule(fact: EvidenceFact, requirement: str, rule: str | None) -> None:
    failed = rules_failed(fact, requirement)
    assert (rule in failed) if rule else (failed == set())


def test_a_plan_counts_only_with_a_letter_for_its_version() -> None:
    assert rules_failed(PLAN, "IR-1", LETTER) == set()
    assert "R-INDEP" in rules_failed(changed(PLAN, links=()), "IR-1")
    assert "R-LINK" in rules_failed(changed(PLAN, version="2.1"), "IR-1", LETTER)
    assert "R-INDEP" in rules_failed(PLAN, "IR-1", changed(LETTER, issuer=AFFILIATE))


def test_a_retest_closes_every_high_finding_after_its_fix() -> None:
    assert rules_failed(RETEST, "AT-8", REPORT) == set()
    still_open = changed(RETEST, retests=(Retest(finding="H-1", result="open"),))
    assert "R-RETEST" in rules_failed(still_open, "AT-8", REPORT)
    too_early = changed(RETEST, retests=(Retest(finding="H-1", fixed_on=date(2026, 10, 9), result="closed"),))
    assert "R-RETEST" in rules_failed(too_early, "AT-8", REPORT)
    assert "R-RETEST" in rules_failed(RETEST, "AT-8", changed(REPORT, findings={"high": 2}))


def test_a_material_change_ends_older_tests() -> None:
    changed_system = replace(DEAL.systems[0], material_changes=(date(2026, 8, 2),))
    assert "R-CHANGE" in rules_failed(REPORT, "AT-1", deal=replace(DEAL, systems=(changed_system,)))
    before = replace(DEAL.systems[0], material_changes=(date(2026, 7, 31),))
    assert rules_failed(REPORT, "AT-1", deal=replace(DEAL, systems=(before,))) == set()


def test_a_surveillance_audit_refreshes_its_certificate() -> None:
    old = dated(CERTIFICATE, issued_on=date(2024, 6, 1), valid_until=date(2027, 5, 31))
    audit = EvidenceFact(
        id="A",
        title="Surveillance",
        kind="iso_surveillance_report",
        issuer=BODY,
        assessor=ASSESSOR,
        scheme="ISO/IEC 42001:2023",
        dates={"issued_on": date(2026, 5, 20)},
        result="passed",
        links=("C",),
    )
    assert "R-AGE" in rules_failed(old, "LR-1")
    assert rules_failed(old, "LR-1", audit) == set()
    assert "R-AGE" in rules_failed(old, "LR-1", changed(audit, result="failed"))


def test_a_red_team_without_any_finding_is_for_a_person() -> None:
    clean = changed(REPORT, findings={"critical": 0, "high": 0, "medium": 0, "low": 0})
    judged = judge_artefact(clean, ("AT-8",), with_facts=(), on=ON, catalogue=load(), deal=DEAL)
    assert judged.verdict is ArtefactVerdict.NEEDS_REVIEW


def test_a_vendor_with_nothing_has_met_nothing() -> None:
    results = judge_requirements((), on=ON, catalogue=load(), deal=DEAL)
    assert not [name for name, result in results.items() if result.state.is_met]
    assert all(result.credit == 0.0 for result in results.values())


def test_a_system_without_prompts_needs_no_prompt_test() -> None:
    deal = replace(DEAL, systems=(SystemFact(name="Example Rank", takes_prompts=False),))
    results = judge_requirements((), on=ON, catalogue=load(), deal=deal)
    states = {name: results[name].state for name in ("AT-1", "AT-2", "AT-4", "AT-9")}
    na = State.NOT_APPLICABLE
    assert states == {"AT-1": na, "AT-2": na, "AT-4": na, "AT-9": State.MISSING}


def test_a_child_is_not_met_while_its_parent_is_not() -> None:
    results = judge_requirements((changed(CERTIFICATE, assessor=None),), on=ON, catalogue=load(), deal=DEAL)
    assert results["LR-1"].state is State.FAILED
    assert not results["LR-2"].state.is_met
    assert results["LR-2"].unmet_parents == ("LR-1",)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 11, 23), 12, date(2026, 11, 23)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
    ],
)
def test_months_end_on_days_that_exist(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), 3),
        (date(2026, 1, 1), date(2026, 3, 30), 2),
        (date(2025, 9, 1), date(2026, 8, 31), 12),
    ],
)
def test_whole_months_of_a_period(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


@given(st.integers(0, 800))
def test_a_certificate_never_counts_longer_than_twelve_months(days: int) -> None:
    on = date(2026, 5, 1) + timedelta(days=days)
    judged = judge_artefact(CERTIFICATE, ("LR-1",), with_facts=(), on=on, catalogue=load(), deal=DEAL)
    assert (judged.satisfies == ("LR-1",)) == (on <= date(2027, 5, 1))
