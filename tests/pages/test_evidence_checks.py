"""What happens to a document once confirmed: a second person checks it outside; it is withdrawn and put back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actions.people import add_member
from accounts.models import AuditEvent, Role, User
from evidence.actions import library
from evidence.ingest import Document
from evidence.models import EvidenceRevision, OutsideCheck, Withdrawal
from evidence.models.checks import RecordChanged
from tests.conftest import NOW
from tests.evidence.test_ingest import pdf
from tests.pages.conftest import CERTIFICATE, World

TEXT = """Northern Certification
Certificate of conformity NC-42-7
Lead auditor: Ingrid Dahl. Norsk Akkreditering, MSYS 1.
Development and operation of the AI system Helper. Vera Vendor. ISO/IEC 42001:2023.
Date of issue: 18 May 2026. Valid until: 17 May 2029."""


@pytest.fixture
def revision(world: World, vera: User) -> EvidenceRevision:
    """The world's certificate with a real document, confirmed by vera."""
    revision = library.add_revision(
        organisation=world.organisation,
        entry=CERTIFICATE,
        content=pdf(TEXT),
        file_name="c.pdf",
        document=Document(pages=(TEXT,), kind="pdf"),
        by=vera,
        at=NOW,
    )
    library.confirm(revision=revision, by=vera, at=NOW)
    return revision


@pytest.fixture
def client(ada: User, sign_in: Callable[[User], Client]) -> Client:
    add_member(organisation=ada.memberships.get().organisation, user=ada, role=Role.EVIDENCE_OWNER, by=None, at=NOW)
    return sign_in(ada)


def check(client: Client, revision: EvidenceRevision, **changed: object) -> HttpResponse:
    data = {"place": "IAF CertSearch", "checked_on": "2026-11-20", "result": "confirmed", **changed}
    return client.post(reverse("evidence_check", args=[revision.pk]), data)  # type: ignore[return-value]  # the test client's own type


def page(client: Client, revision: EvidenceRevision) -> str:
    return client.get(reverse("evidence_item", args=[revision.evidence_id])).content.decode()


def test_a_second_person_checks_it_outside(client: Client, revision: EvidenceRevision, ada: User) -> None:
    assert client.get(reverse("evidence_item", args=[revision.evidence_id])).context["sheet"].ladder == "consistent"
    picture = SimpleUploadedFile("seen.png", b"\x89PNG pixels")
    response = check(client, revision, address="https://registry.example/7", note="In force.", screenshot=picture)
    assert response.status_code == 302
    shown = page(client, revision)
    assert "Issuer-checked" in shown
    assert "https://registry.example/7" in shown
    assert 'href="https://registry.example' not in shown  # kept as text, never followed
    revision.refresh_from_db()
    assert revision.verified_by == ada
    stored = client.get(reverse("evidence_screenshot", args=[OutsideCheck.objects.get().pk]))
    assert stored.content == b"\x89PNG pixels"
    assert "attachment" in stored["Content-Disposition"]
    assert AuditEvent.objects.filter(event="evidence.checked").count() == 1


@pytest.mark.parametrize("result", ["differs", "not_found"])
def test_a_check_that_fails_is_shown_and_verifies_nothing(
    client: Client, revision: EvidenceRevision, result: str
) -> None:
    check(client, revision, result=result)
    revision.refresh_from_db()
    assert revision.verified_at is None
    assert "In doubt" in page(client, revision)
    check(client, revision)
    assert "Issuer-checked" in page(client, revision)
    assert OutsideCheck.objects.count() == 2


def test_who_confirmed_the_facts_does_not_check_them(
    client: Client, revision: EvidenceRevision, vera: User, sign_in: Callable[[User], Client]
) -> None:
    add_member(organisation=revision.evidence.organisation, user=vera, role=Role.APPROVER, by=None, at=NOW)
    hers = sign_in(vera)
    assert "another person has to check them" in page(hers, revision)
    check(hers, revision)
    assert not OutsideCheck.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"place": ""},
        {"checked_on": "2099-01-01"},
        {"checked_on": ""},
        {"result": "perhaps"},
        {"screenshot": SimpleUploadedFile("x.exe", b"MZ")},
    ],
)
def test_half_a_check_is_not_recorded(client: Client, revision: EvidenceRevision, changed: dict[str, object]) -> None:
    response = check(client, revision, **changed)
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()
    assert not OutsideCheck.objects.exists()


def test_only_the_latest_confirmed_revision_is_checked(client: Client, revision: EvidenceRevision, vera: User) -> None:
    newer = library.add_revision(
        organisation=revision.evidence.organisation, entry={**CERTIFICATE, "number": "8"}, by=vera, at=NOW
    )
    check(client, revision)
    check(client, newer)
    assert not OutsideCheck.objects.exists()


def test_a_record_of_a_check_never_changes(client: Client, revision: EvidenceRevision) -> None:
    check(client, revision)
    row = OutsideCheck.objects.get()
    row.result = "differs"
    with pytest.raises(RecordChanged):
        row.save()


def test_it_is_withdrawn_with_a_reason_and_put_back(client: Client, revision: EvidenceRevision, ada: User) -> None:
    address = reverse("evidence_withdraw", args=[revision.evidence_id])
    for _ in range(2):
        response = client.post(address, {"reason": "The issuer revoked it.", "effective_on": "2026-11-01"})
        assert response["Location"] == reverse("evidence_impact", args=[revision.evidence_id])  # what relied on it
    shown = page(client, revision)
    assert "The issuer revoked it." in shown
    assert "From 1 November 2026" in shown
    row = Withdrawal.objects.get()
    assert (row.withdrawn_by, row.reinstated_at) == (ada, None)
    for _ in range(2):
        client.post(reverse("evidence_reinstate", args=[revision.evidence_id]))
    row.refresh_from_db()
    assert row.reinstated_by == ada
    revision.evidence.refresh_from_db()
    assert revision.evidence.withdrawn_at is None
    events = AuditEvent.objects.order_by("sequence").values_list("event", flat=True)
    assert [event for event in events if event in ("evidence.withdrawn", "evidence.reinstated")] == [
        "evidence.withdrawn",
        "evidence.reinstated",
    ]


@pytest.mark.parametrize(
    "sent", [{"reason": "", "effective_on": "2026-11-01"}, {"reason": "x", "effective_on": "2099-01-01"}]
)
def test_it_is_not_withdrawn_without_reason_or_in_the_future(
    client: Client, revision: EvidenceRevision, sent: dict[str, str]
) -> None:
    response = client.post(reverse("evidence_withdraw", args=[revision.evidence_id]), sent)
    assert response.status_code == 200
    assert not Withdrawal.objects.exists()
    revision.evidence.refresh_from_db()
    assert revision.evidence.withdrawn_at is None


def test_the_page_shows_where_each_fact_stands(client: Client, revision: EvidenceRevision) -> None:
    address = reverse("evidence_item", args=[revision.evidence_id])
    look = client.get(address, {"look": "dates.valid_until"}).context["look"]
    assert (look.page, look.quote) == (1, "Valid until: 17 May 2029.")
    assert client.get(address, {"look": "nothing", "page": "x"}).context["look"].page == 1


def test_what_changed_between_revisions_is_listed(client: Client, revision: EvidenceRevision, vera: User) -> None:
    library.add_revision(
        organisation=revision.evidence.organisation, entry={**CERTIFICATE, "number": "NC-8"}, by=vera, at=NOW
    )
    sheet = client.get(reverse("evidence_item", args=[revision.evidence_id])).context["sheet"]
    latest = sheet.steps[0]
    assert [(change.label, change.before, change.after) for change in latest.changes] == [("Number", "NC-42-7", "NC-8")]
    assert not latest.new_document
    assert [step.new_document for step in sheet.steps] == [False, True, False]


def test_a_failed_rule_names_the_fact_and_what_would_close_it(
    client: Client, revision: EvidenceRevision, vera: User
) -> None:
    old = {**CERTIFICATE, "dates": {"issued_on": "2024-01-10", "valid_until": "2027-01-09"}}
    late = library.add_revision(organisation=revision.evidence.organisation, entry=old, by=vera, at=NOW)
    library.confirm(revision=late, by=vera, at=NOW)
    shown = page(client, late)
    assert "To close it:</strong> Upload the next one" in shown


def test_the_page_asks_the_database_little(
    client: Client, revision: EvidenceRevision, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("evidence_item", args=[revision.evidence_id])
    client.get(address)
    with django_assert_max_num_queries(15):
        client.get(address)


def set_audience(client: Client, revision: EvidenceRevision, audience: str, seen: str = "public") -> str:
    address = reverse("evidence_audience", args=[revision.evidence_id])
    return client.post(address, {"audience": audience, "seen": seen}, follow=True).content.decode()


def test_who_may_be_told_of_a_document_is_said_once_and_recorded(
    world: World, client: Client, revision: EvidenceRevision
) -> None:
    assert "Saved" in set_audience(client, revision, "nda")
    assert "so already" in set_audience(client, revision, "nda", "nda")
    revision.evidence.refresh_from_db()
    assert revision.evidence.audience == "nda"
    event = AuditEvent.objects.get(event="evidence.audience_set")
    assert event.details == {"reference": "ISO-42001", "before": "public", "audience": "nda"}
    assert "Under NDA" in page(client, revision)


def test_what_somebody_else_said_meanwhile_is_not_overwritten(
    world: World, client: Client, revision: EvidenceRevision
) -> None:
    set_audience(client, revision, "internal")
    assert "Somebody else changed" in set_audience(client, revision, "nda")
    assert "Choose who may be told" in set_audience(client, revision, "everybody")
    revision.evidence.refresh_from_db()
    assert revision.evidence.audience == "internal"
    assert AuditEvent.objects.filter(event="evidence.audience_set").count() == 1
