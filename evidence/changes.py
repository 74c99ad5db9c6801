"""What changed from one revision of a document to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.facts import walk
from evidence.models import EvidenceRevision


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A revision with what it changed; ``new_document`` tells whether its file is another one."""

    revision: EvidenceRevision
    changes: Sequence[Change]
    new_document: bool
    first: bool


def steps(revisions: Sequence[EvidenceRevision]) -> list[Step]:
    """Return the revisions, the latest first, each with what it changed in the one before it."""
    earlier = [*revisions[1:], None]
    return [_step(revision, before) for revision, before in zip(revisions, earlier, strict=True)]


def _step(revision: EvidenceRevision, before: EvidenceRevision | None) -> Step:
    if before is None:
        return Step(revision=revision, changes=(), new_document=False, first=True)
    old, new = _said(before), _said(revision)
    changed = [
        Change(label=label, before=old.get(label, ""), after=new.get(label, ""))
        for label in dict.fromkeys([*new, *old])
        if old.get(label) != new.get(label)
    ]
    return Step(revision=revision, changes=changed, new_document=before.file_id != revision.file_id, first=False)


def _said(revision: EvidenceRevision) -> dict[str, str]:
    return {"Title": revision.title} | {label: text for _, label, text in walk(revision.facts)}
