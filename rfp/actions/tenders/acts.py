"""The acts that move a tender on. Each is done by a person, and none of them brings about another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from rfp.actions.tenders.seal import claim, seal
from rfp.models import SealedVersion, Tender
from rfp.queries.tenders.sealing import before_opening


class NotReady(Exception):
    """Something has to be done first; ``problems`` say what."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


class NotNow(Exception):
    """The act does not follow on where the tender stands."""


@transaction.atomic
def open_tender(*, tender: Tender, version: int, by: User, at: datetime) -> SealedVersion:
    """Open a draft to vendors and seal its rules.

    :raises TenderChanged: if somebody changed it since the person loaded it: what is sealed is what they saw
    :raises NotNow: if it is open already
    :raises NotReady: if something is missing
    """
    claim(tender, version)
    if not tender.is_draft:
        raise NotNow("The tender is open already.")
    problems = before_opening(tender, at=at)
    if problems:
        raise NotReady(problems)
    tender.opened_at = at
    tender.save(update_fields=["opened_at"])
    _record("tender.opened", tender, by, at)
    return seal(tender, number=1, reason="", by=by, at=at)


@transaction.atomic
def close_tender(*, tender: Tender, by: User, at: datetime) -> bool:
    """Take no more answers as on time; scoring stays shut until it is opened by itself. Return whether it was open.

    :raises NotNow: if it was never opened
    """
    rows = Tender.objects.filter(pk=tender.pk, opened_at__isnull=False, closed_at=None)
    if not rows.update(closed_at=at, version=F("version") + 1):
        tender.refresh_from_db()
        if tender.opened_at is None:
            raise NotNow("A draft is not open to anybody: there is nothing to close.")
        return False
    tender.refresh_from_db()
    _record("tender.closed", tender, by, at)
    return True


@transaction.atomic
def open_scoring(*, tender: Tender, by: User, at: datetime) -> bool:
    """Let the evaluators score; return whether they could not before.

    :raises NotNow: if the tender is not closed to vendors
    :raises NotReady: if nobody is named to score, or nothing was handed in
    """
    rows = Tender.objects.filter(pk=tender.pk, closed_at__isnull=False, scoring_opened_at=None)
    if not rows.update(scoring_opened_at=at, version=F("version") + 1):
        tender.refresh_from_db()
        if tender.closed_at is None:
            raise NotNow("Close the tender to vendors first: scores are given to answers that do not change any more.")
        return False
    tender.refresh_from_db()
    problems = []
    if not tender.evaluators.filter(removed_at=None).exists():
        problems.append("Nobody is named to score. Name at least one evaluator.")
    if not tender.submissions.exists():
        problems.append("No vendor has handed anything in.")
    if problems:
        raise NotReady(problems)
    _record("tender.scoring_opened", tender, by, at)
    return True


def _record(event: str, tender: Tender, by: User, at: datetime) -> None:
    audit.record(
        organisation=tender.organisation, event=event, target=tender, by=by, at=at, details={"name": tender.name}
    )
