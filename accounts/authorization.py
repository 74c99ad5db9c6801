"""Who may do what: permissions, the roles that grant them, and the person acting for one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from accounts.models import Membership, Organisation, Role, User


class Permission(StrEnum):
    READ_QUESTIONNAIRES = auto()
    APPROVE_ANSWERS = auto()
    READ_EVIDENCE = auto()
    READ_AUDIT = auto()


_READS = frozenset({Permission.READ_QUESTIONNAIRES, Permission.READ_EVIDENCE})
GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.SALES_ENGINEER: _READS | {Permission.READ_AUDIT},
    Role.EVIDENCE_OWNER: _READS | {Permission.READ_AUDIT},
    Role.EXPERT: _READS,
    Role.APPROVER: _READS | {Permission.READ_AUDIT, Permission.APPROVE_ANSWERS},
    Role.MAPPING_ADMINISTRATOR: frozenset({Permission.READ_QUESTIONNAIRES}),
    Role.EXECUTIVE: _READS | {Permission.READ_AUDIT},
    Role.ADMINISTRATOR: _READS | {Permission.READ_AUDIT},
    # The buyer's people see vendors through tenders, never a vendor's own pages.
    Role.PROCUREMENT: frozenset(),
    Role.EVALUATOR: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A person acting for one organisation, and the organisations that they could act for."""

    user: User
    organisation: Organisation
    roles: frozenset[Role]
    organisations: tuple[Organisation, ...]

    def may(self, permission: Permission) -> bool:
        return any(permission in GRANTS[role] for role in self.roles)

    @property
    def may_read_questionnaires(self) -> bool:
        return self.may(Permission.READ_QUESTIONNAIRES)

    @property
    def may_approve(self) -> bool:
        return self.may(Permission.APPROVE_ANSWERS)

    @property
    def may_read_evidence(self) -> bool:
        return self.may(Permission.READ_EVIDENCE)

    @property
    def may_read_audit(self) -> bool:
        return self.may(Permission.READ_AUDIT)

    @property
    def role_names(self) -> str:
        return ", ".join(sorted(role.label for role in self.roles))


def acting_for(user: User, *, chosen: int | None) -> Acting | None:
    """Return the person in the organisation they chose, else in their first; None for a person without any."""
    held = list(
        Membership.objects.filter(user=user, ended_at=None)
        .select_related("organisation")
        .order_by("organisation__name", "organisation_id")
    )
    if not held:
        return None
    organisations = {row.organisation_id: row.organisation for row in held}
    organisation = organisations.get(chosen or 0) or next(iter(organisations.values()))
    return Acting(
        user=user,
        organisation=organisation,
        roles=frozenset(Role(row.role) for row in held if row.organisation_id == organisation.pk),
        organisations=tuple(organisations.values()),
    )
