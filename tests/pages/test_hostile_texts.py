"""Texts that buyers and vendors bring in stay texts on every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.actions.people import add_member, create_organisation
from accounts.models import OrganisationKind, Role, User
from rfp.models import Question, Response
from tests.conftest import NOW
from tests.pages.conftest import HOSTILE, World, build, workbook

# Every field of every filter.
FIELDS = (
    *("text", "state", "verdict", "due", "order", "cites", "page"),
    *("band", "sheet", "code", "category", "kind", "lapses", "on"),
    *("event", "person", "since", "until"),
)
NAMES = ("inbox", "questionnaire", "evidence", "evidence_item", "audit")


@pytest.fixture
def hostile(store: Path, db: None) -> tuple[World, User]:
    """A world in which every free text is an attack."""
    organisation = create_organisation(name=HOSTILE, slug="hostile", kind=OrganisationKind.VENDOR, at=NOW)
    user = User.objects.create_user("mallory@vendor.example", full_name=HOSTILE)
    add_member(organisation=organisation, user=user, role=Role.APPROVER, by=user, at=NOW)
    world = build(
        organisation,
        by=user,
        title=HOSTILE,
        file_name=f"{HOSTILE}.xlsx",
        buyer=HOSTILE,
        words=HOSTILE,
        content=workbook(3, text="Do you hold certificate {number}?"),
    )
    Question.objects.update(text=HOSTILE, section=HOSTILE, guidance=HOSTILE, number=HOSTILE, sheet=HOSTILE)
    Response.objects.update(shown=HOSTILE, documents=HOSTILE, failed_rules=[HOSTILE])
    return world, user


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_hostile_texts_as_they_are(
    name: str, hostile: tuple[World, User], sign_in: Callable[[User], Client]
) -> None:
    world, user = hostile
    ids = {"questionnaire": [world.questionnaire.pk], "evidence_item": [world.revision.evidence_id]}
    page = sign_in(user).get(reverse(name, args=ids.get(name, []))).content.decode()
    assert "<script>" not in page
    assert "<img src=x" not in page
    assert escape(HOSTILE) in page
    assert "{{ 7|add:7 }}" in page  # not run as a template either


@pytest.mark.parametrize("name", ["inbox", "questionnaire", "evidence", "audit"])
def test_what_is_searched_for_comes_back_as_text(
    name: str, hostile: tuple[World, User], sign_in: Callable[[User], Client]
) -> None:
    world, user = hostile
    arguments = [world.questionnaire.pk] if name == "questionnaire" else []
    everything = dict.fromkeys(FIELDS, HOSTILE)
    response = sign_in(user).get(reverse(name, args=arguments), everything)
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()
