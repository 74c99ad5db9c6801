"""The hash chain of audit events, one per organisation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import models

from accounts.models import AuditEvent, Organisation, User


def record(
    *,
    organisation: Organisation,
    event: str,
    target: models.Model,
    by: User | None,
    at: datetime,
    details: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Add an event to the organisation's chain, in the caller's transaction."""
    # Locking the organisation orders concurrent writers: two events never take one sequence number.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    latest = AuditEvent.objects.filter(organisation_id=organisation.pk).order_by("-sequence").first()
    added = AuditEvent(
        organisation_id=organisation.pk,
        sequence=latest.sequence + 1 if latest else 1,
        event=event,
        target_kind=target._meta.label_lower,
        target_id=str(target.pk),
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        at=at,
        details=dict(details or {}),
        previous_hash=latest.hash if latest else "",
    )
    added.hash = digest(added)
    added.save()
    return added


def digest(event: AuditEvent) -> str:
    """Return the SHA-256 of an event and its predecessor's hash, over canonical JSON."""
    content = {
        "organisation": event.organisation_id,
        "sequence": event.sequence,
        "event": event.event,
        "target": [event.target_kind, event.target_id],
        "actor": [event.actor_id, event.actor_name],
        "at": event.at.astimezone(UTC).isoformat(),
        "details": event.details,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((event.previous_hash + canonical).encode()).hexdigest()


def broken_links(organisation: Organisation) -> list[int]:
    """Return the sequence numbers at which the chain does not hold."""
    broken = []
    previous, expected = "", 1
    for event in AuditEvent.objects.filter(organisation_id=organisation.pk).order_by("sequence").iterator():
        if event.sequence != expected or event.previous_hash != previous or event.hash != digest(event):
            broken.append(event.sequence)
        previous, expected = event.hash, event.sequence + 1
    return broken
