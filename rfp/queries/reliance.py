"""What relied on a document: library answers, answers of open questionnaires, and what was sent to buyers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import Organisation
from evidence.models import AnswerState, Evidence, LibraryAnswer
from rfp.models import (
    Band,
    Citation,
    Questionnaire,
    Release,
    ReleasedAnswer,
    Reopening,
    Response,
    ResponseStatus,
    Settlement,
)
from rfp.queries.changes import Change, Happened
from rfp.queries.deals import open_deals
from rfp.workbook.model import address

WARNING = "W-"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswer:
    """An answer of an open questionnaire, with the cell of its question."""

    question: int
    place: str
    text: str
    shown: str
    approved: bool
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    questionnaire: Questionnaire
    answers: Sequence[OpenAnswer]

    @property
    def approved(self) -> int:
        return sum(1 for answer in self.answers if answer.approved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a buyer holds: the answers of the version sent last. ``settled`` says how it was put right, if it was."""

    release: Release
    answers: Sequence[ReleasedAnswer]
    settled: Settlement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance:
    library: Sequence[LibraryAnswer] = ()
    deals: Sequence[Deal] = ()
    sent: Sequence[Sent] = field(default_factory=tuple)

    @property
    def approved(self) -> int:
        return sum(deal.approved for deal in self.deals)

    @property
    def to_reopen(self) -> int:
        return len(self.library) + self.approved

    @property
    def unsettled(self) -> int:
        return sum(1 for sent in self.sent if sent.settled is None)

    @property
    def waits(self) -> bool:
        """Return whether somebody still has to do something."""
        return bool(self.to_reopen or self.unsettled)

    @property
    def anything(self) -> bool:
        return bool(self.library or self.deals or self.sent)


def reliance_of(
    organisation: Organisation, evidence: Mapping[int, str], changes: Mapping[int, Change]
) -> dict[int, Reliance]:
    """Return by evidence, named with its reference, what relies on it: on the revisions that its change concerns."""
    if not evidence:
        return {}
    library = _library(organisation, evidence, changes)
    deals = _deals(organisation, evidence, changes)
    sent = _sent(organisation, evidence, changes)
    return {
        pk: Reliance(library=library.get(pk, ()), deals=deals.get(pk, ()), sent=sent.get(pk, ())) for pk in evidence
    }


def evidence_named(organisation: Organisation, pk: int) -> Evidence | None:
    return Evidence.objects.of(organisation).select_related("organisation").filter(pk=pk).first()


def is_relied_on(evidence: Evidence) -> bool:
    """Return whether any answer at all cites a document, judged by nothing but the citation; cheap."""
    return (
        Citation.objects.filter(revision__evidence=evidence, response__status=ResponseStatus.APPROVED).exists()
        or LibraryAnswer.objects.of(evidence.organisation)
        .filter(evidence=evidence, state=AnswerState.APPROVED)
        .exists()
        or ReleasedAnswer.objects.filter(release__in=Release.objects.of(evidence.organisation))
        .annotate(cited=Cast("citations", TextField()))
        .filter(_names(evidence.reference))
        .exists()
    )


def title_of(evidence: Evidence) -> str:
    latest = evidence.revisions.only("title").first()
    return latest.title if latest else evidence.reference


def latest_reopening(evidence: Evidence) -> Reopening | None:
    """Return the latest step that can still be taken back."""
    return (
        Reopening.objects.filter(evidence=evidence, undone_at=None)
        .select_related("by")
        .annotate(taken=Count("answers"))
        .first()
    )


def reopening_of(organisation: Organisation, pk: int) -> Reopening | None:
    return (
        Reopening.objects.filter(pk=pk, evidence__organisation=organisation)
        .select_related("evidence__organisation")
        .first()
    )


def sent_release(organisation: Organisation, pk: int) -> Release | None:
    return Release.objects.of(organisation).select_related("questionnaire__organisation").filter(pk=pk).first()


def _library(
    organisation: Organisation, evidence: Mapping[int, str], changes: Mapping[int, Change]
) -> dict[int, list[LibraryAnswer]]:
    rows = LibraryAnswer.objects.of(organisation).filter(evidence__in=list(evidence), state=AnswerState.APPROVED)
    found: dict[int, list[LibraryAnswer]] = defaultdict(list)
    for row in rows.order_by("question", "pk"):
        change = changes.get(row.evidence_id or 0)
        # What was approved after a revision had shrunk was approved knowing it.
        known = (
            change is not None
            and change.before
            and row.approved_at
            and timezone.localdate(row.approved_at) > change.since
        )
        if not known:
            found[row.evidence_id or 0].append(row)
    return found


def _deals(
    organisation: Organisation, evidence: Mapping[int, str], changes: Mapping[int, Change]
) -> dict[int, list[Deal]]:
    rows = (
        Citation.objects.filter(
            response__question__questionnaire__in=open_deals(organisation), revision__evidence__in=list(evidence)
        )
        .select_related("response__question__questionnaire", "revision")
        .defer("revision__facts")
        .order_by("response__question__questionnaire__due_on", "response__question__position", "response")
    )
    grouped: dict[int, dict[int, dict[int, OpenAnswer]]] = defaultdict(lambda: defaultdict(dict))
    deals: dict[int, Questionnaire] = {}
    for row in rows:
        question, of = row.response.question, row.revision.evidence_id
        drafted_on = timezone.localdate(row.response.drafted_at)
        if _relies(row.response) and _concerns(changes.get(of), row.revision.number, drafted_on):
            deals[question.questionnaire_id] = question.questionnaire
            grouped[of][question.questionnaire_id][row.response_id] = _open_answer(row.response)
    return {
        of: [Deal(questionnaire=deals[pk], answers=tuple(answers.values())) for pk, answers in by_deal.items()]
        for of, by_deal in grouped.items()
    }


def _open_answer(response: Response) -> OpenAnswer:
    question = response.question
    return OpenAnswer(
        question=question.pk,
        place=f"{question.sheet}!{address(question.row, question.column)}",
        text=question.text,
        shown=response.shown,
        approved=response.status == ResponseStatus.APPROVED,
        version=response.version,
    )


def _sent(
    organisation: Organisation, evidence: Mapping[int, str], changes: Mapping[int, Change]
) -> dict[int, list[Sent]]:
    """Look into the version sent last of each questionnaire: what a later one replaced is no longer said."""
    newer = Release.objects.filter(questionnaire=OuterRef("questionnaire"), number__gt=OuterRef("number"))
    latest = Release.objects.of(organisation).filter(~Exists(newer))
    named = Q()
    for reference in evidence.values():
        named |= _names(reference)
    # What was sent does not keep which rules had failed; the answer of the desk still knows, while it says the same.
    same = Response.objects.filter(
        question__questionnaire=OuterRef("release__questionnaire"),
        question__position=OuterRef("position"),
        question__text=OuterRef("question"),
        value=OuterRef("value"),
    )
    rows = (
        ReleasedAnswer.objects.filter(release__in=latest)
        .select_related("release__questionnaire__organisation", "release__questionnaire__owner")
        .exclude(written="", comment="")
        .annotate(cited=Cast("citations", TextField()), failed=Subquery(same.values("failed_rules")[:1]))
        .filter(named)
        .order_by("release", "position")
    )
    by_reference = {reference: pk for pk, reference in evidence.items()}
    found: dict[int, dict[int, list[ReleasedAnswer]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        cited = {by_reference[name]: number for name, number, *_ in row.citations if name in by_reference}
        for pk, number in cited.items():
            if not _is_gap(row.failed) and _concerns(changes.get(pk), number, row.release.as_of):
                found[pk][row.release_id].append(row)
    releases = {row.release_id: row.release for by_release in found.values() for (row, *_) in by_release.values()}
    settled = {(row.evidence_id, row.release_id): row for row in _settlements(list(evidence))}
    return {
        pk: [
            Sent(release=releases[release], answers=answers, settled=settled.get((pk, release)))
            for release, answers in by_release.items()
        ]
        for pk, by_release in found.items()
    }


def _names(reference: str) -> Q:
    """Match citations, written as text in ``cited``, that name a document; the databases escape differently."""
    return Q(cited__contains=json.dumps(reference)) | Q(cited__contains=f'"{reference}"')


def _settlements(evidence: Sequence[int]) -> list[Settlement]:
    return list(Settlement.objects.filter(evidence__in=evidence).select_related("by").order_by("at", "pk"))


def _relies(response: Response) -> bool:
    """Return whether an answer rests on what it cites: a gap names what failed, and a blank what is near."""
    return response.band != Band.BLANK and not _is_gap(response.failed_rules)


def _is_gap(failed_rules: Sequence[str] | None) -> bool:
    """Return whether a rule failed that decides; warnings do not."""
    return any(not rule.startswith(WARNING) for rule in failed_rules or ())


def _concerns(change: Change | None, number: int, judged_on: date) -> bool:
    """Return whether a change concerns an answer: the revision it cites, and it was given before that happened."""
    if change is None:
        return True
    if change.happened is Happened.LAPSED:
        return judged_on < change.since
    return not change.before or number < change.before
