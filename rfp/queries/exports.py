"""The files handed out for a questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import AuditEvent, Organisation
from evidence.models import Evidence, EvidenceRevision
from rfp.models import Band, Export, ExportKind, Questionnaire, Response
from rfp.reporting import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The latest file of each kind, final or draft; ``outdated`` says why they no longer hold what is known now."""

    draft: bool
    files: Sequence[Export]
    outdated: Sequence[str]


def packages_of(questionnaire: Questionnaire) -> list[Package]:
    """Return what was handed out: the latest final files, then the draft where it is newer."""
    found: dict[tuple[bool, str], Export] = {}
    for export in questionnaire.exports.select_related("file").order_by("-made_at", "-pk"):
        found.setdefault((export.draft, export.kind), export)
    if not found:
        return []
    final, draft = (
        [found[state, kind] for kind in ExportKind.values if (state, kind) in found] for state in (False, True)
    )
    newer = max((export.made_at for export in draft), default=None)
    if final and newer and newer <= min(export.made_at for export in final):
        draft = []
    known = _changes_of(questionnaire)
    packages = []
    for files in filter(None, (final, draft)):
        made_at = min(export.made_at for export in files)
        reasons = _reasons(known, made_at)
        if files is final and draft and newer:
            reasons.insert(0, f"A newer draft was written on {_day(newer)}.")
        packages.append(Package(draft=files is draft, files=files, outdated=reasons))
    return packages


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changes:
    """What can make files outdated, each with its time."""

    approved: Sequence[datetime]
    drafted: Sequence[datetime]  # of the answers that wait for approval
    reopened: Sequence[tuple[datetime, int]]
    withdrawn: Sequence[tuple[datetime, str]]
    revised: Sequence[tuple[datetime, str]]


def _changes_of(questionnaire: Questionnaire) -> _Changes:
    answers = list(
        Response.objects.filter(question__questionnaire=questionnaire)
        .exclude(band=Band.BLANK)
        .values_list("approved_at", "drafted_at")
    )
    drafted = AuditEvent.objects.filter(
        organisation_id=questionnaire.organisation_id,
        target_kind=questionnaire._meta.label_lower,
        target_id=str(questionnaire.pk),
        event="questionnaire.drafted",
    )
    cited = Q(revisions__citations__response__question__questionnaire=questionnaire)
    evidence = Evidence.objects.filter(cited).distinct()
    later = EvidenceRevision.objects.filter(evidence__in=evidence, confirmed_at__isnull=False, number__gt=1)
    return _Changes(
        approved=[approved for approved, _ in answers if approved],
        drafted=[drafted for approved, drafted in answers if not approved],
        reopened=[(event.at, int(event.details.get("reopened", 0))) for event in drafted],
        withdrawn=[
            (at, reference)
            for at, reference in evidence.order_by("reference").values_list("withdrawn_at", "reference")
            if at
        ],
        revised=[
            (at, reference)
            for at, reference in later.order_by("evidence__reference").values_list(
                "confirmed_at", "evidence__reference"
            )
            if at
        ],
    )


def _reasons(known: _Changes, made_at: datetime) -> list[str]:
    """Say what happened after files were made."""
    reasons = []
    if reopened := sum(number for at, number in known.reopened if at > made_at):
        reasons.append(f"{words.count(reopened, 'approved answer')} changed since and had to be approved again.")
    elif any(at > made_at for at in known.drafted):
        reasons.append("Answers were drafted again since.")
    if approved := sum(1 for at in known.approved if at > made_at):
        reasons.append(
            f"{words.count(approved, 'answer was', 'answers were')} approved after these files were written."
        )
    for changes, verb in ((known.withdrawn, "withdrawn"), (known.revised, "revised")):
        if names := list(dict.fromkeys(reference for at, reference in changes if at > made_at)):
            reasons.append(f"Evidence that answers cite was {verb} since: {words.listed(names)}.")
    return reasons


def _day(at: datetime) -> str:
    return words.day(timezone.localtime(at).date())


def export_of(organisation: Organisation, pk: int) -> Export | None:
    return (
        Export.objects.filter(pk=pk, questionnaire__organisation=organisation)
        .select_related("questionnaire__organisation", "file")
        .first()
    )
