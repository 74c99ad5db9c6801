"""Import of answers in two steps: a file is brought in and looked at, then somebody has it written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from accounts.turns import take_turn
from evidence import storage
from evidence.actions.answer_rows import check_approver
from evidence.actions.files import keep
from evidence.models import Audience
from rfp.actions.library_reading import listed_answers, past_answers
from rfp.actions.library_rows import Plan, plan, store
from rfp.models import AnswerImport
from rfp.workbook import reader
from rfp.workbook.answer_library import AnswerRow


class LibraryMoved(Exception):
    """The library or the evidence changed since the import was looked at; nothing was written."""

    def __init__(self) -> None:
        super().__init__("The library changed since this page was loaded. Look again at what the import would do now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """What a person says about a file of answers. What a list has columns for is asked of a questionnaire."""

    name: str
    answered: bool = False
    owner: str = ""
    reviewed_on: date | None = None
    product: str = ""
    audience: str = Audience.PUBLIC
    approves: bool = False


@transaction.atomic
def bring_in(*, organisation: Organisation, content: bytes, said: Bringing, by: User, at: datetime) -> AnswerImport:
    """Keep a file of answers, so that what it would do can be looked at; the library stays as it is.

    The same file again, said to be the same, is the import that waits already.

    :raises MayNotApproveAnswers: if the person is to approve the answers, and may not
    :raises WorkbookRefused: if it is no file that can be read
    """
    if said.approves:
        check_approver(by, organisation)
    reader.check(content, said.name)
    take_turn(organisation)
    brought, is_new = AnswerImport.objects.get_or_create(
        organisation=organisation,
        file=keep(organisation=organisation, content=content, name=said.name, at=at),
        name=said.name[:255],
        answered=said.answered,
        owner=said.owner if said.answered else "",
        reviewed_on=said.reviewed_on if said.answered else None,
        product=said.product if said.answered else "",
        audience=said.audience if said.answered else Audience.PUBLIC,
        approves=said.approves,
        created_by=by,
        imported_at=None,
        defaults={"created_at": at},
    )
    if not is_new:
        return brought
    audit.record(
        organisation=organisation,
        event="library.file_received",
        target=brought,
        by=by,
        at=at,
        details={"file": brought.name, "sha256": brought.file.sha256},
    )
    return brought


def plan_of(brought: AnswerImport, *, on: date) -> Plan:
    """Return what the import would do to the library as it stands.

    :raises FileMissing: if the store lost the file
    :raises WorkbookRefused: if the file cannot be used; a ``LibraryInvalid`` names every row with a problem
    """
    return plan(brought.organisation, _rows(brought, on), overwrite=not brought.answered, approving=brought.approves)


@transaction.atomic
def confirm_import(*, brought: AnswerImport, seen: str, on: date, by: User, at: datetime) -> AnswerImport:
    """Write what an import was seen to do, by the fingerprint of its plan; confirming twice has one effect.

    :raises LibraryMoved: if it would do something else by now
    :raises MayNotApproveAnswers: if it approves the answers, and the person may not
    :raises FileMissing: if the store lost the file
    :raises WorkbookRefused: if the file cannot be used
    """
    # Nobody changes an answer before what is compared is written over.
    take_turn(brought.organisation)
    current = (
        AnswerImport.objects.select_for_update(of=("self",)).select_related("organisation", "file").get(pk=brought.pk)
    )
    if current.imported_at is not None:
        return current
    if current.approves:
        check_approver(by, current.organisation)
    planned = plan_of(current, on=on)
    if planned.fingerprint != seen:
        raise LibraryMoved
    writer = None if current.approves else current.created_by or by
    done = store(
        organisation=current.organisation, planned=planned, source=current.name, written_by=writer, by=by, at=at
    )
    current.imported_by, current.imported_at = by, at
    current.added, current.changed = done.added, done.changed
    current.save(update_fields=["imported_by", "imported_at", "added", "changed"])
    return current


def _rows(brought: AnswerImport, on: date) -> Sequence[AnswerRow]:
    content = storage.get(brought.file.sha256)
    if not brought.answered or brought.reviewed_on is None:
        return listed_answers(brought.organisation, content, brought.name, on=on)
    rows = past_answers(
        brought.organisation, content, brought.name, owner=brought.owner, reviewed_on=brought.reviewed_on, on=on
    )
    return [replace(row, product=brought.product, audience=brought.audience) for row in rows]
