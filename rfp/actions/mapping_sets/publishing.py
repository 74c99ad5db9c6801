"""Publish a draft, and go back to what was published before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.actions.mapping_sets.drafts import DraftMoved, copy_content, next_number
from rfp.mapping.cases import Ran, run_cases
from rfp.mapping.engine import Mapper
from rfp.models import MappingSet, MappingVersion, VersionState
from rfp.queries.mapping_sets.teaching import teaching_with
from rfp.queries.mapping_sets.versions import content_of

LONGEST_NOTE = 2_000


class NothingToPublish(Exception):
    """The draft holds what is published already."""

    def __init__(self) -> None:
        super().__init__("The draft says the same as what is published. Change something first, or throw it away.")


class NoteMissing(Exception):
    def __init__(self) -> None:
        super().__init__(f"Say in a note what changes and why, in at most {LONGEST_NOTE} characters.")


class CasesFailed(Exception):
    """Tests of the draft do not pass; nothing was published."""

    def __init__(self, failed: Sequence[Ran]) -> None:
        named = "; ".join(f"“{ran.case.text[:120]}”: {ran.problem}" for ran in failed[:5])
        more = f" And {len(failed) - 5} more." if len(failed) > 5 else ""
        super().__init__(f"Not published, a test fails. {named}{more}")
        self.failed = tuple(failed)


class PublishedMoved(Exception):
    """Another version was published in the meantime; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Another version was published meanwhile. Look at it before you go back.")


def publish(
    *, draft: MappingVersion, seen: int, note: str, mapper: Mapper, by: User | None, at: datetime
) -> MappingVersion:
    """Publish the draft as the person saw it; it counts from the next question on, and never changes again.

    :raises NoteMissing: if there is no note, or it is too long
    :raises CasesFailed: if one of its tests does not pass
    :raises NothingToPublish: if it holds what is published
    :raises DraftMoved: if the draft is no longer as the person saw it
    """
    note = _note(note)
    organisation = draft.set.organisation
    content = content_of(draft)
    failed = [
        ran
        for ran in run_cases(mapper, content.tests, teaching_with(organisation, draft, mapper.vectors))
        if not ran.passed
    ]
    if failed:
        raise CasesFailed(failed)
    with transaction.atomic():
        owner = MappingSet.objects.select_for_update().get(pk=draft.set_id)
        before = owner.versions.filter(state=VersionState.PUBLISHED).first()
        if before is not None and before.digest == content.digest():
            raise NothingToPublish
        owner.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.SUPERSEDED)
        # The content was tried as of SEEN: whoever changed the draft meanwhile keeps it from being published.
        same = owner.versions.filter(pk=draft.pk, state=VersionState.DRAFT, edits=seen)
        published = same.update(
            state=VersionState.PUBLISHED,
            number=next_number(owner),
            note=note,
            digest=content.digest(),
            published_by=by,
            published_at=at,
        )
        if not published:
            raise DraftMoved
        draft.refresh_from_db()
        audit.record(
            organisation=organisation,
            event="mapping_set.published",
            target=draft,
            by=by,
            at=at,
            details={"version": draft.number, "digest": draft.digest, "note": note},
        )
    return draft


@transaction.atomic
def roll_back(*, to: MappingVersion, seen: int, note: str, by: User, at: datetime) -> MappingVersion:
    """Publish the content of an earlier version once more, under the next number.

    ``seen`` is the number of the version that the person saw as the published one. An open draft stays open.

    :raises NoteMissing: if there is no note, or it is too long
    :raises PublishedMoved: if another version is published by now, or it is the very one to go back to
    """
    note = _note(note)
    owner = MappingSet.objects.select_for_update().get(pk=to.set_id)
    same = owner.versions.filter(state=VersionState.PUBLISHED, number=seen).exclude(pk=to.pk)
    if to.state != VersionState.SUPERSEDED or not same.update(state=VersionState.SUPERSEDED):
        raise PublishedMoved
    made = MappingVersion.objects.create(
        set=owner,
        number=next_number(owner),
        state=VersionState.PUBLISHED,
        note=note,
        digest=to.digest,
        based_on=to,
        restores=to,
        opened_by=by,
        opened_at=at,
        published_by=by,
        published_at=at,
    )
    copy_content(to, made)
    audit.record(
        organisation=owner.organisation,
        event="mapping_set.rolled_back",
        target=made,
        by=by,
        at=at,
        details={"version": made.number, "to": to.number, "note": note},
    )
    return made


def _note(note: str) -> str:
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise NoteMissing
    return note.strip()
