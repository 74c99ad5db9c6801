"""The review queue of the answer library: what is due, one press each, several at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from evidence.actions.library import withdraw
from evidence.models import AnswerVersion, LibraryAnswer, VersionState
from tests.conftest import NOW
from tests.pages.conftest import World
from tests.pages.test_answer_pairs import approved

YEAR = timedelta(days=370)


@pytest.fixture
def old(world: World) -> list[LibraryAnswer]:
    """Three answers that were reviewed more than a year ago; the last one is of another owner."""
    today = timezone.localdate()
    rows = [approved(world, f"Is it {colour}?", "Yes", comment="Always.") for colour in ("blue", "green", "red")]
    LibraryAnswer.objects.filter(pk__in=[row.pk for row in rows]).update(reviewed_on=today - YEAR)
    LibraryAnswer.objects.filter(pk=rows[2].pk).update(owner="Olaf")
    read = approved(world, "Was it read today?", "Yes")
    LibraryAnswer.objects.filter(pk=read.pk).update(reviewed_on=today)
    return rows


def listed(client: Client, query: str = "") -> list[str]:
    context: Any = client.get(reverse("library_queue") + query).context
    return [line.answer.question for line in context["lines"]]


def press(client: Client, *rows: LibraryAnswer, name: str = "ticked", version: int = 1, **sends: str) -> Any:
    ticked = {name: [f"{row.pk}.{version}" for row in rows]}
    return client.post(reverse("library_still_right"), {**ticked, **sends})


def test_what_is_due_is_listed_and_counted(
    world: World, old: list[LibraryAnswer], ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    assert listed(client) == ["Is it blue?", "Is it green?", "Is it red?"]
    assert listed(client, "?why=overdue&owner=Olaf") == ["Is it red?"]
    assert listed(client, "?why=lapsed") == []
    LibraryAnswer.objects.filter(question="Was it read today?").update(
        evidence=world.revision.evidence, reviewed_on=timezone.localdate() - timedelta(days=350)
    )
    assert listed(client, "?why=overdue") == ["Is it blue?", "Is it green?", "Is it red?"]
    assert listed(client)[3] == "Was it read today?"
    withdraw(evidence=world.revision.evidence, by=ada, at=NOW)
    assert listed(client, "?why=lapsed") == ["Was it read today?"]
    page = client.get(reverse("library_answers") + "?needs=lapsed").content.decode()
    assert "Was it read today?" in page and "Is it blue?" not in page


def test_one_press_reviews_one_answer_and_goes_on_with_the_next(
    old: list[LibraryAnswer], ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    response = press(client, old[0], name="one", why="overdue", owner="Emil", follows=str(old[1].pk))
    assert response["Location"] == f"/answers/review/?why=overdue&owner=Emil#answer{old[1].pk}"
    old[0].refresh_from_db()
    assert (old[0].reviewed_on, old[0].version) == (timezone.localdate(), 2)
    assert listed(client) == ["Is it green?", "Is it red?"]
    assert AuditEvent.objects.filter(event="answer.reviewed").count() == 1


def test_a_single_press_leaves_what_is_ticked(
    old: list[LibraryAnswer], ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    press(client, old[0], name="one", ticked=f"{old[1].pk}.1")
    assert listed(client) == ["Is it green?", "Is it red?"]


def test_several_are_reviewed_together_but_not_what_changed(
    old: list[LibraryAnswer], ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    LibraryAnswer.objects.filter(pk=old[1].pk).update(version=2)
    AnswerVersion.objects.create(
        of=old[2], number=2, state=VersionState.DRAFT, written_at=NOW, question="Is it red?", answer="No"
    )
    press(client, *old)
    page = client.get(reverse("library_queue")).content.decode()
    assert "1 answer reviewed" in page and "2 answers changed meanwhile" in page
    assert listed(client) == ["Is it green?"]


@pytest.mark.parametrize("ticked", [[], ["x"], ["1.-1"], ["1" * 30 + ".1"]])
def test_nothing_ticked_is_said(
    ticked: list[str], old: list[LibraryAnswer], ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    page = client.post(reverse("library_still_right"), {"ticked": ticked}, follow=True).content.decode()
    assert "Tick the answers" in page
    assert not AuditEvent.objects.filter(event="answer.reviewed").exists()


def test_a_sales_engineer_reads_the_queue_and_reviews_nothing(
    old: list[LibraryAnswer], vera: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(vera)
    assert 'name="ticked"' not in client.get(reverse("library_queue")).content.decode()
    press(client, *old)
    assert "may not approve" in client.get(reverse("library_queue")).content.decode()
    assert len(listed(client)) == 3


def test_answers_of_another_vendor_are_left(
    old: list[LibraryAnswer], olga: User, sign_in: Callable[[User], Client]
) -> None:
    press(sign_in(olga), *old)
    assert not LibraryAnswer.objects.filter(version=2).exists()


def test_the_queue_takes_few_queries(
    world: World,
    old: list[LibraryAnswer],
    ada: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:
    LibraryAnswer.objects.update(evidence=world.revision.evidence)
    client = sign_in(ada)
    with django_assert_max_num_queries(15):
        client.get(reverse("library_queue"))
