"""Which layout a file is read with: the one people set for it, one remembered for its shape, or what is detected."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rfp.models import LayoutOrigin, Questionnaire, RememberedLayout
from rfp.workbook import layout_file
from rfp.workbook.adopt import adopt
from rfp.workbook.model import Book, Layout


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
