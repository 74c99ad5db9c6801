"""A vendor from one file: the organisation, its people, its AI systems and its evidence with the documents beside it.

The file is YAML (docs/vendor-file.md); a document is found by the id of its attestation, as ID.pdf or ID.docx. What the
file says was confirmed and verified by its people is recorded so, and nothing else. Importing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.actions.people import add_member, create_organisation
from accounts.models import Organisation, OrganisationKind, Role, User
from evidence.actions import library
from evidence.actions.systems import SystemEntry, register_system
from evidence.catalogs.problems import CatalogueInvalid, need, read_yaml
from evidence.ingest import Document, IngestRefused, read_many

SUFFIXES = (".pdf", ".docx")
KEYS = frozenset({"vendor", "people", "systems", "evidence", "confirmed_by", "verified_by"})
# Of the demo's own file: what its documents look like.
DRAWN = frozenset({"pages", "layout", "planted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    organisation: Organisation
    evidence: int
    documents: int
    unreadable: tuple[str, ...]  # documents kept without their text, each with the reason


def _silent(done: int, total: int) -> None:
    return None


def import_vendor(
    path: Path, *, documents: Path | None, at: datetime, progress: Callable[[int, int], None] = _silent
) -> Loaded:
    """Take in a vendor file and the documents in a folder.

    :raises CatalogueInvalid: if the file has a problem; the text names the item and the field, and nothing is written
    """
    content = read_yaml(path)
    for key in content:
        if key not in KEYS:
            raise CatalogueInvalid(
                f"{path.name}: {key!r} is no key of a vendor file; keys are {', '.join(sorted(KEYS))}."
            )
    entries: list[Mapping[str, Any]] = list(content.get("evidence", ()))
    files = {entry["id"]: file for entry in entries if (file := _document(documents, str(entry.get("id"))))}
    if documents is not None and entries and not files:
        raise CatalogueInvalid(f"{documents} holds no document of {path.name}: none is named ID.pdf or ID.docx.")
    contents = {name: file.read_bytes() for name, file in files.items()}
    # The documents are read before anything is written: it takes longest, and needs no lock.
    read = read_many([(contents[name], file.name) for name, file in files.items()])
    texts = dict(zip(files, read, strict=True))
    unreadable = tuple(f"{name}: {text}" for name, text in texts.items() if isinstance(text, IngestRefused))
    with transaction.atomic():
        organisation = _organisation(need(content, "vendor", path.name), at)
        people = _people(organisation, content.get("people", ()), path.name, at)
        for entry in content.get("systems", ()):
            register_system(organisation=organisation, entry=_system(entry, path.name), by=None, at=at)
        owner = _named(people, content.get("confirmed_by"), "confirmed_by", path.name)
        second = _named(people, content.get("verified_by"), "verified_by", path.name)
        for number, entry in enumerate(entries, start=1):
            text = texts.get(str(entry.get("id")))
            file = files.get(str(entry.get("id")))
            revision = library.add_revision(
                organisation=organisation,
                entry={key: value for key, value in entry.items() if key not in DRAWN},
                content=contents.get(str(entry.get("id"))),
                file_name=file.name if file else "",
                document=text if isinstance(text, Document) else None,
                by=owner,
                at=at,
            )
            if owner is not None:
                library.confirm(revision=revision, by=owner, at=at)
            if owner is not None and second is not None:
                library.verify(revision=revision, by=second, at=at)
            progress(number, len(entries))
        library.link(organisation=organisation, by=owner, at=at)
    return Loaded(organisation=organisation, evidence=len(entries), documents=len(files), unreadable=unreadable)


def _document(folder: Path | None, name: str) -> Path | None:
    if folder is None:
        return None
    return next((file for suffix in SUFFIXES if (file := folder / f"{name}{suffix}").is_file()), None)


def _organisation(entry: Mapping[str, Any], at: datetime) -> Organisation:
    slug = need(entry, "slug", "vendor")
    existing = Organisation.objects.filter(slug=slug).first()
    if existing is not None:
        return existing
    return create_organisation(
        name=need(entry, "name", "vendor"),
        slug=slug,
        kind=OrganisationKind.VENDOR,
        legal_entity=entry.get("legal_entity", ""),
        at=at,
    )


def _people(
    organisation: Organisation, entries: list[Mapping[str, Any]], where: str, at: datetime
) -> list[tuple[User, list[Role]]]:
    people = []
    for entry in entries:
        email = need(entry, "email", f"{where}: people")
        user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(
            email, full_name=entry.get("name", "")
        )
        roles = []
        for name in entry.get("roles", ()):
            if name not in Role.values:
                raise CatalogueInvalid(f"{where}: {email}: {name!r} is no role; roles are {', '.join(Role.values)}.")
            roles.append(Role(name))
            add_member(organisation=organisation, user=user, role=Role(name), by=None, at=at)
        people.append((user, roles))
    return people


def _named(people: list[tuple[User, list[Role]]], email: object, key: str, where: str) -> User | None:
    if not email:
        return None
    found = next((user for user, _ in people if user.email.casefold() == str(email).casefold()), None)
    if found is None:
        raise CatalogueInvalid(f"{where}: {key}: {email!r} is none of the people in the file.")
    return found


def _system(entry: Mapping[str, Any], where: str) -> SystemEntry:
    name = need(entry, "name", f"{where}: systems")
    changes = []
    for change in entry.get("material_changes") or ():
        day = change.get("on") if isinstance(change, Mapping) else change
        if not isinstance(day, date):
            raise CatalogueInvalid(f"{where}: {name}: the day of a material change is no date: {day!r}.")
        changes.append((day, str(change.get("what", "")) if isinstance(change, Mapping) else ""))
    return SystemEntry(
        name=name,
        kind=entry.get("kind", ""),
        takes_prompts=entry.get("takes_prompts", True),
        uses_tools=entry.get("uses_tools", False),
        affects_people=entry.get("affects_people", True),
        high_impact=entry.get("high_impact", False),
        domain=entry.get("domain", ""),
        in_production_since=entry.get("in_production_since"),
        material_changes=changes,
    )
