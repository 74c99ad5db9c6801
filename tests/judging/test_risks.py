"""Accepting a risk in the open: who asks, who signs with what, and when it ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, Notification
from rfp.actions.risks import asking, decision
from rfp.actions.risks.record import CannotBeAccepted, DecidedAlready, MayNotSign, SayWhy
from rfp.models import RiskAcceptance, RiskChanged, RiskDecision
from rfp.queries.judging.risk_pages import resting_uncovered
from rfp.queries.judging.risks import RiskState, register, standing_of, with_children
from tests.conftest import NOW, TODAY
from tests.judging.world import World, asked, entry

TITLE = "Chief Risk Officer"


def sign(world: World, risk: RiskAcceptance, *, title: str = TITLE, second_step: str = "app") -> RiskAcceptance:
    decision.sign(risk=risk, title=title, second_step=second_step, on=TODAY, by=world.rex, at=NOW)
    return RiskAcceptance.objects.get(pk=risk.pk)


def test_it_is_asked_for_once_numbered_and_told_to_the_executives(world: World) -> None:
    risk = asked(world, "RA-1", "AT-5")
    assert (risk.reference, risk.requirements, risk.vendor) == ("RISK-1", ["RA-1", "AT-5"], "Alba")
    assert asked(world, "AT-5", "RA-1") == risk
    assert asked(world, "LR-1").number == 2
    told = Notification.objects.filter(user=world.rex)
    assert "Bea Bank asks to accept a risk of Alba: RA-1, AT-5" in told.last().text  # type: ignore[union-attr]  # told just now
    assert AuditEvent.objects.filter(event="risk.requested").count() == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": " "}, "no reason"),
        ({"residual_risk": ""}, "no residual risk"),
        ({"compensating_controls": ""}, "no compensating controls"),
        ({"days": 366}, "longer than 365 days"),
        ({"days": -1}, "The review has to lie between"),
        ({"reason": "It is used for social scoring of claimants."}, "Article 5"),
        ({"residual_risk": "Subliminal techniques may be used."}, "Article 5"),
        ({"review_on": TODAY + timedelta(days=300)}, "The review has to lie between"),
    ],
)
def test_what_nobody_could_sign_is_not_asked_for(world: World, changed: dict[str, object], says: str) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(CannotBeAccepted, match=says):
        asked(world, "AT-5", **changed)
    assert not RiskAcceptance.objects.exists()
    assert AuditEvent.objects.count() == before


def test_a_requirement_that_the_catalogue_lacks_is_refused(world: World) -> None:
    with pytest.raises(CannotBeAccepted, match="ZZ-9"):
        asked(world, "ZZ-9")


def test_an_executive_signs_and_it_lapses_by_itself(world: World) -> None:
    risk = sign(world, asked(world))
    assert standing_of(risk, on=TODAY).state is RiskState.IN_FORCE
    last = risk.expires_on
    assert standing_of(risk, on=last - timedelta(days=30)).state is RiskState.LAPSES_SOON
    assert standing_of(risk, on=last - timedelta(days=31)).state is RiskState.IN_FORCE
    assert standing_of(risk, on=last).state is RiskState.LAPSES_SOON
    assert standing_of(risk, on=last + timedelta(days=1)).state is RiskState.LAPSED
    event = AuditEvent.objects.get(event="risk.decided")
    assert event.details["digest"] == risk.digest
    assert (event.details["title"], event.details["second_step"]) == (TITLE, "app")


@pytest.mark.parametrize("title", ["Assistant to the CEO", "Head of Claims", "Clerk", " "])
def test_only_an_executive_title_signs(world: World, title: str) -> None:
    risk = asked(world)
    with pytest.raises(CannotBeAccepted, match="executive"):
        sign(world, risk, title=title)
    risk.refresh_from_db()
    assert risk.decision == RiskDecision.OPEN


def test_who_asked_does_not_sign_whatever_their_roles(world: World) -> None:
    risk = asking.ask(participant=world.proven, entry=entry("AT-5"), on=TODAY, by=world.rex, at=NOW)
    with pytest.raises(MayNotSign, match="Somebody else has to sign"):
        sign(world, risk)
    with pytest.raises(MayNotSign, match="Only an executive"):
        decision.sign(risk=risk, title=TITLE, second_step="app", on=TODAY, by=world.bea, at=NOW)
    with pytest.raises(MayNotSign, match="second step"):
        sign(world, asked(world), second_step="")
    assert not RiskAcceptance.objects.exclude(decision=RiskDecision.OPEN).exists()
    assert not AuditEvent.objects.filter(event="risk.decided").exists()


def test_it_is_decided_once(world: World) -> None:
    risk = asked(world)
    decision.decline(risk=risk, reason="Too much.", on=TODAY, by=world.rex, at=NOW)
    for act in (
        lambda: sign(world, risk),
        lambda: decision.decline(risk=risk, reason="Again.", on=TODAY, by=world.rex, at=NOW),
        lambda: asking.withdraw(risk=risk, reason="Never mind.", on=TODAY, by=world.bea, at=NOW),
        lambda: decision.revoke(risk=risk, reason="It is over.", on=TODAY, by=world.rex, at=NOW),
    ):
        with pytest.raises(DecidedAlready):
            act()
    risk.refresh_from_db()
    assert (risk.decision, risk.decided_because) == (RiskDecision.DECLINED, "Too much.")
    assert AuditEvent.objects.filter(event="risk.decided").count() == 1


def test_a_decision_against_needs_its_reason(world: World) -> None:
    risk = asked(world)
    with pytest.raises(SayWhy):
        decision.decline(risk=risk, reason=" ", on=TODAY, by=world.rex, at=NOW)
    with pytest.raises(SayWhy):
        asking.withdraw(risk=risk, reason="", on=TODAY, by=world.bea, at=NOW)
    signed = sign(world, risk)
    with pytest.raises(SayWhy):
        decision.revoke(risk=signed, reason="", on=TODAY, by=world.rex, at=NOW)
    assert standing_of(signed, on=TODAY).counts


def test_revoked_it_counts_no_more_from_that_day_on(world: World) -> None:
    risk = sign(world, asked(world))
    decision.revoke(risk=risk, reason="The vendor was breached.", on=TODAY, by=world.rex, at=NOW)
    risk = RiskAcceptance.objects.get(pk=risk.pk)
    assert standing_of(risk, on=TODAY).state is RiskState.REVOKED
    with pytest.raises(DecidedAlready):
        decision.revoke(risk=risk, reason="Once more.", on=TODAY, by=world.rex, at=NOW)
    assert AuditEvent.objects.filter(event="risk.revoked").count() == 1


def test_what_was_asked_for_never_changes_and_a_renewal_is_a_new_record(world: World) -> None:
    risk = sign(world, asked(world))
    risk.reason = "Another one."
    with pytest.raises(RiskChanged):
        risk.save()
    renewal = asked(world, renews=risk, days=300)
    assert renewal.decision == RiskDecision.OPEN
    assert standing_of(RiskAcceptance.objects.get(pk=risk.pk), on=TODAY).renewed_by == renewal
    assert not standing_of(renewal, on=TODAY).counts


def test_a_parent_does_not_cover_its_children_until_they_are_ticked(world: World) -> None:
    assert [name for name, _ in resting_uncovered(asked(world, "AT-5"))] == ["AT-7", "AT-8"]
    assert with_children(["AT-5"]) == ["AT-5", "AT-7", "AT-8"]
    assert resting_uncovered(asked(world, *with_children(["AT-5"]))) == []


def test_the_register_begins_with_what_wants_a_hand(world: World) -> None:
    far, soon, waits = asked(world, "LR-1"), asked(world, "LR-3", days=20), asked(world, "LR-5")
    sign(world, far)
    sign(world, soon)
    states = [(one.risk.pk, one.state) for one in register(world.buyer, on=TODAY)]
    assert states == [(soon.pk, RiskState.LAPSES_SOON), (waits.pk, RiskState.WAITS), (far.pk, RiskState.IN_FORCE)]
