"""Duplicates and contradictions of the answer library on their page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from evidence.models import AnswerPair, AnswerState, Audience, LibraryAnswer
from evidence.question_key import question_key
from rfp.models import Response
from rfp.queries.answer_pairs import pairs_of
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World

Pair = tuple[LibraryAnswer, LibraryAnswer]


def approved(world: World, question: str, answer: str, **others: Any) -> LibraryAnswer:
    return LibraryAnswer.objects.create(
        organisation=world.organisation,
        question=question,
        question_key=question_key(question),
        answer=answer,
        owner="Emil",
        reviewed_on=TODAY,
        approved_at=NOW,
        **others,
    )


@pytest.fixture
def pair(world: World) -> Pair:
    return approved(world, "Are backups encrypted?", "Yes"), approved(world, "Do you encrypt your backups?", "No")


def judge(client: Client, pair: Pair, what: str) -> str:
    first, second = pair
    key = f"{first.pk}.{first.version}.{second.pk}.{second.version}"
    page = client.post(reverse("judge_pair"), {"pair": key, "what": what}, follow=True)
    return page.content.decode()


def test_a_contradiction_is_shown_side_by_side(
    world: World, pair: Pair, ada: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(ada).get(reverse("library_pairs")).content.decode()
    assert "contradict" in page
    assert all(row.question in page for row in pair)


def test_merging_keeps_one_and_moves_its_uses(
    world: World, pair: Pair, ada: User, sign_in: Callable[[User], Client]
) -> None:
    first, second = pair
    Response.objects.filter(pk=world.response(1).pk).update(library_answer=second)
    assert "Merged" in judge(sign_in(ada), pair, "keep_first")
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (AnswerState.RETIRED, first)
    assert world.response(1).library_answer == first
    assert AuditEvent.objects.filter(event="answer.merged").count() == 2
    assert pairs_of(world.organisation) == []


def test_merging_into_what_more_people_may_be_told_moves_no_answer(
    world: World, pair: Pair, ada: User, sign_in: Callable[[User], Client]
) -> None:
    second = pair[1]
    LibraryAnswer.objects.filter(pk=second.pk).update(audience=Audience.NDA)
    Response.objects.filter(pk=world.response(1).pk).update(library_answer=second)
    assert "Merged" in judge(sign_in(ada), pair, "keep_first")
    assert world.response(1).library_answer == second  # it still says what is under NDA


def test_only_whoever_may_approve_merges(
    world: World, pair: Pair, vera: User, sign_in: Callable[[User], Client]
) -> None:
    assert "may not approve" in judge(sign_in(vera), pair, "keep_first")
    assert LibraryAnswer.objects.filter(state=AnswerState.APPROVED).count() == 2


@pytest.mark.parametrize("what", ["both_right", "not_same"])
def test_what_was_set_apart_is_not_shown_again_until_an_answer_changes(
    what: str, world: World, pair: Pair, vera: User, sign_in: Callable[[User], Client]
) -> None:
    assert "Remembered" in judge(sign_in(vera), pair, what)
    assert pairs_of(world.organisation) == []
    assert AnswerPair.objects.get().judgement == what
    LibraryAnswer.objects.filter(pk=pair[1].pk).update(version=2)
    assert len(pairs_of(world.organisation)) == 1


def test_what_changed_meanwhile_is_not_decided(
    world: World, pair: Pair, ada: User, sign_in: Callable[[User], Client]
) -> None:
    LibraryAnswer.objects.filter(pk=pair[1].pk).update(version=2)
    assert "Somebody changed" in judge(sign_in(ada), pair, "keep_first")
    assert LibraryAnswer.objects.filter(state=AnswerState.APPROVED).count() == 2


def test_answers_that_can_never_meet_are_no_pair(world: World, pair: Pair) -> None:
    LibraryAnswer.objects.filter(pk=pair[0].pk).update(region="EU", version=2)
    LibraryAnswer.objects.filter(pk=pair[1].pk).update(region="US", version=2)
    assert pairs_of(world.organisation) == []


def test_another_vendors_answers_cannot_be_judged(
    world: World, pair: Pair, olga: User, sign_in: Callable[[User], Client]
) -> None:
    first, second = pair
    sends = {"pair": f"{first.pk}.1.{second.pk}.1", "what": "not_same"}
    assert sign_in(olga).post(reverse("judge_pair"), sends).status_code == 404
    assert not AnswerPair.objects.exists()


def test_the_page_takes_few_queries(
    world: World, pair: Pair, ada: User, sign_in: Callable[[User], Client], django_assert_max_num_queries: Any
) -> None:
    client = sign_in(ada)
    with django_assert_max_num_queries(15):
        client.get(reverse("library_pairs"))
