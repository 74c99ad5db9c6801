"""What a question asks for, decided at the desk: answered anew, kept for the next ones, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from accounts.models import AuditEvent, User
from evidence.models import AnswerState, LibraryAnswer
from rfp.actions.deciding import (
    Decided,
    MappingMoved,
    NoSuchRequirement,
    decide,
    keep_decision,
    withdraw_decision,
)
from rfp.actions.teaching import NotForTheLibrary, keep_answer
from rfp.actions.writing import write
from rfp.answering.by_hand import Entry
from rfp.mapping.engine import Mapper
from rfp.mapping.types import Polarity
from rfp.models import Decision, MappingStatus, QuestionMapping
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World

LATER = NOW + timedelta(hours=1)
CERTIFIED = Decided(requirements=("LR-1",), polarity=Polarity.DIRECT)
OUTSIDE = Decided(requirements=(), polarity=Polarity.DIRECT)


@pytest.fixture(scope="module")
def mapper() -> Iterator[Mapper]:
    yield Mapper.load()


def decided(world: World, number: int, what: Decided, by: User, mapper: Mapper) -> QuestionMapping:
    question = world.question(number)
    seen = QuestionMapping.objects.filter(question=question).order_by("status").first()
    return decide(
        question=question, decided=what, seen=seen.pk if seen else None, mapper=mapper, on=TODAY, by=by, at=LATER
    )


def test_a_decision_answers_the_question_anew(listed: World, vera: User, mapper: Mapper) -> None:
    made = decided(listed, 3, CERTIFIED, vera, mapper)
    assert (made.category, made.decided_by, made.status) == ("legal_regulatory", vera, MappingStatus.CONFIRMED)
    assert listed.response(3).drafted_at == LATER
    assert listed.response(1).drafted_at == NOW
    decided(listed, 3, CERTIFIED, vera, mapper)
    assert AuditEvent.objects.filter(event="mapping.decided").count() == 1


def test_a_decision_leaves_what_a_person_wrote(listed: World, vera: User, mapper: Mapper) -> None:
    write(question=listed.question(3), entry=Entry(choice="No", comment="c"), version=1, by=vera, at=NOW)
    decided(listed, 3, OUTSIDE, vera, mapper)
    assert (listed.response(3).shown, listed.response(3).written_by) == ("No", vera)


def test_what_another_person_decided_is_not_overruled_unseen(
    listed: World, vera: User, ada: User, mapper: Mapper
) -> None:
    seen = QuestionMapping.objects.get(question=listed.question(3)).pk
    decided(listed, 3, CERTIFIED, ada, mapper)
    with pytest.raises(MappingMoved):
        decide(question=listed.question(3), decided=OUTSIDE, seen=seen, mapper=mapper, on=TODAY, by=vera, at=LATER)
    with pytest.raises(NoSuchRequirement):
        decided(listed, 3, Decided(requirements=("XX-1",), polarity=None), vera, mapper)
    assert QuestionMapping.objects.get(question=listed.question(3), status="confirmed").decided_by == ada


def test_the_engines_reading_comes_back(listed: World, vera: User, mapper: Mapper) -> None:
    decided(listed, 3, OUTSIDE, vera, mapper)
    assert withdraw_decision(question=listed.question(3), mapper=mapper, on=TODAY, by=vera, at=LATER)
    assert not withdraw_decision(question=listed.question(3), mapper=mapper, on=TODAY, by=vera, at=LATER)
    assert QuestionMapping.objects.get(question=listed.question(3)).status == MappingStatus.PROPOSED


def test_a_decision_is_kept_once_and_only_where_there_is_one(listed: World, vera: User, mapper: Mapper) -> None:
    assert not keep_decision(question=listed.question(3), mapper=mapper, by=vera, at=LATER)
    decided(listed, 3, CERTIFIED, vera, mapper)
    assert keep_decision(question=listed.question(3), mapper=mapper, by=vera, at=LATER)
    assert not keep_decision(question=listed.question(3), mapper=mapper, by=vera, at=LATER)
    kept = Decision.objects.get()
    assert (kept.requirements, kept.polarity, kept.decided_by) == (["LR-1"], "direct", vera)


def test_an_answer_outside_the_checklist_is_kept_for_the_library(listed: World, vera: User, ada: User) -> None:
    question = listed.question(3)
    with pytest.raises(NotForTheLibrary):
        keep_answer(question=question, version=1, product="", audience="public", on=TODAY, by=vera, at=LATER)
    QuestionMapping.objects.filter(question=question).update(category="none")
    write(question=question, entry=Entry(choice="Yes", comment="In Uppsala."), version=1, by=vera, at=NOW)
    for person, state in ((vera, AnswerState.IN_REVIEW), (vera, AnswerState.IN_REVIEW)):
        keep_answer(question=question, version=2, product="Helper", audience="nda", on=TODAY, by=person, at=LATER)
        kept = LibraryAnswer.objects.get()
        assert (kept.answer, kept.comment, kept.product, kept.state) == ("Yes", "In Uppsala.", "Helper", state)


def test_what_the_checklist_asks_is_never_kept_as_an_answer(listed: World, vera: User) -> None:
    with pytest.raises(NotForTheLibrary, match="answered from proof"):
        keep_answer(question=listed.question(1), version=1, product="", audience="public", on=TODAY, by=vera, at=LATER)
    assert not LibraryAnswer.objects.exists()
