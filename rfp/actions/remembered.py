"""Layouts remembered by the shape of a form: chosen for a file, kept, renamed, forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.models import LayoutOrigin, Questionnaire, RememberedLayout
from rfp.workbook import layout_file
from rfp.workbook.adopt import adopt
from rfp.workbook.model import Book, Layout

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The layout to read a file with, and where it is from."""

    layout: Layout
    origin: LayoutOrigin
    remembered: RememberedLayout | None = None


def given(text: str, book: Book, detected: Layout) -> Choice:
    """Return a layout that a person gave.

    :raises LayoutInvalid: if it does not fit the file
    """
    # The shape is the file's own: a layout typed without it, or copied from elsewhere, is found again by it.
    layout = replace(layout_file.load(text, book), fingerprint=detected.fingerprint)
    return Choice(layout=layout, origin=LayoutOrigin.CONFIRMED)


def choose(questionnaire: Questionnaire, book: Book, detected: Layout) -> Choice:
    """Return the layout that holds for a file: its own once people set it, else the remembered one of its shape."""
    own = LayoutOrigin(questionnaire.layout_origin)
    if questionnaire.layout and own is not LayoutOrigin.DETECTED:
        layout = replace(
            layout_file.load(questionnaire.layout, book),
            fingerprint=detected.fingerprint,
            remembered=own is LayoutOrigin.REMEMBERED,
        )
        return Choice(layout=layout, origin=own, remembered=questionnaire.remembered_layout)
    known = RememberedLayout.objects.of(questionnaire.organisation).filter(fingerprint=detected.fingerprint).first()
    if known is None:
        return Choice(layout=detected, origin=LayoutOrigin.DETECTED)
    return Choice(layout=_adopted(known, book, detected), origin=LayoutOrigin.REMEMBERED, remembered=known)


def _adopted(known: RememberedLayout, book: Book, detected: Layout) -> Layout:
    was = layout_file.load_freely(known.detected) if known.detected else None
    return adopt(layout_file.load_freely(known.layout), was, detected, book)


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
