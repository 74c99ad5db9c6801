"""Organisations and the people in them: created, joined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
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


@transaction.atomic
def change_settings(
    *,
    organisation: Organisation,
    name: str,
    legal_entity: str,
    time_zone: str,
    requires_two_factor: bool,
    by: User,
    at: datetime,
) -> None:
    """Set the names, the zone in which days are counted, and whether members need a second step at sign-in.

    What is the same as before changes nothing.
    """
    rename_organisation(organisation=organisation, name=name, legal_entity=legal_entity, by=by, at=at)
    after = {"time_zone": time_zone, "requires_two_factor": requires_two_factor}
    before = {name: getattr(organisation, name) for name in after}
    if before != after:
        organisation.time_zone, organisation.requires_two_factor = time_zone, requires_two_factor
        organisation.save(update_fields=list(after))
        audit.record(
            organisation=organisation,
            event="organisation.rules_changed",
            target=organisation,
            by=by,
            at=at,
            details={name: value for name, value in after.items() if before[name] != value},
        )


@transaction.atomic
def rename_person(*, user: User, full_name: str, at: datetime) -> None:
    """Take a person's own word for their name; the same one changes nothing."""
    before = User.objects.get(pk=user.pk).full_name
    if before == full_name:
        return
    user.full_name = full_name
    user.save(update_fields=["full_name"])
    details = {"before": before, "after": full_name}
    record_about_person(user=user, event="person.renamed", at=at, details=details)


def vouch_for(user: User) -> None:
    """Count a person's address as theirs: whoever runs this installation, or a link sent to it, says so."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def record_about_person(*, user: User, event: str, at: datetime, details: Mapping[str, object] | None = None) -> None:
    """Record what a person did with their account, in every organisation they belong to."""
    held = Organisation.objects.filter(memberships__user=user, memberships__ended_at=None).distinct().order_by("pk")
    for organisation in held:
        audit.record(organisation=organisation, event=event, target=user, by=user, at=at, details=details)
