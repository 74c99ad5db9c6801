"""What a report says of a verdict and of an answer's comment, in sentences that are right for one and for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from evidence.catalogs import mandate
from evidence.proofs import Proof
from rfp.answering.words import listed
from rfp.queries.report import verdict_reasons
from rfp.queries.report_answers import remark
from rfp.reporting.data import GapLine
from scoring.types import EvidenceFact, Issuer, Verdict
from scoring.verdict import CategoryState, Gate
from tests.reporting.sample import sample

CATALOGUE = mandate.load()
GAP = replace(sample().gaps[0], state="failed")


def reasons(gaps: Sequence[GapLine], *failing: str) -> tuple[str, ...]:
    states = {c.id: CategoryState.FAILED if c.id in failing else CategoryState.PASSED for c in CATALOGUE.categories}
    gate = Gate(
        verdict=Verdict.NOT_QUALIFIED,
        categories=states,
        open_requirements=tuple(gap.requirement for gap in gaps),
        accepted={},
    )
    return verdict_reasons(CATALOGUE, gate, gaps)


def test_no_gap_is_said_in_one_sentence() -> None:
    assert reasons([]) == ("Every applicable requirement is met by independent proof.",)


def test_one_gap_is_told_in_the_singular() -> None:
    count, split = reasons([GAP], "bias_fairness")
    assert count.startswith("1 requirement is not met, in: ")
    assert split == "Of these, 1 rests on proof that was rejected."


def test_every_kind_of_gap_is_counted() -> None:
    gaps = [GAP, GAP, replace(GAP, state="expired"), replace(GAP, state="missing"), replace(GAP, state="under_review")]
    count, split = reasons(gaps, *(category.id for category in CATALOGUE.categories))
    assert count == "5 requirements are not met, in all 5 categories."
    assert split == (
        "Of these, 2 rest on proof that was rejected, 1 rests on proof that has expired, 1 has no proof in the library "
        "and 1 waits for a person's decision."
    )


def test_a_gap_outside_the_categories_is_said_to_be() -> None:
    assert reasons([GAP])[0] == "1 requirement is not met, none of them in the 5 categories."


@pytest.mark.parametrize(
    ("covered", "said"),
    [
        (1, "Risk acceptances of the buyer cover 1 of them; 2 are open without one."),
        (2, "Risk acceptances of the buyer cover 2 of them; 1 is open without one."),
        (3, "A risk acceptance of the buyer covers all of it."),
    ],
)
def test_risk_acceptances_are_counted(covered: int, said: str) -> None:
    gaps = [replace(GAP, covered_by_exception="RA-1" if number < covered else "") for number in range(3)]
    assert reasons(gaps, "bias_fairness")[-1] == said


def proof(title: str) -> Proof:
    fact = EvidenceFact(
        id=title,
        title=title,
        kind="red_team_report",
        issuer=Issuer(name="Ravelin BV"),
        dates={"issued_on": date(2026, 5, 3)},
    )
    return Proof(revision_id=1, reference=title, revision=1, file_name="", sha256="", verified=True, fact=fact)


def test_a_remark_is_the_comment_without_its_documents() -> None:
    documents = [(proof("Report A"), 3), (proof("Report B"), None)]
    assert (
        remark(f"For one system only. {listed(documents)} Dates: 3 May.", documents)
        == "For one system only. Dates: 3 May."
    )
    assert remark(listed(documents[:1]), documents) == ""
    assert remark("A person wrote this.", documents) == "A person wrote this."
