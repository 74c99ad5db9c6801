"""Let answers go out: a person with the role approves them, and that is recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import Role, User
from accounts.queries import has_role
from rfp.models import Band, Questionnaire, Response, ResponseStatus


class MayNotApprove(Exception):
    """The person is no approver of the vendor."""


@transaction.atomic
def approve(*, questionnaire: Questionnaire, include_suggested: bool = False, by: User, at: datetime) -> int:
    """Approve the ready answers, and the suggested ones where the person has read them; return how many were new.

    :raises MayNotApprove: if the person does not hold the role in the vendor's organisation
    """
    if not has_role(by, questionnaire.organisation, Role.APPROVER):
        raise MayNotApprove(f"{by} is no approver of {questionnaire.organisation}; ask an administrator for the role.")
    bands = [Band.READY, Band.SUGGESTED] if include_suggested else [Band.READY]
    approved = Response.objects.filter(
        question__questionnaire=questionnaire, status=ResponseStatus.DRAFT, band__in=bands
    ).update(status=ResponseStatus.APPROVED, approved_by=by, approved_at=at)
    if approved:
        audit.record(
            organisation=questionnaire.organisation,
            event="answers.approved",
            target=questionnaire,
            by=by,
            at=at,
            details={"answers": approved, "suggested": include_suggested},
        )
    return approved
