"""What an import of answers would do to the library, and doing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from evidence.actions.answer_rows import Wording
from evidence.models import UNDECIDED, AnswerState, AnswerVersion, Evidence, LibraryAnswer, VersionState
from evidence.queries import system_names
from evidence.question_key import question_key
from rfp.answering.scope import parts
from rfp.workbook.answer_library import AnswerRow

BATCH = 500
CHANGEABLE = ("answer", "comment", "owner", "reviewed_on", "audience", "evidence")
CHANGED_COLUMNS = (*CHANGEABLE, "state", "version", "written_by", "source", "approved_by", "approved_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """``kept`` counts answers of the library that a questionnaire would have changed, and did not."""

    added: int
    changed: int
    unchanged: int
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do, by answer.

    ``replaced``: the answers of which a change waits that gives way to the import.
    ``unknown_systems``: AI systems that the file names and nobody registered; an answer for them alone is never used.
    """

    added: Sequence[Wording]
    changed: Sequence[tuple[LibraryAnswer, Wording]]
    unchanged: Sequence[LibraryAnswer]
    kept: Sequence[tuple[LibraryAnswer, Wording]]
    replaced: Collection[int]
    unknown_systems: Sequence[str]

    @property
    def fingerprint(self) -> str:
        """Return what tells this plan from one made of a library that was changed meanwhile."""
        seen = sha256()
        for wording in self.added:
            seen.update(f"+{question_key(wording.question)} {wording.product} {wording.region}\n".encode())
        for stored, _ in (*self.changed, *self.kept):
            seen.update(f"={stored.pk}.{stored.version}\n".encode())
        return seen.hexdigest()


def plan(organisation: Organisation, rows: Sequence[AnswerRow], *, overwrite: bool, approving: bool) -> Plan:
    """Compare rows with the library.

    Whoever approves brings what waits into use, so that counts as changed; for anybody else what waits in the same
    words is as it was.
    """
    evidence = {row.reference: row for row in Evidence.objects.of(organisation)}
    in_library = LibraryAnswer.objects.of(organisation).filter(retired_at=None).select_related("evidence")
    known = {(row.question_key, row.product.casefold(), row.region.casefold()): row for row in in_library}
    undecided = _undecided(organisation)
    added, changed, unchanged, kept = [], [], [], []
    for row in rows:
        wording = _wording(row, evidence.get(row.evidence))
        stored = known.get((question_key(row.question), row.product.casefold(), row.region.casefold()))
        if stored is None:
            added.append(wording)
        elif _says_so(stored, None if approving else undecided.get(stored.pk), wording):
            unchanged.append(stored)
        elif overwrite:
            changed.append((stored, wording))
        else:
            kept.append((stored, wording))
    return Plan(
        added=added,
        changed=changed,
        unchanged=unchanged,
        kept=kept,
        replaced={stored.pk for stored, _ in changed if stored.pk in undecided},
        unknown_systems=_unknown_systems(organisation, added),
    )


def _unknown_systems(organisation: Organisation, added: Iterable[Wording]) -> list[str]:
    registered = {name.casefold() for name in system_names(organisation)}
    named = {name for wording in added for name in parts(wording.product)}
    return sorted(name for name in named if name.casefold() not in registered)


def _undecided(organisation: Organisation) -> dict[int, AnswerVersion]:
    versions = AnswerVersion.objects.filter(of__organisation=organisation, state__in=UNDECIDED)
    return {version.of_id: version for version in versions.select_related("evidence")}


def _wording(row: AnswerRow, evidence: Evidence | None) -> Wording:
    return Wording(
        question=row.question,
        answer=row.answer,
        comment=row.comment,
        owner=row.owner,
        reviewed_on=row.reviewed_on,
        product=row.product,
        region=row.region,
        audience=row.audience,
        evidence=evidence,
    )


def _says_so(stored: LibraryAnswer, waiting: AnswerVersion | None, wording: Wording) -> bool:
    texts: list[LibraryAnswer | AnswerVersion] = []
    if stored.state == AnswerState.APPROVED:
        texts.append(stored)
    if waiting is not None and waiting.state == VersionState.IN_REVIEW:
        texts.append(waiting)
    return any(all(getattr(text, field) == getattr(wording, field) for field in CHANGEABLE) for text in texts)


@transaction.atomic
def store(
    *, organisation: Organisation, planned: Plan, source: str, written_by: User | None, by: User, at: datetime
) -> Imported:
    """Write what was planned. Without ``written_by`` the importer approves what others wrote; else it all waits.

    What the importer wrote themselves, and what waits for somebody else to approve it, goes on waiting.
    """
    versions = [_add(organisation, wording, source, written_by, by, at) for wording in planned.added]
    LibraryAnswer.objects.bulk_create((version.of for version in versions), batch_size=BATCH)
    touched = [stored for stored, _ in planned.changed]
    undecided = AnswerVersion.objects.filter(of__in=touched, state__in=UNDECIDED)
    own = set(undecided.filter(written_by=by).values_list("of_id", flat=True))
    # What waited for approval was written over what is no longer there.
    undecided.update(state=VersionState.WITHDRAWN, decided_by=by, decided_at=at)
    for stored, wording in planned.changed:
        writer = written_by or (by if stored.pk in own else None)
        versions.append(_change(stored, wording, source, writer, by, at))
    LibraryAnswer.objects.bulk_update(touched, CHANGED_COLUMNS, batch_size=BATCH)
    AnswerVersion.objects.bulk_create(versions, batch_size=BATCH)
    imported = Imported(
        added=len(planned.added),
        changed=len(planned.changed),
        unchanged=len(planned.unchanged),
        kept=len(planned.kept),
    )
    if versions:
        audit.record(
            organisation=organisation,
            event="library.imported",
            target=organisation,
            by=by,
            at=at,
            details={
                "file": source,
                "added": imported.added,
                "changed": imported.changed,
                "waiting": _count_waiting(versions),
            },
        )
    return imported


def _count_waiting(versions: Iterable[AnswerVersion]) -> int:
    return sum(1 for version in versions if version.state == VersionState.IN_REVIEW)


def _add(
    organisation: Organisation, wording: Wording, source: str, writer: User | None, by: User, at: datetime
) -> AnswerVersion:
    approver = None if writer else by
    answer = LibraryAnswer(
        organisation=organisation,
        question_key=question_key(wording.question),
        source=source[:255],
        state=AnswerState.IN_REVIEW if writer else AnswerState.APPROVED,
        written_by=writer,
        approved_by=approver,
        approved_at=at if approver else None,
        **wording.columns(),
    )
    return _version_of(answer, wording, source, writer, by, at)


def _change(
    stored: LibraryAnswer, wording: Wording, source: str, writer: User | None, by: User, at: datetime
) -> AnswerVersion:
    stored.version += 1
    kept = replace(wording, question=stored.question, product=stored.product, region=stored.region)
    # Where the change waits, what was approved stays in use.
    if writer is None or stored.state != AnswerState.APPROVED:
        for field in CHANGEABLE:
            setattr(stored, field, getattr(wording, field))
        stored.source, stored.written_by = source[:255], writer
        stored.state = AnswerState.IN_REVIEW if writer else AnswerState.APPROVED
    if writer is None:
        # Whoever wrote the file is not known: the person who brings it in stands for it.
        stored.approved_by, stored.approved_at = by, at
    return _version_of(stored, kept, source, writer, by, at)


def _version_of(
    answer: LibraryAnswer, wording: Wording, source: str, writer: User | None, by: User, at: datetime
) -> AnswerVersion:
    approver = None if writer else by
    return AnswerVersion(
        of=answer,
        number=answer.version,
        state=VersionState.IN_REVIEW if writer else VersionState.APPROVED,
        written_by=writer,
        written_at=at,
        decided_by=approver,
        decided_at=at if approver else None,
        note=f"Imported from {source}.",
        **wording.columns(),
    )
