"""The register of AI systems as its pages show it."""

from __future__ import annotations

from accounts.models import Organisation
from evidence.models import AISystem, MaterialChange

Row = AISystem  # by which pages name what they hand on


def systems_of(organisation: Organisation) -> list[AISystem]:
    """Return the vendor's AI systems, those in use first."""
    rows = AISystem.objects.of(organisation).prefetch_related("material_changes")
    return sorted(rows, key=lambda row: (row.retired_on is not None, row.name.casefold()))


def system_of(organisation: Organisation, pk: int) -> AISystem | None:
    return AISystem.objects.of(organisation).filter(pk=pk).prefetch_related("material_changes").first()


def change_of(organisation: Organisation, pk: int) -> MaterialChange | None:
    rows = MaterialChange.objects.filter(pk=pk, system__organisation=organisation)
    return rows.select_related("system__organisation").first()
