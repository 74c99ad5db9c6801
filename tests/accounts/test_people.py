"""Organisations and memberships: each once, and each in the audit trail."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.actions.people import add_member
from accounts.models import AuditEvent, Membership, Organisation, OrganisationKind, Role, User
from accounts.queries import OrganisationUnknown, has_role, organisation_named
from tests.conftest import NOW


def test_a_role_given_twice_is_held_once(vendor: Organisation, vera: User) -> None:
    before = AuditEvent.objects.count()
    add_member(organisation=vendor, user=vera, role=Role.SALES_ENGINEER, by=None, at=NOW)
    assert Membership.objects.filter(user=vera).count() == 1
    assert AuditEvent.objects.count() == before


def test_a_role_counts_only_in_its_organisation(vendor: Organisation, ada: User, other_vendor: Organisation) -> None:
    assert has_role(ada, vendor, Role.APPROVER)
    assert not has_role(ada, other_vendor, Role.APPROVER)
    assert not has_role(ada, vendor, Role.EXECUTIVE)


def test_an_ended_membership_gives_nothing(vendor: Organisation, ada: User) -> None:
    Membership.objects.filter(user=ada).update(ended_at=NOW)
    assert not has_role(ada, vendor, Role.APPROVER)


def test_an_inactive_person_may_nothing(vendor: Organisation, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    ada.refresh_from_db()
    assert not has_role(ada, vendor, Role.APPROVER)


@pytest.mark.parametrize("name", ["Vera Vendor", "vera vendor", "vera-vendor"])
def test_an_organisation_is_found_by_name_or_slug(vendor: Organisation, name: str) -> None:
    assert organisation_named(name, kind=OrganisationKind.VENDOR) == vendor


def test_an_unknown_organisation_lists_the_known(vendor: Organisation) -> None:
    with pytest.raises(OrganisationUnknown, match="Known: Vera Vendor"):
        organisation_named("Nobody", kind=OrganisationKind.VENDOR)
    with pytest.raises(OrganisationUnknown):
        organisation_named("Vera Vendor", kind=OrganisationKind.BUYER)


def test_an_address_is_one_person_in_any_case(vera: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="VERA@vendor.example")
