"""The deal behind a questionnaire: taken in with its file, changed later on its own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from evidence import storage
from evidence.models import AISystem
from rfp.actions import intake, jobs
from rfp.models import JobKind, Questionnaire, Stage, buyer_key
from rfp.workbook import reader


class AlreadyHere(Exception):
    """The buyer's file came in before; the questionnaire made of it is kept as it is."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__(f"This file of {questionnaire.buyer or 'an unnamed buyer'} is here already.")
        self.questionnaire = questionnaire


class DealChanged(Exception):
    """Somebody else changed the deal since the page was loaded; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this deal meanwhile. Load the page again, then enter what is still to change."
        )


class BuyerTaken(Exception):
    """The buyer has a questionnaire with this very file already."""

    def __init__(self, buyer: str) -> None:
        super().__init__(f"{buyer or 'A buyer without a name'} has another questionnaire made of this same file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Who asks, about what, until when, and under which conditions."""

    buyer: str
    systems: Sequence[AISystem]
    stage: Stage
    sectors: Sequence[str]
    due_on: date | None
    nda_signed: bool
    owner: User | None
    region: str = ""


@transaction.atomic
def upload(
    *, organisation: Organisation, content: bytes, name: str, deal: Deal, on: date, by: User, at: datetime
) -> Questionnaire:
    """Take in a buyer's file and have it answered; the answers are judged for the day ``on``.

    :raises WorkbookRefused: if the file is nothing that can be filled in; the text says what to do
    :raises AlreadyHere: if the same file of the same buyer came in before; nothing is changed then
    """
    reader.check(content, name)
    before = Questionnaire.objects.of(organisation).filter(
        file__sha256=storage.digest(content), buyer_key=buyer_key(deal.buyer)
    )
    if known := before.first():
        raise AlreadyHere(known)
    questionnaire = intake.receive(
        organisation=organisation,
        content=content,
        name=name,
        buyer=deal.buyer,
        stage=deal.stage,
        systems=deal.systems,
        sectors=deal.sectors,
        due_on=deal.due_on,
        nda_signed=deal.nda_signed,
        region=deal.region,
        owner=deal.owner,
        by=by,
        at=at,
    )
    jobs.enqueue(
        organisation=organisation,
        kind=JobKind.ANSWER,
        questionnaire=questionnaire,
        input={"on": on.isoformat()},
        key=f"answer:{questionnaire.pk}",
        by=by,
        at=at,
    )
    return questionnaire


@transaction.atomic
def change(*, questionnaire: Questionnaire, version: int, deal: Deal, by: User, at: datetime) -> bool:
    """Save a deal in place of the version that the person saw; False if nothing is new.

    :raises DealChanged: if it is in another version by now
    :raises BuyerTaken: if the buyer has this file already: the two would be one deal
    """
    now = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if now.version != version:
        raise DealChanged
    key = buyer_key(deal.buyer)
    same_file = Questionnaire.objects.of(now.organisation).filter(file_id=now.file_id, buyer_key=key)
    if same_file.exclude(pk=now.pk).exists():
        raise BuyerTaken(deal.buyer)
    before = (*_plain(now), sorted(now.systems.values_list("pk", flat=True)))
    now.buyer, now.buyer_key = " ".join(deal.buyer.split()), key
    now.stage, now.sectors = deal.stage, sorted(deal.sectors)
    now.due_on, now.nda_signed, now.owner = deal.due_on, deal.nda_signed, deal.owner
    now.region = deal.region
    after = (*_plain(now), sorted(system.pk for system in deal.systems))
    changed = [name for name, old, new in zip(_NAMES, before, after, strict=True) if old != new]
    if not changed:
        return False
    now.version += 1
    now.save(update_fields=_SAVED)
    now.systems.set(deal.systems)
    audit.record(
        organisation=now.organisation,
        event="questionnaire.deal_changed",
        target=now,
        by=by,
        at=at,
        details={"changed": ", ".join(changed)},
    )
    return True


_SAVED = ("buyer", "buyer_key", "stage", "sectors", "due_on", "nda_signed", "region", "owner", "version")
_NAMES = ("buyer", "stage", "add-ons", "due date", "NDA", "region", "owner", "AI systems")


def _plain(row: Questionnaire) -> tuple[object, ...]:
    return (row.buyer, row.stage, sorted(row.sectors), row.due_on, row.nda_signed, row.region, row.owner_id)
