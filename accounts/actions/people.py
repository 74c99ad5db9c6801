"""Organisations and the people in them: created, joined."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import Membership, Organisation, OrganisationKind, Role, User


@transaction.atomic
def create_organisation(
    *, name: str, slug: str, kind: OrganisationKind, legal_entity: str = "", at: datetime
) -> Organisation:
    """Create an organisation and begin its audit trail."""
    organisation = Organisation.objects.create(
        name=name, slug=slug, kind=kind, legal_entity=legal_entity or name, created_at=at
    )
    audit.record(organisation=organisation, event="organisation.created", target=organisation, by=None, at=at)
    return organisation


@transaction.atomic
def rename_organisation(
    *, organisation: Organisation, name: str, legal_entity: str, by: User | None, at: datetime
) -> Organisation:
    """Give an organisation another name or legal entity; the same ones change nothing."""
    before = {"name": organisation.name, "legal_entity": organisation.legal_entity}
    after = {"name": name, "legal_entity": legal_entity}
    if before != after:
        organisation.name, organisation.legal_entity = name, legal_entity
        organisation.save(update_fields=["name", "legal_entity"])
        audit.record(
            organisation=organisation,
            event="organisation.renamed",
            target=organisation,
            by=by,
            at=at,
            details={"before": before, "after": after},
        )
    return organisation


@transaction.atomic
def add_member(*, organisation: Organisation, user: User, role: Role, by: User | None, at: datetime) -> Membership:
    """Give a person a role in an organisation; giving it twice has one effect."""
    membership, created = Membership.objects.get_or_create(
        organisation=organisation, user=user, role=role, ended_at=None, defaults={"created_at": at}
    )
    if created:
        audit.record(
            organisation=organisation,
            event="membership.added",
            target=membership,
            by=by,
            at=at,
            details={"user": user.email, "role": role},
        )
    return membership
