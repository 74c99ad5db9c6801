"""The desk as a page: the list, one question, its forms, and the parts that are swapped in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actions.people import add_member
from accounts.models import Role, User
from evidence.models import LibraryAnswer
from rfp.actions.talk import assign
from rfp.actions.writing import write
from rfp.answering.by_hand import Entry
from rfp.models import Offer, Response, ResponseStatus
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World
from tests.pages.sent import send

MOST_QUERIES = 15
SignIn = Callable[[User], Client]


def desk(world: World, **query: object) -> str:
    return reverse("desk", args=[world.questionnaire.pk], query={name: str(value) for name, value in query.items()})


def get(client: Client, world: World, *, swapped: bool = False, **query: object) -> str:
    headers = {"HX-Request": "true", "HX-Desk-Page": "1"} if swapped else {}
    response = client.get(desk(world, **query), headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, name: str, world: World, number: int, **data: object) -> str:
    """Return where the desk goes on, or the page itself where something has to be said first."""
    response = client.post(reverse(name, args=[world.question(number).pk]), data)
    if response.status_code == 302:
        return response["Location"]
    assert response.status_code == 200
    return response.content.decode()


def asks(page: str) -> str:
    return page.partition('id="desk-question"')[2].partition(">")[2].partition("<")[0]


def test_it_opens_at_the_first_open_question(world: World, ada: User, sign_in: SignIn) -> None:
    client = sign_in(ada)
    assert asks(get(client, world)) == "Do you hold certificate 1?"
    Response.objects.filter(pk=world.response(1).pk).update(status="approved", approved_by=ada, approved_at=NOW)
    assert asks(get(client, world)) == "Do you hold certificate 2?"


def test_a_near_answer_of_the_library_begins_the_form(listed: World, vera: User, sign_in: SignIn) -> None:
    blank = listed.response(3)
    Response.objects.filter(pk=blank.pk).update(shown="", option=None, band="blank")
    near = LibraryAnswer.objects.create(
        organisation=listed.questionnaire.organisation,
        question="Are you certified?",
        question_key="k",
        answer="Yes",
        comment="Since 2024.",
        approved_at=NOW,
    )
    offer = Offer.objects.create(response=blank, position=1, library_answer=near)
    client = sign_in(vera)
    question = listed.question(3).pk
    assert f"do=edit&amp;begin=near-{offer.pk}" in get(client, listed, question=question)
    page = get(client, listed, question=question, do="edit", begin=f"near-{offer.pk}")
    assert "Since 2024.</textarea>" in page
    assert 'value="Yes" id="entry_choice_0" checked' in page.replace("required ", "")
    assert "Since 2024.</textarea>" not in get(client, listed, question=question, do="edit", begin="near-999999")


def test_what_was_sent_before_begins_the_form(listed: World, vera: User, ada: User, sign_in: SignIn) -> None:
    question = listed.question(1)
    Response.objects.filter(question=question).update(comment="As we said in spring.")
    release = send(listed, by=ada)
    Response.objects.filter(question=question).update(comment="Otherwise by now.")
    sent = release.answers.get(position=question.position)
    client = sign_in(vera)
    begin = f"sent-{sent.pk}"
    assert f"do=edit&amp;begin=sent-{sent.pk}" in get(client, listed, question=question.pk)
    assert "As we said in spring.</textarea>" in get(client, listed, question=question.pk, do="edit", begin=begin)
    assert "in spring.</textarea>" not in get(client, listed, question=question.pk, do="edit", begin="sent-x")


def test_a_question_of_another_questionnaire_is_missing(
    world: World, other_world: World, ada: User, sign_in: SignIn
) -> None:
    client = sign_in(ada)
    for pk in (other_world.question(1).pk, 999_999, "x", "9" * 40):
        assert client.get(desk(world, question=pk)).status_code == 404


def test_a_swap_holds_the_question_and_no_list(world: World, ada: User, sign_in: SignIn) -> None:
    client = sign_in(ada)
    part = get(client, world, swapped=True, question=world.question(2).pk)
    assert asks(part) == "Do you hold certificate 2?"
    assert "<html" not in part
    assert "certificate 5?" not in part
    assert "desk-counts" not in part
    whole = client.get(
        desk(world), headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    ).content.decode()
    assert "<html" in whole


@pytest.mark.parametrize(
    ("show", "numbers"),
    [
        ("", [1, 2, 3, 4, 5, 6]),
        ("ready", [1, 4]),
        ("unsure", [2, 5]),
        ("blank", [3, 6]),
        ("mine", [5]),
        ("unassigned", [1, 2, 3, 4, 6]),
        ("written", [2]),
        ("promise", [2]),
        ("unsupported", []),
        ("conflict", []),
        ("expiring", []),
        ("nonsense", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_filters(world: World, ada: User, vera: User, sign_in: SignIn, show: str, numbers: list[int]) -> None:
    assign(question=world.question(5), assignee=ada, by=vera, at=NOW)
    entry = Entry(text="Yes", comment="It will always be so.")
    write(question=world.question(2), entry=entry, version=1, by=vera, at=NOW)
    page = get(sign_in(ada), world, show=show)
    lines = page.partition('class="desk-lines"')[2].partition("</ol>")[0]
    assert [number for number in range(1, 7) if f"certificate {number}?" in lines] == numbers


def test_proof_that_ends_before_the_answers_are_due(world: World, ada: User, sign_in: SignIn) -> None:
    world.questionnaire.due_on = TODAY.replace(year=2030)
    world.questionnaire.save()
    page = get(sign_in(ada), world, show="expiring")
    lines = page.partition('class="desk-lines"')[2].partition("</ol>")[0]
    assert [number for number in range(1, 7) if f"certificate {number}?" in lines] == [1, 2, 4, 5]


def test_search_and_paging_stay_within_the_filter(
    world: World, ada: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rfp.queries.desk.PAGE", 2)
    client = sign_in(ada)
    page = get(client, world, question=world.question(4).pk)
    assert "Page 2 of 3" in page
    assert "certificate 5?" not in page
    page = get(client, world, text="certificate 5")
    assert asks(page) == "Do you hold certificate 5?"
    assert "1 question" in page


def test_approving_goes_on_to_the_next_open_question(world: World, ada: User, sign_in: SignIn) -> None:
    client = sign_in(ada)
    assert post(client, "question_approve", world, 1, version=1) == desk(world, question=world.question(2).pk)
    assert world.response(1).status == ResponseStatus.APPROVED
    went = post(client, "question_approve", world, 2, version=1, filters="show=unsure")
    assert went == desk(world, question=world.question(5).pk, show="unsure")
    part = get(client, world, swapped=True, question=world.question(5).pk)
    assert "Approved." in part
    assert "desk-counts" in part  # something was done: the counts are told anew
    assert post(client, "question_approve", world, 1, version=1, take_back="1") == desk(
        world, question=world.question(1).pk
    )
    assert world.response(1).status == ResponseStatus.DRAFT


def test_skipped_questions_come_last_and_undo_returns_to_them(world: World, vera: User, sign_in: SignIn) -> None:
    client = sign_in(vera)
    assert post(client, "question_skip", world, 1) == desk(world, question=world.question(2).pk)
    for number in range(2, 6):
        post(client, "question_skip", world, number)
    assert post(client, "question_skip", world, 6) == desk(world, question=world.question(6).pk)
    response = client.post(reverse("desk_undo", args=[world.questionnaire.pk]))
    assert response["Location"] == desk(world, question=world.question(6).pk)
    assert asks(get(client, world, show="skipped")) == "Do you hold certificate 1?"


def test_an_answer_is_written_and_kept_for_an_approver(listed: World, vera: User, ada: User, sign_in: SignIn) -> None:
    client = sign_in(vera)
    form = get(client, listed, question=listed.question(1).pk, do="edit")
    assert "Please select" not in form
    assert form.count('type="radio"') == 5  # four options, and nothing
    went = post(client, "question_write", listed, 1, version=1, choice="Yes", comment="Since May.")
    assert went.startswith(desk(listed, question=listed.question(1).pk))
    page = get(client, listed, question=listed.question(1).pk)
    assert "written by Vera Vance" in page
    assert "earlier text of this answer" in page
    assert "You wrote this answer" not in page  # vera is no approver at all
    assert 'data-key="a"' in get(sign_in(ada), listed, question=listed.question(1).pk)


def test_who_wrote_it_is_not_offered_to_approve_it(listed: World, ada: User, sign_in: SignIn) -> None:
    client = sign_in(ada)
    post(client, "question_write", listed, 1, version=1, choice="Yes", comment="Since May.")
    page = get(client, listed, question=listed.question(1).pk)
    assert "You wrote this answer" in page
    assert 'data-key="a"' not in page
    post(client, "question_approve", listed, 1, version=2)
    assert listed.response(1).status == ResponseStatus.DRAFT
    assert "Somebody else has to approve it" in get(client, listed, question=listed.question(1).pk)


def test_going_beyond_the_evidence_asks_why(listed: World, vera: User, sign_in: SignIn) -> None:
    client = sign_in(vera)
    page = post(client, "question_write", listed, 3, version=1, choice="Yes")
    assert "The evidence does not show this." in page
    assert 'name="override"' in page
    assert listed.response(3).version == 1
    post(client, "question_write", listed, 3, version=1, choice="Yes", override="The letter comes on Friday.")
    page = get(client, listed, question=listed.question(3).pk)
    assert "Not supported by proof" in page
    assert "The letter comes on Friday." in page


def test_of_two_people_neither_overwrites_the_other(listed: World, vera: User, ada: User, sign_in: SignIn) -> None:
    first, second = sign_in(vera), sign_in(ada)
    for client in (first, second):
        get(client, listed, question=listed.question(1).pk, do="edit")
    post(first, "question_write", listed, 1, version=1, choice="Yes", comment="The words of vera.")
    page = post(second, "question_write", listed, 1, version=1, choice="No", comment="The words of ada.")
    assert "Somebody changed this answer while you were writing." in page
    assert "The words of vera." in page
    assert "The words of ada." in page
    assert 'name="version" value="2"' in page
    assert listed.response(1).comment == "The words of vera."
    post(second, "question_write", listed, 1, version=2, choice="No", comment="The words of ada.")
    assert listed.response(1).comment == "The words of ada."
    assert "The words of vera." in get(first, listed, question=listed.question(1).pk)


def test_a_form_that_was_tampered_with_says_so(listed: World, ada: User, sign_in: SignIn) -> None:
    client = sign_in(ada)
    for name in ("question_write", "question_approve", "question_choose"):
        post(client, name, listed, 1, version="x", choice="No")
    assert listed.response(1).version == 1
    assert listed.response(1).status == ResponseStatus.DRAFT


def test_without_the_right_the_forms_do_not_open(world: World, mara: User, sign_in: SignIn) -> None:
    add_member(organisation=world.organisation, user=mara, role=Role.EXECUTIVE, by=None, at=NOW)
    client = sign_in(mara)
    for do in ("edit", "assign", "remark", "map", "keep", "keep-map"):
        page = get(client, world, question=world.question(1).pk, do=do)
        assert '<form class="edit"' not in page
    assert 'data-key="e"' not in page


def test_the_desk_asks_a_fixed_number_of_queries(
    world: World, ada: User, vera: User, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assign(question=world.question(1), assignee=ada, by=vera, at=NOW)
    write(question=world.question(1), entry=Entry(text="Yes", comment="c"), version=1, by=vera, at=NOW)
    client, pk = sign_in(ada), world.question(1).pk
    with django_assert_max_num_queries(MOST_QUERIES):
        get(client, world, question=pk)
    with django_assert_max_num_queries(MOST_QUERIES - 3):
        get(client, world, swapped=True, question=pk)
