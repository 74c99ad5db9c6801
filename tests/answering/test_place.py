"""Answers meet cells: the buyer's option or nothing, the words beside it, and what is closed stays closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rfp.answering.content import BlankCode, Content
from rfp.answering.place import place
from rfp.workbook.model import ColumnRole, Option, Prior, Question, Slot, SlotKind, SlotState, Tick, Write
from scoring.answers import Value

YES, NO = Option("Yes", "Yes"), Option("No", "No")
ANSWER = Slot(sheet="S", row=2, column=3, role=ColumnRole.ANSWER)
CHOICE = replace(ANSWER, kind=SlotKind.CHOICE, options=(YES, NO))
COMMENT = Slot(sheet="S", row=2, column=4, role=ColumnRole.COMMENT)
EVIDENCE = Slot(sheet="S", row=2, column=5, role=ColumnRole.EVIDENCE)
CONTENT = Content(value=Value.YES, comment="Certificate of 8 June 2026.", documents="cert.pdf")


def question(*slots: Slot, hidden: bool = False, sample: bool = False) -> Question:
    return Question(sheet="S", row=2, column=2, text="Certified?", slots=slots, hidden=hidden, sample=sample)


def written(*slots: Slot, content: Content = CONTENT) -> dict[int, object]:
    return {write.column: write.value for write in place(question(*slots), content).writes}


def test_an_option_a_comment_and_the_documents() -> None:
    expected = {3: "Yes", 4: "Certificate of 8 June 2026.", 5: "cert.pdf"}
    assert written(CHOICE, COMMENT, EVIDENCE) == expected
    assert place(question(CHOICE), CONTENT).option == YES


def test_one_text_cell_takes_value_and_words() -> None:
    assert written(ANSWER) == {3: "Yes. Certificate of 8 June 2026."}
    assert written(ANSWER, COMMENT) == {3: "Yes", 4: "Certificate of 8 June 2026."}
    assert written(COMMENT) == {4: "Yes. Certificate of 8 June 2026."}


def test_a_tick_marks_one_cell_and_clears_its_siblings() -> None:
    tick = replace(ANSWER, kind=SlotKind.TICK, ticks=(Tick(YES, 2, 6), Tick(NO, 2, 7)))
    assert place(question(tick), CONTENT).writes == (
        Write(sheet="S", row=2, column=6, value="x"),
        Write(sheet="S", row=2, column=7, value=None),
    )


def test_a_date_goes_into_a_date_cell() -> None:
    slot = replace(ANSWER, kind=SlotKind.DATE)
    content = Content(value=Value.NEEDS_INFORMATION, on=date(2026, 6, 8))
    assert place(question(slot), content).writes == (Write(sheet="S", row=2, column=3, value="2026-06-08", date=True),)


@pytest.mark.parametrize(
    ("asked", "content", "code"),
    [
        (question(CHOICE, hidden=True), CONTENT, BlankCode.SKIPPED),
        (question(CHOICE, sample=True), CONTENT, BlankCode.SKIPPED),
        (question(replace(CHOICE, options=(Option("Planned", "Planned"),))), CONTENT, BlankCode.NO_MATCHING_OPTION),
        (question(replace(CHOICE, prior=Prior.ANSWER, current="No")), CONTENT, BlankCode.EARLIER_ANSWER),
        (question(replace(CHOICE, state=SlotState.LOCKED)), CONTENT, BlankCode.CELL_CLOSED),
        (question(replace(CHOICE, state=SlotState.FORMULA)), CONTENT, BlankCode.CELL_CLOSED),
        (question(), CONTENT, BlankCode.CELL_CLOSED),
        (question(replace(ANSWER, kind=SlotKind.NUMBER)), CONTENT, BlankCode.NO_MATCHING_OPTION),
        (question(CHOICE), Content(value=Value.NEEDS_INFORMATION), BlankCode.NONE),
    ],
)
def test_a_blank_says_why(asked: Question, content: Content, code: BlankCode) -> None:
    placed = place(asked, content)
    assert placed.writes == ()
    assert placed.code is code
    assert bool(placed.problem) == (code is not BlankCode.NONE)


@pytest.mark.parametrize("state", [SlotState.FORMULA, SlotState.LOCKED])
def test_nothing_is_said_beside_an_answer_cell_that_is_closed(state: SlotState) -> None:
    locked_comment = replace(COMMENT, column=1, state=SlotState.LOCKED)
    for others in ((COMMENT,), (COMMENT, EVIDENCE), (locked_comment, EVIDENCE)):
        slots = sorted((replace(CHOICE, state=state), *others), key=lambda slot: slot.column)
        placed = place(question(*slots), CONTENT)
        assert (placed.writes, placed.code) == ((), BlankCode.CELL_CLOSED)
        assert "C2" in placed.problem


def test_words_for_a_list_stand_in_the_comment_and_are_named_so() -> None:
    content = Content(value=Value.NEEDS_INFORMATION, words="Every quarter.")
    placed = place(question(CHOICE, COMMENT), content)
    assert [(write.column, write.value) for write in placed.writes] == [(4, "Every quarter.")]
    assert (placed.shown, placed.beside, placed.option) == ("Every quarter.", True, None)
    assert not place(question(ANSWER, COMMENT), content).beside
    kept = place(question(CHOICE, replace(COMMENT, prior=Prior.ANSWER, current="said")), content)
    assert (kept.writes, kept.code) == ((), BlankCode.EARLIER_ANSWER)


def test_a_comment_that_holds_an_answer_is_kept() -> None:
    assert written(CHOICE, replace(COMMENT, prior=Prior.ANSWER, current="said")) == {3: "Yes"}
