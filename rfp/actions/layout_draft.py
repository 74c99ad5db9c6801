"""Correcting a layout before it is confirmed: each step is kept, and can be undone and done again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from rfp.models import LayoutDraft, LayoutStep, Questionnaire
from rfp.queries.workbench import State, state_of
from rfp.workbook import layout_file
from rfp.workbook.edit import Edit, Step, apply

LONGEST_SAID = 300
MOST_STEPS = 500


class DraftChanged(Exception):
    """Someone else changed the layout since the page was loaded; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Someone else changed this layout meanwhile. This is how it is now; make your change again.")


class TooManySteps(Exception):
    def __init__(self) -> None:
        super().__init__(f"{MOST_STEPS} steps are kept. Confirm the layout, then go on.")


def edit(*, questionnaire: Questionnaire, sheet: int, edit: Edit, version: int, by: User, at: datetime) -> None:
    """Make one edit of one sheet (1 for the first).

    :raises EditRefused: if it makes no sense; the text says what to do instead
    :raises DraftChanged: if the layout is no longer the one that the person saw
    """
    state = state_of(questionnaire)
    name = state.layout.sheets[min(max(sheet, 1), len(state.layout.sheets)) - 1].sheet
    step = apply(state.layout, edit, sheet=name, book=state.read.book)
    _keep(questionnaire, state, step, version=version, by=by, at=at)


def write(*, questionnaire: Questionnaire, text: str, version: int, by: User, at: datetime) -> None:
    """Take a layout as text.

    :raises LayoutInvalid: if it does not fit the file
    :raises DraftChanged: if the layout is no longer the one that the person saw
    """
    state = state_of(questionnaire)
    layout = replace(layout_file.load(text, state.read.book), fingerprint=state.read.detected.fingerprint)
    _keep(questionnaire, state, Step(layout=layout, said="written as text"), version=version, by=by, at=at)


def restart(*, questionnaire: Questionnaire, version: int, by: User, at: datetime) -> None:
    """Go back to what is detected; this is a step like any other.

    :raises DraftChanged: if the layout is no longer the one that the person saw
    """
    state = state_of(questionnaire)
    step = Step(layout=state.read.detected, said="started again from what was detected")
    _keep(questionnaire, state, step, version=version, by=by, at=at)


@transaction.atomic
def undo(*, questionnaire: Questionnaire, version: int) -> None:
    """:raises DraftChanged: if the layout is no longer the one that the person saw, or there is nothing to undo"""
    _move(questionnaire, version, by=-1)


@transaction.atomic
def redo(*, questionnaire: Questionnaire, version: int) -> None:
    """:raises DraftChanged: if the layout is no longer the one that the person saw, or there is nothing to do again"""
    _move(questionnaire, version, by=1)


@transaction.atomic
def discard(*, questionnaire: Questionnaire, version: int) -> None:
    """Throw the changes away; the questions stay as they were read.

    :raises DraftChanged: if the layout is no longer the one that the person saw
    """
    deleted, _ = LayoutDraft.objects.filter(questionnaire=questionnaire, version=version).delete()
    if not deleted and LayoutDraft.objects.filter(questionnaire=questionnaire).exists():
        raise DraftChanged


def _move(questionnaire: Questionnaire, version: int, *, by: int) -> None:
    rows = LayoutDraft.objects.filter(questionnaire=questionnaire, version=version)
    draft = rows.first()
    if draft is None or not draft.steps.filter(number=draft.step + by).exists():
        raise DraftChanged
    if not rows.update(step=draft.step + by, version=F("version") + 1):
        raise DraftChanged


@transaction.atomic
def _keep(questionnaire: Questionnaire, state: State, step: Step, *, version: int, by: User, at: datetime) -> None:
    text = layout_file.dump(step.layout)
    before = layout_file.dump(state.layout)
    if text == before:
        return
    if version != state.version:
        raise DraftChanged
    draft = _opened(questionnaire, before, version=version, by=by, at=at)
    if draft.step + 1 >= MOST_STEPS:
        raise TooManySteps
    draft.steps.filter(number__gt=draft.step).delete()
    LayoutStep.objects.create(
        draft=draft, number=draft.step + 1, layout=text, said=step.said[:LONGEST_SAID], made_by=by, made_at=at
    )
    moved = LayoutDraft.objects.filter(pk=draft.pk, version=draft.version).update(
        step=draft.step + 1, version=F("version") + 1
    )
    if not moved:
        raise DraftChanged


def _opened(questionnaire: Questionnaire, layout: str, *, version: int, by: User, at: datetime) -> LayoutDraft:
    """Return the draft that a person saw; the first step of all opens one that begins with the layout in use."""
    if version:
        draft = LayoutDraft.objects.filter(questionnaire=questionnaire, version=version).first()
        if draft is None:
            raise DraftChanged
        return draft
    try:
        with transaction.atomic():
            draft = LayoutDraft.objects.create(questionnaire=questionnaire)
    except IntegrityError:
        raise DraftChanged from None
    LayoutStep.objects.create(draft=draft, number=0, layout=layout, said="as it was read", made_by=by, made_at=at)
    return draft
