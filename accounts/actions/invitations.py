"""Invitations: sent, sent again, taken back, accepted."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.actions.people import add_member
from accounts.authorization import ROLES
from accounts.models import Invitation, Membership, Organisation, OrganisationKind, Role, User
from accounts.queries import token_hash

LASTS = timedelta(days=7)
TOKEN_BYTES = 32


class AlreadyMember(Exception):
    """The address belongs to a member; what they may do is changed on their own page."""


class AlreadyInvited(Exception):
    """The address was asked before and did not answer yet."""


class InvitationClosed(Exception):
    """The invitation was used, taken back, or its time is over."""


class AnotherPerson(Exception):
    """The invitation is for another address than that of the person."""


class RoleDoesNotFit(Exception):
    """No role, or one that organisations of this kind do not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An invitation and the token of its link, which is known only now."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(*, organisation: Organisation, email: str, roles: Collection[Role], by: User, at: datetime) -> Issued:
    """Ask an address to join with some roles.

    :raises RoleDoesNotFit: if there is no role, or one that the organisation cannot give
    :raises AlreadyMember: if the address is that of a member
    :raises AlreadyInvited: if the address was asked before
    """
    check_roles(organisation, roles)
    email = email.strip().lower()
    if Membership.objects.filter(organisation=organisation, user__email__iexact=email, ended_at=None).exists():
        raise AlreadyMember(f"{email} is a member already. Change what they may do on their own page.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        roles=_ordered(roles),
        token_hash=token_hash(token),
        invited_by=by,
        sent_at=at,
        expires_at=at + LASTS,
    )
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise AlreadyInvited(
            f"{email} was invited before and did not answer yet. Send that invitation again."
        ) from None
    _record("invitation.sent", invitation, by=by, at=at)
    return Issued(invitation=invitation, token=token)


@transaction.atomic
def resend(*, invitation: Invitation, by: User, at: datetime) -> Issued:
    """Give an invitation a new link and new time; the link sent before stops working.

    :raises InvitationClosed: if it was accepted or taken back
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    pending = Invitation.objects.filter(pk=invitation.pk).pending()
    if not pending.update(token_hash=token_hash(token), invited_by=by, sent_at=at, expires_at=at + LASTS):
        raise InvitationClosed("That invitation was answered or taken back meanwhile.")
    invitation.refresh_from_db()
    _record("invitation.sent_again", invitation, by=by, at=at)
    return Issued(invitation=invitation, token=token)


@transaction.atomic
def revoke(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Take an invitation back; doing it twice has one effect.

    :raises InvitationClosed: if it was accepted
    """
    if Invitation.objects.filter(pk=invitation.pk).pending().update(revoked_at=at):
        _record("invitation.revoked", invitation, by=by, at=at)
    elif Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=False).exists():
        raise InvitationClosed(f"{invitation.email} has accepted meanwhile and is a member now.")


@transaction.atomic
def accept(*, invitation: Invitation, user: User, at: datetime) -> None:
    """Join the organisation with the roles of the invitation.

    :raises AnotherPerson: if the person's address is not the one that was asked
    :raises InvitationClosed: if it is open no more
    """
    if user.email.lower() != invitation.email:
        raise AnotherPerson(f"This invitation is for {invitation.email}.")
    if not Invitation.objects.filter(pk=invitation.pk).open(at=at).update(accepted_at=at, accepted_by=user):
        raise InvitationClosed("This invitation is open no more.")
    _record("invitation.accepted", invitation, by=user, at=at)
    for role in invitation.wanted:
        add_member(organisation=invitation.organisation, user=user, role=role, by=invitation.invited_by, at=at)


def check_roles(organisation: Organisation, roles: Collection[Role]) -> None:
    """:raises RoleDoesNotFit: if there is no role, or one that organisations of this kind do not have"""
    if not roles:
        raise RoleDoesNotFit("Choose at least one role.")
    strange = [role.label for role in roles if role not in ROLES[OrganisationKind(organisation.kind)]]
    if strange:
        raise RoleDoesNotFit(f"{organisation} does not have the role {', '.join(strange)}.")


def _ordered(roles: Collection[Role]) -> list[str]:
    return [role.value for role in Role if role in roles]


def _record(event: str, invitation: Invitation, *, by: User, at: datetime) -> None:
    audit.record(
        organisation=invitation.organisation,
        event=event,
        target=invitation,
        by=by,
        at=at,
        details={"email": invitation.email, "roles": invitation.roles},
    )
