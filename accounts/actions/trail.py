"""The audit trail handed out as a file."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from accounts.trail import Wanted, in_words, trail

COLUMNS = ("number", "at", "who", "what", "event", "about", "id", "details", "hash_before", "hash")


@transaction.atomic
def export_trail(*, organisation: Organisation, wanted: Wanted, by: User, at: datetime) -> bytes:
    """Return the wanted events as CSV, the oldest first, and record that they were taken."""
    rows = trail(organisation, wanted).order_by("sequence")
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for event in rows.iterator():
        table.writerow([_inert(cell) for cell in _cells(event)])
    audit.record(
        organisation=organisation,
        event="audit.exported",
        target=organisation,
        by=by,
        at=at,
        details={"events": rows.count()},
    )
    return out.getvalue().encode("utf-8-sig")  # spreadsheets take it for another encoding without the mark


def _cells(event: AuditEvent) -> tuple[str, ...]:
    return (
        str(event.sequence),
        event.at.astimezone(UTC).isoformat(),
        event.actor_name or "The system",
        in_words(event.event),
        event.event,
        event.target_kind,
        event.target_id,
        json.dumps(event.details, ensure_ascii=False, sort_keys=True),
        event.previous_hash,
        event.hash,
    )


def _inert(cell: str) -> str:
    """Keep a spreadsheet from calculating a text that begins like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
