"""Which day is asked, which AI system is meant, and how answers share cells."""

from datetime import date

import pytest

from evidence.proofs import Proof
from rfp.answering import days
from rfp.answering.cells import Cells, item_labels
from rfp.answering.focus import systems_meant
from rfp.workbook.model import Write
from scoring.types import EvidenceFact

NAMES = ("Grove Assist", "Grove Match")


def proof(reference: str, **dates: date) -> Proof:
    fact = EvidenceFact(id=reference, title=reference, kind="red_team_report", dates=dates)
    return Proof(revision_id=1, reference=reference, revision=1, file_name="", sha256="", verified=True, fact=fact)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date your certificate was issued", "issued_on"),
        ("When does the certificate expire?", "valid_until"),
        ("Certificate valid until", "valid_until"),
        ("End of the period covered by your SOC 2 report", "period_end"),
        ("Start of the reporting period", "period_start"),
        ("Date of the retest of high findings", "retested_on"),
        ("Date on which the red-team testing ended", "testing_ended_on"),
        ("When was the last model incident drill?", "exercised_on"),
        ("Date of the latest surveillance audit", "last_audit_decision_on"),
        ("On what day was the plan approved?", "approved_on"),
        ("When was the assessment last reviewed?", "last_review_on"),
    ],
)
def test_the_words_say_which_day_is_asked(text: str, expected: str) -> None:
    assert days.asked(text)[0] == expected


def test_the_latest_document_that_states_the_day_answers() -> None:
    old = proof("A", testing_ended_on=date(2025, 5, 1), issued_on=date(2026, 9, 1))
    new = proof("B", testing_ended_on=date(2026, 8, 7))
    found = days.find("Date on which the red-team testing ended", [old, new])
    assert found is not None
    assert (found.on, found.proof.reference) == (date(2026, 8, 7), "B")


def test_a_day_that_no_document_states_is_not_made_up() -> None:
    assert days.find("When does it expire?", [proof("A", issued_on=date(2026, 1, 1))]) is None
    assert days.find("How many findings were there?", [proof("A", issued_on=date(2026, 1, 1))]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was Grove Match tested adversarially?", {"Grove Match"}),
        ("Is the bias audit of Match published?", {"Grove Match"}),
        ("Do both Grove Assist and Grove Match have owners?", {"Grove Assist", "Grove Match"}),
        ("Does your tool match applicants?", set()),
        ("Match the control to the requirement.", set()),
        ("Is the AI system tested?", set()),
    ],
)
def test_a_system_is_meant_when_it_is_named(text: str, expected: set[str]) -> None:
    assert systems_meant(text, NAMES) == expected


def write(row: int, value: str | int | None, *, date: bool = False) -> Write:
    return Write(sheet="S", row=row, column=3, value=value, date=date)


def test_texts_of_questions_that_share_a_cell_stand_below_each_other() -> None:
    cells = Cells()
    assert cells.take([write(2, "First.")])
    assert cells.take([write(2, "Second.")])
    assert [item.value for item in cells.writes] == ["First.\nSecond."]


def test_answers_to_questions_of_one_cell_are_named() -> None:
    here, there = ("S", 4, 2), ("S", 9, 2)
    assert item_labels([here, here, there], ["4a", "4b", "9"]) == ("4a", "4b", "")
    assert item_labels([here, there, here], ["4", "9", "4"]) == ("(1)", "", "(2)")
    assert item_labels([here, here], ["", "b"]) == ("(1)", "(2)")
    cells = Cells()
    for label in ("4a", "4b", "(3)"):
        assert cells.take([write(2, "Yes"), write(3, 7)], label=label)
    assert [item.value for item in cells.writes] == ["4a: Yes\n4b: Yes\n(3) Yes", 7]


@pytest.mark.parametrize("second", [write(2, 4), write(2, None), write(2, "2026-01-01", date=True)])
def test_an_answer_that_would_change_a_taken_cell_is_refused_whole(second: Write) -> None:
    cells = Cells()
    cells.take([write(2, 3)])
    assert not cells.take([write(5, "beside"), second])
    assert [item.row for item in cells.writes] == [2]
