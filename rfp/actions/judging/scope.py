"""Say which of a vendor's AI systems is offered, and agree that something does not apply to it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User
from evidence.catalogs import mandate
from evidence.models import AISystem
from rfp.models import ApprovedNotApplicable, OfferedSystem, Participant, TenderQuestion


class NotOffered(Exception):
    """The system is not one that could be meant; the text says why."""


class CannotBeWaived(Exception):
    """The mandate, or the question, leaves no room for "not applicable"; the text says what to do."""


@transaction.atomic
def choose_system(*, participant: Participant, asked: str, system: AISystem | None, by: User, at: datetime) -> None:
    """Say which system of the vendor stands for one that the tender asks about; None takes the choice back.

    :raises NotOffered: if the tender does not ask about that name, or the system is another organisation's
    """
    if asked not in participant.tender.systems:
        raise NotOffered(f"The tender does not ask about “{asked}”.")
    if system is not None and system.organisation_id != participant.organisation.pk:
        raise NotOffered(f"{participant.name} has no such AI system.")
    rows = OfferedSystem.objects.filter(participant=participant, asked=asked)
    before = rows.select_related("system").first()
    if (before.system if before else None) == system:
        return
    if system is None:
        rows.delete()
    else:
        OfferedSystem.objects.update_or_create(
            participant=participant, asked=asked, defaults={"system": system, "chosen_by": by, "chosen_at": at}
        )
    audit.record(
        organisation=participant.tender.organisation,
        event="tender.system_chosen",
        target=participant,
        by=by,
        at=at,
        details={
            "vendor": participant.name,
            "asked": asked,
            "before": before.system.name if before else "",
            "after": system.name if system else "",
        },
    )


@transaction.atomic
def approve_not_applicable(
    *,
    participant: Participant,
    requirement: str = "",
    question: TenderQuestion | None = None,
    reason: str,
    by: User,
    at: datetime,
) -> ApprovedNotApplicable:
    """Agree that a requirement, or a question that asks for none, does not apply to a vendor; once is enough.

    :raises CannotBeWaived: without a reason, where the mandate does not allow it, or where the question asks for proof
    """
    if not reason.strip():
        raise CannotBeWaived("Say why it does not apply: the report repeats it.")
    _check(participant, requirement, question)
    target = {"participant": participant, "requirement": requirement, "question": question}
    try:
        with transaction.atomic():
            row = ApprovedNotApplicable.objects.create(**target, reason=reason.strip(), approved_by=by, approved_at=at)
    except IntegrityError:
        return ApprovedNotApplicable.objects.get(**target, ended_at=None)
    _note(row, "tender.not_applicable_approved", by, at)
    return row


@transaction.atomic
def end_not_applicable(*, approval: ApprovedNotApplicable, by: User, at: datetime) -> None:
    """Take the agreement back; done twice it has one effect."""
    if ApprovedNotApplicable.objects.filter(pk=approval.pk, ended_at=None).update(ended_by=by, ended_at=at):
        _note(approval, "tender.not_applicable_ended", by, at)


def _check(participant: Participant, requirement: str, question: TenderQuestion | None) -> None:
    if question is not None:
        if question.tender_id != participant.tender_id:
            raise CannotBeWaived("The question is not one of this tender.")
        if question.requirements:
            named = ", ".join(question.requirements)
            raise CannotBeWaived(f"The question asks for {named}: approve it for the requirement.")
        return
    known = mandate.load().requirements.get(requirement)
    if known is None:
        raise CannotBeWaived(f"The catalogue has no requirement {requirement or 'without a name'}.")
    if not known.may_be_not_applicable:
        raise CannotBeWaived(
            f"{known.id} always applies. Where it cannot be met yet, ask an executive to accept the risk."
        )


def _note(row: ApprovedNotApplicable, event: str, by: User, at: datetime) -> None:
    audit.record(
        organisation=row.participant.tender.organisation,
        event=event,
        target=row.participant,
        by=by,
        at=at,
        details={"vendor": row.participant.name, "about": str(row), "reason": row.reason},
    )
