"""The answer library: one writes, another approves, nothing is overwritten silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.actions.people import add_member
from accounts.models import AuditEvent, Organisation, Role, User
from evidence.actions.answer_review import approve, send_back, still_right
from evidence.actions.answer_rows import (
    AnswerChanged,
    AnswerExists,
    MayNotApproveAnswers,
    NothingToDo,
    Wording,
    WriterMayNotApprove,
    pending_of,
)
from evidence.actions.answers import add, change, retire, undo
from evidence.models import AnswerState, LibraryAnswer, VersionState
from evidence.queries import answers_in_use
from tests.conftest import NOW, TODAY

WORDING = Wording(question="Is data encrypted?", answer="Yes", owner="Emil", reviewed_on=TODAY)


@pytest.fixture
def written(vendor: Organisation, vera: User) -> LibraryAnswer:
    """An answer of vera's that waits."""
    return add(organisation=vendor, wording=WORDING, by=vera, at=NOW)


@pytest.fixture
def approved(written: LibraryAnswer, ada: User) -> LibraryAnswer:
    return approve(answer=written, version=1, by=ada, at=NOW)


def again(answer: LibraryAnswer) -> LibraryAnswer:
    return LibraryAnswer.objects.get(pk=answer.pk)


def test_a_new_answer_is_in_use_only_once_a_second_person_approved_it(
    vendor: Organisation, written: LibraryAnswer, ada: User
) -> None:
    assert (written.state, answers_in_use(vendor)) == (AnswerState.IN_REVIEW, [])
    approve(answer=written, version=1, by=ada, at=NOW)
    assert answers_in_use(vendor) == [written]
    assert again(written).approved_by == ada
    assert list(AuditEvent.objects.filter(event__startswith="answer.").values_list("event", flat=True)) == [
        "answer.added",
        "answer.approved",
    ]


def test_nobody_approves_what_they_wrote(vendor: Organisation, ada: User) -> None:
    own = add(organisation=vendor, wording=WORDING, by=ada, at=NOW)
    assert own.state == AnswerState.IN_REVIEW
    with pytest.raises(WriterMayNotApprove):
        approve(answer=own, version=1, by=ada, at=NOW)
    assert again(own).state == AnswerState.IN_REVIEW


def test_the_database_knows_it_too(written: LibraryAnswer, vera: User) -> None:
    with pytest.raises(IntegrityError, match="second_person"):
        LibraryAnswer.objects.filter(pk=written.pk).update(
            state=AnswerState.APPROVED, approved_at=NOW, approved_by=vera
        )


def test_whoever_lacks_the_role_approves_nothing(vendor: Organisation, written: LibraryAnswer) -> None:
    other = User.objects.create_user("sam@vendor.example")
    add_member(organisation=vendor, user=other, role=Role.SALES_ENGINEER, by=None, at=NOW)
    with pytest.raises(MayNotApproveAnswers):
        approve(answer=written, version=1, by=other, at=NOW)
    with pytest.raises(MayNotApproveAnswers):
        send_back(answer=written, version=1, note="No.", by=other, at=NOW)
    with pytest.raises(MayNotApproveAnswers):
        still_right(answer=written, version=1, on=TODAY, by=other, at=NOW)
    assert again(written).state == AnswerState.IN_REVIEW


def test_what_an_approver_brings_in_for_somebody_else_is_approved_at_once(
    vendor: Organisation, ada: User, vera: User
) -> None:
    kept = add(organisation=vendor, wording=WORDING, written_by=vera, by=ada, at=NOW)
    assert (kept.state, kept.written_by, kept.approved_by) == (AnswerState.APPROVED, vera, ada)


def test_what_was_approved_stays_in_use_while_a_change_waits(
    approved: LibraryAnswer, vendor: Organisation, vera: User, ada: User
) -> None:
    changed = change(answer=approved, wording=replace(WORDING, answer="No"), version=1, by=vera, at=NOW)
    assert [row.answer for row in answers_in_use(vendor)] == ["Yes"]
    approve(answer=changed, version=2, by=ada, at=NOW)
    assert [row.answer for row in answers_in_use(vendor)] == ["No"]
    assert [version.answer for version in approved.versions.all()] == ["No", "Yes"]


def test_two_who_change_one_answer_are_told(approved: LibraryAnswer, vera: User, ada: User) -> None:
    change(answer=approved, wording=replace(WORDING, answer="No"), version=1, by=vera, at=NOW)
    with pytest.raises(AnswerChanged) as caught:
        change(answer=approved, wording=replace(WORDING, answer="Partly"), version=1, by=ada, at=NOW)
    assert caught.value.current.version == 2
    waiting = pending_of(approved)
    assert waiting is not None and waiting.answer == "No"


def test_an_approval_covers_only_what_was_read(approved: LibraryAnswer, vera: User, ada: User) -> None:
    change(answer=approved, wording=replace(WORDING, answer="No"), version=1, by=vera, at=NOW)
    change(answer=approved, wording=replace(WORDING, answer="Never"), version=2, by=vera, at=NOW)
    with pytest.raises(AnswerChanged):
        approve(answer=approved, version=2, by=ada, at=NOW)
    assert again(approved).answer == "Yes"


def test_saying_the_same_again_changes_nothing(approved: LibraryAnswer, vera: User) -> None:
    assert change(answer=approved, wording=WORDING, version=1, by=vera, at=NOW).version == 1
    assert approved.versions.count() == 1


def test_one_question_has_one_answer_per_scope(vendor: Organisation, written: LibraryAnswer, vera: User) -> None:
    with pytest.raises(AnswerExists) as caught:
        add(organisation=vendor, wording=replace(WORDING, question="1. IS DATA ENCRYPTED"), by=vera, at=NOW)
    assert caught.value.existing == written
    other = add(organisation=vendor, wording=replace(WORDING, product="Helper"), by=vera, at=NOW)
    with pytest.raises(AnswerExists):
        change(answer=other, wording=WORDING, version=1, by=vera, at=NOW)
    assert LibraryAnswer.objects.count() == 2


def test_a_change_that_was_sent_back_leaves_what_was_approved(approved: LibraryAnswer, vera: User, ada: User) -> None:
    change(answer=approved, wording=replace(WORDING, answer="No"), version=1, by=vera, at=NOW)
    send_back(answer=approved, version=2, note="Say since when.", by=ada, at=NOW)
    assert (again(approved).answer, again(approved).state) == ("Yes", AnswerState.APPROVED)
    assert approved.versions.get(number=2).note == "Say since when."
    with pytest.raises(NothingToDo):
        approve(answer=approved, version=2, by=ada, at=NOW)


def test_a_new_answer_that_was_sent_back_is_a_draft_and_can_be_sent_again(
    written: LibraryAnswer, vera: User, ada: User
) -> None:
    send_back(answer=written, version=1, note="Which data?", by=ada, at=NOW)
    assert again(written).state == AnswerState.DRAFT
    change(answer=written, wording=replace(WORDING, comment="All of it."), version=1, by=vera, at=NOW)
    assert again(written).state == AnswerState.IN_REVIEW


def test_a_draft_waits_for_nobody(vendor: Organisation, vera: User, ada: User) -> None:
    draft = add(organisation=vendor, wording=WORDING, draft=True, by=vera, at=NOW)
    with pytest.raises(NothingToDo):
        approve(answer=draft, version=1, by=ada, at=NOW)
    change(answer=draft, wording=WORDING, version=1, by=vera, at=NOW)
    assert again(draft).state == AnswerState.IN_REVIEW


def test_still_right_sets_the_day_and_leaves_a_trace(approved: LibraryAnswer, ada: User) -> None:
    later = TODAY + timedelta(days=200)
    reviewed = still_right(answer=approved, version=1, on=later, by=ada, at=NOW)
    assert again(approved).reviewed_on == later
    assert still_right(answer=reviewed, version=2, on=later, by=ada, at=NOW).version == 2
    assert AuditEvent.objects.filter(event="answer.reviewed").count() == 1


def test_a_retired_answer_answers_nothing_and_can_be_brought_back(
    approved: LibraryAnswer, vendor: Organisation, ada: User
) -> None:
    gone = retire(answer=approved, version=1, by=ada, at=NOW)
    assert answers_in_use(vendor) == []
    assert retire(answer=gone, version=2, by=ada, at=NOW).version == 2
    undo(answer=gone, version=2, by=ada, at=NOW)
    assert answers_in_use(vendor) == [approved]


def test_whoever_may_not_approve_brings_nothing_back_into_use(
    approved: LibraryAnswer, vendor: Organisation, vera: User
) -> None:
    gone = retire(answer=approved, version=1, by=vera, at=NOW)
    undo(answer=gone, version=2, by=vera, at=NOW)
    assert again(approved).state == AnswerState.IN_REVIEW
    assert answers_in_use(vendor) == []


def test_a_retired_answer_does_not_come_back_beside_its_successor(
    approved: LibraryAnswer, vendor: Organisation, vera: User, ada: User
) -> None:
    gone = retire(answer=approved, version=1, by=ada, at=NOW)
    add(organisation=vendor, wording=WORDING, by=vera, at=NOW)
    with pytest.raises(AnswerExists):
        undo(answer=gone, version=2, by=ada, at=NOW)
    assert again(gone).state == AnswerState.RETIRED


def test_undo_withdraws_what_waits_then_returns_to_the_words_before(
    approved: LibraryAnswer, vera: User, ada: User
) -> None:
    change(answer=approved, wording=replace(WORDING, answer="No"), version=1, by=vera, at=NOW)
    undo(answer=approved, version=2, by=vera, at=NOW)
    assert pending_of(approved) is None
    change(answer=approved, wording=replace(WORDING, answer="No"), version=3, by=vera, at=NOW)
    approve(answer=approved, version=4, by=ada, at=NOW)
    undo(answer=approved, version=4, by=ada, at=NOW)
    assert (again(approved).answer, again(approved).state) == ("Yes", AnswerState.APPROVED)
    assert approved.versions.first().state == VersionState.APPROVED  # type: ignore[union-attr]  # it has versions


def test_new_words_of_the_question_need_a_new_vector(approved: LibraryAnswer, vera: User, ada: User) -> None:
    LibraryAnswer.objects.filter(pk=approved.pk).update(embedding=b"x")
    change(answer=approved, wording=replace(WORDING, question="Is all data encrypted?"), version=1, by=vera, at=NOW)
    approve(answer=approved, version=2, by=ada, at=NOW)
    assert again(approved).embedding is None
