"""Adding vendors on the page of a tender."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from rfp.models import Judgement
from tests.tenders.world import TenderWorld


def test_a_vendor_is_added_once_and_leads_to_what_is_asked_of_the_executive(
    world: TenderWorld, sign_in: Callable[[User], Client]
) -> None:
    client, address = sign_in(world.bea), reverse("tender_vendor_add", args=[world.tender.pk])
    for _ in range(2):
        client.post(address, {"name": "Dogwood"})
    client.post(address, {"name": " "})
    assert [row.name for row in world.tender.participants.order_by("pk")] == ["Alder", "Birch", "Cedar", "Dogwood"]
    page = client.get(reverse("tender", args=[world.tender.pk])).content.decode()
    assert "Dogwood takes part already." in page
    assert reverse("risk_ask", args=[world.participant(3).pk]) in page


def test_vendors_are_judged_by_command_and_a_vendor_without_proof_is_not_qualified(
    world: TenderWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("recheck_tenders")
    assert "Kestrel Mutual, Claims assistant: 3 judged, 3 changed" in capsys.readouterr().out
    made = Judgement.objects.filter(participant__tender=world.tender)
    assert set(made.values_list("verdict", flat=True)) == {"NOT_QUALIFIED"}
    call_command("recheck_tenders")
    assert made.count() == 3
