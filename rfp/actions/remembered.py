"""Layouts remembered by the shape of a form: kept, renamed, forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.models import Questionnaire, RememberedLayout
from rfp.workbook import layout_file
from rfp.workbook.model import Layout

LONGEST_NAME = 200


def remember(
    *,
    questionnaire: Questionnaire,
    layout: Layout,
    detected: Layout,
    name: str,
    by: User | None,
    at: datetime,
) -> RememberedLayout:
    """Keep a layout for the next file of the same shape; a later one of that shape takes its place, not its name."""
    values = {
        "layout": layout_file.dump(layout),
        "detected": layout_file.dump(detected),
        "origin": questionnaire.file,
        "confirmed_by": by,
        "confirmed_at": at,
    }
    if name.strip():
        values["name"] = " ".join(name.split())[:LONGEST_NAME]
    row, _ = RememberedLayout.objects.update_or_create(
        organisation=questionnaire.organisation,
        fingerprint=layout.fingerprint,
        defaults=values,
        create_defaults={"name": questionnaire.title[:LONGEST_NAME], **values},
    )
    audit.record(
        organisation=questionnaire.organisation,
        event="layout.remembered",
        target=row,
        by=by,
        at=at,
        details={"name": row.name},
    )
    return row


@transaction.atomic
def rename(*, layout: RememberedLayout, name: str, by: User, at: datetime) -> None:
    """Give a remembered layout another name; the same name again changes nothing."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if name == layout.name:
        return
    before, layout.name = layout.name, name
    layout.save(update_fields=["name"])
    audit.record(
        organisation=layout.organisation,
        event="layout.renamed",
        target=layout,
        by=by,
        at=at,
        details={"from": before, "to": name},
    )


@transaction.atomic
def forget(*, layout: RememberedLayout, by: User, at: datetime) -> None:
    """Use a layout for no further file; the questionnaires read with it keep their questions and their layout."""
    audit.record(
        organisation=layout.organisation,
        event="layout.forgotten",
        target=layout,
        by=by,
        at=at,
        details={"name": layout.name},
    )
    layout.delete()
