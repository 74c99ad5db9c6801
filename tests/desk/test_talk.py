"""Asking each other at the desk: assignments, remarks, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Notification, User
from rfp.actions.talk import NotAMember, assign, finish, remark
from rfp.models import Assignment, Remark
from rfp.queries.desk_people import assigned_to, handles, members_of, mentions_of, named_in
from tests.conftest import NOW
from tests.pages.conftest import World

LATER = NOW + timedelta(hours=1)
DUE = date(2026, 11, 30)


def told(user: User) -> list[tuple[str, str, str]]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", "text", "url"))


def test_a_person_is_asked_and_told_where(world: World, vera: User, ada: User) -> None:
    question = world.question(3)
    assign(question=question, assignee=ada, note="You know this one.", due_on=DUE, by=vera, at=NOW)
    assign(question=question, assignee=ada, note="You know this one.", due_on=DUE, by=vera, at=LATER)
    assert told(ada) == [
        (
            "assignment",
            "Vera Vance asks you to answer: Do you hold certificate 3? You know this one.",
            f"/questionnaires/{world.questionnaire.pk}/desk/?question={question.pk}",
        )
    ]
    assert [row.question for row in assigned_to(ada, world.organisation)] == [question]
    assert AuditEvent.objects.filter(event="response.assigned").count() == 1


def test_asking_another_ends_the_first_and_done_tells_who_asked(world: World, vera: User, ada: User) -> None:
    question = world.question(3)
    assign(question=question, assignee=ada, by=vera, at=NOW)
    assign(question=question, assignee=vera, by=vera, at=LATER)
    assert list(Assignment.objects.values_list("assignee", "ended_at", "done")) == [
        (ada.pk, LATER, False),
        (vera.pk, None, False),
    ]
    assert finish(question=question, by=ada, at=LATER)
    assert told(vera)[-1][1] == "Ada Approver has seen to: Do you hold certificate 3?"
    assert not finish(question=question, by=ada, at=LATER)
    assert not assigned_to(vera, world.organisation).exists()


def test_only_members_who_may_answer_are_asked(world: World, vera: User, olga: User, eve: User, mara: User) -> None:
    for person in (olga, eve, mara):
        with pytest.raises(NotAMember):
            assign(question=world.question(3), assignee=person, by=vera, at=NOW)
    assert not Assignment.objects.exists()
    assert not Notification.objects.exists()


def test_a_remark_tells_those_it_names(world: World, vera: User, ada: User, abe: User, olga: User) -> None:
    made = remark(question=world.question(1), text="@Ada, see @olga and @Vera: page 3.", by=vera, at=NOW)
    assert list(made.mentioned.all()) == [ada]
    assert told(ada)[0][0] == "mention"
    assert told(olga) == told(vera) == told(abe) == []
    assert [row.text for row in mentions_of(ada, world.organisation)] == [made.text]
    assert not mentions_of(olga, world.organisation).exists()
    assert AuditEvent.objects.get(event="response.remarked").actor_id == vera.pk


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Ada", ["Ada Approver"]),
        ("Ask @ada.", ["Ada Approver"]),
        ('@"Abe Second" and @vera@vendor.example!', ["Abe Second", "Vera Vance"]),
        ("@Ada @ada @ADA", ["Ada Approver"]),
        ("mail ada@vendor.example, @nobody", []),
    ],
)
def test_names_behind_an_at(world: World, ada: User, abe: User, vera: User, text: str, names: list[str]) -> None:
    assert [str(user) for user in named_in(text, members_of(world.organisation))] == names


def test_a_first_name_of_two_takes_the_whole_name(world: World, ada: User, abe: User) -> None:
    User.objects.filter(pk=abe.pk).update(full_name="Ada Second")
    members = members_of(world.organisation)
    assert named_in("@Ada", members) == []
    assert ('@"Ada Second"', "Ada Second") in handles(members)
    assert named_in('@"Ada Second"', members) == [abe]


def test_on_the_page(world: World, vera: User, ada: User, olga: User, sign_in: Callable[[User], Client]) -> None:
    client, question = sign_in(vera), world.question(1)
    desk = reverse("desk", args=[world.questionnaire.pk], query={"question": question.pk})
    form = client.get(f"{desk}&do=assign").content.decode()
    assert "Ada Approver" in form
    assert "Olga Other" not in form
    wrong = client.post(reverse("question_assign", args=[question.pk]), {"assignee": olga.pk})
    assert wrong.status_code == 200
    assert not Assignment.objects.exists()
    client.post(
        reverse("question_assign", args=[question.pk]), {"assignee": ada.pk, "note": "Page 3?", "due_on": "2026-11-30"}
    )
    client.post(reverse("question_remark", args=[question.pk]), {"text": "@Ada it is <b>there</b>"})
    client.post(reverse("question_remark", args=[question.pk]), {"text": " "})
    assert Remark.objects.count() == 1
    page = client.get(desk).content.decode()
    assert "Ada Approver is asked until 30 November 2026 by Vera Vance" in page
    assert "@Ada it is &lt;b&gt;there&lt;/b&gt;" in page
    client.post(reverse("question_finish", args=[question.pk]))
    assert "is asked" not in client.get(desk).content.decode()
