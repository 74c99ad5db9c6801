"""From a dropped file to a confirmed attestation: read, compared by a person, kept half done, confirmed once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from reportlab.lib.pdfencrypt import StandardEncryption

from accounts.actions.people import add_member
from accounts.models import AuditEvent, Organisation, Role, User
from evidence.actions.systems import SystemEntry, register_system
from evidence.models import Draft, Evidence, EvidenceRevision, Passage
from tests.conftest import NOW
from tests.evidence.test_ingest import pdf, word

TEXT = """Nordic Registrar AS
Certificate of conformity
No. NR-42-0099
This is to certify that the AI management system of Vera Vendor AB conforms to ISO/IEC 42001:2023.
Scope: development and operation of the AI system Helper.
Date of issue: 4 May 2026. Valid until: 3 May 2029.
Lead auditor: Greta Lund, ISO/IEC 42001 lead auditor no. 42-1.
Nordic Registrar AS, accredited by Swedac for ISO/IEC 42001, accreditation 1234."""
CERTIFICATE = pdf(TEXT)


@pytest.fixture
def emil(vendor: Organisation) -> User:
    """The vendor's evidence owner."""
    user = User.objects.create_user("emil@vendor.example", full_name="Emil Evidence")
    add_member(organisation=vendor, user=user, role=Role.EVIDENCE_OWNER, by=None, at=NOW)
    register_system(organisation=vendor, entry=SystemEntry(name="Helper"), by=user, at=NOW)
    return user


@pytest.fixture
def client(emil: User, store: Path, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(emil)


def upload(client: Client, *files: tuple[str, bytes], to: str = "") -> HttpResponse:
    documents = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(to or reverse("evidence_upload"), {"documents": documents})  # type: ignore[return-value]  # the test client's own type


def uploaded(client: Client, content: bytes = CERTIFICATE, name: str = "NR 42.pdf") -> Draft:
    response = upload(client, (name, content))
    draft = Draft.objects.latest("pk")
    assert response["Location"] == reverse("evidence_draft", args=[draft.pk])
    return draft


def send(client: Client, draft: Draft, **changed: Any) -> HttpResponse:
    """Send the form of a draft as it stands, with changes."""
    form = client.get(reverse("evidence_draft", args=[draft.pk])).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "silent"}
    names = {name.replace("__", "."): value for name, value in changed.items()}
    return client.post(reverse("evidence_draft", args=[draft.pk]), {**data, **names})  # type: ignore[return-value]


def confirmed(client: Client, draft: Draft, **changed: Any) -> EvidenceRevision:
    response = send(client, draft, do="confirm", **changed)
    assert response.status_code == 302, response.content.decode()
    return EvidenceRevision.objects.latest("pk")


def test_a_certificate_becomes_proof_in_two_steps(client: Client, emil: User) -> None:
    draft = uploaded(client)
    page = client.get(reverse("evidence_draft", args=[draft.pk])).content.decode()
    assert "Greta Lund" in page
    assert "Date of issue: 4 May 2026." in page
    assert not Evidence.objects.exists()
    revision = confirmed(client, draft)
    assert (revision.kind, revision.number, revision.confirmed_by) == ("iso_certificate", 1, emil)
    assert revision.evidence.reference == "NR-42"
    assert revision.facts["issuer"] == {
        "name": "Nordic Registrar AS",
        "independence": "third_party_issued",
        "accreditation": {"body": "Swedac", "number": "1234", "standards": ["ISO/IEC 42001"]},
    }
    assert revision.facts["dates"] == {"issued_on": "2026-05-04", "valid_until": "2029-05-03"}
    assert revision.facts["ai_systems"] == ["Helper"]
    assert revision.sources["dates.issued_on"] == {"page": 1, "quote": "Date of issue: 4 May 2026."}
    assert Passage.objects.filter(revision=revision).exists()
    assert not Draft.objects.exists()
    events = AuditEvent.objects.order_by("sequence").values_list("event", flat=True)
    assert [event for event in events if event.startswith("evidence.")] == [
        "evidence.received",
        "evidence.added",
        "evidence.confirmed",
    ]
    assert client.get(reverse("evidence_item", args=[revision.evidence_id])).status_code == 200


def test_whether_the_accreditation_is_active_can_be_recorded(client: Client) -> None:
    revision = confirmed(client, uploaded(client), issuer__accreditation__status="active")
    assert revision.facts["issuer"]["accreditation"]["status"] == "active"
    assert "is active" not in client.get(reverse("evidence_item", args=[revision.evidence_id])).content.decode()


def test_what_was_corrected_is_stored_and_where_the_text_says_it(client: Client) -> None:
    revision = confirmed(client, uploaded(client), assessor__name="Lund", issuer__accreditation__number="99", title="T")
    assert revision.facts["assessor"]["name"] == "Lund"
    assert revision.sources["assessor.name"]["quote"].startswith("Lead auditor: Greta Lund")
    assert "issuer.accreditation.number" not in revision.sources
    assert revision.title == "T"


def test_work_is_kept_half_done(client: Client) -> None:
    draft = uploaded(client)
    response = send(client, draft, do="keep", title="", dates__issued_on="next week", assessor__name="Nobody yet")
    assert response.status_code == 302
    form = client.get(reverse("evidence_draft", args=[draft.pk])).context["form"]
    assert (form["title"].value(), form["dates.issued_on"].value()) == ("", "next week")
    assert form["assessor.name"].value() == "Nobody yet"
    assert not Evidence.objects.exists()


def test_looking_at_a_quote_keeps_what_was_typed(client: Client) -> None:
    draft = uploaded(client)
    response = send(client, draft, look="assessor.name", title="Typed")
    page = client.get(response["Location"])
    assert page.context["look"].quote.startswith("Lead auditor: Greta Lund")
    assert page.context["form"]["title"].value() == "Typed"


def test_what_only_may_be_so_is_taken_over_by_a_person(client: Client) -> None:
    draft = uploaded(client, pdf("Bright Auditors Ltd\nSOC 2 Type II report\nThe service Helper was examined."))
    assert "issuer.independence" not in draft.values
    assert b"Perhaps" in client.get(reverse("evidence_draft", args=[draft.pk])).content
    send(client, draft, take="issuer.independence")
    draft.refresh_from_db()
    assert draft.values["issuer.independence"] == "third_party_issued"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Nothing can be stored without this"),
        ({"issuer__independence": ""}, "Nothing can be stored without this"),
        ({"dates__issued_on": "2026-02-30"}, "There is no such day"),
        ({"links": "NOWHERE"}, "NOWHERE"),
        ({"reference": "a/b"}, "no slashes"),
        ({"scope": "", "number": ""}, "Still empty: Certificate number, Scope"),
        ({"kind": "nonsense"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_words(client: Client, changed: dict[str, str], said: str) -> None:
    draft = uploaded(client)
    response = send(client, draft, do="confirm", **changed)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Evidence.objects.exists()
    assert Draft.objects.filter(pk=draft.pk, version=draft.version).exists()


def test_a_document_may_be_silent_when_a_person_says_so(client: Client) -> None:
    revision = confirmed(client, uploaded(client), scope="", silent="on")
    assert "scope" not in revision.facts


def test_the_same_file_twice_is_one(client: Client) -> None:
    draft = uploaded(client)
    response = upload(client, ("again.pdf", CERTIFICATE))
    assert response["Location"] == reverse("evidence_draft", args=[draft.pk])
    confirmed(client, draft)
    page = upload(client, ("again.pdf", CERTIFICATE)).content.decode()
    assert "Held already" in page
    assert not Draft.objects.exists()


def test_several_files_are_read_each_by_itself(client: Client) -> None:
    secret = pdf("Secret", encrypt=StandardEncryption("word"))
    page = upload(
        client,
        ("good.pdf", CERTIFICATE),
        ("plan.docx", word(lambda document: document.add_paragraph("Model incident response plan, version 2.0"))),
        ("locked.pdf", secret),
        ("scan.pdf", pdf("")),
        ("notes.txt", b"hello"),
        ("broken.pdf", b"%PDF-1.7 nothing at all"),
    ).content.decode()
    assert page.count("Compare its facts") == 3
    assert "protected by a password" in page
    assert "neither a PDF nor a Word file" in page
    assert "damaged" in page
    assert Draft.objects.count() == 3
    assert "scanned" in Draft.objects.get(file__name="scan.pdf").problem


def test_a_scan_is_entered_by_hand(client: Client) -> None:
    draft = uploaded(client, pdf(""))
    page = client.get(reverse("evidence_draft", args=[draft.pk])).content.decode()
    assert "Nothing was read" in page
    revision = confirmed(
        client, draft, kind="baa", title="BAA", issuer__name="X", issuer__independence="vendor_issued", silent="on"
    )
    assert (revision.kind, revision.sources) == ("baa", {})


@pytest.mark.parametrize("files", [[], [("a.pdf", b"")]])
def test_nothing_to_read_is_said(client: Client, files: list[tuple[str, bytes]]) -> None:
    response = upload(client, *files)
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()


def test_too_many_files_are_refused_whole(client: Client) -> None:
    page = upload(client, *((f"{n}.pdf", b"%PDF- x") for n in range(21))).content.decode()
    assert "more than 20 at once" in page
    assert not Draft.objects.exists()


def test_more_than_is_read_at_once_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.draft_forms.TOGETHER", 3_000)
    page = upload(client, ("a.pdf", CERTIFICATE), ("b.pdf", CERTIFICATE + b"\n%b")).content.decode()
    assert "Upload them in parts" in page
    assert not Draft.objects.exists()


def test_facts_are_corrected_in_a_new_revision(client: Client) -> None:
    first = confirmed(client, uploaded(client))
    response = client.post(reverse("evidence_correct", args=[first.evidence_id]))
    again = client.post(reverse("evidence_correct", args=[first.evidence_id]))
    assert response["Location"] == again["Location"]
    second = confirmed(client, Draft.objects.get(), number="NR-42-0100", silent="on")
    first.refresh_from_db()
    assert (second.number, second.evidence, second.file) == (2, first.evidence, first.file)
    assert (first.facts["number"], second.facts["number"]) == ("NR-42-0099", "NR-42-0100")
    assert second.passages.count() == first.passages.count()


def test_what_no_form_shows_survives_a_correction_and_not_a_new_document(client: Client, emil: User) -> None:
    first = confirmed(client, uploaded(client))
    EvidenceRevision.objects.filter(pk=first.pk).update(facts={**first.facts, "series": "AIMS"})
    client.post(reverse("evidence_correct", args=[first.evidence_id]))
    assert confirmed(client, Draft.objects.get(), title="New title").facts["series"] == "AIMS"
    newer = pdf(TEXT.replace("2026", "2027"))
    response = upload(client, ("newer.pdf", newer), to=reverse("evidence_newer", args=[first.evidence_id]))
    assert response["Location"] == reverse("evidence_draft", args=[Draft.objects.get().pk])
    third = confirmed(client, Draft.objects.get())
    assert (third.number, third.evidence_id) == (3, first.evidence_id)
    assert third.file != first.file
    assert "series" not in third.facts
    assert third.facts["dates"]["issued_on"] == "2027-05-04"


def test_two_people_never_overwrite_each_other(
    client: Client, vendor: Organisation, sign_in: Callable[[User], Client]
) -> None:
    draft = uploaded(client)
    other = User.objects.create_user("mia@vendor.example", full_name="Mia")
    add_member(organisation=vendor, user=other, role=Role.EVIDENCE_OWNER, by=None, at=NOW)
    send(sign_in(other), draft, do="keep", title="Hers")
    response = send(client, draft, do="keep", title="Mine", seen=draft.version)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody else changed these facts" in page
    assert "Saved meanwhile: Hers" in page
    assert 'value="Mine"' in page
    draft.refresh_from_db()
    assert draft.values["title"] == "Hers"


def test_a_draft_is_thrown_away(client: Client) -> None:
    draft = uploaded(client)
    assert client.post(reverse("evidence_draft_discard", args=[draft.pk])).status_code == 302
    assert not Draft.objects.exists()
    assert AuditEvent.objects.filter(event="evidence.discarded").count() == 1


def test_a_reference_is_never_given_twice(client: Client) -> None:
    confirmed(client, uploaded(client))
    draft = uploaded(client, pdf(TEXT + "\nSecond copy"), "NR 42.pdf")
    assert client.get(reverse("evidence_draft", args=[draft.pk])).context["form"]["reference"].value() == "NR-42-2"
    page = send(client, draft, do="confirm", reference="NR-42").content.decode()
    assert "Another document of the library goes by NR-42" in page
    assert Evidence.objects.count() == 1


def test_pages_of_a_draft_are_shown_and_recorded(client: Client) -> None:
    draft = uploaded(client)
    picture = reverse("evidence_draft_page", args=[draft.pk, 1])
    assert client.get(picture, {"quote": "Greta Lund"})["Content-Type"] == "image/png"
    assert client.get(reverse("evidence_draft_page", args=[draft.pk, 2])).status_code == 404
    assert AuditEvent.objects.filter(event="evidence.viewed", target_kind="evidence.draft").count() == 1


def test_the_page_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    draft = uploaded(client)
    for address in (reverse("evidence_draft", args=[draft.pk]), reverse("evidence_upload")):
        with django_assert_max_num_queries(15):
            client.get(address)
