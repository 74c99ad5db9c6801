"""Everything the page of one document shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation
from evidence import facts
from evidence.judged import judged
from evidence.models import AnswerState, Evidence, EvidenceLink, EvidenceRevision, LibraryAnswer
from evidence.shelf import Item, to_item


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A document: its latest revision in full, the earlier ones by date, and what hangs together with it."""

    evidence: Evidence
    item: Item
    latest: EvidenceRevision
    facts: Sequence[tuple[str, str]]
    revisions: Sequence[EvidenceRevision]
    names: Sequence[Evidence]  # what the latest revision names
    named_by: Sequence[EvidenceRevision]  # of each document that names it, the latest revision that does
    answers: Sequence[LibraryAnswer]


def sheet_of(organisation: Organisation, pk: int, *, on: date) -> Sheet | None:
    """Return the sheet of a document of the organisation, judged on a day."""
    revisions = list(
        EvidenceRevision.objects.filter(evidence_id=pk, evidence__organisation=organisation)
        .select_related("evidence", "file", "created_by", "confirmed_by", "verified_by")
        .order_by("-number")
    )
    if not revisions:
        return None
    latest = revisions[0]
    links = EvidenceLink.objects.select_related("target", "revision__evidence")
    return Sheet(
        evidence=latest.evidence,
        item=to_item(latest, judged(organisation, on=on), on),
        latest=latest,
        facts=facts.lines(latest.facts),
        revisions=revisions,
        names=[link.target for link in links.filter(revision=latest).order_by("target__reference")],
        named_by=_latest_of_each(links.filter(target=latest.evidence).order_by("revision__evidence__reference")),
        answers=list(
            LibraryAnswer.objects.of(organisation)
            .filter(evidence=latest.evidence, state=AnswerState.APPROVED)
            .order_by("pk")
        ),
    )


def _latest_of_each(links: Iterable[EvidenceLink]) -> list[EvidenceRevision]:
    """Return of each document that links the latest revision that does."""
    found: dict[int, EvidenceRevision] = {}
    for link in links:
        known = found.get(link.revision.evidence_id)
        if known is None or known.number < link.revision.number:
            found[link.revision.evidence_id] = link.revision
    return list(found.values())
