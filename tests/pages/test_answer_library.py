"""The pages of the answer library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from evidence.models import AnswerState, LibraryAnswer
from rfp.models import Response
from tests.pages.conftest import HOSTILE, World
from tests.pages.matrix.answers import library_answer

WRITTEN = {
    "question": "Is data encrypted?",
    "answer": "Yes",
    "comment": "With AES-256.\r\nKeys are rotated.",
    "audience": "public",
    "owner": "Emil",
    "reviewed_on": "2026-11-20",
}


def post(client: Client, name: str, sends: dict[str, Any], **path: int) -> Any:
    return client.post(reverse(name, kwargs=path), sends, follow=True)


def test_an_answer_goes_from_writing_to_use(
    world: World, vera: User, ada: User, sign_in: Callable[[User], Client]
) -> None:
    page = post(sign_in(vera), "library_answer_new", {**WRITTEN, "systems": ["Helper"], "region": "EU, UK"})
    row = LibraryAnswer.objects.get(question="Is data encrypted?")
    assert (row.state, row.product, row.region) == (AnswerState.IN_REVIEW, "Helper", "EU; UK")
    assert row.comment == "With AES-256.\nKeys are rotated."
    assert "Another person approves it" in page.content.decode()
    page = post(sign_in(ada), "library_step", {"step": "approve", "version": "1"}, pk=row.pk)
    assert "in use from now on" in page.content.decode()
    row.refresh_from_db()
    assert (row.state, row.approved_by) == (AnswerState.APPROVED, ada)


def test_a_sales_engineer_approves_nothing(world: World, vera: User, sign_in: Callable[[User], Client]) -> None:
    row = library_answer(world)
    page = post(sign_in(vera), "library_step", {"step": "still_right", "version": "1"}, pk=row.pk)
    assert "may not approve" in page.content.decode()
    row.refresh_from_db()
    assert row.version == 1


def test_two_who_change_one_answer_see_both_texts(
    world: World, vera: User, ada: User, sign_in: Callable[[User], Client]
) -> None:
    row = library_answer(world)
    post(sign_in(vera), "library_answer_edit", {**WRITTEN, "answer": "Text of vera", "version": "1"}, pk=row.pk)
    page = post(sign_in(ada), "library_answer_edit", {**WRITTEN, "answer": "Text of ada", "version": "1"}, pk=row.pk)
    assert page.status_code == 409
    shown = page.content.decode()
    assert "Text of vera" in shown and "Text of ada" in shown
    assert 'name="version" value="2"' in shown
    assert row.versions.get(number=2).answer == "Text of vera"
    post(sign_in(ada), "library_answer_edit", {**WRITTEN, "answer": "Text of ada", "version": "2"}, pk=row.pk)
    assert row.versions.get(number=3).answer == "Text of ada"


def test_the_same_question_twice_leads_to_the_answer_that_is_there(
    world: World, vera: User, sign_in: Callable[[User], Client]
) -> None:
    row = library_answer(world)
    page = post(sign_in(vera), "library_answer_new", {**WRITTEN, "question": row.question})
    assert reverse("library_answer", kwargs={"pk": row.pk}) in page.content.decode()
    assert LibraryAnswer.objects.count() == 1


def test_a_review_to_come_is_refused(world: World, vera: User, sign_in: Callable[[User], Client]) -> None:
    page = post(sign_in(vera), "library_answer_new", {**WRITTEN, "reviewed_on": "2099-01-01"})
    assert "cannot lie ahead" in page.content.decode()
    assert not LibraryAnswer.objects.exists()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", True),
        ("?text=backups", True),
        ("?text=penguins", False),
        ("?state=approved&owner=Emil", True),
        ("?state=waiting", False),
        ("?state=retired", False),
        ("?needs=evidence", False),
        ("?needs=use", False),
        ("?needs=overdue", False),
        ("?product=all", True),
        ("?product=Helper", False),
        ("?audience=nda", False),
        ("?order=used", True),
        ("?state=nonsense", True),
    ],
)
def test_the_list_filters(
    query: str, expected: bool, world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    row = library_answer(world)
    Response.objects.filter(pk=world.response(1).pk).update(library_answer=row)
    shown = sign_in(ada).get(reverse("library_answers") + query).content.decode()
    assert (row.question in shown) is expected


def test_an_answer_shows_where_it_was_used(world: World, ada: User, sign_in: Callable[[User], Client]) -> None:
    row = library_answer(world)
    Response.objects.filter(pk=world.response(1).pk).update(library_answer=row)
    shown = sign_in(ada).get(reverse("library_answer", kwargs={"pk": row.pk})).content.decode()
    assert "1 time" in shown and world.question(1).text in shown


def test_evidence_of_another_vendor_cannot_be_linked(
    world: World, other_world: World, vera: User, sign_in: Callable[[User], Client]
) -> None:
    post(sign_in(vera), "library_answer_new", {**WRITTEN, "evidence": str(other_world.revision.evidence_id)})
    assert not LibraryAnswer.objects.exists()


def test_what_people_write_is_shown_as_text(world: World, vera: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(vera)
    page = post(client, "library_answer_new", {**WRITTEN, "question": HOSTILE, "comment": HOSTILE, "owner": HOSTILE})
    assert "<script>alert(1)" not in page.content.decode()
    assert "<script>alert(1)" not in client.get(reverse("library_answers")).content.decode()


def test_pages_take_few_queries(
    world: World, ada: User, sign_in: Callable[[User], Client], django_assert_max_num_queries: Any
) -> None:
    row = library_answer(world)
    client = sign_in(ada)
    with django_assert_max_num_queries(15):
        client.get(reverse("library_answers"))
    with django_assert_max_num_queries(15):
        client.get(reverse("library_answer", kwargs={"pk": row.pk}))
