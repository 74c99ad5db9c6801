"""AI systems of a vendor and their material changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import Organisation, User
from evidence.models import AISystem, MaterialChange


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemEntry:
    name: str
    kind: str = ""
    takes_prompts: bool = True
    uses_tools: bool = False
    affects_people: bool = True
    high_impact: bool = False
    domain: str = ""
    in_production_since: date | None = None
    material_changes: Sequence[tuple[date, str]] = ()


@transaction.atomic
def register_system(*, organisation: Organisation, entry: SystemEntry, by: User | None, at: datetime) -> AISystem:
    """Add an AI system to the vendor's register, or bring it up to date."""
    system, created = AISystem.objects.update_or_create(
        organisation=organisation,
        name=entry.name,
        defaults={
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
