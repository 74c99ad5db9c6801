"""Who scores, and what they declare about interests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.authorization import Permission, granted_to
from accounts.models import Membership, OrganisationKind, Role, User
from rfp.models import Criterion, Evaluator, InterestDeclaration, Participant, Tender


class MayNotScore(Exception):
    """The person's role does not let them score."""


class NotAnEvaluator(Exception):
    """The person is not named to score this tender."""


class NothingSaid(Exception):
    """A conflict of interest says what it is."""


@transaction.atomic
def name_evaluator(
    *, tender: Tender, user: User, group: str = "", criteria: Sequence[Criterion] = (), by: User, at: datetime
) -> Evaluator:
    """Let a person score; naming them again sets their group and criteria.

    :raises MayNotScore: if their role at the buyer does not include scoring
    """
    held = Membership.objects.filter(organisation=tender.organisation, user=user, ended_at=None)
    kind = OrganisationKind(tender.organisation.kind)
    if not any(Permission.SCORE_TENDERS in granted_to(Role(row.role), kind) for row in held):
        raise MayNotScore(f"{user} has no role that scores. An administrator can make them an evaluator.")
    evaluator, _ = Evaluator.objects.update_or_create(
        tender=tender,
        user=user,
        removed_at=None,
        defaults={"group": group.strip()},
        create_defaults={
            "group": group.strip(),
            "added_at": at,
        },
    )
    evaluator.criteria.set(criteria)
    audit.record(
        organisation=tender.organisation,
        event="tender.evaluator_named",
        target=tender,
        by=by,
        at=at,
        details={"user": user.email, "group": group, "criteria": [row.name for row in criteria]},
    )
    return evaluator


@transaction.atomic
def remove_evaluator(*, evaluator: Evaluator, by: User, at: datetime) -> None:
    """Let a person score no more; what they scored stays on record. Doing it twice has one effect."""
    if Evaluator.objects.filter(pk=evaluator.pk, removed_at=None).update(removed_at=at):
        audit.record(
            organisation=evaluator.tender.organisation,
            event="tender.evaluator_removed",
            target=evaluator.tender,
            by=by,
            at=at,
            details={"user": evaluator.user.email},
        )


@transaction.atomic
def declare_interest(
    *, tender: Tender, participant: Participant | None = None, conflicted: bool, text: str = "", by: User, at: datetime
) -> InterestDeclaration:
    """Record what an evaluator says about interests in one vendor, or that there are none at all.

    :raises NotAnEvaluator: if the person is not named to score
    :raises NothingSaid: if there is a conflict, and it is not said with whom and which
    """
    if not Evaluator.objects.filter(tender=tender, user=by, removed_at=None).exists():
        raise NotAnEvaluator("Only who scores a tender declares interests in it.")
    if conflicted and (participant is None or not text.strip()):
        raise NothingSaid("Say with which vendor the conflict is, and what it is.")
    declared = InterestDeclaration.objects.create(
        tender=tender, user=by, participant=participant, conflicted=conflicted, text=text.strip(), declared_at=at
    )
    audit.record(
        organisation=tender.organisation,
        event="tender.interest_declared",
        target=tender,
        by=by,
        at=at,
        details={"participant": participant.alias if participant else "", "conflicted": conflicted},
    )
    return declared
