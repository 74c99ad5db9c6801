"""Reading organisations and what people may do in them."""

from __future__ import annotations

from accounts.models import Membership, Organisation, OrganisationKind, Role, User


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
