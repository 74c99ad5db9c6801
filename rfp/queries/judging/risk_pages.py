"""What the pages and the record of accepted risks show beside the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation
from evidence.catalogs import mandate
from rfp.models import Participant, RiskAcceptance, RiskDecision
from rfp.queries.judging.risks import ORDER, Standing, standing_of, with_children
from rfp.reporting.risk import RiskRecord, Step
from rfp.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a vendor when a risk is asked for: its AI systems and what is open today."""

    systems: Sequence[str]
    open_requirements: Sequence[str]


def participant_of(organisation: Organisation, pk: int) -> Participant | None:
    rows = Participant.objects.filter(tender__organisation=organisation, pk=pk)
    return rows.select_related("tender__organisation", "vendor_organisation", "kept_organisation").first()


def known_of(participant: Participant) -> Known:
    return Known(systems=participant.tender.systems, open_requirements=())


def renewable(participant: Participant, pk: str) -> RiskAcceptance | None:
    """Return the signed acceptance of the vendor with that id, to be renewed; None for anything else."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    signed = RiskAcceptance.objects.filter(participant=participant, decision=RiskDecision.SIGNED)
    return signed.filter(pk=int(pk)).first()


def counts(found: Iterable[Standing]) -> list[tuple[str, int]]:
    counted = Counter(one.state for one in found)
    return [(state.value, counted[state]) for state in ORDER if counted[state]]


def named(ids: Iterable[str]) -> list[tuple[str, str]]:
    """Return requirements with their titles."""
    known = mandate.load().requirements
    return [(name, known[name].title) for name in ids if name in known]


def resting_uncovered(risk: RiskAcceptance) -> list[tuple[str, str]]:
    """Return what rests on the accepted requirements and is not accepted with them."""
    return named(name for name in with_children(risk.requirements) if name not in risk.requirements)


def record_of(risk: RiskAcceptance, *, on: date) -> RiskRecord:
    """Return everything the record of an acceptance says on a day."""
    standing = standing_of(risk, on=on)
    return RiskRecord(
        reference=risk.reference,
        buyer=str(risk.organisation),
        legal_entity=risk.organisation.legal_entity,
        vendor=risk.vendor,
        tender=risk.participant.tender.name,
        stage=risk.stage,
        state=standing.state,
        problem=standing.problem,
        requirements=tuple(named(risk.requirements)),
        systems=tuple(risk.systems),
        reason=risk.reason,
        residual_risk=risk.residual_risk,
        compensating_controls=risk.compensating_controls,
        expires_on=risk.expires_on,
        review_on=risk.review_on,
        renews=risk.renews.reference if risk.renews else "",
        not_covered=tuple(resting_uncovered(risk)),
        steps=tuple(_steps(risk)),
        digest=risk.digest,
        made_on=on,
        product=VERSION,
    )


def _steps(risk: RiskAcceptance) -> list[Step]:
    zone = risk.organisation.zone
    steps = [Step(what="Asked for", who=risk.requested_name, on=risk.requested_at.astimezone(zone).date())]
    if risk.decided_on:
        by = f"{risk.decided_name}, {risk.decided_title}" if risk.decided_title else risk.decided_name
        how = f"with the second step: {risk.second_step}" if risk.second_step else risk.decided_because
        steps.append(Step(what=RiskDecision(risk.decision).label, who=by, on=risk.decided_on, how=how))
    if risk.revoked_on:
        steps.append(Step(what="Revoked", who=risk.revoked_name, on=risk.revoked_on, how=risk.revoked_because))
    return steps
