"""From an uploaded document to a confirmed attestation: facts are proposed, a person compares and confirms them.

    upload ──> draft ──(kept as often as needed)──> confirmed revision
                 └──> thrown away

A draft of an item that exists becomes its next revision: another document, or the same one with facts corrected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from accounts.turns import take_turn
from evidence import storage
from evidence.actions import library
from evidence.actions.files import keep
from evidence.catalogs import entry
from evidence.ingest import Document, IngestRefused, Problem, read_many
from evidence.known import known_of
from evidence.models import Draft, Evidence, EvidenceRevision, StoredFile
from evidence.placed import pages_of
from evidence.proposing import Proposal, propose
from evidence.proposing.finding import place_of

FILES_AT_ONCE = 20


class DraftChanged(Exception):
    """Somebody else saved the draft, or settled it, since this page was opened."""


class ReferenceTaken(Exception):
    """Another item of the library goes by the reference."""


class TooManyFiles(Exception):
    """More files than are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of an uploaded file: a draft, or what holds it already, or the reason why it was refused."""

    name: str
    draft: Draft | None = None
    held: Evidence | None = None
    known: bool = False  # the draft was there before
    problem: str = ""


def take_in(
    *, organisation: Organisation, uploads: Sequence[Upload], evidence: Evidence | None = None, by: User, at: datetime
) -> list[Taken]:
    """Read uploaded documents and propose their facts; one that the library holds already is named instead.

    ``evidence``: the item that they are a newer document of.

    :raises TooManyFiles: if there are more than FILES_AT_ONCE
    """
    if len(uploads) > FILES_AT_ONCE:
        raise TooManyFiles(f"{len(uploads)} files are more than {FILES_AT_ONCE} at once. Upload them in parts.")
    # Read before anything is written: it takes longest, and needs no lock.
    read = read_many([(upload.content, upload.name) for upload in uploads])
    return [
        _taken(organisation, upload, outcome, evidence, by, at) for upload, outcome in zip(uploads, read, strict=True)
    ]


@transaction.atomic
def _taken(
    organisation: Organisation,
    upload: Upload,
    outcome: Document | IngestRefused,
    evidence: Evidence | None,
    by: User,
    at: datetime,
) -> Taken:
    take_turn(organisation)
    # What a scan says has to be typed in; any other refusal is about a file that nobody can use.
    if isinstance(outcome, IngestRefused) and outcome.code is not Problem.SCANNED:
        return Taken(name=upload.name, problem=str(outcome))
    sha256 = storage.digest(upload.content)
    held = Evidence.objects.of(organisation).filter(revisions__file__sha256=sha256).first()
    if held is not None:
        return Taken(name=upload.name, held=held)
    waiting = Draft.objects.of(organisation)
    known = waiting.filter(evidence=evidence).first() if evidence else waiting.filter(file__sha256=sha256).first()
    if known is not None:
        return Taken(name=upload.name, draft=known, known=True)
    file = keep(organisation=organisation, content=upload.content, name=upload.name, at=at)
    return Taken(name=upload.name, draft=_begin(organisation, file, outcome, evidence, by, at))


def _begin(
    organisation: Organisation,
    file: StoredFile,
    outcome: Document | IngestRefused,
    evidence: Evidence | None,
    by: User,
    at: datetime,
) -> Draft:
    document = outcome if isinstance(outcome, Document) else Document(pages=(), kind="")
    proposals = _proposed(document, organisation, evidence)
    latest = evidence.revisions.first() if evidence else None
    values = {path: item["value"] for path, item in proposals.items() if item["sure"]}
    # The same series of documents: its kind and title stay unless the new one says otherwise.
    for path in ("kind", "title") if latest else ():
        values.setdefault(path, str(latest.facts.get(path, "")) if latest else "")
    draft = Draft.objects.create(
        organisation=organisation,
        file=file,
        evidence=evidence,
        pages=list(document.pages),
        problem=str(outcome) if isinstance(outcome, IngestRefused) else "",
        proposals=proposals,
        values=values,
        created_by=by,
        created_at=at,
        saved_by=by,
        saved_at=at,
    )
    _note(draft, "evidence.received", by, at)
    return draft


@transaction.atomic
def correct(*, evidence: Evidence, by: User, at: datetime) -> Draft:
    """Begin to correct the facts of an item as they stand; a correction under way is gone on with."""
    take_turn(evidence.organisation)
    known = Draft.objects.filter(evidence=evidence).first()
    if known is not None:
        return known
    latest = evidence.revisions.select_related("file").latest("number")
    pages = pages_of(latest)
    return Draft.objects.create(
        organisation=evidence.organisation,
        file=latest.file,
        evidence=evidence,
        pages=pages,
        proposals=_proposed(Document(pages=tuple(pages), kind=""), evidence.organisation, evidence),
        values=entry.flatten(latest.facts),
        created_by=by,
        created_at=at,
        saved_by=by,
        saved_at=at,
    )


def _proposed(document: Document, organisation: Organisation, evidence: Evidence | None) -> dict[str, dict[str, Any]]:
    found = propose(document, known_of(organisation, without=evidence))
    return {item.field: _plain(item) for item in found if item.field in entry.BY_PATH}


def _plain(item: Proposal) -> dict[str, Any]:
    value = item.value if isinstance(item.value, str) else "\n".join(item.value)
    return {"value": value, "page": item.page, "quote": item.quote, "sure": item.sure}


@transaction.atomic
def save(
    *, draft: Draft, values: Mapping[str, str], reference: str = "", version: int, by: User, at: datetime
) -> Draft:
    """Keep what was entered so far.

    :raises DraftChanged: if somebody else saved or settled it since
    """
    held = Draft.objects.filter(pk=draft.pk, version=version)
    changed = {"values": dict(values), "reference": reference, "saved_by": by, "saved_at": at}
    if not held.update(version=version + 1, **changed):
        raise DraftChanged("Somebody else changed these facts since you opened the page. Open it again.")
    draft.refresh_from_db()
    return draft


@transaction.atomic
def confirm(
    *, draft: Draft, values: Mapping[str, str], reference: str, version: int, by: User, at: datetime
) -> EvidenceRevision:
    """Make a revision of a draft: this person compared its facts with the document.

    :raises DraftChanged: if somebody else saved or settled the draft since
    :raises ReferenceTaken: if the reference of a new item is that of another
    :raises CatalogueInvalid: if a fact cannot be read; the text names the field
    :raises LinkUnknown: if a linked document is not in the library
    """
    take_turn(draft.organisation)
    save(draft=draft, values=values, reference=reference, version=version, by=by, at=at)
    organisation, latest = draft.organisation, draft.evidence.revisions.first() if draft.evidence else None
    if draft.evidence is None and Evidence.objects.of(organisation).filter(reference=reference).exists():
        raise ReferenceTaken(f"Another document of the library goes by {reference}. Choose another reference.")
    same = latest is not None and latest.file_id == draft.file_id
    # What no form shows was true of the document it was read from, and of no other.
    facts = entry.build(values, base=latest.facts if latest is not None and same else {})
    facts["id"] = draft.evidence.reference if draft.evidence else reference
    content = storage.get(draft.file.sha256) if draft.file and not same else None
    revision = library.add_revision(
        organisation=organisation,
        entry=facts,
        content=content,
        file_name=draft.file.name if draft.file else "",
        document=Document(pages=tuple(draft.pages), kind="") if draft.pages else None,
        sources=_sources(draft, values),
        by=by,
        at=at,
    )
    library.confirm(revision=revision, by=by, at=at)
    library.link(organisation=organisation, by=by, at=at)
    draft.delete()
    return revision


@transaction.atomic
def discard(*, draft: Draft, by: User, at: datetime) -> None:
    """Throw a draft away; the file stays stored, so that the audit trail names something that is there."""
    _note(draft, "evidence.discarded", by, at)
    draft.delete()


def _sources(draft: Draft, values: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return for each fact where the document says it: as proposed, else where the value entered is found."""
    sources = {}
    for path, value in values.items():
        proposal = draft.proposals.get(path)
        if proposal and proposal["value"].strip() == value.strip():
            sources[path] = {"page": proposal["page"], "quote": proposal["quote"]}
        elif value.strip() and (place := place_of(draft.pages, tuple(entry.lines(value)))):
            sources[path] = {"page": place[0], "quote": place[1]}
    return sources


def _note(draft: Draft, event: str, by: User, at: datetime) -> None:
    audit.record(
        organisation=draft.organisation,
        event=event,
        target=draft,
        by=by,
        at=at,
        details={
            "file": draft.file.name if draft.file else "",
            "sha256": draft.file.sha256 if draft.file else "",
            **({"reference": draft.evidence.reference} if draft.evidence else {}),
        },
    )
