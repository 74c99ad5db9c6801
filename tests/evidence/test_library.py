"""The evidence library: revisions that never change, two persons, links, and what the judge may see."""

from datetime import date

import pytest

from accounts.audit import breaks
from accounts.models import AuditEvent, Organisation, User
from evidence import queries
from evidence.actions import library
from evidence.catalogs.problems import CatalogueInvalid
from evidence.ingest.types import Document
from evidence.models import Evidence, EvidenceRevision
from evidence.models.library import RevisionChanged
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

ENTRY = {
    "id": "ISO-1",
    "title": "ISO/IEC 42001 certificate",
    "kind": "iso_certificate",
    "issuer": {"name": "Nordlys Cert AS", "independence": "third_party_issued"},
    "dates": {"issued_on": date(2026, 6, 8), "valid_until": date(2029, 6, 7)},
}


def add(vendor: Organisation, vera: User, **changes: object) -> EvidenceRevision:
    return library.add_revision(
        organisation=vendor,
        entry={**ENTRY, **changes},
        content=b"%PDF-1.7 certificate",
        file_name="iso.pdf",
        document=Document(pages=("Certificate of conformity.", "Scope: the assistant."), kind="pdf"),
        by=vera,
        at=NOW,
    )


def test_a_revision_keeps_facts_file_and_passages(store: object, vendor: Organisation, vera: User) -> None:
    revision = add(vendor, vera)
    assert (revision.number, revision.issued_on, revision.valid_until) == (1, date(2026, 6, 8), date(2029, 6, 7))
    assert [(p.page, p.text) for p in revision.passages.all()] == [
        (1, "Certificate of conformity."),
        (2, "Scope: the assistant."),
    ]
    assert revision.file is not None
    assert revision.file.name == "iso.pdf"


def test_the_same_again_changes_nothing_and_other_facts_make_a_new_revision(
    store: object, vendor: Organisation, vera: User
) -> None:
    first = add(vendor, vera)
    assert add(vendor, vera) == first
    second = add(vendor, vera, status="suspended")
    assert (second.number, Evidence.objects.of(vendor).count()) == (2, 1)
    assert breaks(vendor) == []


def test_a_field_that_cannot_be_read_is_named_and_nothing_is_written(
    store: object, vendor: Organisation, vera: User
) -> None:
    with pytest.raises(CatalogueInvalid, match=r"ISO-1: the field 'dates\.issued_on' is no date"):
        add(vendor, vera, dates={"issued_on": "soon"})
    assert not Evidence.objects.of(vendor).exists()


def test_a_stored_revision_cannot_be_changed(store: object, vendor: Organisation, vera: User) -> None:
    revision = add(vendor, vera)
    revision.title = "Another"
    with pytest.raises(RevisionChanged):
        revision.save()


def test_the_judge_sees_only_what_a_person_confirmed(store: object, vendor: Organisation, vera: User) -> None:
    first = add(vendor, vera)
    assert queries.proofs(vendor) == ()
    library.confirm(revision=first, by=vera, at=NOW)
    add(vendor, vera, status="suspended")
    (proof,) = queries.proofs(vendor)
    assert (proof.reference, proof.revision, proof.fact.status) == ("ISO-1", 1, "active")
    assert "Scope: the assistant." in proof.fact.document_text


def test_a_second_person_verifies_and_twice_has_one_effect(
    store: object, vendor: Organisation, vera: User, ada: User
) -> None:
    revision = add(vendor, vera)
    library.confirm(revision=revision, by=vera, at=NOW)
    with pytest.raises(library.VerifierIsConfirmer):
        library.verify(revision=revision, by=vera, at=NOW)
    library.verify(revision=revision, by=ada, at=NOW)
    events = AuditEvent.objects.filter(organisation_id=vendor.pk).count()
    library.verify(revision=revision, by=ada, at=NOW)
    library.confirm(revision=revision, by=ada, at=NOW)
    assert AuditEvent.objects.filter(organisation_id=vendor.pk).count() == events
    assert queries.proofs(vendor)[0].verified


def test_withdrawn_evidence_is_out_of_use(store: object, vendor: Organisation, vera: User) -> None:
    revision = add(vendor, vera)
    library.confirm(revision=revision, by=vera, at=NOW)
    library.withdraw(evidence=revision.evidence, by=vera, at=NOW)
    assert queries.proofs(vendor) == ()


def test_another_organisation_sees_nothing(
    store: object, vendor: Organisation, other_vendor: Organisation, vera: User
) -> None:
    library.confirm(revision=add(vendor, vera), by=vera, at=NOW)
    assert queries.proofs(other_vendor) == ()
    assert queries.evidence_references(other_vendor) == frozenset()
    assert queries.shelves(other_vendor, [1, 2, 3]) == {}


def test_a_link_to_what_is_not_there_is_refused(store: object, vendor: Organisation, vera: User) -> None:
    add(vendor, vera, links=["SURV-1"])
    with pytest.raises(library.LinkUnknown, match="ISO-1 names SURV-1"):
        library.link(organisation=vendor, by=vera, at=NOW)


def test_an_unknown_system_is_told_with_those_there_are(vendor: Organisation) -> None:
    with pytest.raises(queries.SystemUnknown, match=r"no AI system named 'Nonesuch'\. Registered: none yet"):
        queries.systems_named(vendor, ["Nonesuch"])
