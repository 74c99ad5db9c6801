"""The evidence library: attestations in revisions with files and passages; one person confirms, another verifies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from accounts.turns import take_turn
from evidence.actions.files import keep
from evidence.catalogs.attestation import parse_evidence
from evidence.happenings import evidence_changed
from evidence.ingest.passages import passages
from evidence.ingest.types import Document
from evidence.models import Audience, Evidence, EvidenceLink, EvidenceRevision, Passage, Withdrawal

BATCH = 500


class LinkUnknown(Exception):
    """An attestation names another that the library does not hold."""


class VerifierIsConfirmer(Exception):
    """Verification needs a second person."""


@transaction.atomic
def add_revision(
    *,
    organisation: Organisation,
    entry: Mapping[str, Any],
    content: bytes | None = None,
    file_name: str = "",
    document: Document | None = None,
    sources: Mapping[str, Mapping[str, Any]] | None = None,
    by: User | None,
    at: datetime,
) -> EvidenceRevision:
    """Add an attestation, or a new revision of one; the same facts and file as the latest revision change nothing.

    ``document`` is the text of the file by page, when it was read. Without a file the latest one is kept with its text.
    ``sources`` names for facts, by field, the page and the words they were read from.

    :raises CatalogueInvalid: if a field of the attestation cannot be read; the text names it
    """
    facts = _plain(entry)
    fact = parse_evidence(facts)
    take_turn(organisation)
    file = keep(organisation=organisation, content=content, name=file_name, at=at) if content is not None else None
    evidence, _ = Evidence.objects.get_or_create(
        organisation=organisation, reference=fact.id, defaults={"created_at": at}
    )
    latest = evidence.revisions.first()
    kept = latest if file is None and latest is not None else None
    file = kept.file if kept is not None else file
    if latest is not None and latest.facts == facts and latest.file == file:
        return latest
    revision = EvidenceRevision.objects.create(
        evidence=evidence,
        number=latest.number + 1 if latest else 1,
        kind=fact.kind,
        title=fact.title[:300],
        issuer=fact.issuer.name[:200],
        issued_on=fact.dates.get("issued_on"),
        valid_until=fact.dates.get("valid_until"),
        facts=facts,
        sources=dict(sources or {}),
        file=file,
        created_by=by,
        created_at=at,
    )
    if kept is not None:
        _copy_passages(kept, revision)
    elif document is not None:
        Passage.objects.bulk_create(
            [
                Passage(
                    organisation=organisation, revision=revision, sequence=number, page=passage.page, text=passage.text
                )
                for number, passage in enumerate(passages(document), start=1)
            ],
            batch_size=BATCH,
        )
    audit.record(
        organisation=organisation,
        event="evidence.added" if revision.number == 1 else "evidence.revised",
        target=revision,
        by=by,
        at=at,
        details={"reference": fact.id, "revision": revision.number, "sha256": file.sha256 if file else ""},
    )
    return revision


def _copy_passages(earlier: EvidenceRevision, revision: EvidenceRevision) -> None:
    rows = list(earlier.passages.all())
    for row in rows:
        row.pk, row.revision = None, revision
    Passage.objects.bulk_create(rows, batch_size=BATCH)


@transaction.atomic
def link(*, organisation: Organisation, by: User | None, at: datetime) -> int:
    """Make rows of the links that the latest revisions name; return how many were new.

    :raises LinkUnknown: if a revision names evidence that is not there
    """
    known = {row.reference: row for row in Evidence.objects.of(organisation)}
    added = 0
    for evidence in known.values():
        revision = evidence.revisions.first()
        for reference in () if revision is None else parse_evidence(revision.facts).links:
            if reference not in known:
                raise LinkUnknown(f"{evidence.reference} names {reference}, which is not in the library.")
            _, created = EvidenceLink.objects.get_or_create(revision=revision, target=known[reference])
            added += created
    if added:
        audit.record(
            organisation=organisation,
            event="evidence.linked",
            target=organisation,
            by=by,
            at=at,
            details={"links": added},
        )
    return added


@transaction.atomic
def confirm(*, revision: EvidenceRevision, by: User, at: datetime) -> None:
    """Record that a person compared the facts with the document; confirming twice has one effect."""
    if revision.confirmed_at is not None:
        return
    revision.confirmed_by, revision.confirmed_at = by, at
    revision.save(update_fields=["confirmed_by", "confirmed_at"])
    _note(revision, "evidence.confirmed", by, at)
    evidence_changed.send(sender=Evidence, evidence=revision.evidence, at=at)


@transaction.atomic
def verify(*, revision: EvidenceRevision, by: User, at: datetime) -> None:
    """Record that a second person checked the facts; verifying twice has one effect.

    :raises VerifierIsConfirmer: if the same person confirmed them
    """
    if revision.verified_at is not None:
        return
    if revision.confirmed_by == by:
        raise VerifierIsConfirmer(f"{by} confirmed {revision}; another person has to verify it.")
    revision.verified_by, revision.verified_at = by, at
    revision.save(update_fields=["verified_by", "verified_at"])
    _note(revision, "evidence.verified", by, at)


@transaction.atomic
def withdraw(*, evidence: Evidence, reason: str = "", effective_on: date | None = None, by: User, at: datetime) -> None:
    """Take evidence out of use; nothing rests on it from now on. Withdrawing twice has one effect.

    ``effective_on``: the day from which nothing should have rested on it, which may be past.
    """
    if not Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(withdrawn_at=at):
        return
    evidence.withdrawn_at = at
    since = effective_on or at.date()
    Withdrawal.objects.create(evidence=evidence, reason=reason, effective_on=since, withdrawn_by=by, withdrawn_at=at)
    _note_of(evidence, "evidence.withdrawn", by, at, {"effective_on": since.isoformat(), "reason": reason})
    evidence_changed.send(sender=Evidence, evidence=evidence, at=at)


@transaction.atomic
def reinstate(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Put withdrawn evidence back into use; doing it twice has one effect."""
    if not Evidence.objects.filter(pk=evidence.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
        return
    evidence.withdrawn_at = None
    Withdrawal.objects.filter(evidence=evidence, reinstated_at=None).update(reinstated_by=by, reinstated_at=at)
    _note_of(evidence, "evidence.reinstated", by, at, {})


class AudienceChanged(Exception):
    """Somebody else said meanwhile whom the document may be told to; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed who may be told of this document. Look at it again, then decide.")


@transaction.atomic
def set_audience(*, evidence: Evidence, audience: Audience, seen: str, by: User, at: datetime) -> bool:
    """Say to whom answers may name and quote the document, in place of what the person saw; False if that is so.

    :raises AudienceChanged: if it is another one by now
    """
    if seen == audience:
        return False
    if not Evidence.objects.filter(pk=evidence.pk, audience=seen).update(audience=audience):
        raise AudienceChanged
    evidence.audience = audience
    _note_of(evidence, "evidence.audience_set", by, at, {"before": seen, "audience": str(audience)})
    return True


def _note_of(evidence: Evidence, event: str, by: User, at: datetime, details: Mapping[str, Any]) -> None:
    audit.record(
        organisation=evidence.organisation,
        event=event,
        target=evidence,
        by=by,
        at=at,
        details={"reference": evidence.reference, **details},
    )


def _note(revision: EvidenceRevision, event: str, by: User, at: datetime) -> None:
    audit.record(
        organisation=revision.evidence.organisation,
        event=event,
        target=revision,
        by=by,
        at=at,
        details={"reference": revision.evidence.reference, "revision": revision.number},
    )


def _plain(value: Any) -> Any:
    """Return a document of JSON values only: dates become ISO text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value
