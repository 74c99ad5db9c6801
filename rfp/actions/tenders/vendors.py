"""Which vendors take part: on this platform, or by link with an organisation that the buyer keeps for their papers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from accounts import audit
from accounts.actions.people import add_member, create_organisation
from accounts.models import Membership, Organisation, OrganisationKind, Role, User
from rfp.actions.tenders.acts import NotNow
from rfp.actions.tenders.seal import TenderChanged
from rfp.models import Participant, Tender

LONGEST_SLUG = 60


class AlreadyInvited(Exception):
    """The vendor takes part already."""


@transaction.atomic
def invite_vendor(
    *, tender: Tender, name: str, vendor: Organisation | None = None, by: User, at: datetime
) -> Participant:
    """Let a vendor take part: ``vendor`` is one that works on this platform; for another the buyer keeps one.

    :raises AlreadyInvited: if a vendor of this name, or this organisation, takes part
    :raises NotNow: if the tender is closed to vendors
    """
    # Two people who invite at the same time wait here, so that no alias is given twice.
    locked = Tender.objects.select_for_update().get(pk=tender.pk)
    if locked.closed_at:
        raise NotNow("The tender is closed to vendors.")
    name = " ".join((vendor.name if vendor else name).split())
    kept = None if vendor else _kept_vendor(tender.organisation, name, by=by, at=at)
    participant = Participant(
        tender=tender,
        name=name,
        alias=f"Vendor {letters(tender.participants.count())}",
        vendor_organisation=vendor,
        kept_organisation=kept,
        invited_by=by,
        invited_at=at,
    )
    try:
        with transaction.atomic():
            participant.save()
    except IntegrityError:
        raise AlreadyInvited(f"{name} takes part already.") from None
    audit.record(
        organisation=tender.organisation,
        event="tender.vendor_invited",
        target=tender,
        by=by,
        at=at,
        details={"vendor": name, "alias": participant.alias, "on_platform": vendor is not None},
    )
    return participant


@transaction.atomic
def withdraw_vendor(*, participant: Participant, reason: str, by: User, at: datetime) -> None:
    """Take a vendor out of the running; what it handed in stays on record. Doing it twice has one effect."""
    rows = Participant.objects.filter(pk=participant.pk, withdrawn_at=None)
    if rows.update(withdrawn_at=at, withdrawn_reason=reason.strip(), version=F("version") + 1):
        audit.record(
            organisation=participant.tender.organisation,
            event="tender.vendor_withdrawn",
            target=participant.tender,
            by=by,
            at=at,
            details={"vendor": participant.name, "reason": reason.strip()},
        )


@transaction.atomic
def set_price(*, participant: Participant, price: Decimal | None, version: int, by: User, at: datetime) -> None:
    """Record what a vendor asks for; the same price again changes nothing.

    :raises TenderChanged: if somebody else recorded another meanwhile
    """
    before = participant.price
    if before == price:
        return
    rows = Participant.objects.filter(pk=participant.pk, version=version)
    if not rows.update(price=price, version=F("version") + 1):
        raise TenderChanged
    participant.refresh_from_db()
    audit.record(
        organisation=participant.tender.organisation,
        event="tender.price_set",
        target=participant.tender,
        by=by,
        at=at,
        details={"vendor": participant.name, "before": str(before or ""), "after": str(price or "")},
    )


def letters(number: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _kept_vendor(buyer: Organisation, name: str, *, by: User, at: datetime) -> Organisation:
    """Return the organisation that the buyer keeps for a vendor: the same one in each of its tenders."""
    kept = next((row for row in buyer.kept.all() if row.name.casefold() == name.casefold()), None)
    if kept is None:
        stem = slugify(f"{buyer.slug} {name}")[:LONGEST_SLUG] or buyer.slug
        taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        slug = next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
        kept = create_organisation(name=name, slug=slug, kind=OrganisationKind.VENDOR, at=at)
        kept.kept_by, kept.time_zone = buyer, buyer.time_zone
        kept.save(update_fields=["kept_by", "time_zone"])
    let_procurement_in(kept, by=by, at=at)
    return kept


def let_procurement_in(kept: Organisation, *, by: User | None, at: datetime) -> None:
    """Let the buyer's procurement people keep the evidence of a vendor, as its evidence owners would."""
    people = User.objects.filter(
        pk__in=Membership.objects.filter(
            organisation=kept.kept_by, role=Role.PROCUREMENT, ended_at=None, user__is_active=True
        ).values("user")
    )
    for person in people:
        add_member(organisation=kept, user=person, role=Role.EVIDENCE_OWNER, by=by, at=at)
