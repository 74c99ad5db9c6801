"""The hash chain of audit events, one per organisation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models

from accounts.models import AuditEvent, Organisation, User
from accounts.turns import take_turn


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
    # Two events never take one sequence number.
    take_turn(organisation)
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
        # As they will be read back: the order of keys that are numbers, for one, is another in the stored form.
        details=json.loads(json.dumps(dict(details or {}))),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where a chain does not hold, and how it shows."""

    sequence: int
    what: str


def breaks(organisation: Organisation) -> list[Break]:
    """Return every place at which the chain of an organisation does not hold.

    A last event that was cut off or rewritten leaves a chain that holds: only a checkpoint kept elsewhere shows it.
    """
    return broken_links(events_of(organisation).iterator())


def broken_links(events: Iterable[AuditEvent]) -> list[Break]:
    """Return every place at which a chain of events does not hold."""
    found = []
    previous, expected = "", 1
    for event in events:
        if event.sequence != expected:
            found.append(Break(sequence=event.sequence, what=f"follows on {expected - 1}; events between are missing"))
        elif event.previous_hash != previous:
            found.append(Break(sequence=event.sequence, what="does not name the hash of the event before it"))
        if event.hash != digest(event):
            found.append(Break(sequence=event.sequence, what="was changed: its hash is that of another content"))
        previous, expected = event.hash, event.sequence + 1
    if expected == 1:
        # Every organisation begins with the event of its creation.
        found.append(Break(sequence=1, what="is missing, as is every other"))
    return found


def events_of(organisation: Organisation) -> models.QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(organisation_id=organisation.pk).order_by("sequence")


def strays() -> list[int]:
    """Return the ids under which there are events, and no organisation."""
    known = Organisation.objects.values_list("pk", flat=True)
    ids = AuditEvent.objects.exclude(organisation_id__in=known).order_by().values_list("organisation_id", flat=True)
    return sorted(ids.distinct())
