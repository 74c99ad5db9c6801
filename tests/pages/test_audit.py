"""The audit trail: the latest first, found by what, who and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts import audit
from accounts.models import Organisation, User
from tests.conftest import NOW


@pytest.fixture
def client(vera: User, ada: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(vera)


def record(vendor: Organisation, by: User | None, event: str, at: datetime = NOW, **details: object) -> None:
    audit.record(organisation=vendor, event=event, target=vendor, by=by, at=at, details=details)


def sequences(client: Client, **wanted: str) -> list[int]:
    return [event.sequence for event in client.get(reverse("audit"), wanted).context["page"]]


def test_events_are_found_by_what_who_and_when(vendor: Organisation, vera: User, ada: User, client: Client) -> None:
    before = sequences(client)
    assert before == sorted(before, reverse=True)
    latest = before[0]
    record(vendor, vera, "evidence.added", datetime(2027, 1, 31, 23, 30, tzinfo=UTC), sha256="a" * 64)
    record(vendor, ada, "evidence.added", datetime(2027, 2, 1, 0, 30, tzinfo=UTC), full=True)
    record(vendor, None, "something.new_here", datetime(2027, 2, 2, 12, 0, tzinfo=UTC))
    assert sequences(client)[:3] == [latest + 3, latest + 2, latest + 1]
    assert sequences(client, event="evidence.added") == [latest + 2, latest + 1]
    assert sequences(client, person=str(ada.pk)) == [latest + 2]
    assert sequences(client, person="system", since="2027-01-01") == [latest + 3]
    assert sequences(client, since="2027-02-01", until="2027-02-01") == [latest + 2]
    assert sequences(client, until="2027-01-31")[0] == latest + 1
    assert sequences(client, event="no such event") == sequences(client)
    page = client.get(reverse("audit")).content.decode()
    assert "Evidence added" in page
    assert "Something: new here" in page
    assert "aaaaaaaaaaaa…" in page


def test_days_are_those_of_the_organisation(vendor: Organisation, vera: User, client: Client) -> None:
    vendor.time_zone = "Asia/Tokyo"
    vendor.save(update_fields=["time_zone"])
    record(vendor, vera, "evidence.added", datetime(2027, 1, 31, 23, 30, tzinfo=UTC))
    (number,) = sequences(client, since="2027-02-01", until="2027-02-01")
    page = client.get(reverse("audit"), {"since": "2027-02-01"}).content.decode()
    assert "1 Feb 2027" in page
    assert "08:30:00" in page
    assert number == sequences(client)[0]


def test_long_trails_come_in_pages(vendor: Organisation, vera: User, client: Client) -> None:
    for number in range(60):
        record(vendor, vera, "evidence.added", number=number)
    assert len(sequences(client)) == 50
    assert sequences(client, page="2")[-1] == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["audit", "audit_export"])
def test_a_day_without_another_beside_it_does_not_filter(name: str, day: str, client: Client) -> None:
    assert client.get(reverse(name), {"since": day, "until": day}).status_code == 200
