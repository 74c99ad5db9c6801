"""Define a tender, and change what was defined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from rfp.actions.tenders.seal import claim, seal_change
from rfp.models import PriceFormula, Stage, Tender


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a tender is about, and how its price counts."""

    name: str
    reference: str = ""
    stage: Stage = Stage.CONTRACT
    add_ons: Sequence[str] = ()
    systems: Sequence[str] = ()
    impact: int = 3
    likelihood: int = 3
    blind: bool = False
    price_formula: PriceFormula = PriceFormula.NONE
    price_envelope: Decimal | None = None
    price_weight: Decimal = Decimal(0)
    currency: str = "EUR"
    due_at: datetime | None = None
    owner: User | None = None


@transaction.atomic
def create(*, organisation: Organisation, definition: Definition, by: User, at: datetime) -> Tender:
    """Begin a tender as a draft that no vendor sees; who creates it owns it unless another is named."""
    tender = Tender(organisation=organisation, time_zone=organisation.time_zone, created_by=by, created_at=at)
    _take(tender, definition)
    tender.owner = definition.owner or by
    tender.save()
    audit.record(
        organisation=organisation, event="tender.created", target=tender, by=by, at=at, details={"name": tender.name}
    )
    return tender


@transaction.atomic
def change(
    *, tender: Tender, definition: Definition, version: int, reason: str = "", by: User, at: datetime
) -> tuple[str, ...]:
    """Define a tender anew; return which fields changed. What is the same changes nothing.

    :raises TenderChanged: if somebody else changed it since the person loaded it
    :raises RulesClosed: if it is awarded
    :raises ReasonNeeded: if it is open to vendors, something sealed changed, and no reason is given
    """
    claim(tender, version)
    before = _said(tender)
    _take(tender, definition)
    after = _said(tender)
    changed = tuple(name for name, value in after.items() if before[name] != value)
    if not changed:
        return ()
    tender.save(update_fields=["owner", *asdict(definition)])
    audit.record(
        organisation=tender.organisation,
        event="tender.changed",
        target=tender,
        by=by,
        at=at,
        details={name: [before[name], after[name]] for name in changed} | ({"reason": reason} if reason else {}),
    )
    seal_change(tender, reason=reason, by=by, at=at)
    return changed


def _take(tender: Tender, definition: Definition) -> None:
    tender.name = " ".join(definition.name.split())
    tender.reference = definition.reference.strip()
    tender.stage = definition.stage
    tender.add_ons = sorted(definition.add_ons)
    tender.systems = list(dict.fromkeys(" ".join(name.split()) for name in definition.systems if name.strip()))
    tender.impact, tender.likelihood = definition.impact, definition.likelihood
    tender.blind = definition.blind
    tender.price_formula = definition.price_formula
    tender.price_envelope, tender.price_weight = definition.price_envelope, definition.price_weight
    tender.currency = definition.currency.upper()
    tender.due_at = definition.due_at
    tender.owner = definition.owner or tender.owner


def _said(tender: Tender) -> Mapping[str, object]:
    """Return what is defined, in values that the audit trail can hold."""
    names = Definition.__dataclass_fields__
    said = {name: getattr(tender, name) for name in names}
    said["owner"] = str(tender.owner or "")
    said["due_at"] = tender.due_at.isoformat() if tender.due_at else ""
    said["price_envelope"] = str(tender.price_envelope) if tender.price_envelope is not None else ""
    said["price_weight"] = str(tender.price_weight.normalize())
    return said
