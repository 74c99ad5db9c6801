"""Hand out the answers in use as a spreadsheet that an import reads back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from evidence.models import LibraryAnswer
from rfp.workbook.answer_library import AnswerRow
from rfp.workbook.answer_sheet import write_rows

SHEET = "Answers"


@transaction.atomic
def download_answers(*, organisation: Organisation, answers: Iterable[LibraryAnswer], by: User, at: datetime) -> bytes:
    """Return the answers as an xlsx file and record who took how many."""
    rows = [_row(number, answer) for number, answer in enumerate(answers, start=2)]
    audit.record(
        organisation=organisation,
        event="library.downloaded",
        target=organisation,
        by=by,
        at=at,
        details={"answers": len(rows)},
    )
    return write_rows(rows)


def _row(number: int, answer: LibraryAnswer) -> AnswerRow:
    return AnswerRow(
        sheet=SHEET,
        row=number,
        question=answer.question,
        answer=answer.answer,
        comment=answer.comment,
        owner=answer.owner,
        reviewed_on=answer.reviewed_on,
        product=answer.product,
        region=answer.region,
        audience=answer.audience,
        evidence=answer.evidence.reference if answer.evidence else "",
    )
