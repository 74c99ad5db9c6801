"""A vendor's standing: what each document is worth for the checklist, and what an approved answer may rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evidence.catalogs.mandate import load
from evidence.proofs import Proof
from rfp.queries.standing import Standing
from scoring.types import Deal, EvidenceFact, Independence, Issuer
from tests.scoring.world import (
    ASSIST,
    DEAL,
    LIBRARY,
    ON,
    RANK,
    VENDOR,
    changed,
    fact,
    judged,
    without,
)

POLICY = fact("POL", "Access policy", "policy", VENDOR, dates={"issued_on": date(2026, 3, 1)}, version="2")


def proof(item: EvidenceFact) -> Proof:
    return Proof(revision_id=1, reference=item.id, revision=1, file_name="a.pdf", sha256="", verified=True, fact=item)


def standing(library: Iterable[EvidenceFact] = LIBRARY, *, deal: Deal = DEAL) -> Standing:
    facts = tuple(library)
    return Standing(
        on=ON,
        catalogue=load(),
        deal=deal,
        proofs={item.id: proof(item) for item in facts},
        accepted_risks=(),
        results=judged(facts, deal=deal),
    )


def test_a_flawless_certificate_is_accepted_also_where_another_standard_is_wanted_too() -> None:
    worth = standing().artefacts()["C42"]
    assert (worth.verdict, worth.problems) == ("accepted", ())
    assert "LR-1" in worth.satisfies
    assert "LR-5" not in worth.satisfies


def test_every_document_of_a_flawless_library_is_accepted() -> None:
    assert {worth.verdict for worth in standing().artefacts().values()} == {"accepted"}


def test_a_document_that_no_requirement_asks_for_is_not_used() -> None:
    worth = standing((*LIBRARY, POLICY)).artefacts()["POL"]
    assert (worth.verdict, worth.satisfies, worth.problems) == ("not_used", (), ())


def test_a_rejected_document_says_why() -> None:
    worth = standing(changed(LIBRARY, "C42", status="suspended")).artefacts()["C42"]
    assert (worth.verdict, worth.satisfies) == ("rejected", ())
    assert any("suspended" in problem.sentence for problem in worth.problems)


def test_a_document_is_not_blamed_for_the_one_beside_it() -> None:
    judgements = standing(changed(LIBRARY, "EA", attests_version="0.1")).artefacts()
    assert judgements["EA"].verdict == "rejected"
    assert (judgements["RA"].verdict, judgements["RA"].problems) == ("accepted", ())


def test_a_vendor_document_whose_letter_is_missing_says_so() -> None:
    worth = standing(without(LIBRARY, "VP", "EX")).artefacts()["MIRP"]
    assert worth.verdict == "rejected"
    assert {problem.rule for problem in worth.problems} >= {"R-LINK"}


def test_a_document_for_one_of_two_systems_is_partly_accepted() -> None:
    deal = replace(DEAL, systems=(ASSIST, RANK))
    worth = standing(deal=deal).artefacts()["SOC"]
    assert worth.verdict == "partly_accepted"
    assert any(RANK.name in problem.sentence for problem in worth.problems)


def test_what_waits_for_a_person_needs_review() -> None:
    worth = standing(changed(LIBRARY, "C27", needs_review="The document is not there.")).artefacts()["C27"]
    assert worth.verdict == "needs_review"


def test_an_approved_answer_may_rest_on_a_document_of_the_vendor() -> None:
    assert standing((*LIBRARY, POLICY)).supports("POL")
    assert standing().supports("C42")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "withdrawn"},
        {"needs_review": "The document is not there."},
        {"issuer": Issuer(name="Somebody", independence=Independence.UNKNOWN)},
        {"dates": {"issued_on": date(2025, 11, 22)}},
        {"dates": {"issued_on": date(2026, 3, 1), "valid_until": date(2026, 11, 22)}},
        {"dates": {"issued_on": date(2026, 12, 1)}},
        {"dates": {"valid_until": date(2026, 11, 22)}},
    ],
)
def test_no_answer_rests_on_a_document_out_of_force(fields: dict[str, Any]) -> None:
    assert not standing((*LIBRARY, replace(POLICY, **fields))).supports("POL")


def test_no_answer_rests_on_a_document_that_is_not_there_or_was_replaced() -> None:
    newer = replace(POLICY, id="POL-3", version="3", dates={"issued_on": date(2026, 9, 1)})
    both = standing((*LIBRARY, POLICY, newer))
    assert not both.supports("NONE")
    assert not both.supports("POL")
    assert both.supports("POL-3")
