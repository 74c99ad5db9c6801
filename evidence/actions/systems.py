"""AI systems of a vendor and their material changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from accounts.turns import take_turn
from evidence.models import AISystem, MaterialChange


class NameTaken(Exception):
    """Another AI system of the vendor goes by the name."""


class SystemChanged(Exception):
    """Somebody else changed the system since the page was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemEntry:
    name: str
    aliases: Sequence[str] = ()
    kind: str = ""
    takes_prompts: bool = True
    uses_tools: bool = False
    affects_people: bool = True
    high_impact: bool = False
    domain: str = ""
    in_production_since: date | None = None
    retired_on: date | None = None
    material_changes: Sequence[tuple[date, str]] = ()


FIELDS = (
    "name",
    "aliases",
    "kind",
    "takes_prompts",
    "uses_tools",
    "affects_people",
    "high_impact",
    "domain",
    "in_production_since",
    "retired_on",
)


@transaction.atomic
def register_system(*, organisation: Organisation, entry: SystemEntry, by: User | None, at: datetime) -> AISystem:
    """Add an AI system to the vendor's register, or bring it up to date."""
    take_turn(organisation)
    system, created = AISystem.objects.update_or_create(
        organisation=organisation,
        name=entry.name,
        defaults={
            **({"aliases": list(entry.aliases)} if entry.aliases else {}),
            "kind": entry.kind,
            "takes_prompts": entry.takes_prompts,
            "uses_tools": entry.uses_tools,
            "affects_people": entry.affects_people,
            "high_impact": entry.high_impact,
            "domain": entry.domain,
            "in_production_since": entry.in_production_since,
        },
    )
    for happened_on, description in entry.material_changes:
        MaterialChange.objects.get_or_create(system=system, happened_on=happened_on, description=description)
    event = "system.registered" if created else "system.updated"
    audit.record(organisation=organisation, event=event, target=system, by=by, at=at, details={"name": entry.name})
    return system


def state_of(system: AISystem) -> str:
    """Name the state that a page shows, so that a later one is not overwritten unseen."""
    shown = [str(getattr(system, name)) for name in FIELDS]
    changes = [f"{change.pk} {change.happened_on} {change.description}" for change in system.material_changes.all()]
    return hashlib.sha256("\n".join([*shown, *changes]).encode()).hexdigest()[:16]


@transaction.atomic
def add_system(*, organisation: Organisation, entry: SystemEntry, by: User, at: datetime) -> AISystem:
    """Add an AI system to the vendor's register.

    :raises NameTaken: if another one goes by the name
    """
    take_turn(organisation)
    _free(organisation, entry.name, None)
    return register_system(organisation=organisation, entry=entry, by=by, at=at)


@transaction.atomic
def change_system(*, system: AISystem, entry: SystemEntry, seen: str, by: User, at: datetime) -> None:
    """Bring an AI system up to date; the material changes of the entry are added to those it has.

    :raises NameTaken: if another one goes by the name
    :raises SystemChanged: if it is no longer in the state that was SEEN
    """
    take_turn(system.organisation)
    held = AISystem.objects.select_for_update().get(pk=system.pk)
    if state_of(held) != seen:
        raise SystemChanged("Somebody else changed this AI system since you opened the page.")
    _free(held.organisation, entry.name, held)
    before = {name: getattr(held, name) for name in FIELDS}
    for name in FIELDS:
        setattr(held, name, getattr(entry, name))
    held.aliases = list(entry.aliases)
    held.save()
    for happened_on, description in entry.material_changes:
        MaterialChange.objects.get_or_create(system=held, happened_on=happened_on, description=description)
    changed = [name for name in FIELDS if name != "aliases" and before[name] != getattr(held, name)]
    audit.record(
        organisation=held.organisation,
        event="system.updated",
        target=held,
        by=by,
        at=at,
        details={
            "name": held.name,
            "changed": ", ".join(changed),
            "material_changes": len(entry.material_changes),
        },
    )


@transaction.atomic
def drop_change(*, change: MaterialChange, by: User, at: datetime) -> None:
    """Take back a material change that was recorded by mistake."""
    system = change.system
    details = {"name": system.name, "change": change.description, "on": change.happened_on.isoformat()}
    if MaterialChange.objects.filter(pk=change.pk).delete()[0]:
        audit.record(
            organisation=system.organisation,
            event="system.change_dropped",
            target=system,
            by=by,
            at=at,
            details=details,
        )


def _free(organisation: Organisation, name: str, own: AISystem | None) -> None:
    taken = AISystem.objects.of(organisation).filter(name__iexact=name)
    if (taken.exclude(pk=own.pk) if own else taken).exists():
        raise NameTaken(f"Another AI system goes by {name}.")
