"""Reading organisations and what people may do in them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import models

from accounts.models import Invitation, Membership, Organisation, OrganisationKind, Role, User


class OrganisationUnknown(Exception):
    """No organisation of that name and kind."""


def organisation_named(name: str, *, kind: OrganisationKind) -> Organisation:
    """Return the organisation whose name or slug is ``name``, in any case.

    :raises OrganisationUnknown: if there is none; the text lists those there are
    """
    for organisation in Organisation.objects.filter(kind=kind):
        if name.casefold() in (organisation.name.casefold(), organisation.slug.casefold()):
            return organisation
    known = ", ".join(Organisation.objects.filter(kind=kind).values_list("name", flat=True)) or "none yet"
    raise OrganisationUnknown(f"There is no {kind} named {name!r}. Known: {known}.")


def has_role(user: User, organisation: Organisation, *roles: Role) -> bool:
    return Membership.objects.filter(
        user=user, organisation=organisation, role__in=roles, ended_at=None, user__is_active=True
    ).exists()


def people_with(organisation: Organisation, role: Role) -> list[User]:
    """Return who holds a role now, by address."""
    held = Membership.objects.filter(organisation=organisation, role=role, ended_at=None, user__is_active=True)
    return [row.user for row in held.select_related("user").order_by("user__email")]


def has_two_factor(user: User) -> bool:
    """Return whether signing in takes the person a second step; recovery codes alone are none."""
    return bool(_with_two_factor([user.pk]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in an organisation, as its administrator sees them."""

    user: User
    roles: tuple[Role, ...]
    since: datetime
    two_factor: bool

    @property
    def role_names(self) -> str:
        return ", ".join(role.label for role in self.roles)


def members_of(organisation: Organisation) -> list[Member]:
    """Return the people who hold a role now, by name."""
    held: dict[int, list[Membership]] = {}
    for row in _held_in(organisation).select_related("user"):
        held.setdefault(row.user_id, []).append(row)
    secured = _with_two_factor(held)
    members = [_member(rows, secured) for rows in held.values()]
    return sorted(members, key=lambda member: (str(member.user).casefold(), member.user.pk))


def member_of(organisation: Organisation, user_id: int) -> Member | None:
    rows = list(_held_in(organisation).filter(user_id=user_id).select_related("user"))
    return _member(rows, _with_two_factor([user_id])) if rows else None


def _held_in(organisation: Organisation) -> models.QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation, ended_at=None)


def _member(rows: list[Membership], secured: set[int]) -> Member:
    order = list(Role)
    return Member(
        user=rows[0].user,
        roles=tuple(sorted((Role(row.role) for row in rows), key=order.index)),
        since=min(row.created_at for row in rows),
        two_factor=rows[0].user_id in secured,
    )


def _with_two_factor(users: Collection[int]) -> set[int]:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return set(Authenticator.objects.filter(user_id__in=users, type__in=kinds).values_list("user_id", flat=True))


def roles_held(user: User) -> list[tuple[Organisation, str]]:
    """Return the organisations that a person belongs to, with their roles in words."""
    held: dict[Organisation, list[str]] = {}
    rows = Membership.objects.filter(user=user, ended_at=None).select_related("organisation")
    for row in rows.order_by("organisation__name", "organisation_id", "role"):
        held.setdefault(row.organisation, []).append(row.get_role_display())
    return [(organisation, ", ".join(roles)) for organisation, roles in held.items()]


def pending_invitations(organisation: Organisation) -> models.QuerySet[Invitation]:
    """Return who was asked and did not answer yet, also those whose time is over."""
    return Invitation.objects.filter(organisation=organisation).pending().select_related("invited_by")


def pending_invitation(organisation: Organisation, pk: int) -> Invitation | None:
    return pending_invitations(organisation).select_related("organisation").filter(pk=pk).first()


def invitation_by_token(token: str, *, at: datetime) -> Invitation | None:
    """Return the open invitation of a link; None alike for one used, taken back, too old or never sent."""
    rows = Invitation.objects.open(at=at).select_related("organisation", "invited_by")
    return rows.filter(token_hash=token_hash(token)).first()


def open_invitation(pk: int | None, *, at: datetime) -> Invitation | None:
    rows = Invitation.objects.open(at=at).select_related("organisation", "invited_by")
    return rows.filter(pk=pk).first() if pk else None


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def has_account(email: str) -> bool:
    return User.objects.filter(email__iexact=email).exists()
