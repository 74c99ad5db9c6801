"""The review queue of the answer library: what is due, overdue or rests on evidence that has lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import Organisation
from evidence import shelf
from evidence.models import UNDECIDED, AnswerState, AnswerVersion, LibraryAnswer
from rfp.queries.answer_library import Line, counted, due_by, gone, lines_on, overdue_on

# As the page names them; the first is what the queue shows unless asked.
WHY: Mapping[str, str] = {
    "due": "Due within 30 days or overdue",
    "overdue": "Overdue",
    "lapsed": "Evidence has lapsed",
}
ORDER: Sequence[object] = (F("reviewed_on").asc(nulls_first=True), "-uses", "question", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The answers to review, the most used of those longest overdue first, and how many there are of each kind."""

    rows: QuerySet[LibraryAnswer]
    counts: Mapping[str, int]
    items: Sequence[shelf.Item]
    on: date

    def lines(self, page: Iterable[LibraryAnswer]) -> list[Line]:
        return lines_on(page, self.items, on=self.on)


def queue_of(organisation: Organisation, *, why: str, owner: str, on: date) -> Queue:
    """Return the approved answers to review; one with a change that waits is decided about first."""
    items = shelf.items(organisation, on=on)
    undecided = AnswerVersion.objects.filter(of=OuterRef("pk"), state__in=UNDECIDED)
    approved = LibraryAnswer.objects.of(organisation).filter(~Exists(undecided), state=AnswerState.APPROVED)
    if owner:
        approved = approved.filter(owner=owner)
    kinds = {
        "due": due_by(on),
        "overdue": overdue_on(on),
        "lapsed": Q(evidence__in=gone(items)),
    }
    counts = approved.aggregate(**{f"count_{name}": Count("pk", filter=kind) for name, kind in kinds.items()})
    rows = counted(approved.filter(kinds[why])).select_related("evidence")
    return Queue(
        rows=rows.order_by(*ORDER),  # type: ignore[arg-type]  # names and expressions, as Django takes them
        counts={name: counts[f"count_{name}"] for name in kinds},
        items=items,
        on=on,
    )
