"""A vendor from one file: the organisation, its people, its AI systems and its evidence with the documents beside it.

The file is YAML (docs/vendor-file.md); a document is found by the id of its attestation, as ID.pdf or ID.docx. What the
file says was confirmed and verified by its people is recorded so, and nothing else. Importing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from accounts.actions.people import add_member, create_organisation, rename_organisation, vouch_for
from accounts.models import Organisation, OrganisationKind, User
from evidence.actions import library
from evidence.actions.systems import register_system
from evidence.actions.vendor_reader import PersonEntry, VendorFile, read_vendor
from evidence.catalogs.problems import CatalogueInvalid
from evidence.ingest import Document, IngestRefused, read_many

SUFFIXES = (".pdf", ".docx")
# Of the demo's own file: what its documents look like.
DRAWN = frozenset({"pages", "layout", "planted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came in. ``without_document`` names attestations that have no file in the folder that was given."""

    organisation: Organisation
    evidence: int
    documents: int
    unreadable: tuple[str, ...]  # documents kept without their text, each with the reason
    without_document: tuple[str, ...]


def _silent(done: int, total: int) -> None:
    return None


def import_vendor(
    path: Path, *, documents: Path | None, at: datetime, progress: Callable[[int, int], None] = _silent
) -> Loaded:
    """Take in a vendor file and the documents in a folder.

    :raises CatalogueInvalid: if the file has a problem; the text names the item and the field, and nothing is written
    :raises LinkUnknown: if an attestation names another that is nowhere; nothing is written
    :raises VerifierIsConfirmer: if who verifies confirmed the same facts before; nothing is written
    """
    told = read_vendor(path)
    files = _documents(documents, told)
    if documents is not None and told.evidence and not files:
        raise CatalogueInvalid(f"{documents} holds no document of {path.name}: none is named ID.pdf or ID.docx.")
    contents = {name: file.read_bytes() for name, file in files.items()}
    # The documents are read before anything is written: it takes longest, and needs no lock.
    read = read_many([(contents[name], file.name) for name, file in files.items()])
    texts = dict(zip(files, read, strict=True))
    with transaction.atomic():
        organisation = _organisation(told, at)
        people = {entry.email: _person(organisation, entry, at) for entry in told.people}
        owner, second = people.get(told.confirmed_by), people.get(told.verified_by)
        for system in told.systems:
            register_system(organisation=organisation, entry=system, by=None, at=at)
        for number, (name, entry) in enumerate(told.evidence.items(), start=1):
            text = texts.get(name)
            revision = library.add_revision(
                organisation=organisation,
                entry={key: value for key, value in entry.items() if key not in DRAWN},
                content=contents.get(name),
                file_name=files[name].name if name in files else "",
                document=text if isinstance(text, Document) else None,
                by=owner,
                at=at,
            )
            if owner is not None:
                library.confirm(revision=revision, by=owner, at=at)
            if owner is not None and second is not None:
                library.verify(revision=revision, by=second, at=at)
            progress(number, len(told.evidence))
        library.link(organisation=organisation, by=owner, at=at)
    return Loaded(
        organisation=organisation,
        evidence=len(told.evidence),
        documents=len(files),
        unreadable=tuple(f"{name}: {text}" for name, text in texts.items() if isinstance(text, IngestRefused)),
        without_document=tuple(name for name in told.evidence if name not in files) if documents else (),
    )


def _documents(folder: Path | None, told: VendorFile) -> Mapping[str, Path]:
    if folder is None:
        return {}
    there = {name: [folder / f"{name}{suffix}" for suffix in SUFFIXES] for name in told.evidence}
    return {name: file for name, files in there.items() if (file := next(filter(Path.is_file, files), None))}


def _organisation(told: VendorFile, at: datetime) -> Organisation:
    existing = Organisation.objects.filter(slug=told.slug).first()
    if existing is not None and existing.kind != OrganisationKind.VENDOR:
        raise CatalogueInvalid(f"vendor: the slug {told.slug!r} is that of {existing}, which is no vendor.")
    vendors = Organisation.objects.filter(kind=OrganisationKind.VENDOR).exclude(slug=told.slug)
    for other in vendors:
        if other.name.casefold() == told.name.casefold():
            raise CatalogueInvalid(f"vendor: the name {told.name!r} is that of the vendor with the slug {other.slug}.")
    if existing is None:
        return create_organisation(
            name=told.name, slug=told.slug, kind=OrganisationKind.VENDOR, legal_entity=told.legal_entity, at=at
        )
    legal_entity = told.legal_entity or existing.legal_entity
    return rename_organisation(organisation=existing, name=told.name, legal_entity=legal_entity, by=None, at=at)


def _person(organisation: Organisation, entry: PersonEntry, at: datetime) -> User:
    user = User.objects.filter(email__iexact=entry.email).first() or User.objects.create_user(
        entry.email, full_name=entry.name
    )
    vouch_for(user)
    for role in entry.roles:
        add_member(organisation=organisation, user=user, role=role, by=None, at=at)
    return user
