"""The evidence library: what each document is worth on a day, and everything recorded of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from evidence import facts, judged
from evidence.actions import library
from tests.conftest import NOW, TODAY
from tests.pages.conftest import CERTIFICATE, World


@pytest.fixture
def client(vera: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(vera)


def verdict(client: Client, on: str = TODAY.isoformat()) -> str:
    (item,) = client.get(reverse("evidence"), {"on": on}).context["page"].object_list
    return str(item.verdict)


def test_a_document_is_judged_on_the_chosen_day(world: World, client: Client) -> None:
    assert verdict(client) == "partly_accepted"  # in force, and no certificate of the other standard
    assert verdict(client, "2031-01-01") == "rejected"
    page = client.get(reverse("evidence"), {"on": "2031-01-01"}).content.decode()
    assert "Lapsed" in page
    assert "on 1 January 2031, not today" in page
    page = client.get(
        reverse("evidence_item", args=[world.revision.evidence_id]), {"on": "2031-01-01"}
    ).content.decode()
    assert "as of 1 January 2031 and not today" in page
    assert ", today</h2>" in client.get(reverse("evidence_item", args=[world.revision.evidence_id])).content.decode()


def test_without_a_day_it_is_judged_today(world: World, client: Client) -> None:
    assert client.get(reverse("evidence")).context["day"] == timezone.localdate()


@pytest.mark.parametrize("on", ["1066-10-14", "9999-12-31", "tomorrow"])
def test_a_day_that_cannot_be_judged_is_refused_in_words(world: World, client: Client, on: str) -> None:
    response = client.get(reverse("evidence"), {"on": on})
    assert response.context["day"] == timezone.localdate()
    assert 'class="error"' in response.content.decode()


def test_a_withdrawn_document_counts_for_nothing(world: World, vera: User, client: Client) -> None:
    assert verdict(client) == "partly_accepted"
    library.withdraw(evidence=world.revision.evidence, by=vera, at=NOW)
    assert verdict(client) == "withdrawn"
    page = client.get(reverse("evidence_item", args=[world.revision.evidence_id])).content.decode()
    assert "no answer rests on it any more" in page


def test_a_document_that_nobody_confirmed_counts_for_nothing(world: World, vera: User, client: Client) -> None:
    library.add_revision(
        organisation=world.organisation,
        entry={**CERTIFICATE, "id": "NEW"},
        content=b"new",
        file_name="n.pdf",
        by=vera,
        at=NOW,
    )
    rows = client.get(reverse("evidence"), {"verdict": "unconfirmed"}).context["page"].object_list
    assert [row.reference for row in rows] == ["NEW"]


def test_a_library_is_judged_once_until_something_changes(
    world: World, vera: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verdict(client) == "partly_accepted"
    with monkeypatch.context() as patch:
        patch.setattr(judged, "_judge", lambda *args: pytest.fail("judged again"))
        assert verdict(client) == "partly_accepted"
    changed = {**CERTIFICATE, "status": "suspended"}
    library.confirm(
        revision=library.add_revision(organisation=world.organisation, entry=changed, by=vera, at=NOW), by=vera, at=NOW
    )
    assert verdict(client) == "rejected"


def test_documents_are_searched_filtered_and_sorted(world: World, vera: User, client: Client) -> None:
    for reference, title, until in (("B", "Fairness of Helper", date(2026, 12, 1)), ("A", "Another", date(2028, 1, 1))):
        entry = {**CERTIFICATE, "id": reference, "title": title, "kind": "bias_audit_report"}
        entry["dates"] = {"testing_ended_on": date(2026, 1, 5), "valid_until": until}
        library.confirm(
            revision=library.add_revision(organisation=world.organisation, entry=entry, by=vera, at=NOW),
            by=vera,
            at=NOW,
        )

    def references(**wanted: str) -> list[str]:
        page = client.get(reverse("evidence"), {"on": TODAY.isoformat(), **wanted}).context["page"]
        return [item.reference for item in page.object_list]

    assert references() == ["B", "A", "ISO-42001"]  # what lapses first
    assert references(order="reference") == ["A", "B", "ISO-42001"]
    assert references(text="fairness helper") == ["B"]
    assert references(text="northern certification another") == ["A"]
    assert references(kind="iso_certificate") == ["ISO-42001"]
    assert references(lapses="soon") == ["B", "A"]
    assert references(lapses="past", on="2027-02-01") == ["B", "A"]


def test_the_page_of_a_document_shows_facts_revisions_and_links(world: World, vera: User, client: Client) -> None:
    letter = {**CERTIFICATE, "id": "LETTER", "title": "Surveillance letter", "links": ["ISO-42001"]}
    revised = library.add_revision(
        organisation=world.organisation, entry={**CERTIFICATE, "number": "NC-42-8"}, by=vera, at=NOW
    )
    bare = library.add_revision(organisation=world.organisation, entry=letter, by=vera, at=NOW)
    library.link(organisation=world.organisation, by=vera, at=NOW)
    page = client.get(reverse("evidence_item", args=[revised.evidence_id])).content.decode()
    assert "<dt>Certificate number</dt><dd>NC-42-8</dd>" in page
    assert "<dt>Valid until</dt><dd>17 May 2029</dd>" in page
    assert page.index("Revision 2") < page.index("Revision 1")
    assert f'href="/evidence/revisions/{world.revision.pk}/file/"' in page
    assert "Surveillance letter" in page
    page = client.get(reverse("evidence_item", args=[bare.evidence_id])).content.decode()
    assert "Recorded without a document" in page


def test_a_revision_without_a_document_hands_out_nothing(world: World, vera: User, client: Client) -> None:
    bare = library.add_revision(organisation=world.organisation, entry={**CERTIFICATE, "id": "BARE"}, by=vera, at=NOW)
    assert client.get(reverse("evidence_file", args=[bare.pk])).status_code == 404


def test_an_empty_library_offers_the_first_step(vera: User, client: Client) -> None:
    page = client.get(reverse("evidence")).content.decode()
    assert "The library is empty" in page
    assert "manage.py import_vendor" in page


def test_facts_are_lines_in_one_order() -> None:
    assert facts.lines(
        {
            "zeal": "high_impact",
            "findings": [{"id": "F-1", "closed": True}, {"id": "F-2", "closed": False}],
            "dates": {"issued_on": "2026-05-18"},
            "issuer": {"name": "Northern", "accreditation": {"standards": ["A", "B"], "number": ""}},
            "document_text": "never here",
            "links": ["X"],
            "target": None,
        }
    ) == [
        ("Issuer: name", "Northern"),
        ("Issuer: accreditation: standards", "A, B"),
        ("Dates: issued on", "18 May 2026"),
        ("Findings 1: id", "F-1"),
        ("Findings 1: closed", "yes"),
        ("Findings 2: id", "F-2"),
        ("Findings 2: closed", "no"),
        ("Zeal", "high impact"),
    ]
