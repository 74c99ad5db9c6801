"""Who gets which page of a tender. Every route of tenders has a row in the matrix."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Membership, User
from tests.conftest import NOW
from tests.tenders.matrix import BUYER_MATRIX
from tests.tenders.world import TenderWorld

MISSING = 999_999
ALL = sorted(BUYER_MATRIX)
OWNED = sorted(name for name, row in BUYER_MATRIX.items() if row.owned)
POSTS = sorted(name for name, row in BUYER_MATRIX.items() if row.method == "post")
SignIn = Callable[[User], Client]


def ask(client: Client, name: str, world: TenderWorld, *, pk: int | None = None, method: str = "") -> HttpResponse:
    row = BUYER_MATRIX[name]
    arguments = {"pk": pk if pk is not None else row.owned(world), **row.path} if row.owned else {}
    send = client.post if (method or row.method) == "post" else client.get
    return send(reverse(name, kwargs=arguments), row.sends(world))  # type: ignore[return-value]  # the client's own type


def body(response: HttpResponse) -> str:
    """Return the page without the tokens that differ from load to load."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode(errors="replace"))


@pytest.mark.parametrize("name", ALL)
def test_each_of_the_buyers_people_gets_what_their_role_lets_them(
    name: str, world: TenderWorld, sign_in: SignIn
) -> None:
    row = BUYER_MATRIX[name]
    for person, expected in ((world.exa, row.executive), (world.eli, row.evaluator), (world.bea, row.procurement)):
        assert (person.email, ask(sign_in(person), name, world).status_code) == (person.email, expected)


@pytest.mark.parametrize("name", ALL)
def test_nobody_else_gets_anything_and_learns_nothing(
    name: str, world: TenderWorld, other: TenderWorld, sign_in: SignIn
) -> None:
    if (owned := BUYER_MATRIX[name].owned) is not None:
        owned(world)  # a row may be made when it is first wanted
    before = AuditEvent.objects.count()
    stranger = ask(Client(SERVER_NAME="localhost"), name, world)
    assert (stranger.status_code, stranger["Location"][:15]) == (302, "/sign-in/?next=")
    mara = User.objects.get(email="mara@nowhere.example")
    assert ask(sign_in(mara), name, world).status_code == 403
    client = sign_in(other.exa if BUYER_MATRIX[name].procurement == 403 else other.bea)
    if BUYER_MATRIX[name].owned:
        foreign, missing = ask(client, name, world), ask(client, name, world, pk=MISSING)
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert body(foreign) == body(missing)
    else:
        assert "Draft of Kestrel" not in body(ask(client, name, world))
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", ALL)
def test_a_membership_that_ended_opens_nothing(name: str, world: TenderWorld, sign_in: SignIn) -> None:
    client = sign_in(world.bea)
    Membership.objects.filter(user=world.bea).update(ended_at=NOW)
    assert ask(client, name, world).status_code == 403


@pytest.mark.parametrize("name", POSTS)
def test_what_changes_something_is_no_link_and_needs_the_token_of_the_page(
    name: str, world: TenderWorld, sign_in: SignIn
) -> None:
    assert ask(sign_in(world.bea), name, world, method="get").status_code == 405
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(world.bea)
    before = AuditEvent.objects.count()
    assert ask(client, name, world).status_code == 403
    assert AuditEvent.objects.count() == before


def test_the_buyers_people_see_no_page_of_a_vendor(world: TenderWorld, sign_in: SignIn) -> None:
    for person in (world.bea, world.eli, world.exa):
        client = sign_in(person)
        for name in ("inbox", "evidence", "library_answers", "board", "systems"):
            acting = Membership.objects.get(user=person, organisation=world.buyer).organisation_id
            session = client.session
            session["organisation"] = acting
            session.save()
            assert client.get(reverse(name)).status_code == 403, (person.email, name)


def test_an_evaluator_sees_only_the_tenders_they_are_named_in(world: TenderWorld, sign_in: SignIn) -> None:
    client = sign_in(world.eli)
    page = client.get(reverse("tenders")).content.decode()
    assert "Claims assistant" in page
    assert "Draft of Kestrel" not in page
    assert client.get(reverse("tender", kwargs={"pk": world.draft.pk})).status_code == 404
