"""Finer points of single rules, each by one changed fact of a world in which all is proven."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evidence.catalogs.mandate import load
from scoring.judge import judge_artefact
from scoring.types import Accreditation, ArtefactVerdict, Cover, EvidenceFact, Issuer, Retest, SystemFact
from tests.scoring.world import (
    ASSESSMENT,
    ASSIST,
    ATTESTATION,
    BIAS_AUDIT,
    CERT_42001,
    DEAL,
    DRILL,
    LIBRARY,
    MIRP,
    ON,
    RANK,
    RED_TEAM,
    RETEST,
    SOA,
    SOC2,
    VENDOR,
    fact,
    letter,
    outsider,
)

ACCEPTED, WARNED = ArtefactVerdict.ACCEPTED, ArtefactVerdict.ACCEPTED_WITH_WARNINGS
REJECTED, REVIEW = ArtefactVerdict.REJECTED, ArtefactVerdict.NEEDS_REVIEW


def verdict(item: EvidenceFact, claim: str, *others: EvidenceFact, **deal: Any) -> tuple[ArtefactVerdict, set[str]]:
    judgement = judge_artefact(item, (claim,), with_facts=others, on=ON, catalogue=load(), deal=replace(DEAL, **deal))
    said = {*judgement.failed_rules, *(r.rule for r in judgement.reviews), *(r.rule for r in judgement.warnings)}
    return judgement.verdict, said


def accreditation(**fields: Any) -> Issuer:
    given = CERT_42001.issuer.accreditation or Accreditation()
    return replace(CERT_42001.issuer, accreditation=replace(given, **fields))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ACCEPTED),
        ({"standards": ("AI management systems (ISO 42001)",)}, ACCEPTED),
        ({"standards": ("ISO/IEC 27001",)}, REJECTED),
        ({"standards": ()}, REJECTED),
        ({"status": "suspended"}, REJECTED),
        ({"status": ""}, REVIEW),
        ({"status": "expired", "valid_until": date(2026, 9, 1)}, REVIEW),
        ({"status": "expired", "valid_until": date(2026, 5, 1)}, REJECTED),
        ({"valid_from": date(2026, 7, 1)}, REJECTED),
        ({"number": ""}, REJECTED),
        ({"body": "Cert AS"}, REJECTED),
        ({"body": "World Board (not an IAF MLA signatory)"}, REJECTED),
    ],
)
def test_accreditation(fields: dict[str, Any], expected: ArtefactVerdict) -> None:
    found, rules = verdict(replace(CERT_42001, issuer=accreditation(**fields)), "LR-1")
    assert (found, rules) == (expected, set() if expected is ACCEPTED else {"R-ACCRED"})


@pytest.mark.parametrize(
    ("credentials", "expected"),
    [
        (("CPA 1", "AICPA peer review: pass"), ACCEPTED),
        (("CPA 1", "AICPA peer review: pass with deficiencies"), REVIEW),
        (("CPA 1", "AICPA peer review: fail"), REJECTED),
        (("CPA 1", "not enrolled in peer review"), REJECTED),
    ],
)
def test_peer_review(credentials: tuple[str, ...], expected: ArtefactVerdict) -> None:
    assert SOC2.assessor is not None
    report = replace(SOC2, assessor=replace(SOC2.assessor, credentials=credentials))
    assert verdict(report, "LR-3")[0] is expected


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Certificate 42-1 of Example AB. Date of issue: 1 June 2026. Valid until 31.05.2029.", set()),
        ("Certificate 42-1 of Example AB, valid until 31 May 2028.", {"G-12"}),
        ("Issued on June 2, 2026.", {"G-12"}),
        ("First issued 1 June 2023. Issued 1 June 2026.", set()),
        ("Register entry: suspended since 3 October 2026.", {"G-12"}),
        ("Register: suspended 3 October 2026, reinstated 1 November 2026.", set()),
        ("The certificate may be suspended if audits are missed.", set()),
        ("DRAFT for comment.", {"G-12"}),
        ("This is to certify that Example Payroll AB, Uppsala, operates a management system.", {"R-ENTITY"}),
        ("No entry in the register of the body.", {"R-COMPLETE"}),
        ("Extract, page 1 of 4.", {"R-COMPLETE"}),
        ("Cert AS holds a stake in Example AB.", {"R-INDEP"}),
        ("Cert AS holds no stake in Example AB and is no subsidiary of it.", set()),
    ],
)
def test_what_the_text_of_a_certificate_says_besides(text: str, rules: set[str]) -> None:
    assert verdict(replace(CERT_42001, document_text=text), "LR-1")[1] == rules


@pytest.mark.parametrize(
    ("result", "text", "refreshed"),
    [
        ("passed", "", True),
        ("certification maintained", "", True),
        ("", "No nonconformity. Certification maintained.", True),
        ("", "", False),
        ("failed", "", False),
        ("not recommended for continuation", "", False),
    ],
)
def test_a_surveillance_audit_refreshes_only_when_it_says_that_it_was_passed(
    result: str, text: str, refreshed: bool
) -> None:
    old = replace(CERT_42001, dates={"issued_on": date(2024, 6, 1), "valid_until": date(2027, 5, 31)})
    audit = fact(
        "SV",
        "Surveillance audit",
        "iso_surveillance_report",
        CERT_42001.issuer,
        dates={"issued_on": date(2026, 5, 20)},
        scheme="ISO/IEC 42001:2023",
        result=result,
        document_text=text,
        links=("C42",),
    )
    assert ("R-AGE" not in verdict(old, "LR-1", audit)[1]) is refreshed


@pytest.mark.parametrize(
    ("cover", "rules"),
    [
        (Cover(document="MIRP", version="2.0"), set()),
        (Cover(document="Model Incident Response Plan", version="v2"), set()),
        (Cover(document="MIRP", version="1.9"), {"R-LINK"}),
        (Cover(document="Information security policy", version="2.0"), {"R-LINK"}),
        (Cover(document="Security Incident Response Plan", version="2.0"), {"R-LINK"}),
        (Cover(document="MIRP"), {"R-LINK"}),
        (None, {"R-LINK"}),
    ],
)
def test_what_a_validation_letter_covers(cover: Cover | None, rules: set[str]) -> None:
    assert verdict(MIRP, "IR-1", replace(letter("VP", MIRP), covers=cover))[1] == rules


def test_a_letter_older_than_the_document_is_for_a_person() -> None:
    assert verdict(MIRP, "IR-1", letter("VP", MIRP, date(2026, 3, 1))) == (REVIEW, {"R-LINK"})


def test_a_letter_on_another_version_validates_nothing_even_where_the_rule_is_not_listed() -> None:
    drill = replace(DRILL, issuer=VENDOR, assessor=None, version="2", links=("VE",))
    assert verdict(drill, "IR-4", letter("VE", drill))[0] is ACCEPTED
    assert verdict(drill, "IR-4", letter("VE", replace(drill, version="1")))[1] == {"R-LINK"}


def test_a_certificate_names_the_statement_in_its_version() -> None:
    certificate = replace(LIBRARY[1], scope="Example platform with Example Assist, SoA v3.")
    assert verdict(replace(SOA, links=("C27",)), "LR-6", certificate)[0] is ACCEPTED
    other = replace(certificate, scope="Example platform with Example Assist, SoA 2.4.")
    assert verdict(replace(SOA, links=("C27",)), "LR-6", other)[1] == {"R-LINK"}


@pytest.mark.parametrize(
    ("title", "signed_on", "expected"),
    [
        ("Chief Executive Officer", date(2026, 6, 10), ACCEPTED),
        ("Head of AI", date(2026, 6, 10), REVIEW),
        ("Data analyst", date(2026, 6, 10), REJECTED),
        ("Chief Executive Officer", date(2026, 5, 31), REJECTED),
    ],
)
def test_an_executive_attests(title: str, signed_on: date, expected: ArtefactVerdict) -> None:
    assert ATTESTATION.signer is not None
    signed = replace(ATTESTATION, signer=replace(ATTESTATION.signer, title=title), dates={"signed_on": signed_on})
    assert verdict(signed, "RA-8", ASSESSMENT)[0] is expected


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("The chatbot gives harmful advice", ACCEPTED),
        ("Fraud model drifts after a feed change", ACCEPTED),
        ("Agent sends payments that nobody approved", ACCEPTED),
        ("Ransomware on the file server", REJECTED),
        ("Ransomware; the AI services were not part of the exercise", REJECTED),
        ("Configuration drift on firewalls", REJECTED),
        ("The pricing model spreadsheet is deleted", REJECTED),
    ],
)
def test_the_scenario_of_an_exercise(scenario: str, expected: ArtefactVerdict) -> None:
    assert verdict(replace(DRILL, scenario=scenario), "IR-4")[0] is expected


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("Direct prompt injection and jailbreak.", "AT-1", ACCEPTED),
        ("Direct and indirect prompt injection.", "AT-1", ACCEPTED),
        ("Indirect prompt injection through files.", "AT-1", REJECTED),
        ("Direct injection was tried; indirect injection was not.", "AT-4", REJECTED),
        ("No jailbreak succeeded.", "AT-2", ACCEPTED),
        ("Out of scope: agents and tools.", "AT-6", REJECTED),
        ("Tools used by the testers: open source.", "AT-6", REJECTED),
    ],
)
def test_what_a_red_team_report_covers(text: str, claim: str, expected: ArtefactVerdict) -> None:
    assert verdict(replace(RED_TEAM, document_text=text), claim)[0] is expected


def test_an_audit_for_hiring_says_nothing_about_credit() -> None:
    audit = replace(BIAS_AUDIT, document_text="Ranking of job candidates. Characteristics: sex, age.")
    hiring, credit = replace(ASSIST, domain="employment"), replace(ASSIST, domain="credit")
    assert verdict(audit, "BF-2", systems=(hiring,))[0] is ACCEPTED
    assert verdict(audit, "BF-2", systems=(credit,))[1] == {"R-CONTENT"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Impact ratio at least 0.80; lowest 0.88.", ACCEPTED),
        ("All within the agreed thresholds.", ACCEPTED),
        ("Limits of the data in section 3. Lowest ratio 0.91.", REJECTED),
        ("No acceptance criteria were agreed; lowest ratio 0.91.", REJECTED),
        ("Thresholds to be defined.", REJECTED),
    ],
)
def test_thresholds(text: str, expected: ArtefactVerdict) -> None:
    assert verdict(replace(BIAS_AUDIT, document_text=text), "BF-4")[0] is expected


def test_a_claim_is_judged_for_the_systems_it_applies_to() -> None:
    both = replace(RED_TEAM, ai_systems=("Example Assist", "Example Rank"))
    changed_rank = replace(RANK, material_changes=(date(2026, 10, 1),))
    systems: tuple[SystemFact, ...] = (ASSIST, changed_rank)
    # Rank takes no prompts, so its change does not touch the prompt tests; it does touch the exfiltration test.
    assert verdict(both, "AT-1", systems=systems)[0] is ACCEPTED
    assert verdict(both, "AT-3", systems=systems)[1] == {"R-CHANGE"}


def test_an_outside_reassessment_after_the_change_counts() -> None:
    swapped = (replace(ASSIST, material_changes=(date(2026, 9, 1),)),)
    again = replace(
        RED_TEAM, id="RT2", title="Targeted reassessment after the change", dates={"issued_on": date(2026, 10, 1)}
    )
    assert verdict(RED_TEAM, "AT-5", systems=swapped)[1] == {"R-CHANGE"}
    assert verdict(RED_TEAM, "AT-5", replace(again, links=("RT",)), systems=swapped)[0] is ACCEPTED
    own = replace(again, links=("RT",), issuer=VENDOR)
    assert verdict(RED_TEAM, "AT-5", own, systems=swapped)[1] == {"R-CHANGE"}


def test_the_testers_letters_count_together() -> None:
    report = replace(RED_TEAM, findings={"critical": 0, "high": 2})
    first = replace(RETEST, id="RL1", dates={"retested_on": date(2026, 9, 10)})
    second = replace(RETEST, retests=(Retest(finding="H-2", result="closed"),))
    assert verdict(second, "AT-8", report)[1] == {"R-RETEST"}
    assert verdict(second, "AT-8", report, first)[0] is ACCEPTED
    reopened = replace(second, retests=(*second.retests, Retest(finding="H-1", result="open")))
    assert verdict(reopened, "AT-8", report, first)[1] == {"R-RETEST"}
    assert verdict(replace(second, issuer=outsider("Other BV")), "AT-8", report, first)[0] is REVIEW


@pytest.mark.parametrize(
    ("text", "carved_out", "rules"),
    [
        ("", ("Model API",), {"W-CARVEOUT"}),
        ("The LLM provider is presented using the carve-out method.", (), {"W-CARVEOUT"}),
        ("The inclusive method is used; no provider is carved out.", (), set()),
    ],
)
def test_carve_outs(text: str, carved_out: tuple[str, ...], rules: set[str]) -> None:
    assert verdict(replace(SOC2, document_text=text, carved_out=carved_out), "LR-4")[1] == rules


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"version": ""}, REJECTED),
        ({"document_text": "The plan carries no revision history."}, REJECTED),
        ({"document_text": "Approved by: pending"}, REJECTED),
        ({"document_text": "Version history: 1.0, 2.0. Approved by the CISO."}, ACCEPTED),
    ],
)
def test_version_control(fields: dict[str, Any], expected: ArtefactVerdict) -> None:
    plan = replace(MIRP, **fields)
    assert verdict(plan, "IR-1", letter("VP", MIRP))[0] is expected


@pytest.mark.parametrize(
    ("recorded", "text", "expected"),
    [
        ("Example AB", "Certificate of Example AB, Uppsala.", ACCEPTED),
        ("", "Certificate of Example AB, Uppsala.", ACCEPTED),
        ("", "Certificate of Example Payroll AB.", REJECTED),
        ("Example AB", "Certificate of Example Payroll AB.", REVIEW),
        ("Example Payroll AB", "Certificate of Example AB.", REJECTED),
        ("Example", "", REVIEW),
        ("", "Certified by Cert AS, checked by Other Ltd.", ACCEPTED),
    ],
)
def test_the_entity_as_recorded_and_as_printed(recorded: str, text: str, expected: ArtefactVerdict) -> None:
    assert verdict(replace(CERT_42001, legal_entity=recorded, document_text=text), "LR-1")[0] is expected


def test_bias_that_was_found_was_assessed_all_the_same() -> None:
    found = replace(BIAS_AUDIT, conclusion="Impact ratio breaches the threshold for one group.")
    assert verdict(found, "BF-1") == (REVIEW, {"R-OPINION"})
    assert verdict(replace(BIAS_AUDIT, opinion="adverse"), "BF-1") == (REJECTED, {"R-OPINION"})
