"""The draft of a mapping set: opened from what is published, edited, thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Model

from accounts import audit
from accounts.models import Organisation, User
from rfp.models import MappingExample, MappingRule, MappingSet, MappingTest, MappingVersion, VersionState
from rfp.queries.mapping_sets.versions import draft_of, published_of

BATCH = 500
Row = TypeVar("Row", MappingRule, MappingExample, MappingTest)


class DraftGone(Exception):
    """The draft was published or thrown away in the meantime; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "This draft was published or thrown away meanwhile. Open a new one and make your change there."
        )


class DraftMoved(Exception):
    """The draft is no longer as the person saw it; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Somebody changed the draft since you looked. This is how it is now; decide again.")


@transaction.atomic
def open_draft(*, organisation: Organisation, by: User | None, at: datetime) -> MappingVersion:
    """Return the draft of the organisation's set; where there is none, open one with the content that is published."""
    known = draft_of(organisation)
    if known is not None:
        return known
    owner, _ = MappingSet.objects.get_or_create(organisation=organisation, defaults={"created_at": at})
    published = published_of(organisation)
    try:
        with transaction.atomic():
            # A draft has no number yet: it gets the next one when it is published.
            draft = MappingVersion.objects.create(set=owner, number=0, based_on=published, opened_by=by, opened_at=at)
    except IntegrityError:  # somebody else opened it at the same moment
        return MappingVersion.objects.get(set=owner, state=VersionState.DRAFT)
    if published is not None:
        copy_content(published, draft)
    audit.record(organisation=organisation, event="mapping_set.draft_opened", target=draft, by=by, at=at)
    return draft


@transaction.atomic
def discard_draft(*, draft: MappingVersion, seen: int, by: User, at: datetime) -> None:
    """Throw the draft away with all its changes; what is published stays.

    :raises DraftMoved: if it is no longer as the person saw it
    """
    if not MappingVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT, edits=seen).exists():
        raise DraftMoved
    organisation = draft.set.organisation
    audit.record(organisation=organisation, event="mapping_set.draft_discarded", target=draft, by=by, at=at)
    MappingVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT, edits=seen).delete()


def edited(
    draft: MappingVersion,
    event: str,
    target: Model,
    *,
    by: User | None,
    at: datetime,
    details: Mapping[str, object] | None = None,
) -> None:
    """Count a change of the draft and record it; called first in the transaction of the change.

    :raises DraftGone: if it is a draft no longer
    """
    still = MappingVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT)
    if not still.update(edits=F("edits") + 1):
        raise DraftGone
    organisation = draft.set.organisation
    audit.record(organisation=organisation, event=event, target=target, by=by, at=at, details=details)


def copy_content(source: MappingVersion, target: MappingVersion) -> None:
    """Copy rules, examples and tests to a version that has none; who wrote each and when stays."""
    MappingRule.objects.bulk_create([_copied(row, target) for row in source.rules.all()], batch_size=BATCH)
    MappingExample.objects.bulk_create([_copied(row, target) for row in source.examples.all()], batch_size=BATCH)
    MappingTest.objects.bulk_create([_copied(row, target) for row in source.tests.all()], batch_size=BATCH)


def _copied(row: Row, target: MappingVersion) -> Row:
    row.pk = None
    row._state.adding = True
    row.version = target
    return row


def next_number(owner: MappingSet) -> int:
    """Return the number of the next version to be published; the caller holds the set's lock."""
    latest = MappingVersion.objects.filter(set=owner).aggregate(latest=Max("number"))["latest"]
    return (latest or 0) + 1
