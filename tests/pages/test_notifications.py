"""What a person was told: counted on every page, listed, opened, read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actions.notifications import mark_all_read, mark_read, notify
from accounts.models import Notification, Organisation, User
from accounts.notices import unread_of
from tests.conftest import NOW
from tests.pages.conftest import HOSTILE

LATER = NOW + timedelta(hours=1)


def tell(user: User, organisation: Organisation, text: str = "Look at question 4.", **more: str) -> bool:
    return notify(organisation=organisation, user=user, kind="mention", text=text, at=NOW, **more)


def test_what_has_a_key_is_told_once_to_each_person(vendor: Organisation, ada: User, vera: User) -> None:
    assert tell(ada, vendor, key="lapse-1-30")
    assert not tell(ada, vendor, "Other words.", key="lapse-1-30")
    assert tell(vera, vendor, key="lapse-1-30")
    assert [row.text for row in Notification.objects.filter(user=ada)] == ["Look at question 4."]


def test_without_a_key_every_telling_is_new(vendor: Organisation, ada: User) -> None:
    assert tell(ada, vendor)
    assert tell(ada, vendor)
    assert unread_of(vendor, ada).count() == 2


def test_the_first_reading_counts(vendor: Organisation, ada: User) -> None:
    tell(ada, vendor)
    told = Notification.objects.get()
    mark_read(notification=told, at=NOW)
    mark_read(notification=told, at=LATER)
    told.refresh_from_db()
    assert told.read_at == NOW


def test_reading_all_leaves_what_comes_later_and_what_is_another_persons(
    vendor: Organisation, ada: User, vera: User
) -> None:
    tell(ada, vendor)
    tell(vera, vendor)
    notify(organisation=vendor, user=ada, kind="mention", text="Later.", at=LATER)
    assert mark_all_read(organisation=vendor, by=ada, at=NOW) == 1
    assert [row.text for row in unread_of(vendor, ada)] == ["Later."]
    assert unread_of(vendor, vera).count() == 1


def test_the_page_lists_them_and_the_head_counts_them(
    vendor: Organisation, ada: User, vera: User, sign_in: Callable[[User], Client]
) -> None:
    tell(ada, vendor, HOSTILE)
    tell(vera, vendor, "For Vera alone.")
    page = sign_in(ada).get(reverse("notifications")).content.decode()
    assert '<strong class="count">1<span' in page
    assert "<script>alert" not in page
    assert "For Vera alone." not in page


def test_an_empty_list_says_what_it_is_for(vendor: Organisation, ada: User, sign_in: Callable[[User], Client]) -> None:
    page = sign_in(ada).get(reverse("notifications")).content.decode()
    assert "Nothing yet" in page
    assert 'class="count"' not in page


@pytest.mark.parametrize(
    ("url", "to"),
    [
        ("/evidence/", "/evidence/"),
        ("", "/notifications/"),
        ("https://elsewhere.example/", "/notifications/"),
        ("//elsewhere.example/", "/notifications/"),
        ("/\\elsewhere.example/", "/notifications/"),
    ],
)
def test_opening_one_reads_it_and_leads_only_within_the_product(
    vendor: Organisation, ada: User, sign_in: Callable[[User], Client], url: str, to: str
) -> None:
    tell(ada, vendor, url=url)
    told = Notification.objects.get()
    response = sign_in(ada).post(reverse("notification_open", args=[told.pk]))
    assert (response.status_code, response["Location"]) == (302, to)
    assert not unread_of(vendor, ada).exists()


def test_nobody_opens_what_another_person_was_told(
    vendor: Organisation, ada: User, vera: User, sign_in: Callable[[User], Client]
) -> None:
    tell(vera, vendor)
    told = Notification.objects.get()
    assert sign_in(ada).post(reverse("notification_open", args=[told.pk])).status_code == 404
    assert unread_of(vendor, vera).exists()


def test_a_long_list_costs_no_more_queries_than_a_short_one(
    vendor: Organisation,
    ada: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(60):
        tell(ada, vendor, f"Number {number}")
    client = sign_in(ada)
    with django_assert_max_num_queries(7):
        assert "Number 59" in client.get(reverse("notifications")).content.decode()
