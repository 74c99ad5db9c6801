"""A buyer with a tender of three vendors: one proves a little, one another product, one nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings as product
from django.db import transaction

from accounts.actions.people import add_member, create_organisation, vouch_for
from accounts.models import Organisation, OrganisationKind, Role, User
from evidence.actions import library
from evidence.actions.systems import SystemEntry, register_system
from rfp.actions.risks import asking
from rfp.actions.risks.asking import RiskEntry
from rfp.actions.tenders.define import Definition, create
from rfp.actions.tenders.vendors import invite_vendor
from rfp.models import Participant, RiskAcceptance, Tender
from tests.conftest import NOW, TODAY
from tests.pages.conftest import CERTIFICATE

REASON = "The old system ends in January; its claims cannot be settled by hand."
RISK = "Claims may be settled wrongly without anybody noticing for a day."
CONTROLS = "Every settlement above 1,000 euros is checked by two clerks."


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    buyer: Organisation
    bea: User  # procurement
    rex: User  # executive
    eve: User  # evaluator
    tender: Tender
    proven: Participant
    elsewhere: Participant
    bare: Participant


def person(email: str, organisation: Organisation, role: Role) -> User:
    user = User.objects.create_user(email, full_name=email.partition("@")[0].title() + " Bank")
    vouch_for(user)
    add_member(organisation=organisation, user=user, role=role, by=None, at=NOW)
    return user


def build() -> World:
    buyer = create_organisation(name="Bo Bank", slug="bo-bank", kind=OrganisationKind.BUYER, at=NOW)
    bea = person("bea@bank.example", buyer, Role.PROCUREMENT)
    tender = create(
        organisation=buyer,
        definition=Definition(name="Claims assistant", systems=("Helper",)),
        by=bea,
        at=NOW,
    )
    proven, elsewhere, bare = (
        invite_vendor(tender=tender, name=name, by=bea, at=NOW) for name in ("Alba", "Brae", "Cairn")
    )
    certify(proven.organisation, "Helper", by=bea)
    certify(elsewhere.organisation, "Other product", by=bea)
    return World(
        buyer=buyer,
        bea=bea,
        rex=person("rex@bank.example", buyer, Role.EXECUTIVE),
        eve=person("eve@bank.example", buyer, Role.EVALUATOR),
        tender=tender,
        proven=proven,
        elsewhere=elsewhere,
        bare=bare,
    )


def certify(vendor: Organisation, system: str, *, by: User, reference: str = "ISO-42001", **facts: Any) -> None:
    """Give a vendor an AI system and a confirmed certificate whose scope is that system alone."""
    register_system(organisation=vendor, entry=SystemEntry(name=system), by=by, at=NOW)
    revision = library.add_revision(
        organisation=vendor,
        entry={
            **CERTIFICATE,
            "id": reference,
            "legal_entity": vendor.name,
            "scope": f"Development and operation of the AI system {system}.",
            "ai_systems": [system],
            **facts,
        },
        content=f"certificate {vendor.name} {reference}".encode(),
        file_name=f"{reference}.pdf",
        by=by,
        at=NOW,
    )
    library.confirm(revision=revision, by=by, at=NOW)


def entry(*requirements: str, days: int = 180, **changed: Any) -> RiskEntry:
    said: dict[str, Any] = {
        "requirements": requirements,
        "reason": REASON,
        "residual_risk": RISK,
        "compensating_controls": CONTROLS,
        "expires_on": TODAY + timedelta(days=days),
        "review_on": TODAY + timedelta(days=min(days, 90)),
    }
    return RiskEntry(**{**said, **changed})


def ask_for(participant: Participant, *, by: User) -> RiskAcceptance:
    return asking.ask(participant=participant, entry=entry("AT-5"), on=TODAY, by=by, at=NOW)


def asked(world: World, *requirements: str, **changed: Any) -> RiskAcceptance:
    return asking.ask(
        participant=changed.pop("participant", world.proven),
        entry=entry(*(requirements or ("AT-5",)), **changed),
        on=TODAY,
        by=world.bea,
        at=NOW,
    )


@contextmanager
def laid(store: Path) -> Iterator[World]:
    """Lay the ground once for many tests; each of them rolls back what it does to it."""
    before, product.STORE_DIR = product.STORE_DIR, store
    try:
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)
    finally:
        product.STORE_DIR = before
