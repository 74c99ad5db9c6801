"""The register of AI systems: read by all who read evidence, changed by those who keep it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.actions.people import add_member
from accounts.models import AuditEvent, Organisation, Role, User
from evidence.actions.systems import SystemEntry, register_system
from evidence.models import AISystem, MaterialChange
from tests.conftest import NOW


@pytest.fixture
def client(vendor: Organisation, vera: User, sign_in: Callable[[User], Client]) -> Client:
    add_member(organisation=vendor, user=vera, role=Role.EVIDENCE_OWNER, by=None, at=NOW)
    return sign_in(vera)


@pytest.fixture
def helper(vendor: Organisation, vera: User) -> AISystem:
    return register_system(organisation=vendor, entry=SystemEntry(name="Helper"), by=vera, at=NOW)


def send(client: Client, system: AISystem, **changed: Any) -> HttpResponse:
    form = client.get(reverse("system", args=[system.pk])).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    sent = {name: value for name, value in {**data, **changed}.items() if value not in (False, "", None)}
    return client.post(reverse("system", args=[system.pk]), sent)  # type: ignore[return-value]  # the test client's own type


def test_a_system_is_added(client: Client, vendor: Organisation) -> None:
    response = client.post(
        reverse("system_add"),
        {"name": "Ranker", "aliases": "Sorter\n\n R2 ", "uses_tools": "on", "in_production_since": "2025-03-10"},
    )
    assert response.status_code == 302
    system = AISystem.objects.get()
    assert (system.organisation, system.name, system.aliases) == (vendor, "Ranker", ["Sorter", "R2"])
    assert (system.uses_tools, system.takes_prompts) == (True, False)
    page = client.get(reverse("systems")).content.decode()
    assert "also Sorter, R2" in page
    assert AuditEvent.objects.filter(event="system.registered").count() == 1


def test_a_system_is_renamed_with_a_material_change(client: Client, helper: AISystem) -> None:
    assert send(client, helper, name="Aide", changed_on="2026-11-01", change="New base model").status_code == 302
    helper.refresh_from_db()
    assert helper.name == "Aide"
    change = MaterialChange.objects.get()
    assert (change.system, change.happened_on, change.description) == (helper, date(2026, 11, 1), "New base model")
    event = AuditEvent.objects.get(event="system.updated")
    assert event.details == {"name": "Aide", "changed": "name", "material_changes": 1}
    client.post(reverse("system_change_drop", args=[change.pk]))
    assert not MaterialChange.objects.exists()
    assert AuditEvent.objects.filter(event="system.change_dropped").count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"name": ""}, {"name": "ranker"}, {"changed_on": "2026-11-01"}, {"change": "x"}, {"retired_on": "soon"}],
)
def test_what_cannot_be_saved_is_refused(
    client: Client, vendor: Organisation, vera: User, helper: AISystem, changed: dict[str, str]
) -> None:
    register_system(organisation=vendor, entry=SystemEntry(name="Ranker"), by=vera, at=NOW)
    response = send(client, helper, **changed)
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()
    helper.refresh_from_db()
    assert helper.name == "Helper"
    assert not MaterialChange.objects.exists()


def test_a_name_is_given_once(client: Client, helper: AISystem) -> None:
    response = client.post(reverse("system_add"), {"name": "HELPER"})
    assert "Another AI system goes by HELPER" in response.content.decode()
    assert AISystem.objects.count() == 1


def test_two_people_never_overwrite_each_other(client: Client, helper: AISystem) -> None:
    seen = client.get(reverse("system", args=[helper.pk])).context["form"]["seen"].value()
    send(client, helper, kind="Hers")
    response = send(client, helper, kind="Mine", seen=seen)
    assert "Somebody else changed this AI system" in client.get(response["Location"]).content.decode()
    helper.refresh_from_db()
    assert helper.kind == "Hers"


def test_a_retired_system_is_judged_no_more(client: Client, helper: AISystem) -> None:
    send(client, helper, retired_on="2026-11-01")
    assert "Retired" in client.get(reverse("systems")).content.decode()
    helper.refresh_from_db()
    assert helper.retired_on == date(2026, 11, 1)


def test_who_only_reads_changes_nothing(helper: AISystem, ada: User, sign_in: Callable[[User], Client]) -> None:
    hers = sign_in(ada)
    page = hers.get(reverse("system", args=[helper.pk])).content.decode()
    assert 'name="aliases"' not in page
    assert hers.post(reverse("system", args=[helper.pk]), {"name": "Stolen"}).status_code == 403
    helper.refresh_from_db()
    assert helper.name == "Helper"


def test_without_systems_the_page_offers_the_first_step(client: Client) -> None:
    assert "Add the first one" in client.get(reverse("systems")).content.decode()
