"""Signing in and out, and acting for another organisation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions.people import add_member
from accounts.models import Organisation, Role, User
from tests.conftest import NOW
from tests.pages.conftest import World

PASSWORD = "a long enough pass phrase"


@pytest.fixture
def client(db: None) -> Client:
    return Client(SERVER_NAME="localhost")


def test_the_address_is_taken_in_any_case(client: Client, ada: User) -> None:
    ada.set_password(PASSWORD)
    ada.save()
    response = client.post(reverse("sign_in"), {"login": "ADA@Vendor.example", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    ada.refresh_from_db()
    assert ada.password.startswith("argon2")


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client: Client, ada: User) -> None:
    pages = [
        client.post(reverse("sign_in"), {"login": address, "password": "wrong"}).context["form"].errors.as_json()
        for address in (ada.email, "nobody@nowhere.example")
    ]
    assert pages[0] == pages[1]
    assert "do not belong together" in pages[0]


def tries(client: Client, address: str, times: int, place: str = "10.0.0.1") -> str:
    """Fail that many times and return what the page says at last."""
    for _ in range(times):
        page = client.post(reverse("sign_in"), {"login": address, "password": "wrong"}, REMOTE_ADDR=place)
    return page.content.decode()


@pytest.mark.parametrize("address", ["ada@vendor.example", "nobody@nowhere.example"])
def test_guessing_is_slowed_down_for_known_and_unknown_addresses(
    client: Client, ada: User, quick_hashing: None, address: str
) -> None:
    ada.set_password(PASSWORD)
    ada.save()
    assert "Too many tries" not in tries(client, address, 10)
    assert "Too many tries" in tries(client, address, 1)
    right = client.post(reverse("sign_in"), {"login": ada.email, "password": PASSWORD}, REMOTE_ADDR="10.0.0.1")
    assert right.status_code == (200 if address == ada.email else 302)


def test_guessing_from_many_places_is_slowed_down_too(client: Client, ada: User, quick_hashing: None) -> None:
    for place in range(5):
        tries(client, ada.email, 10, place=f"10.0.1.{place}")
    assert "Too many tries" in tries(client, ada.email, 1, place="10.0.2.1")
    assert "Too many tries" not in tries(client, "vera@vendor.example", 1, place="10.0.2.1")


@pytest.mark.parametrize(
    "wanted,leads_to", [("/audit/", "/audit/"), ("https://evil.example/", "/"), ("//evil.example", "/")]
)
def test_signing_in_leads_back_within_these_pages_only(
    client: Client, ada: User, quick_hashing: None, wanted: str, leads_to: str
) -> None:
    ada.set_password(PASSWORD)
    ada.save()
    response = client.post(reverse("sign_in"), {"login": ada.email, "password": PASSWORD, "next": wanted})
    assert response["Location"] == leads_to


def test_signing_out_ends_the_session(ada: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ada)
    assert client.post(reverse("sign_out")).status_code == 302
    assert client.get(reverse("inbox")).status_code == 302


def test_a_person_of_two_organisations_acts_for_the_one_they_chose(
    world: World, other_world: World, ada: User, sign_in: Callable[[User], Client]
) -> None:
    add_member(organisation=other_world.organisation, user=ada, role=Role.SALES_ENGINEER, by=None, at=NOW)
    client = sign_in(ada)
    assert "Secret Buyer" in client.get(reverse("inbox")).content.decode()  # the first by name is acted for at first
    response = client.post(reverse("choose_organisation"), {"organisation": world.organisation.pk})
    assert response["Location"] == "/"
    page = client.get(reverse("inbox")).content.decode()
    assert "Kestrel Bank" in page
    assert "Secret Buyer" not in page
    assert client.get(reverse("questionnaire", args=[other_world.questionnaire.pk])).status_code == 404


@pytest.mark.parametrize("wanted", ["foreign", "999999", "x", ""])
def test_an_organisation_of_others_cannot_be_chosen(
    world: World, other_vendor: Organisation, ada: User, sign_in: Callable[[User], Client], wanted: str
) -> None:
    client = sign_in(ada)
    value = str(other_vendor.pk) if wanted == "foreign" else wanted
    assert client.post(reverse("choose_organisation"), {"organisation": value}).status_code == 404
    assert "Kestrel Bank" in client.get(reverse("inbox")).content.decode()


def test_a_role_counts_only_in_its_organisation(
    world: World, other_world: World, olga: User, sign_in: Callable[[User], Client]
) -> None:
    """An approver elsewhere, who only reads here, approves nothing here."""
    add_member(organisation=world.organisation, user=olga, role=Role.SALES_ENGINEER, by=None, at=NOW)
    client = sign_in(olga)
    client.post(reverse("choose_organisation"), {"organisation": world.organisation.pk})
    response = client.post(reverse("approve_ticked", args=[world.questionnaire.pk]), {"answers": ["1.1"]})
    assert response.status_code == 403
