"""The files handed out for a questionnaire."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

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


def command_of(questionnaire: Questionnaire, *, systems: Sequence[str], on: date | None, approver: str) -> str:
    """Return the command that drafts the same deal again and writes its files, quoted for a shell.

    With an approver it hands out approved answers only.
    """
    words = ["manage.py", "answer", questionnaire.file.name, "--vendor", questionnaire.organisation.slug]
    words += ["--buyer", questionnaire.buyer] if questionnaire.buyer else []
    words += ["--stage", questionnaire.stage]
    for flag, names in (("--system", systems), ("--sector", questionnaire.sectors)):
        words += [word for name in names for word in (flag, name)]
    words += ["--nda"] if questionnaire.nda_signed else []
    words += ["--on", on.isoformat()] if on else []
    words += ["--approve-by", approver] if approver else []
    return shlex.join([*words, "--out", "FOLDER"])


def export_of(organisation: Organisation, pk: int) -> Export | None:
    return (
        Export.objects.filter(pk=pk, questionnaire__organisation=organisation)
        .select_related("questionnaire__organisation", "file")
        .first()
    )
