"""Looking through frameworks: the list, one framework, one item with what asks for it, proves it and maps to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, OrganisationKind, User
from evidence.models import Control, Crosswalk, Framework
from tests.conftest import NOW
from tests.pages.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.fixture
def client(ada: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ada)


def page(client: Client, url: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    assert response.status_code == 200
    assert len(asked) <= 15, [query["sql"][:160] for query in asked]
    return response.content.decode()


def test_the_list_holds_the_checklist_first_and_what_is_superseded_last(client: Client) -> None:
    shown = page(client, reverse("frameworks"))
    assert shown.index("AI assurance checklist") < shown.index("AICPA Trust Services") < shown.index("SR 11-7")
    assert shown.count("Superseded") == 2


def test_a_search_goes_over_all_frameworks(client: Client) -> None:
    shown = page(client, f"{reverse('frameworks')}?text=prompt+injection")
    assert "AT-1" in shown
    assert "LLM01:2026" in shown
    assert "Nothing found" in page(client, f"{reverse('frameworks')}?text=quantum+toaster")
    assert "at most 200" in page(client, f"{reverse('frameworks')}?text={'x' * 201}")


def test_a_framework_shows_its_items_under_headings(client: Client) -> None:
    rmf = Framework.objects.get(slug="nist-ai-rmf-1.0")
    shown = page(client, reverse("framework", args=[rmf.pk]))
    assert shown.count('<section class="group"') == 4
    assert "public domain" in shown
    narrowed = page(client, f"{reverse('framework', args=[rmf.pk])}?text=third-party")
    assert "GOVERN 6.1" in narrowed
    assert "GOVERN 1.1<" not in narrowed


def test_a_superseded_edition_leads_to_the_next(client: Client) -> None:
    old = Control.objects.get(ref="LLM06:2025")
    new = Control.objects.get(ref="LLM03:2026")
    assert reverse("framework_item", args=[new.pk]) in page(client, reverse("framework_item", args=[old.pk]))
    assert reverse("framework_item", args=[old.pk]) in page(client, reverse("framework_item", args=[new.pk]))


def test_a_requirement_says_what_asks_what_proves_and_by_which_rules(client: Client, world: World) -> None:
    shown = page(client, reverse("requirement", args=["LR-1"]))
    assert "6 questions of your questionnaires are mapped to it" in shown
    assert f"{reverse('desk', args=[world.questionnaire.pk])}?question={world.question(1).pk}" in shown
    assert "AI management certificate" in shown.partition("What proves it")[2]
    assert "What the vendor writes never counts" in shown
    assert "certificate number" in shown
    assert "LR-1: asked by 6 questions, proved by 1 documents, mapped to" in shown
    assert 'class="graph"' in shown


def test_a_control_says_which_questions_touch_it(client: Client, world: World) -> None:
    control = Control.objects.get(framework__slug="iso-42001-2023", ref="4.3")
    shown = page(client, reverse("framework_item", args=[control.pk]))
    assert "6 questions" in shown
    assert reverse("requirement", args=["LR-2"]) in shown
    near = Control.objects.get(framework__slug="iso-42001-2023", ref="4")
    assert "No question of your questionnaires" in page(client, reverse("framework_item", args=[near.pk]))


@pytest.mark.usefixtures("world", "other_world")
def test_questions_and_documents_of_another_organisation_are_not_counted(client: Client) -> None:
    shown = page(client, reverse("requirement", args=["LR-1"]))
    assert "6 questions" in shown
    assert "Secret Buyer" not in shown
    assert "Certificate of another" not in shown


def test_a_mapping_administrator_sees_no_evidence(
    world: World, max_of_vera: User, sign_in: Callable[[User], Client]
) -> None:
    shown = page(sign_in(max_of_vera), reverse("requirement", args=["LR-1"]))
    assert "What proves it" not in shown
    assert "AI management certificate" not in shown
    assert "Which proof counts" in shown


def test_what_a_provider_brings_in_is_seen_by_all_and_what_a_vendor_does_by_itself(
    client: Client, vendor: Organisation, other_vendor: Organisation
) -> None:
    provider = Organisation.objects.create(name="Keeper", slug="keeper", kind=OrganisationKind.PROVIDER, created_at=NOW)
    own, shared, others = (
        Framework.objects.create(
            owner=owner, slug=f"set-of-{owner.slug}", name=f"Set {owner}", edition="1", status="current"
        )
        for owner in (vendor, provider, other_vendor)
    )
    items = [Control.objects.create(framework=row, ref="Z-1", title="Zebra crossing") for row in (own, shared, others)]
    for item in items:
        Crosswalk.objects.create(
            owner=item.framework.owner, source=Control.objects.get(ref="AT-4"), target=item, relation="intersects-with"
        )
    shown = page(client, reverse("frameworks"))
    assert "Your organisation" in shown
    assert "Shared by Keeper" in shown
    assert "Set Olga Other" not in shown
    found = page(client, f"{reverse('frameworks')}?text=zebra")
    assert "2 items" in found
    mapped = page(client, reverse("requirement", args=["AT-4"]))
    assert [reverse("framework_item", args=[item.pk]) in mapped for item in items] == [True, True, False]
    for url in (reverse("framework", args=[others.pk]), reverse("framework_item", args=[items[2].pk])):
        assert client.get(url).status_code == 404
