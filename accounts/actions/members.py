"""What members may do: roles given and taken, memberships ended. An organisation keeps an administrator."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.actions.invitations import check_roles
from accounts.actions.people import add_member
from accounts.models import Membership, Organisation, Role, User
from accounts.turns import take_turn


class LastAdministrator(Exception):
    """Without this person nobody could manage the organisation any more."""


class NotAMember(Exception):
    """The person holds no role in the organisation."""


@transaction.atomic
def set_roles(*, organisation: Organisation, user: User, roles: Collection[Role], by: User, at: datetime) -> None:
    """Give a member these roles and no others; the same roles again change nothing.

    :raises NotAMember: if the person is none (any more)
    :raises RoleDoesNotFit: if there is no role, or a new one that the organisation cannot give
    :raises LastAdministrator: if the organisation would be left without an administrator
    """
    held = _held(organisation, user)
    check_roles(organisation, [role for role in roles if role not in held] or roles)
    gone = held - set(roles)
    _keep_an_administrator(organisation, user, gone)
    for role in sorted(gone):
        _end(organisation, user, role, by=by, at=at)
    for role in sorted(set(roles) - held):
        add_member(organisation=organisation, user=user, role=role, by=by, at=at)


@transaction.atomic
def end_membership(*, organisation: Organisation, user: User, by: User, at: datetime) -> None:
    """Take every role from a member: from the next page they ask for, the organisation does not exist for them.

    :raises NotAMember: if the person is none (any more)
    :raises LastAdministrator: if the organisation would be left without an administrator
    """
    held = _held(organisation, user)
    _keep_an_administrator(organisation, user, held)
    for role in sorted(held):
        _end(organisation, user, role, by=by, at=at)


def _held(organisation: Organisation, user: User) -> set[Role]:
    # Two administrators who remove each other at the same time wait for one another here.
    take_turn(organisation)
    rows = Membership.objects.filter(organisation=organisation, user=user, ended_at=None)
    held = {Role(role) for role in rows.values_list("role", flat=True)}
    if not held:
        raise NotAMember(f"{user} is no member of {organisation} any more.")
    return held


def _keep_an_administrator(organisation: Organisation, user: User, gone: Collection[Role]) -> None:
    if Role.ADMINISTRATOR not in gone:
        return
    others = Membership.objects.filter(
        organisation=organisation, role=Role.ADMINISTRATOR, ended_at=None, user__is_active=True
    ).exclude(user=user)
    if not others.exists():
        raise LastAdministrator(
            f"{user} is the only administrator of {organisation}. Make somebody else an administrator first."
        )


def _end(organisation: Organisation, user: User, role: Role, *, by: User, at: datetime) -> None:
    membership = Membership.objects.get(organisation=organisation, user=user, role=role, ended_at=None)
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    audit.record(
        organisation=organisation,
        event="membership.ended",
        target=membership,
        by=by,
        at=at,
        details={"user": user.email, "role": role},
    )
