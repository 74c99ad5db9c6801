"""The small world of the pages, with a list of options in place of the plain answer cells."""

from __future__ import annotations

import pytest

from accounts.actions.people import add_member
from accounts.models import Organisation, Role, User
from rfp.models import AnswerSlot
from tests.conftest import NOW
from tests.pages.conftest import (  # noqa: F401  # the small world of the pages
    World,
    eve,
    fresh_cache,
    mara,
    other_world,
    sign_in,
    world,
)

OPTIONS = [["Please select", "Please select"], ["Yes", "Yes"], ["Partially", "Partially"], ["No", "No"], ["N/A", "N/A"]]


@pytest.fixture
def listed(world: World) -> World:  # noqa: F811  # the fixture of that name
    slots = AnswerSlot.objects.filter(question__questionnaire=world.questionnaire, role="answer")
    assert slots.update(kind="choice", options=OPTIONS) == 6
    return world


@pytest.fixture
def abe(vendor: Organisation) -> User:
    """Another approver of the vendor."""
    user = User.objects.create_user("abe@vendor.example", full_name="Abe Second")
    add_member(organisation=vendor, user=user, role=Role.APPROVER, by=None, at=NOW)
    return user
