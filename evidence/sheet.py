"""Everything the page of one document shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation
from evidence.changes import Step, steps
from evidence.closing import Obstacle, obstacles
from evidence.judged import judged
from evidence.look import Look
from evidence.models import (
    AnswerState,
    CheckResult,
    Evidence,
    EvidenceLink,
    EvidenceRevision,
    LibraryAnswer,
    OutsideCheck,
    Withdrawal,
)
from evidence.placed import Fact, pages_of, placed, reasons_of
from evidence.shelf import Item, to_item
from evidence.signals import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A document: its latest revision in full, the earlier ones by date, and what hangs together with it."""

    evidence: Evidence
    item: Item
    latest: EvidenceRevision
    facts: Sequence[Fact]
    steps: Sequence[Step]
    obstacles: Sequence[Obstacle]
    reasons: Sequence[Reason]
    checks: Sequence[OutsideCheck]
    withdrawals: Sequence[Withdrawal]
    page_count: int
    names: Sequence[Evidence]  # what the latest revision names
    named_by: Sequence[EvidenceRevision]  # of each document that names it, the latest revision that does
    answers: Sequence[LibraryAnswer]

    @property
    def ladder(self) -> str:
        """Return how far the latest revision was checked: received, consistent, issuer_checked, or in_doubt."""
        if self.checks and self.checks[0].result != CheckResult.CONFIRMED:
            return "in_doubt"
        if self.checks:
            return "issuer_checked"
        return "consistent" if self.latest.confirmed_at and not self.reasons else "received"

    def look(self, *, field: str, page: int | None) -> Look:
        """Return the page to show: where a fact stands, else the one asked for, else the first."""
        places = {fact.path: Look(page=fact.page, quote=fact.quote) for fact in self.facts if fact.page}
        return places.get(field) or Look(page=page or 1)


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
    pages = pages_of(latest)
    found = placed(latest, pages)
    item = to_item(latest, judged(organisation, on=on), on)
    checks = OutsideCheck.objects.filter(revision=latest).select_related("recorded_by", "screenshot")
    withdrawals = Withdrawal.objects.filter(evidence_id=pk).select_related("withdrawn_by", "reinstated_by")
    links = EvidenceLink.objects.select_related("target", "revision__evidence")
    return Sheet(
        evidence=latest.evidence,
        item=item,
        latest=latest,
        facts=found,
        steps=steps(revisions),
        obstacles=obstacles(item.worth.failed if item.worth else (), latest.kind, latest.facts),
        reasons=reasons_of(latest, found, pages, organisation),
        checks=list(checks),
        withdrawals=list(withdrawals),
        page_count=len(pages),
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
