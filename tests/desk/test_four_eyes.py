"""Approving at the desk: never one's own, never in bulk what the evidence does not support; and undoing it all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, User
from rfp.actions.review import (
    AnswersChanged,
    MayNotApprove,
    OneByOne,
    approve,
    approve_ready,
    approve_selected,
    unapprove,
)
from rfp.actions.steps import NothingToUndo, skip
from rfp.actions.undo import undo
from rfp.actions.writing import write
from rfp.answering.by_hand import Entry
from rfp.models import Citation, Response, ResponseStatus, Step
from rfp.queries.answers import facets_of
from tests.conftest import NOW
from tests.pages.conftest import World

LATER = NOW + timedelta(hours=1)


def approved(world: World) -> list[int]:
    rows = Response.objects.filter(question__questionnaire=world.questionnaire, status=ResponseStatus.APPROVED)
    return list(rows.order_by("question__position").values_list("question__position", flat=True))


def say(world: World, number: int, choice: str, by: User, *, override: str = "") -> Response:
    version = world.response(number).version
    entry = Entry(choice=choice, comment="In other words.")
    return write(question=world.question(number), entry=entry, override=override, version=version, by=by, at=NOW)


def let(world: World, *numbers: int, by: User) -> int:
    versions = {world.question(number).pk: world.response(number).version for number in numbers}
    return approve_selected(questionnaire=world.questionnaire, versions=versions, by=by, at=LATER)


def test_nobody_approves_what_they_wrote(listed: World, ada: User, abe: User) -> None:
    say(listed, 1, "Yes", ada)
    with pytest.raises(MayNotApprove, match="You wrote this answer"):
        let(listed, 1, 2, by=ada)
    assert approved(listed) == []
    let(listed, 1, by=abe)
    assert approved(listed) == [1]


def test_who_wrote_over_the_words_of_another_leaves_it_to_the_other(listed: World, ada: User, abe: User) -> None:
    say(listed, 1, "Yes", abe)
    write(question=listed.question(1), entry=Entry(choice="No"), version=2, by=ada, at=NOW)
    with pytest.raises(MayNotApprove):
        let(listed, 1, by=ada)
    assert let(listed, 1, by=abe) == 1


def test_what_goes_beyond_the_evidence_is_approved_alone(listed: World, vera: User, ada: User) -> None:
    say(listed, 3, "Yes", vera, override="The letter is on its way.")
    with pytest.raises(OneByOne):
        let(listed, 1, 3, by=ada)
    assert approved(listed) == []
    assert let(listed, 3, by=ada) == 1


def test_without_a_reason_it_is_approved_by_nobody(listed: World, vera: User, ada: User) -> None:
    say(listed, 3, "Yes", vera, override="x")
    Response.objects.filter(pk=listed.response(3).pk).update(override_reason="")
    with pytest.raises(OneByOne):
        let(listed, 3, by=ada)
    assert approved(listed) == []


def test_approving_all_leaves_out_ones_own_and_what_is_not_supported(listed: World, vera: User, ada: User) -> None:
    say(listed, 2, "Yes", ada)
    say(listed, 3, "Yes", vera, override="x")
    assert approve(questionnaire=listed.questionnaire, include_suggested=True, by=ada, at=LATER) == 3
    assert approved(listed) == [1, 4, 5]


def test_bulk_takes_only_what_is_ready_and_cited(listed: World, ada: User) -> None:
    Citation.objects.filter(response=listed.response(4)).delete()
    facets = facets_of(listed.questionnaire)
    assert facets.ready_to_approve == 1
    assert approve_ready(questionnaire=listed.questionnaire, seal=facets.seal, by=ada, at=LATER) == 1
    assert approved(listed) == [1]


def test_an_approval_is_taken_back_and_given_again(listed: World, ada: User, vera: User) -> None:
    let(listed, 1, by=ada)
    with pytest.raises(MayNotApprove):
        unapprove(question=listed.question(1), version=1, by=vera, at=LATER)
    with pytest.raises(AnswersChanged):
        unapprove(question=listed.question(1), version=2, by=ada, at=LATER)
    assert approved(listed) == [1]
    assert unapprove(question=listed.question(1), version=1, by=ada, at=LATER)
    assert approved(listed) == []
    assert not unapprove(question=listed.question(1), version=1, by=ada, at=LATER)
    undo(questionnaire=listed.questionnaire, by=ada, at=LATER)
    assert approved(listed) == [1]
    assert AuditEvent.objects.filter(event="answers.approved").count() == 2


def test_undo_goes_back_step_by_step_each_of_ones_own(listed: World, ada: User, vera: User) -> None:
    let(listed, 1, 2, by=ada)
    say(listed, 4, "No", ada)
    skip(question=listed.question(5), by=ada, at=NOW)
    skip(question=listed.question(5), by=ada, at=NOW)
    say(listed, 6, "No", vera)
    kinds = []
    for _ in range(3):
        undone = undo(questionnaire=listed.questionnaire, by=ada, at=LATER)
        kinds.append((undone.kind, undone.question.position if undone.question else None, undone.answers))
    assert kinds == [("skipped", 5, 1), ("written", 4, 1), ("approved", None, 2)]
    assert approved(listed) == []
    row = listed.response(4)
    assert (row.shown, row.version, row.band, row.written_at) == ("Yes", 3, "ready", None)
    assert listed.response(6).written_by == vera
    with pytest.raises(NothingToUndo):
        undo(questionnaire=listed.questionnaire, by=ada, at=LATER)


def test_undo_never_touches_what_somebody_changed_since(listed: World, ada: User, vera: User) -> None:
    say(listed, 1, "No", ada)
    write(question=listed.question(1), entry=Entry(choice="N/A"), override="x", version=2, by=vera, at=NOW)
    with pytest.raises(NothingToUndo, match="changed since"):
        undo(questionnaire=listed.questionnaire, by=ada, at=LATER)
    assert listed.response(1).shown == "N/A"
    assert Step.objects.get(by=ada).undone_at is not None


def test_undo_of_a_second_text_brings_back_the_first(listed: World, vera: User) -> None:
    say(listed, 1, "Yes", vera)
    write(question=listed.question(1), entry=Entry(choice="No"), version=2, by=vera, at=NOW)
    undo(questionnaire=listed.questionnaire, by=vera, at=LATER)
    row = listed.response(1)
    assert (row.shown, row.comment, row.written_by, row.version) == ("Yes", "In other words.", vera, 4)
    assert row.machine is not None
    assert row.machine.version == 1


def test_undo_does_not_end_the_approval_of_somebody_else(listed: World, vera: User, ada: User) -> None:
    say(listed, 1, "Yes", vera)
    let(listed, 1, by=ada)
    with pytest.raises(NothingToUndo, match="approved since"):
        undo(questionnaire=listed.questionnaire, by=vera, at=LATER)
    assert approved(listed) == [1]
    assert listed.response(1).version == 2
