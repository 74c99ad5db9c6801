"""Rules are sealed at opening; a later change is a new version with its reason, and the old one stays."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction

from accounts.models import AuditEvent
from rfp.actions.tenders.acts import NotNow, NotReady, close_tender, open_scoring, open_tender
from rfp.actions.tenders.define import Definition, change
from rfp.actions.tenders.seal import ReasonNeeded, TenderChanged
from rfp.models import PriceFormula, SealedChanged, SealedVersion, Tender, TenderState
from rfp.queries.tenders.sealing import before_opening, holds, latest_sealed
from tests.conftest import NOW
from tests.tenders.world import DUE, TenderWorld

SAME = Definition(name="Claims assistant", reference="T-7", systems=["Helper"], due_at=DUE)


def events(name: str) -> int:
    return AuditEvent.objects.filter(event=name).count()


def test_opening_seals_the_rules_by_hash_with_who_and_when(world: TenderWorld) -> None:
    sealed = latest_sealed(world.tender)
    assert sealed is not None
    assert (sealed.number, sealed.sealed_by, sealed.sealed_at) == (1, world.bea, NOW)
    assert holds(sealed)
    assert [row["weight"] for row in sealed.payload["criteria"]] == ["60", "40"]
    event = AuditEvent.objects.filter(event="tender.sealed", target_id=str(world.tender.pk)).get()
    assert event.details["sha256"] == sealed.digest


def test_sealed_rules_never_change(world: TenderWorld) -> None:
    sealed = latest_sealed(world.tender)
    assert sealed is not None
    sealed.payload["criteria"][0]["weight"] = "99"
    assert not holds(sealed)
    for attempt in (sealed.save, sealed.delete, world.tender.sealed_versions.all().delete):
        with pytest.raises(SealedChanged):
            attempt()
    with pytest.raises(SealedChanged):
        SealedVersion.objects.filter(pk=sealed.pk).update(digest="0" * 64)


def test_a_change_after_opening_needs_a_reason_and_is_a_new_version(world: TenderWorld) -> None:
    tender = world.tender
    other = Definition(name="Claims assistant", reference="T-7", systems=["Helper"], due_at=DUE, impact=5)
    with pytest.raises(ReasonNeeded), transaction.atomic():
        change(tender=tender, definition=other, version=tender.version, by=world.bea, at=NOW)
    tender.refresh_from_db()
    assert (tender.impact, tender.sealed_versions.count()) == (3, 1)
    change(tender=tender, definition=other, version=tender.version, reason="It decides claims.", by=world.bea, at=NOW)
    assert [(row.number, row.reason) for row in tender.sealed_versions.all()] == [(1, ""), (2, "It decides claims.")]
    assert [row.payload["tender"]["impact"] for row in tender.sealed_versions.all()] == [3, 5]


def test_what_is_the_same_or_not_sealed_makes_no_version(world: TenderWorld) -> None:
    tender = world.tender
    assert change(tender=tender, definition=SAME, version=tender.version, by=world.bea, at=NOW) == ()
    later = Definition(name="Claims assistant", reference="T-8", systems=["Helper"], due_at=DUE)
    assert change(tender=tender, definition=later, version=tender.version, by=world.bea, at=NOW) == ("reference",)


def test_two_people_do_not_overwrite_each_other(world: TenderWorld) -> None:
    tender = world.draft
    seen = tender.version
    change(tender=tender, definition=Definition(name="One"), version=seen, by=world.bea, at=NOW)
    with pytest.raises(TenderChanged), transaction.atomic():
        change(tender=tender, definition=Definition(name="Two"), version=seen, by=world.bea, at=NOW)
    with pytest.raises(TenderChanged), transaction.atomic():
        open_tender(tender=tender, version=seen, by=world.bea, at=NOW)
    assert Tender.objects.get(pk=tender.pk).name == "One"


def test_no_switch_closes_a_tender_and_turns_scoring_on(world: TenderWorld) -> None:
    tender = world.tender
    with pytest.raises(NotNow), transaction.atomic():
        open_scoring(tender=tender, by=world.bea, at=NOW)
    tender.refresh_from_db()
    assert tender.scoring_opened_at is None
    assert close_tender(tender=tender, by=world.bea, at=NOW)
    assert (tender.state, tender.scoring_opened_at) == (TenderState.CLOSED, None)
    assert not close_tender(tender=tender, by=world.bea, at=NOW)
    assert events("tender.closed") == 1
    with pytest.raises(NotReady), transaction.atomic():  # nobody has handed anything in
        open_scoring(tender=tender, by=world.bea, at=NOW)
    tender.refresh_from_db()
    assert tender.state is TenderState.CLOSED


def test_a_due_time_that_is_over_closes_nothing(world: TenderWorld) -> None:
    assert world.tender.due_at is not None
    assert world.tender.state is TenderState.OPEN  # whatever the clock says


def test_weights_that_could_score_nothing_are_not_opened(world: TenderWorld) -> None:
    draft = world.draft
    assert before_opening(draft, at=NOW) == []
    draft.questions.filter(question__sheet="Service").update(weight=Decimal(0))
    assert any("none of its questions" in sentence for sentence in before_opening(draft, at=NOW))
    draft.criteria.update(weight=Decimal(0))
    assert any("Every criterion has the weight 0" in sentence for sentence in before_opening(draft, at=NOW))
    draft.price_formula = PriceFormula.LINEAR_ENVELOPE
    assert len([sentence for sentence in before_opening(draft, at=NOW) if "price" in sentence.casefold()]) == 2
    with pytest.raises(NotReady), transaction.atomic():
        open_tender(tender=draft, version=draft.version, by=world.bea, at=NOW)
    draft.refresh_from_db()
    assert (draft.opened_at, draft.sealed_versions.count()) == (None, 0)
