"""Files of answers that were brought in."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import Organisation
from rfp.models import AnswerImport

LATEST = 10


def import_of(organisation: Organisation, pk: int) -> AnswerImport | None:
    people = ("organisation", "file", "created_by", "imported_by")
    return AnswerImport.objects.of(organisation).filter(pk=pk).select_related(*people).first()


def latest_imports(organisation: Organisation) -> Sequence[AnswerImport]:
    rows = AnswerImport.objects.of(organisation).select_related("created_by", "imported_by")
    return list(rows.order_by("-created_at", "-pk")[:LATEST])
