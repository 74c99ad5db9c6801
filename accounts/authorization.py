"""Who may do what: permissions, the roles that grant them, and the person acting for one organisation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from accounts.models import Membership, Organisation, OrganisationKind, Role, User


class Permission(StrEnum):
    READ_QUESTIONNAIRES = auto()
    EDIT_QUESTIONNAIRES = auto()  # upload, confirm a layout, set the deal, have it answered
    EDIT_ANSWERS = auto()
    APPROVE_ANSWERS = auto()
    EXPORT = auto()
    READ_EVIDENCE = auto()
    EDIT_EVIDENCE = auto()
    VERIFY_EVIDENCE = auto()
    EDIT_LIBRARY = auto()  # the approved answers
    APPROVE_LIBRARY = auto()  # what others wrote into it
    TEACH_MAPPING = auto()  # at the desk, and in the draft of the mapping
    PUBLISH_MAPPING = auto()  # what the draft teaches, to everybody it counts for
    READ_AUDIT = auto()
    MANAGE_PEOPLE = auto()
    READ_TENDERS = auto()
    EDIT_TENDERS = auto()  # define, open, invite, close, open scoring, judge, award
    SCORE_TENDERS = auto()  # those in which the person is named as an evaluator
    READ_JUDGEMENTS = auto()  # verdicts and accepted risks, with the names of the vendors
    SIGN_RISK = auto()  # accept a vendor's unmet requirement, as an executive


_READS = frozenset({Permission.READ_QUESTIONNAIRES, Permission.READ_EVIDENCE})
_OVERSEES = _READS | {Permission.READ_AUDIT}
_WORKS = _OVERSEES | {
    Permission.EDIT_QUESTIONNAIRES,
    Permission.EDIT_ANSWERS,
    Permission.EDIT_LIBRARY,
    Permission.TEACH_MAPPING,
    Permission.EXPORT,
}
GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.SALES_ENGINEER: _WORKS,
    Role.EVIDENCE_OWNER: _OVERSEES
    | {
        Permission.EDIT_EVIDENCE,
        Permission.VERIFY_EVIDENCE,
        Permission.EDIT_LIBRARY,
        Permission.APPROVE_LIBRARY,
        Permission.EDIT_ANSWERS,
    },
    Role.EXPERT: _READS | {Permission.EDIT_ANSWERS},
    Role.APPROVER: _WORKS
    | {Permission.APPROVE_ANSWERS, Permission.APPROVE_LIBRARY, Permission.VERIFY_EVIDENCE}
    | {Permission.PUBLISH_MAPPING},
    Role.MAPPING_ADMINISTRATOR: frozenset(
        {Permission.READ_QUESTIONNAIRES, Permission.TEACH_MAPPING, Permission.PUBLISH_MAPPING}
    ),
    Role.EXECUTIVE: _OVERSEES,
    Role.ADMINISTRATOR: _OVERSEES | {Permission.MANAGE_PEOPLE},
    # These two are roles of a buyer.
    Role.PROCUREMENT: frozenset(),
    Role.EVALUATOR: frozenset(),
}
# The buyer's people see vendors through tenders, never a vendor's own pages.
BUYER_GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.PROCUREMENT: frozenset(
        {
            Permission.READ_TENDERS,
            Permission.EDIT_TENDERS,
            Permission.SCORE_TENDERS,
            Permission.READ_JUDGEMENTS,
            Permission.READ_AUDIT,
        }
    ),
    Role.EVALUATOR: frozenset({Permission.READ_TENDERS, Permission.SCORE_TENDERS}),
    Role.EXECUTIVE: frozenset(
        {Permission.READ_TENDERS, Permission.READ_JUDGEMENTS, Permission.SIGN_RISK, Permission.READ_AUDIT}
    ),
    Role.ADMINISTRATOR: frozenset({Permission.READ_TENDERS, Permission.READ_AUDIT, Permission.MANAGE_PEOPLE}),
}


def granted_to(role: Role, kind: OrganisationKind) -> frozenset[Permission]:
    """Return what a role may do in an organisation of a kind; a role that such organisations do not have, nothing."""
    grants = BUYER_GRANTS if kind == OrganisationKind.BUYER else GRANTS
    return grants.get(role, frozenset())


def roles_that_may(permission: Permission) -> tuple[Role, ...]:
    """Return the roles of a vendor that grant a permission."""
    return tuple(role for role, granted in GRANTS.items() if permission in granted)


# The roles that an administrator gives in an organisation of each kind.
ROLES: Mapping[OrganisationKind, tuple[Role, ...]] = {
    OrganisationKind.VENDOR: (
        Role.SALES_ENGINEER,
        Role.EVIDENCE_OWNER,
        Role.EXPERT,
        Role.APPROVER,
        Role.MAPPING_ADMINISTRATOR,
        Role.EXECUTIVE,
        Role.ADMINISTRATOR,
    ),
    OrganisationKind.BUYER: (Role.PROCUREMENT, Role.EVALUATOR, Role.EXECUTIVE, Role.ADMINISTRATOR),
    OrganisationKind.PROVIDER: (Role.MAPPING_ADMINISTRATOR, Role.ADMINISTRATOR),
}
ROLE_MEANINGS: Mapping[Role, str] = {
    Role.SALES_ENGINEER: "Takes questionnaires in, has them answered, edits and exports.",
    Role.EVIDENCE_OWNER: "Keeps the evidence and the answer library true.",
    Role.EXPERT: "Answers the questions they are asked for.",
    Role.APPROVER: "Releases answers; all that a sales engineer does, too.",
    Role.MAPPING_ADMINISTRATOR: "Teaches which question asks for what.",
    Role.PROCUREMENT: "Runs tenders and compares vendors.",
    Role.EVALUATOR: "Scores vendors.",
    Role.EXECUTIVE: "Reads everything; at a buyer, signs for accepted risk.",
    Role.ADMINISTRATOR: "Invites people, gives roles, sets the rules of the organisation.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A person acting for one organisation, and the organisations that they could act for."""

    user: User
    organisation: Organisation
    roles: frozenset[Role]
    organisations: tuple[Organisation, ...]

    def may(self, permission: Permission) -> bool:
        kind = OrganisationKind(self.organisation.kind)
        return any(permission in granted_to(role, kind) for role in self.roles)

    @property
    def may_read_questionnaires(self) -> bool:
        return self.may(Permission.READ_QUESTIONNAIRES)

    @property
    def may_edit_questionnaires(self) -> bool:
        return self.may(Permission.EDIT_QUESTIONNAIRES)

    @property
    def may_edit_answers(self) -> bool:
        return self.may(Permission.EDIT_ANSWERS)

    @property
    def may_approve(self) -> bool:
        return self.may(Permission.APPROVE_ANSWERS)

    @property
    def may_export(self) -> bool:
        return self.may(Permission.EXPORT)

    @property
    def may_read_evidence(self) -> bool:
        return self.may(Permission.READ_EVIDENCE)

    @property
    def may_edit_evidence(self) -> bool:
        return self.may(Permission.EDIT_EVIDENCE)

    @property
    def may_verify_evidence(self) -> bool:
        return self.may(Permission.VERIFY_EVIDENCE)

    @property
    def may_edit_library(self) -> bool:
        return self.may(Permission.EDIT_LIBRARY)

    @property
    def may_approve_library(self) -> bool:
        return self.may(Permission.APPROVE_LIBRARY)

    @property
    def may_teach_mapping(self) -> bool:
        return self.may(Permission.TEACH_MAPPING)

    @property
    def may_publish_mapping(self) -> bool:
        return self.may(Permission.PUBLISH_MAPPING)

    @property
    def may_read_audit(self) -> bool:
        return self.may(Permission.READ_AUDIT)

    @property
    def may_manage_people(self) -> bool:
        return self.may(Permission.MANAGE_PEOPLE)

    @property
    def may_read_tenders(self) -> bool:
        return self.may(Permission.READ_TENDERS)

    @property
    def may_edit_tenders(self) -> bool:
        return self.may(Permission.EDIT_TENDERS)

    @property
    def may_score_tenders(self) -> bool:
        return self.may(Permission.SCORE_TENDERS)

    @property
    def may_read_judgements(self) -> bool:
        return self.may(Permission.READ_JUDGEMENTS)

    @property
    def may_sign_risk(self) -> bool:
        return self.may(Permission.SIGN_RISK)

    @property
    def role_names(self) -> str:
        return ", ".join(sorted(role.label for role in self.roles))


def roles_offered(organisation: Organisation, *, also: Collection[Role] = ()) -> list[Role]:
    """Return the roles to choose from in an organisation, and those held from before."""
    return [role for role in Role if role in ROLES[OrganisationKind(organisation.kind)] or role in also]


def acting_for(user: User, *, chosen: int | None) -> Acting | None:
    """Return the person in the organisation they chose, else in their first; None for a person without any.

    One that is only kept for a vendor comes after the organisations that people work for.
    """
    held = list(
        Membership.objects.filter(user=user, ended_at=None)
        .select_related("organisation")
        .order_by("organisation__name", "organisation_id")
    )
    if not held:
        return None
    organisations = {row.organisation_id: row.organisation for row in held}
    first = min(organisations.values(), key=lambda row: row.kept_by_id is not None)
    organisation = organisations.get(chosen or 0) or first
    return Acting(
        user=user,
        organisation=organisation,
        roles=frozenset(Role(row.role) for row in held if row.organisation_id == organisation.pk),
        organisations=tuple(organisations.values()),
    )
