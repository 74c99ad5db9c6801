"""The crosswalk as an organisation sees it: of each pair of items what counts for it, and how that came about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Organisation
from evidence.models import Control, Crosswalk, CrosswalkStatus, Relation

# Read from the target's side a relation says the opposite; the others say the same from both sides.
REVERSED = {Relation.SUBSET_OF: Relation.SUPERSET_OF, Relation.SUPERSET_OF: Relation.SUBSET_OF}


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An item that another maps to; ``relation`` reads from that other item to this one."""

    item: Control
    relation: Relation
    entry: Crosswalk


def in_force(organisation: Organisation, *, touching: Iterable[int] | None = None) -> list[Crosswalk]:
    """Return one state for each pair of items, those removed left out; TOUCHING narrows it to pairs of these items."""
    states = of_pairs(organisation, touching=touching)
    return [state for state in states if state.status != CrosswalkStatus.REMOVED]


def of_pairs(organisation: Organisation, *, touching: Iterable[int] | None = None) -> list[Crosswalk]:
    """Return the state that counts for each pair, those removed too.

    The organisation's own goes before the provider's, and that before what is shipped.
    """
    rows = Crosswalk.objects.seen_by(organisation).select_related(
        "source__framework", "target__framework", "owner", "changed_by"
    )
    if touching is not None:
        wanted = list(touching)
        rows = rows.filter(Q(source__in=wanted) | Q(target__in=wanted))
    counts: dict[tuple[int, int], Crosswalk] = {}
    for row in sorted(rows, key=lambda row: (_distance(row, organisation), -row.pk)):
        counts.setdefault((row.source_id, row.target_id), row)
    return sorted(
        counts.values(),
        key=lambda row: (
            row.source.framework.slug,
            row.source.position,
            row.target.framework.slug,
            row.target.position,
            row.pk,
        ),
    )


def neighbours(organisation: Organisation, item: Control) -> list[Neighbour]:
    """Return what an item maps to and is mapped from, by framework and position."""
    found = []
    for entry in in_force(organisation, touching=[item.pk]):
        relation = Relation(entry.relation)
        if entry.source_id == item.pk:
            found.append(Neighbour(item=entry.target, relation=relation, entry=entry))
        else:
            found.append(Neighbour(item=entry.source, relation=REVERSED.get(relation, relation), entry=entry))
    return sorted(found, key=lambda one: (one.item.framework.slug, one.item.position, one.item.pk))


def counts_of(organisation: Organisation, items: Iterable[int]) -> Mapping[int, int]:
    """Count for each of the items how many others it maps to or is mapped from."""
    counted: Counter[int] = Counter()
    for entry in in_force(organisation, touching=items):
        counted.update((entry.source_id, entry.target_id))
    return counted


def _distance(row: Crosswalk, organisation: Organisation) -> int:
    if row.owner_id is None:
        return 2
    return 0 if row.owner_id == organisation.pk else 1
