"""The recorded facts of a document, each with the page and the words it stands in; and the reasons to look at it.

A revision never changes, so what is found out about it once is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from accounts.models import Organisation
from evidence import storage
from evidence.catalogs import entry
from evidence.facts import walk
from evidence.ingest.making import Making, making_of
from evidence.models import EvidenceRevision, Passage
from evidence.proposing.finding import place_of
from evidence.signals import Reason, Seen, reasons
from evidence.signals.likeness import Sketch, alike, sketch

KEPT_SECONDS = 7 * 24 * 60 * 60
# Decided by people, or written otherwise than the document says it.
UNQUOTED = frozenset({"kind", "status", "issuer.independence", "links", "title", "series", "needs_review", "result"})
# Issuer and assessor have a reason of their own.
TELLING = ("number", "issuer.accreditation.number", "dates.issued_on", "dates.valid_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    path: str
    label: str
    text: str
    page: int | None = None
    quote: str = ""


def pages_of(revision: EvidenceRevision) -> list[str]:
    """Return the text of a revision by page, from its passages."""
    rows = list(revision.passages.order_by("sequence").values_list("page", "text"))
    pages = [""] * max((page for page, _ in rows), default=0)
    for page, text in rows:
        pages[page - 1] += f"{text}\n"
    return pages


def placed(revision: EvidenceRevision, pages: Sequence[str]) -> list[Fact]:
    """Return every fact of a revision; one read from the text, or found in it, with its place."""
    key = f"placed-{revision.pk}"
    kept: list[Fact] | None = cache.get(key)
    if kept is None:
        kept = [_fact(revision, pages, path, label, text) for path, label, text in walk(revision.facts)]
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _fact(revision: EvidenceRevision, pages: Sequence[str], path: str, label: str, text: str) -> Fact:
    place = revision.sources.get(path)
    if place is None and path not in UNQUOTED:
        found = place_of(pages, tuple(entry.lines(_stored(revision.facts, path))) or text)
        place = {"page": found[0], "quote": found[1]} if found else None
    known = entry.BY_PATH.get(path)
    return Fact(path=path, label=known.label if known else label, text=text, **(place or {}))


def _stored(facts: Mapping[str, Any], path: str) -> str:
    return entry.flatten(facts).get(path, "")


def reasons_of(
    revision: EvidenceRevision, facts: Sequence[Fact], pages: Sequence[str], organisation: Organisation
) -> tuple[Reason, ...]:
    """Return the reasons to look at a revision."""
    said = entry.flatten(revision.facts)
    without = [fact.label for fact in facts if fact.path in TELLING and fact.page is None]
    return reasons(
        Seen(
            kind=revision.kind,
            issuer=revision.issuer,
            independent=said.get("issuer.independence") == "third_party_issued",
            vendor=organisation.legal_entity or organisation.name,
            assessor=said.get("assessor.name", ""),
            issued_on=revision.issued_on,
            pages=pages,
            facts_without_words=without,
            making=_making(revision),
            like=_like(revision, organisation),
        )
    )


def _making(revision: EvidenceRevision) -> Making:
    if revision.file is None:
        return Making()
    key = f"making-{revision.file.sha256}"
    kept: Making | None = cache.get(key)
    if kept is None:
        try:
            kept = making_of(storage.get(revision.file.sha256), revision.file.name)
        except storage.FileMissing:
            return Making()
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _like(revision: EvidenceRevision, organisation: Organisation) -> dict[str, float]:
    """Return how alike the texts of the library's other documents are, by reference."""
    rows = EvidenceRevision.objects.filter(evidence__organisation=organisation).order_by("evidence_id", "-number")
    latest: dict[int, tuple[int, str]] = {}
    for evidence_id, pk, reference in rows.values_list("evidence_id", "pk", "evidence__reference"):
        latest.setdefault(evidence_id, (pk, reference))
    latest.pop(revision.evidence_id, None)
    sketches = _sketches([revision.pk, *(pk for pk, _ in latest.values())])
    own = sketches.get(revision.pk, ())
    return {reference: alike(own, sketches.get(pk, ())) for pk, reference in latest.values()}


def _sketches(pks: Sequence[int]) -> dict[int, Sketch]:
    keys = {f"sketch-{pk}": pk for pk in pks}
    found = {keys[key]: value for key, value in cache.get_many(keys).items()}
    missing = [pk for pk in pks if pk not in found]
    if missing:
        texts: dict[int, list[str]] = {pk: [] for pk in missing}
        for pk, text in Passage.objects.filter(revision_id__in=missing).values_list("revision_id", "text").iterator():
            texts[pk].append(text)
        made = {pk: sketch([" ".join(parts)]) for pk, parts in texts.items()}
        cache.set_many({f"sketch-{pk}": value for pk, value in made.items()}, KEPT_SECONDS)
        found |= made
    return found
