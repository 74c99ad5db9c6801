"""A vendor judged for a tender: by what the buyer may see, for what was asked about, and frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, Notification
from evidence.actions.systems import SystemEntry, register_system
from evidence.catalogs import mandate
from evidence.models import AISystem, Evidence
from rfp.actions.judging.award import CannotBeAwarded, NotAwarded, award, reopen
from rfp.actions.judging.judge import judge
from rfp.actions.judging.scope import (
    CannotBeWaived,
    NotOffered,
    approve_not_applicable,
    choose_system,
    end_not_applicable,
)
from rfp.actions.risks import decision
from rfp.models import (
    ApprovedNotApplicable,
    JudgedRequirement,
    Judgement,
    NeverChanges,
    Participant,
    RiskAcceptance,
    Tender,
)
from rfp.queries.judging.standing import offered, standing_of
from scoring.types import State
from tests.conftest import NOW, TODAY
from tests.judging.world import World, asked, certify


def state(judgement: Judgement, requirement: str) -> str:
    return JudgedRequirement.objects.get(judgement=judgement, requirement=requirement).state


def accept_all(world: World, participant: Participant, *, but: str = "") -> RiskAcceptance:
    """Sign for everything of the checklist that a vendor leaves open."""
    judgement = judge(participant=participant, by=world.bea, at=NOW)
    names = [name for name in judgement.open_requirements if name != but]
    risk = asked(world, *names, participant=participant, days=90)
    decision.sign(risk=risk, title="Chief Risk Officer", second_step="app", on=TODAY, by=world.rex, at=NOW)
    return risk


def test_it_is_judged_once_and_frozen(world: World) -> None:
    first = judge(participant=world.proven, by=world.bea, at=NOW)
    assert (first.verdict, state(first, "LR-1")) == ("NOT_QUALIFIED", State.MET)
    assert first.systems == [["Helper", "Helper"]]
    assert first.evidence_snapshot[0][:2] == ["ISO-42001", 1]
    assert judge(participant=world.proven, by=None, at=NOW + timedelta(days=1)) == first
    world.proven.refresh_from_db()
    assert world.proven.judged.looked_on == TODAY + timedelta(days=1)
    assert AuditEvent.objects.filter(event="tender.judged").count() == 1
    first.verdict = "QUALIFIED"
    with pytest.raises(NeverChanges):
        first.save()
    with pytest.raises(NeverChanges):
        Judgement.objects.filter(pk=first.pk).update(verdict="QUALIFIED")


def test_evidence_scoped_to_another_product_is_not_counted(world: World) -> None:
    """The trap: a good certificate, of another product of the same vendor."""
    judgement = judge(participant=world.elsewhere, by=world.bea, at=NOW)
    assert state(judgement, "LR-2") in (State.FAILED, State.MISSING)
    assert judgement.systems == [["Helper", ""]]
    register_system(organisation=world.elsewhere.organisation, entry=SystemEntry(name="Helper"), by=world.bea, at=NOW)
    judgement = judge(participant=world.elsewhere, by=world.bea, at=NOW)
    assert judgement.systems == [["Helper", "Helper"]]
    assert state(judgement, "LR-2") in (State.FAILED, State.MISSING)


def test_a_vendor_without_any_system_is_not_judged_for_none(world: World) -> None:
    Tender.objects.filter(pk=world.tender.pk).update(systems=[])
    participant = Participant.objects.get(pk=world.bare.pk)
    assert [(one.asked, one.system) for one in offered(participant)] == [("the AI system of “Claims assistant”", None)]
    certify(participant.organisation, "Helper", by=world.bea)
    AISystem.objects.filter(organisation=participant.organisation).update(retired_on=TODAY)
    assert state(judge(participant=participant, by=world.bea, at=NOW), "LR-2") != State.MET


def test_the_buyer_says_which_system_is_meant(world: World) -> None:
    other = AISystem.objects.get(organisation=world.elsewhere.organisation)
    choose_system(participant=world.elsewhere, asked="Helper", system=other, by=world.bea, at=NOW)
    choose_system(participant=world.elsewhere, asked="Helper", system=other, by=world.bea, at=NOW)
    judgement = judge(participant=world.elsewhere, by=world.bea, at=NOW)
    assert (judgement.systems, state(judgement, "LR-2")) == ([["Helper", "Other product"]], State.MET)
    assert AuditEvent.objects.filter(event="tender.system_chosen").count() == 1
    foreign = AISystem.objects.get(organisation=world.proven.organisation)
    for name, system in (("Helper", foreign), ("Unheard of", other)):
        with pytest.raises(NotOffered):
            choose_system(participant=world.elsewhere, asked=name, system=system, by=world.bea, at=NOW)


def test_a_waiver_never_improves_the_score(world: World) -> None:
    """The trap: an accepted risk changes the verdict alone, never a state, the readiness or an expiry."""
    before = judge(participant=world.proven, by=world.bea, at=NOW)
    accept_all(world, world.proven)
    after = judge(participant=world.proven, by=world.bea, at=NOW)
    assert (before.verdict, after.verdict) == ("NOT_QUALIFIED", "ACCEPTED_WITH_RISK")
    assert set(after.accepted.values()) == {"RISK-1"}
    for name in ("readiness", "readiness_by_category", "open_requirements", "categories", "expires_by_category"):
        assert getattr(before, name) == getattr(after, name), name
    rows = [
        list(one.requirements.order_by("requirement").values_list("requirement", "state")) for one in (before, after)
    ]
    assert rows[0] == rows[1]


def test_one_critical_gap_outweighs_everything_else(world: World) -> None:
    """The trap: many mediums outranking a critical, and a fail that does not eliminate."""
    accept_all(world, world.proven, but="AT-1")
    judgement = judge(participant=world.proven, by=world.bea, at=NOW)
    assert judgement.verdict == "NOT_QUALIFIED"
    assert len(judgement.accepted) == len(judgement.open_requirements) - 1
    Tender.objects.filter(pk=world.tender.pk).update(opened_at=NOW, closed_at=NOW, scoring_opened_at=NOW)
    with pytest.raises(CannotBeAwarded, match=r"Open and not accepted: AT-1\."):
        award(participant=world.proven, reason="Cheapest.", by=world.bea, at=NOW)
    assert Tender.objects.get(pk=world.tender.pk).awarded_at is None


def test_an_acceptance_lapses_and_the_owner_of_the_award_is_told(world: World) -> None:
    risk = accept_all(world, world.proven)
    Tender.objects.filter(pk=world.tender.pk).update(opened_at=NOW, closed_at=NOW, scoring_opened_at=NOW)
    made = award(participant=world.proven, reason="Best proof.", by=world.bea, at=NOW)
    assert (made.judgement.verdict, Tender.objects.get(pk=world.tender.pk).award) == (
        "ACCEPTED_WITH_RISK",
        world.proven,
    )
    day = timedelta(days=(risk.expires_on - TODAY).days + 1)
    assert judge(participant=world.proven, by=None, at=NOW + day - timedelta(days=1)).verdict == "ACCEPTED_WITH_RISK"
    for _ in range(2):
        assert judge(participant=world.proven, by=None, at=NOW + day).verdict == "NOT_QUALIFIED"
    told = Notification.objects.filter(user=world.bea, kind="verdict")
    assert [row.text for row in told] == [
        "The verdict of Alba, which won “Claims assistant”, changed from accepted with risk to not qualified. "
        "See what changed, and whether the award still stands."
    ]


def test_another_vendors_verdict_alerts_nobody(world: World) -> None:
    accept_all(world, world.bare)
    judge(participant=world.bare, by=None, at=NOW)
    assert not Notification.objects.filter(kind="verdict").exists()


def test_an_award_needs_its_reason_its_time_and_is_taken_back_once(world: World) -> None:
    accept_all(world, world.proven)
    with pytest.raises(CannotBeAwarded, match="not being scored"):
        award(participant=world.proven, reason="Best proof.", by=world.bea, at=NOW)
    Tender.objects.filter(pk=world.tender.pk).update(opened_at=NOW, closed_at=NOW, scoring_opened_at=NOW)
    with pytest.raises(CannotBeAwarded, match="Say why"):
        award(participant=world.proven, reason=" ", by=world.bea, at=NOW)
    made = award(participant=world.proven, reason="Best proof.", by=world.bea, at=NOW)
    with pytest.raises(CannotBeAwarded, match="awarded already"):
        award(participant=world.bare, reason="Second thoughts.", by=world.bea, at=NOW)
    with pytest.raises(NotAwarded, match="Say why"):
        reopen(award=made, reason="", by=world.bea, at=NOW)
    reopen(award=made, reason="The vendor was sold.", by=world.bea, at=NOW)
    with pytest.raises(NotAwarded, match="already"):
        reopen(award=made, reason="Again.", by=world.bea, at=NOW)
    assert Tender.objects.get(pk=world.tender.pk).award is None
    events = AuditEvent.objects.filter(event__in=("tender.awarded", "tender.award_reopened"))
    assert [event.event for event in events.order_by("sequence")] == ["tender.awarded", "tender.award_reopened"]


def test_a_paper_in_the_vendors_own_library_accepts_nothing(world: World) -> None:
    """A risk acceptance that the vendor uploads as evidence is the vendor's word."""
    names = list(mandate.load().requirements)
    certify(
        world.bare.organisation,
        "Helper",
        by=world.bea,
        reference="ACCEPTED",
        kind="risk_acceptance",
        issuer={"name": "Bo Bank", "independence": "buyer_issued"},
        covers_requirements=names,
        residual_risk="low",
        compensating_controls="Clerks look.",
        approver={"name": "Rex Bank", "title": "Chief Risk Officer"},
        requester={"name": "Bea Bank"},
    )
    assert judge(participant=world.bare, by=world.bea, at=NOW).accepted == {}


def test_evidence_of_a_vendor_on_the_platform_counts_only_while_granted(world: World) -> None:
    """Without a grant the buyer sees nothing, so nothing counts."""
    Participant.objects.filter(pk=world.proven.pk).update(
        vendor_organisation=world.proven.kept_organisation, kept_organisation=None
    )
    participant = Participant.objects.get(pk=world.proven.pk)
    assert judge(participant=participant, by=world.bea, at=NOW).evidence_snapshot == []
    evidence = Evidence.objects.get(organisation=participant.organisation)
    grant = world.tender.grants.create(
        organisation=participant.organisation,
        evidence=evidence,
        purpose="This tender",
        expires_at=NOW + timedelta(days=10),
        granted_at=NOW,
    )
    assert state(judge(participant=participant, by=world.bea, at=NOW), "LR-1") == State.MET
    grant.revoked_at = NOW
    grant.save(update_fields=["revoked_at"])
    assert state(judge(participant=participant, by=world.bea, at=NOW), "LR-1") == State.MISSING


def test_what_does_not_apply_is_approved_with_a_reason_and_only_where_the_mandate_lets_it(world: World) -> None:
    assert state(judge(participant=world.bare, by=world.bea, at=NOW), "BF-2") == State.MISSING
    for requirement, reason in (("BF-1", "It decides nothing."), ("BF-2", "  "), ("ZZ-1", "What?"), ("", "What?")):
        with pytest.raises(CannotBeWaived):
            approve_not_applicable(participant=world.bare, requirement=requirement, reason=reason, by=world.bea, at=NOW)
    assert not ApprovedNotApplicable.objects.exists()
    row = approve_not_applicable(
        participant=world.bare, requirement="BF-2", reason="It decides nothing.", by=world.bea, at=NOW
    )
    again = approve_not_applicable(
        participant=world.bare, requirement="BF-2", reason="It decides nothing.", by=world.bea, at=NOW
    )
    assert again == row
    assert state(judge(participant=world.bare, by=world.bea, at=NOW), "BF-2") == State.NOT_APPLICABLE
    end_not_applicable(approval=row, by=world.bea, at=NOW)
    end_not_applicable(approval=row, by=world.bea, at=NOW)
    assert state(judge(participant=world.bare, by=world.bea, at=NOW), "BF-2") == State.MISSING
    assert AuditEvent.objects.filter(event="tender.not_applicable_ended").count() == 1


def test_proof_added_never_lowers_readiness_or_verdict(world: World) -> None:
    before = judge(participant=world.bare, by=world.bea, at=NOW)
    certify(world.bare.organisation, "Helper", by=world.bea)
    after = judge(participant=world.bare, by=world.bea, at=NOW)
    assert set(after.open_requirements) < set(before.open_requirements)
    for category, value in before.readiness_by_category.items():
        assert after.readiness_by_category[category] >= value


def test_the_day_is_the_one_in_the_buyers_zone(world: World) -> None:
    Tender.objects.filter(pk=world.tender.pk).update(time_zone="Pacific/Auckland")
    participant = Participant.objects.get(pk=world.proven.pk)
    assert judge(participant=participant, by=world.bea, at=NOW.replace(hour=20)).as_of == TODAY + timedelta(days=1)
    standing = standing_of(participant, offered(participant), on=TODAY, at=NOW)
    assert standing.results["LR-1"].state is State.MET
