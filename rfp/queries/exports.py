"""The files handed out for a questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Organisation
from rfp.models import Export, ExportKind, Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The latest file of each kind; ``outdated`` when answers were approved after they were written."""

    latest: Sequence[Export]
    outdated: bool

    @property
    def draft(self) -> bool:
        return any(export.draft for export in self.latest)


def files_of(questionnaire: Questionnaire, *, approved_at: datetime | None) -> Files:
    """Return what was handed out; ``approved_at`` is when the latest answer was approved."""
    found: dict[str, Export] = {}
    for export in questionnaire.exports.select_related("file").order_by("-made_at", "-pk"):
        found.setdefault(export.kind, export)
    latest = [found[kind] for kind in ExportKind.values if kind in found]
    outdated = approved_at is not None and any(export.made_at < approved_at for export in latest)
    return Files(latest=latest, outdated=outdated)


def export_of(organisation: Organisation, pk: int) -> Export | None:
    return (
        Export.objects.filter(pk=pk, questionnaire__organisation=organisation)
        .select_related("questionnaire__organisation", "file")
        .first()
    )
