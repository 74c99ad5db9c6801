"""Answers that people write: within the form, within the proof or with a reason, and never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from rfp.actions.keeping import AnswerMoved
from rfp.actions.review import approve_selected
from rfp.actions.writing import CellRefused, NeedsReason, take_machine, write
from rfp.answering.by_hand import Entry
from rfp.models import Band, KeptAnswer, QuestionMapping, Response, ResponseStatus, Step
from tests.conftest import NOW
from tests.pages.conftest import World

LATER = NOW + timedelta(hours=1)
REWORDED = Entry(choice="Yes", comment="Certified in May.")


def put(world: World, number: int, entry: Entry, by: User, *, version: int = 1, override: str = "") -> Response:
    return write(question=world.question(number), entry=entry, override=override, version=version, by=by, at=LATER)


def untouched(world: World, number: int) -> None:
    row = world.response(number)
    assert (row.version, row.written_at) == (1, None)
    assert not KeptAnswer.objects.exists()
    assert not Step.objects.exists()
    assert not AuditEvent.objects.filter(event="response.written").exists()


def test_a_person_words_what_the_evidence_shows(listed: World, vera: User) -> None:
    row = put(listed, 1, REWORDED, vera)
    assert (row.shown, row.comment, row.option, row.value) == ("Yes", "Certified in May.", "Yes", "yes")
    assert (row.band, row.version, row.written_by, row.written_at) == (Band.SUGGESTED, 2, vera, LATER)
    assert not row.unsupported
    assert row.citations.get().page == 3  # the proof still stands behind the value
    assert row.machine is not None
    assert (row.machine.version, row.machine.band, row.machine.comment) == (
        1,
        Band.READY,
        "Certified by an accredited body.",
    )
    assert AuditEvent.objects.get(event="response.written").details == {"version": 2, "unsupported": False}


def test_the_same_answer_again_changes_nothing(listed: World, vera: User) -> None:
    put(listed, 1, Entry(choice="Yes", comment="Certified by an accredited body."), vera)
    untouched(listed, 1)


def test_writing_ends_an_approval(listed: World, vera: User, ada: User) -> None:
    approve_selected(questionnaire=listed.questionnaire, versions={listed.question(1).pk: 1}, by=ada, at=NOW)
    row = put(listed, 1, REWORDED, vera)
    assert (row.status, row.approved_by, row.approved_at) == (ResponseStatus.DRAFT, None, None)


@pytest.mark.parametrize(
    ("number", "choice"),
    [(3, "Yes"), (3, "Partially"), (3, "N/A"), (1, "N/A")],
)
def test_what_the_evidence_does_not_show_takes_a_reason(listed: World, vera: User, number: int, choice: str) -> None:
    with pytest.raises(NeedsReason):
        put(listed, number, Entry(choice=choice), vera)
    untouched(listed, number)
    row = put(listed, number, Entry(choice=choice), vera, override="The letter arrives on Friday.")
    assert (row.unsupported, row.band, row.override_reason) == (
        True,
        Band.SUGGESTED,
        "The letter arrives on Friday.",
    )
    assert not row.citations.exists()
    assert "the evidence does not show it" in row.reason


@pytest.mark.parametrize(("number", "choice"), [(3, "No"), (1, "No"), (1, "Partially")])
def test_a_gap_and_less_than_the_evidence_shows_take_none(listed: World, vera: User, number: int, choice: str) -> None:
    assert not put(listed, number, Entry(choice=choice), vera).unsupported


def test_where_a_yes_states_the_gap_it_is_the_no_that_takes_a_reason(listed: World, vera: User) -> None:
    QuestionMapping.objects.filter(question=listed.question(3)).update(polarity="inverted")
    with pytest.raises(NeedsReason):
        put(listed, 3, Entry(choice="No"), vera)
    assert not put(listed, 3, Entry(choice="Yes"), vera).unsupported


def test_outside_the_checklist_a_person_answers_from_knowledge(listed: World, vera: User) -> None:
    QuestionMapping.objects.filter(question=listed.question(3)).update(category="none")
    row = put(listed, 3, Entry(choice="Yes"), vera)
    assert (row.unsupported, row.band) == (False, Band.SUGGESTED)


def test_a_question_that_is_only_likely_to_lie_outside_is_not_outside(listed: World, vera: User) -> None:
    QuestionMapping.objects.filter(question=listed.question(3)).update(category="none")
    Response.objects.filter(pk=listed.response(3).pk).update(code="unsure_mapping")
    with pytest.raises(NeedsReason):
        put(listed, 3, Entry(choice="Yes"), vera)


@pytest.mark.parametrize("choice", ["yes", "Please select", "Yes, always"])
def test_only_an_option_of_the_buyer_letter_for_letter(listed: World, vera: User, choice: str) -> None:
    with pytest.raises(CellRefused):
        put(listed, 1, Entry(choice=choice), vera, override="x")
    untouched(listed, 1)


def test_a_closed_cell_takes_nothing(listed: World, vera: User) -> None:
    question = listed.question(1)
    question.slots.filter(role="answer").update(state="locked")
    with pytest.raises(CellRefused):
        put(listed, 1, Entry(choice="No"), vera)
    untouched(listed, 1)


def test_two_questions_of_one_cell_must_agree(listed: World, vera: User) -> None:
    slot = listed.question(1).slots.get(role="answer")
    listed.question(2).slots.filter(role="answer").update(row=slot.row, column=slot.column)
    with pytest.raises(CellRefused, match="same answer cell"):
        put(listed, 2, Entry(choice="No"), vera)
    untouched(listed, 2)


def test_a_blank_stays_open_unless_it_is_left_so_on_purpose(listed: World, vera: User) -> None:
    put(listed, 3, Entry(), vera)
    untouched(listed, 3)
    row = write(question=listed.question(3), entry=Entry(), on_purpose=True, version=1, by=vera, at=LATER)
    assert (row.code, row.written_by) == ("left_blank", vera)


def test_nothing_entered_leaves_it_blank_on_purpose(listed: World, vera: User) -> None:
    row = put(listed, 1, Entry(), vera)
    assert (row.band, row.code, row.shown, row.value) == (Band.BLANK, "left_blank", "", "needs_information")


def test_a_text_cell_is_read_by_its_first_words(world: World, vera: User) -> None:
    assert put(world, 1, Entry(text="Yes, since 2024.", comment="c"), vera).value == "yes"
    with pytest.raises(NeedsReason):
        put(world, 3, Entry(text="We are certified."), vera)
    assert put(world, 3, Entry(text="No. It is planned."), vera).promise == "is planned"


def test_a_version_that_moved_is_never_overwritten(listed: World, vera: User, ada: User) -> None:
    put(listed, 1, REWORDED, vera)
    with pytest.raises(AnswerMoved):
        put(listed, 1, Entry(choice="No"), ada)
    assert listed.response(1).comment == "Certified in May."
    assert put(listed, 1, Entry(choice="No"), ada, version=2).version == 3
    assert list(KeptAnswer.objects.values_list("version", "comment")) == [
        (1, "Certified by an accredited body."),
        (2, "Certified in May."),
    ]


def test_the_machines_answer_comes_back_as_it_was(listed: World, vera: User, ada: User) -> None:
    put(listed, 1, REWORDED, vera)
    put(listed, 1, Entry(choice="No"), ada, version=2)
    row = take_machine(question=listed.question(1), version=3, by=vera, at=LATER)
    assert (row.band, row.version, row.comment) == (Band.READY, 4, "Certified by an accredited body.")
    assert (row.written_at, row.written_by, row.machine) == (None, None, None)
    assert row.citations.get().page == 3
    take_machine(question=listed.question(1), version=4, by=vera, at=LATER)
    assert listed.response(1).version == 4


def test_the_machines_answer_entered_again_is_the_machines(listed: World, vera: User) -> None:
    put(listed, 1, REWORDED, vera)
    row = put(listed, 1, Entry(choice="Yes", comment="Certified by an accredited body."), vera, version=2)
    assert (row.band, row.written_at) == (Band.READY, None)


@pytest.mark.parametrize(
    "broken",
    [
        {"written_at": NOW},  # a person's answer that is ready
        {"unsupported": True, "band": "suggested"},  # nobody wrote it
        {"unsupported": True, "band": "suggested", "written_at": NOW, "status": "approved", "approved_at": NOW},
    ],
)
def test_the_database_keeps_the_rules_too(listed: World, broken: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=listed.response(1).pk).update(**broken)
