"""Frameworks and their items as pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from accounts.models import Organisation
from evidence.catalogs.checklist import CHECKLIST
from evidence.models import Control, Framework

Item = Control  # as the pages name it: they do not reach for the tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A framework in the list. ``newer`` is the edition that came after it."""

    framework: Framework
    items: int
    newer: Framework | None
    own: bool

    @property
    def is_checklist(self) -> bool:
        return self.framework.slug == CHECKLIST and self.framework.owner_id is None


def lines(organisation: Organisation) -> list[Line]:
    """Return the frameworks an organisation sees: the checklist, those in force by name, and then the superseded."""
    rows = list(
        Framework.objects.seen_by(organisation)
        .select_related("owner", "supersedes")
        .annotate(items=Count("controls"))
        .order_by("name", "-effective_on", "pk")
    )
    newer = {row.supersedes_id: row for row in rows if row.supersedes_id}
    found = [
        Line(
            framework=row,
            items=row.items,  # type: ignore[attr-defined]  # annotated above
            newer=newer.get(row.pk),
            own=row.owner_id == organisation.pk,
        )
        for row in rows
    ]
    return sorted(found, key=lambda line: (not line.is_checklist, line.newer is not None))


def framework_of(organisation: Organisation, pk: int) -> Framework | None:
    return (
        Framework.objects.seen_by(organisation)
        .select_related("owner", "supersedes", "imported_by")
        .prefetch_related("aliases")
        .filter(pk=pk)
        .first()
    )


def item_of(organisation: Organisation, pk: int) -> Control | None:
    return _items_seen(organisation).filter(pk=pk).first()


def requirement_of(organisation: Organisation, ref: str) -> Control | None:
    """Return a requirement of the checklist by its ref."""
    return _items_seen(organisation).filter(framework__slug=CHECKLIST, framework__owner=None, ref=ref).first()


def named(organisation: Organisation, slug: str, ref: str) -> Control | None:
    """Return an item by the id of its framework and its ref; the organisation's own framework goes first."""
    rows = _items_seen(organisation).filter(framework__slug=slug, ref=ref)
    return min(
        rows, key=lambda row: (row.framework.owner_id != organisation.pk, row.framework.owner_id or 0), default=None
    )


def items_in(framework: Framework, text: str = "") -> QuerySet[Control]:
    """Return the items of a framework in their order, those that have every word of the text."""
    rows = Control.objects.filter(framework=framework).select_related("framework").order_by("position", "pk")
    for word in text.split()[:20]:
        rows = rows.filter(
            Q(ref__icontains=word) | Q(title__icontains=word) | Q(text__icontains=word) | Q(group__icontains=word)
        )
    return rows


def grouped(items: Sequence[Control]) -> list[tuple[str, list[Control]]]:
    """Return items that stand in their order under their headings."""
    return [(heading, list(held)) for heading, held in groupby(items, key=lambda item: item.group)]


def editions_after(organisation: Organisation, framework: Framework) -> list[Framework]:
    return list(Framework.objects.seen_by(organisation).filter(supersedes=framework).order_by("effective_on", "pk"))


def earlier_of(item: Control) -> list[Control]:
    """Return what an item was in the edition before, as its own edition says."""
    before = item.framework.supersedes_id
    if before is None or not item.predecessors:
        return []
    rows = Control.objects.filter(framework=before, ref__in=item.predecessors)
    return list(rows.select_related("framework").order_by("position"))


def later_of(item: Control, editions: Sequence[Framework]) -> list[Control]:
    """Return what an item became in the editions after its own: what says so, else what kept its ref."""
    if not editions:
        return []
    rows = list(Control.objects.filter(framework__in=editions).select_related("framework").order_by("position"))
    became = [row for row in rows if item.ref in row.predecessors]
    return became or [row for row in rows if row.ref == item.ref and not row.predecessors]


def _items_seen(organisation: Organisation) -> QuerySet[Control]:
    return Control.objects.filter(framework__in=Framework.objects.seen_by(organisation)).select_related(
        "framework__owner"
    )
