"""Tell people that what they sent to buyers, or approved, rests on a proof that fell away."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions.notifications import notify
from accounts.authorization import Permission
from accounts.models import Organisation, User
from evidence.models import Evidence
from rfp.queries.changes import Change, changes_of
from rfp.queries.home import FALLEN
from rfp.queries.reliance import Reliance, is_relied_on, reliance_of
from rfp.queries.reminders import people_who_may, recipients_of
from rfp.reporting import words


def hear_of_evidence(*, evidence: Evidence, at: datetime, **_sent: object) -> None:
    """Look at once whether what happened to a document took the ground from under an answer."""
    if is_relied_on(evidence):
        on = timezone.localdate(at, evidence.organisation.zone)
        tell_fallen(organisation=evidence.organisation, on=on, at=at, only=evidence.pk)


@transaction.atomic
def tell_fallen(*, organisation: Organisation, on: date, at: datetime, only: int | None = None) -> int:
    """Tell who has to act of every proof that fell away while answers rest on it; return how many were told anew.

    They are those who look after the evidence, those who may approve answers and the owners of what was sent. The same
    thing is told to a person once, whenever this is called.
    """
    changes = {change.evidence: change for change in changes_of(organisation, on=on, only=only)}
    relying = reliance_of(organisation, {pk: change.reference for pk, change in changes.items()}, changes)
    waiting = {pk: found for pk, found in relying.items() if found.waits}
    if not waiting:
        return 0
    keepers = recipients_of(organisation, list(waiting))
    approvers = people_who_may(organisation, Permission.APPROVE_ANSWERS)
    told = 0
    for pk, found in waiting.items():
        people = {*keepers[pk], *approvers, *_owners(found)}
        for person in sorted(people, key=lambda user: user.pk):
            told += _tell(organisation, changes[pk], found, person, at)
    return told


def _owners(found: Reliance) -> set[User]:
    owners = (sent.release.questionnaire.owner for sent in found.sent if sent.settled is None)
    return {owner for owner in owners if owner is not None and owner.is_active}


def _tell(organisation: Organisation, change: Change, found: Reliance, person: User, at: datetime) -> bool:
    resting = []
    if found.unsettled:
        resting.append(words.count(found.unsettled, "version sent to a buyer", "versions sent to buyers"))
    if found.approved:
        resting.append(words.count(found.approved, "approved answer"))
    if found.library:
        resting.append(words.count(len(found.library), "library answer"))
    return notify(
        organisation=organisation,
        user=person,
        kind=FALLEN,
        text=f"{change.sentence} Resting on it: {words.listed(resting)}.",
        url=reverse("evidence_impact", args=[change.evidence]),
        key=f"{FALLEN}:{change.evidence}:{change.happened}:{change.since.isoformat()}",
        at=at,
    )
