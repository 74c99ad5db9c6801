"""What the page shows on which the facts of a document are compared with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from accounts.models import Organisation
from evidence.catalogs import entry
from evidence.facts import as_text
from evidence.look import Look
from evidence.models import Draft, Evidence, EvidenceRevision
from evidence.proposing.finding import place_of

Row = Draft  # by which pages name what they hand on
NOT_WORDS = re.compile(r"[^A-Za-z0-9.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A fact to compare: its field, what was read for it and where, what was recorded before."""

    entry: entry.Entry
    needed: bool
    place: Look | None
    has_value: bool
    maybe: str  # proposed, but for a person to take over
    maybe_words: str
    proposed: bool  # what the form holds is what was read
    before: str
    saved: str  # by somebody else meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSheet:
    draft: Draft
    latest: EvidenceRevision | None  # what it becomes the next revision of
    same_document: bool
    groups: Sequence[tuple[str, Sequence[Line]]]

    @property
    def page_count(self) -> int:
        """Return how many pages were read; of a scan nobody counted them."""
        return len(self.draft.pages)


def drafts_of(organisation: Organisation) -> list[Draft]:
    """Return the documents that wait to be compared, the latest first."""
    return list(
        Draft.objects.of(organisation).select_related("file", "evidence", "created_by").defer("pages", "proposals")
    )


def draft_of(organisation: Organisation, pk: int) -> Draft | None:
    return Draft.objects.of(organisation).filter(pk=pk).select_related("file", "evidence", "organisation").first()


def evidence_of(organisation: Organisation, pk: int) -> Evidence | None:
    return Evidence.objects.of(organisation).filter(pk=pk).select_related("organisation").first()


def sheet_of_draft(draft: Draft, values: Mapping[str, str], *, conflict: bool = False) -> DraftSheet:
    """Return the page of a draft for what its form holds now; after a conflict with what somebody else saved."""
    latest = draft.evidence.revisions.first() if draft.evidence else None
    before = entry.flatten(latest.facts) if latest else {}
    kind = values.get("kind", "")
    wanted = entry.needed(kind)
    shown = [
        _line(draft, item, values.get(item.path, ""), before, item.path in wanted, conflict)
        for item in entry.entries(kind)
    ]
    return DraftSheet(
        draft=draft,
        latest=latest,
        same_document=latest is not None and latest.file_id == draft.file_id,
        groups=[(name, list(lines)) for name, lines in groupby(shown, key=lambda line: line.entry.group)],
    )


def _line(draft: Draft, item: entry.Entry, value: str, before: Mapping[str, str], needed: bool, conflict: bool) -> Line:
    proposal = draft.proposals.get(item.path)
    same = bool(proposal) and proposal["value"].strip() == value.strip()
    place = Look(page=proposal["page"], quote=proposal["quote"]) if proposal and (same or not value.strip()) else None
    if place is None and value.strip():
        found = place_of(draft.pages, tuple(entry.lines(value)))
        place = Look(page=found[0], quote=found[1]) if found else None
    earlier, saved = before.get(item.path, ""), draft.values.get(item.path, "")
    maybe = proposal["value"] if proposal and not proposal["sure"] and not value.strip() else ""
    return Line(
        entry=item,
        needed=needed,
        place=place,
        has_value=bool(value.strip()) and item.shape != entry.CHOICE and bool(draft.pages),
        maybe=maybe,
        maybe_words=dict(entry.CHOICES.get(item.path, ())).get(maybe) or as_text(maybe),
        proposed=same,
        before=as_text(earlier) if earlier.strip() != value.strip() else "",
        saved=as_text(saved) if conflict and saved.strip() != value.strip() else "",
    )


def taken_over(draft: Draft, field: str) -> dict[str, str]:
    """Return what was read for a field, for a person who takes it over."""
    proposal = draft.proposals.get(field)
    return {field: proposal["value"]} if proposal else {}


def look_of(draft: Draft, values: Mapping[str, str], *, field: str, page: int | None) -> Look:
    """Return the page to show: that of a field's words, else the one asked for, else the first."""
    known = entry.BY_PATH.get(field)
    if known is not None:
        line = _line(draft, known, values.get(field, ""), {}, False, False)
        if line.place is not None:
            return line.place
    return Look(page=page or 1)


def free_reference(draft: Draft) -> str:
    """Return a reference for a new document, made of its file's name, that no other goes by."""
    stem = PurePath(draft.file.name).stem if draft.file else "DOCUMENT"
    name = NOT_WORDS.sub("-", stem).strip("-.")[:50] or "DOCUMENT"
    taken = set(Evidence.objects.of(draft.organisation).values_list("reference", flat=True))
    return next(made for n in range(1, len(taken) + 2) if (made := name if n == 1 else f"{name}-{n}") not in taken)
