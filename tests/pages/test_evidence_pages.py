"""Pages of documents as pictures: drawn once, recorded once a day, and the organisation's own only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Organisation, User
from evidence import pictures
from evidence.actions import library
from evidence.ingest.drawing import Picture
from evidence.models import EvidenceRevision
from tests.conftest import NOW
from tests.evidence.test_ingest import pdf
from tests.pages.conftest import CERTIFICATE, World

TEXT = "This certificate is valid until 17 May 2029."


@pytest.fixture
def revision(vendor: Organisation, vera: User, store: Path) -> EvidenceRevision:
    return library.add_revision(
        organisation=vendor, entry=CERTIFICATE, content=pdf(TEXT, "Annex"), file_name="c.pdf", by=vera, at=NOW
    )


@pytest.fixture
def client(vera: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(vera)


def page(revision: EvidenceRevision, number: int = 1) -> str:
    return reverse("evidence_page", args=[revision.pk, number])


def test_a_page_is_shown_as_a_picture(client: Client, revision: EvidenceRevision) -> None:
    response = client.get(page(revision), {"quote": "valid until 17 May 2029"})
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"].startswith("private")
    assert response.content.startswith(b"\x89PNG")
    assert response.content != client.get(page(revision)).content


def test_who_looked_is_recorded_once_a_day(
    client: Client, revision: EvidenceRevision, ada: User, sign_in: Callable[[User], Client]
) -> None:
    for number in (1, 2, 1):
        client.get(page(revision, number))
    sign_in(ada).get(page(revision))
    events = AuditEvent.objects.filter(event="evidence.viewed")
    assert [event.actor_name for event in events] == ["Vera Vance", "Ada Approver"]


def test_the_second_look_draws_nothing(
    client: Client, revision: EvidenceRevision, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(page(revision), {"quote": TEXT}).content
    monkeypatch.setattr(pictures, "draw", lambda *args, **kwargs: pytest.fail("drawn again"))
    assert client.get(page(revision), {"quote": TEXT}).content == first


def test_only_so_many_pictures_are_kept(
    client: Client, revision: EvidenceRevision, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    monkeypatch.setattr(pictures, "KEPT_PER_FOLDER", 1)
    monkeypatch.setattr(pictures, "draw", lambda *args, **kwargs: Picture(b"drawn", "png"))
    for number in range(300):
        client.get(page(revision), {"quote": f"quote {number}"})
    kept = list((store / "pictures").rglob("*.png"))
    assert 0 < len(kept) <= 256


@pytest.mark.parametrize(
    ("wanted", "same"), [({"width": "9999999"}, True), ({"width": "x"}, True), ({"width": "480"}, False)]
)
def test_only_listed_widths_are_drawn(
    client: Client, revision: EvidenceRevision, wanted: dict[str, str], same: bool
) -> None:
    assert (client.get(page(revision), wanted).content == client.get(page(revision)).content) is same


def test_a_page_beyond_the_end_is_not_found_and_not_recorded(client: Client, revision: EvidenceRevision) -> None:
    for number in (0, 3, 10**17):
        assert client.get(page(revision, number)).status_code == 404
    assert not AuditEvent.objects.filter(event="evidence.viewed").exists()


def test_a_document_that_cannot_be_drawn_says_why(client: Client, world: World) -> None:
    response = client.get(page(world.revision))
    assert response.status_code == 422
    assert response["Content-Type"] == "image/svg+xml"
    assert "neither a PDF nor a Word file" in response.content.decode()


def test_an_attestation_without_a_document_has_no_pages(
    client: Client, vendor: Organisation, vera: User, store: Path
) -> None:
    bare = library.add_revision(organisation=vendor, entry=CERTIFICATE, by=vera, at=NOW)
    assert client.get(page(bare)).status_code == 404


def test_another_vendor_sees_no_page(revision: EvidenceRevision, olga: User, sign_in: Callable[[User], Client]) -> None:
    assert sign_in(olga).get(page(revision)).status_code == 404
    assert not AuditEvent.objects.filter(event="evidence.viewed").exists()
