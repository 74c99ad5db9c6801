"""Invitations and memberships: each step once, none for somebody else, and never without an administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.actions import invitations, members
from accounts.actions.invitations import LASTS, accept, invite, resend, revoke
from accounts.actions.people import add_member
from accounts.models import AuditEvent, Invitation, Membership, Organisation, Role, User
from accounts.queries import has_role, invitation_by_token, token_hash
from tests.conftest import NOW


@pytest.fixture
def admin(vendor: Organisation) -> User:
    user = User.objects.create_user("max@vendor.example", full_name="Max Manager")
    add_member(organisation=vendor, user=user, role=Role.ADMINISTRATOR, by=None, at=NOW)
    return user


@pytest.fixture
def issued(vendor: Organisation, admin: User) -> invitations.Issued:
    return invite(organisation=vendor, email="Zoe@New.example", roles=[Role.EXPERT], by=admin, at=NOW)


def test_only_the_hash_of_the_token_is_stored(issued: invitations.Issued) -> None:
    assert len(issued.token) >= 43  # 256 bits in base 64
    stored = Invitation.objects.values().get()
    assert issued.token not in str(stored)
    assert stored["token_hash"] == token_hash(issued.token)
    assert issued.token not in str(list(AuditEvent.objects.values()))
    found = invitation_by_token(issued.token, at=NOW)
    assert found is not None
    assert found.email == "zoe@new.example"


def test_used_taken_back_late_replaced_and_unknown_are_all_not_there(
    vendor: Organisation, admin: User, vera: User, issued: invitations.Issued
) -> None:
    assert invitation_by_token(issued.token, at=NOW + LASTS) is None
    assert invitation_by_token("x" * 43, at=NOW) is None
    again = resend(invitation=issued.invitation, by=admin, at=NOW)
    assert invitation_by_token(issued.token, at=NOW) is None
    assert invitation_by_token(again.token, at=NOW)
    revoke(invitation=again.invitation, by=admin, at=NOW)
    assert invitation_by_token(again.token, at=NOW) is None
    with pytest.raises(invitations.InvitationClosed):
        resend(invitation=again.invitation, by=admin, at=NOW)


def test_an_invitation_is_accepted_once_by_whom_it_is_for(
    vendor: Organisation, vera: User, issued: invitations.Issued
) -> None:
    zoe = User.objects.create_user("zoe@new.example", full_name="Zoe New")
    with pytest.raises(invitations.AnotherPerson):
        accept(invitation=issued.invitation, user=vera, at=NOW)
    assert not has_role(vera, vendor, Role.EXPERT)
    accept(invitation=issued.invitation, user=zoe, at=NOW)
    assert has_role(zoe, vendor, Role.EXPERT)
    with pytest.raises(invitations.InvitationClosed):
        accept(invitation=issued.invitation, user=zoe, at=NOW)
    with pytest.raises(invitations.InvitationClosed):
        revoke(invitation=issued.invitation, by=zoe, at=NOW)
    assert AuditEvent.objects.filter(event="invitation.accepted").count() == 1


def test_a_late_invitation_lets_nobody_in(vendor: Organisation, issued: invitations.Issued) -> None:
    zoe = User.objects.create_user("zoe@new.example")
    with pytest.raises(invitations.InvitationClosed):
        accept(invitation=issued.invitation, user=zoe, at=NOW + LASTS + timedelta(seconds=1))
    assert not Membership.objects.filter(user=zoe).exists()


@pytest.mark.parametrize(
    "email,roles,problem",
    [
        ("zoe@new.example", [Role.EXPERT], invitations.AlreadyInvited),
        ("ZOE@new.example", [Role.APPROVER], invitations.AlreadyInvited),
        ("max@vendor.example", [Role.EXPERT], invitations.AlreadyMember),
        ("yan@new.example", [], invitations.RoleDoesNotFit),
        ("yan@new.example", [Role.PROCUREMENT], invitations.RoleDoesNotFit),
    ],
)
def test_what_cannot_be_sent(
    vendor: Organisation,
    admin: User,
    issued: invitations.Issued,
    email: str,
    roles: list[Role],
    problem: type[Exception],
) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(problem):
        invite(organisation=vendor, email=email, roles=roles, by=admin, at=NOW)
    assert (Invitation.objects.count(), AuditEvent.objects.count()) == (1, before)


def test_roles_are_given_and_taken_and_each_is_recorded(vendor: Organisation, admin: User, vera: User) -> None:
    members.set_roles(organisation=vendor, user=vera, roles=[Role.APPROVER, Role.EXPERT], by=admin, at=NOW)
    held = set(Membership.objects.filter(user=vera, ended_at=None).values_list("role", flat=True))
    assert held == {Role.APPROVER, Role.EXPERT}
    ended = AuditEvent.objects.get(event="membership.ended")
    assert (ended.actor_id, ended.details) == (admin.pk, {"user": vera.email, "role": "sales_engineer"})
    before = AuditEvent.objects.count()
    members.set_roles(organisation=vendor, user=vera, roles=[Role.EXPERT, Role.APPROVER], by=admin, at=NOW)
    assert AuditEvent.objects.count() == before


def test_an_organisation_keeps_an_administrator(vendor: Organisation, admin: User, vera: User) -> None:
    with pytest.raises(members.LastAdministrator):
        members.end_membership(organisation=vendor, user=admin, by=admin, at=NOW)
    with pytest.raises(members.LastAdministrator):
        members.set_roles(organisation=vendor, user=admin, roles=[Role.EXPERT], by=admin, at=NOW)
    assert has_role(admin, vendor, Role.ADMINISTRATOR)
    members.set_roles(organisation=vendor, user=vera, roles=[Role.ADMINISTRATOR], by=admin, at=NOW)
    members.end_membership(organisation=vendor, user=admin, by=vera, at=NOW)
    assert not has_role(admin, vendor, Role.ADMINISTRATOR)
    with pytest.raises(members.NotAMember):
        members.end_membership(organisation=vendor, user=admin, by=vera, at=NOW)


def test_a_closed_account_is_no_administrator(vendor: Organisation, admin: User, vera: User) -> None:
    add_member(organisation=vendor, user=vera, role=Role.ADMINISTRATOR, by=None, at=NOW)
    User.objects.filter(pk=vera.pk).update(is_active=False)
    with pytest.raises(members.LastAdministrator):
        members.end_membership(organisation=vendor, user=admin, by=admin, at=NOW)
