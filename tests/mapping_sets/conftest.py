"""A small set of a vendor, and a provider beside it."""

from __future__ import annotations

import pytest

from accounts.actions.people import add_member, create_organisation, vouch_for
from accounts.models import Organisation, OrganisationKind, Role, User
from evidence.retrieval.encoder import Encoder, shared_encoder
from rfp.actions.mapping_sets import drafts
from rfp.mapping.engine import Mapper
from rfp.mapping.rules import Effect, Rule
from rfp.mapping.types import TaughtDecision
from rfp.models import MappingVersion
from tests.conftest import NOW

COFFEE = Rule(
    name="coffee",
    any_of=("coffee machine*",),
    effect=Effect.FORCE,
    category="adversarial_testing",
    requirements=("AT-4",),
    reason="Coffee machines are attacked indirectly.",
)
TEA = TaughtDecision(text="How do you brew your tea?", category="bias_fairness", requirements=("BF-1",))


@pytest.fixture(scope="session")
def mapper() -> Mapper:
    return Mapper.load()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return shared_encoder()


@pytest.fixture
def max(vendor: Organisation) -> User:
    """The vendor's mapping administrator."""
    return _administrator("max@vendor.example", vendor)


@pytest.fixture
def provider(db: None) -> Organisation:
    return create_organisation(name="Paula Provider", slug="paula", kind=OrganisationKind.PROVIDER, at=NOW)


@pytest.fixture
def paula(provider: Organisation) -> User:
    """The provider's mapping administrator."""
    return _administrator("paula@provider.example", provider)


def _administrator(email: str, organisation: Organisation) -> User:
    user = User.objects.create_user(email, full_name=email.split("@")[0].capitalize())
    vouch_for(user)
    add_member(organisation=organisation, user=user, role=Role.MAPPING_ADMINISTRATOR, by=None, at=NOW)
    return user


@pytest.fixture
def draft(vendor: Organisation, max: User) -> MappingVersion:
    return drafts.open_draft(organisation=vendor, by=max, at=NOW)
