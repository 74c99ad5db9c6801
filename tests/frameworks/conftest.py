"""What the tests of frameworks stand on: the shipped catalogue, loaded once for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from accounts.actions.people import add_member, vouch_for
from accounts.models import Organisation, Role, User
from evidence.actions.catalogue import load_catalogue
from evidence.models import CatalogueRelease, Control, Crosswalk, Framework
from tests.conftest import NOW
from tests.pages.conftest import (  # noqa: F401  # the small world of the pages
    fresh_cache,
    other_world,
    sign_in,
    world,
)


@pytest.fixture(scope="package")
def catalogue_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        load_catalogue(at=NOW)
        yield
        Crosswalk.objects.all().delete()
        Control.objects.all().delete()
        Framework.objects.all().delete()
        CatalogueRelease.objects.all().delete()


@pytest.fixture
def shipped(catalogue_once: None, db: None) -> None:
    """The shipped frameworks and crosswalk."""


@pytest.fixture
def max_of_vera(vendor: Organisation) -> User:
    """The vendor's mapping administrator."""
    user = User.objects.create_user("max@vendor.example", full_name="Max Mapper")
    vouch_for(user)
    add_member(organisation=vendor, user=user, role=Role.MAPPING_ADMINISTRATOR, by=None, at=NOW)
    return user
