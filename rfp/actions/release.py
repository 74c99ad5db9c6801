"""Record that a final package was sent, and freeze it with everything it rested on."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import User
from evidence import storage
from evidence.question_key import question_key
from rfp.actions.review import check_approver
from rfp.models import (
    Assessment,
    Export,
    ExportKind,
    Questionnaire,
    Release,
    ReleasedAnswer,
    ReleasedFile,
    Way,
)
from rfp.queries.releases import final_package
from rfp.queries.restricted import restricted_for

BATCH = 500


class NotSent(Exception):
    """The package cannot be recorded as sent; the text says why and what to do."""


class PackageChanged(NotSent):
    """There are newer files than the person saw, or none that are final."""


class DraftNeverSent(NotSent):
    """A draft holds answers that nobody approved."""


class AlreadySent(NotSent):
    """The same files were recorded as sent before, to somebody else or on another day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """To whom a package went, when and how."""

    sent_to: str
    sent_on: date
    way: Way
    note: str = ""


@transaction.atomic
def mark_sent(
    *, questionnaire: Questionnaire, files: Collection[int], sending: Sending, on: date, by: User, at: datetime
) -> Release:
    """Freeze the final package whose exports the person saw; recording the same again changes nothing.

    What was answered is read from the package itself: the answers may have been drafted again since it was written.

    :raises MayNotApprove: if the person is no approver of the vendor
    :raises DraftNeverSent: if one of the files is a draft
    :raises PackageChanged: if these are not the latest final files
    :raises AlreadySent: if they were recorded as sent in another way
    :raises NotSent: if the day lies ahead, or the package was never scored
    :raises FileMissing: if the store no longer holds one of the files
    """
    check_approver(questionnaire.organisation, by)
    # Two approvers who record the same package meet here: the second one finds what the first one wrote.
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    exports = _checked(questionnaire, files)
    if sending.sent_on > on:
        raise NotSent("The day lies ahead. Record the package once it was sent.")
    before = _with_the_same_files(questionnaire, exports)
    if before is not None:
        if (before.sent_to, before.sent_on, before.way) == (sending.sent_to, sending.sent_on, sending.way):
            return before
        raise AlreadySent(
            f"These files were recorded as sent to {before.sent_to} on {before.sent_on.isoformat()}. "
            "Write the final files again to send a new version."
        )
    return _freeze(questionnaire, exports, sending, by, at)


def _checked(questionnaire: Questionnaire, files: Collection[int]) -> list[Export]:
    if questionnaire.exports.filter(pk__in=files, draft=True).exists():
        raise DraftNeverSent("A draft is never recorded as sent: have its answers approved and write the final files.")
    exports = final_package(questionnaire)
    if not exports:
        raise PackageChanged("There are no final files yet. Approve answers, then write the files.")
    if {export.pk for export in exports} != set(files):
        raise PackageChanged("The final files were written again since this page was loaded. Look at them first.")
    return exports


def _with_the_same_files(questionnaire: Questionnaire, exports: Sequence[Export]) -> Release | None:
    wanted = {export.file.sha256 for export in exports}
    rows = questionnaire.releases.prefetch_related("files")
    return next((row for row in rows if {file.sha256 for file in row.files.all()} == wanted), None)


def _freeze(
    questionnaire: Questionnaire, exports: Sequence[Export], sending: Sending, by: User, at: datetime
) -> Release:
    contents = {export.pk: storage.get(export.file.sha256) for export in exports}
    data = next((export for export in exports if export.kind == ExportKind.DATA), None)
    if data is None:
        raise NotSent("The package has no JSON file, which tells what was answered. Write the final files again.")
    said = json.loads(contents[data.pk])
    _check_may_be_told(questionnaire, said["answers"])
    assessment = _assessment(questionnaire, date.fromisoformat(said["as_of"]), data.made_at)
    numbers = questionnaire.releases.aggregate(latest=Max("number"))
    release = Release.objects.create(
        organisation=questionnaire.organisation,
        questionnaire=questionnaire,
        number=(numbers["latest"] or 0) + 1,
        title=questionnaire.title,
        buyer=questionnaire.buyer,
        buyer_key=questionnaire.buyer_key,
        stage=said["stage"],
        systems=[system["name"] for system in said["systems"]],
        nda_signed=questionnaire.nda_signed,
        sent_to=sending.sent_to,
        sent_on=sending.sent_on,
        way=sending.way,
        note=sending.note,
        as_of=assessment.as_of,
        assessment=assessment,
        evidence_snapshot=assessment.evidence_snapshot,
        catalogue_version=said["versions"]["catalogue"],
        catalogue_digest=said["versions"]["catalogue_digest"],
        mapping_version=said["versions"]["mapping"],
        product_version=said["versions"]["product"],
        recorded_by=by,
        recorded_at=at,
    )
    ReleasedFile.objects.bulk_create(
        ReleasedFile(
            release=release,
            export=export,
            file=export.file,
            kind=export.kind,
            name=export.name,
            sha256=export.file.sha256,
            size=len(contents[export.pk]),
            fidelity=export.fidelity,
        )
        for export in exports
    )
    ReleasedAnswer.objects.bulk_create(
        (_answer(release, position, line) for position, line in enumerate(said["answers"], start=1)), batch_size=BATCH
    )
    audit.record(
        organisation=questionnaire.organisation,
        event="questionnaire.sent",
        target=release,
        by=by,
        at=at,
        details={
            "to": sending.sent_to,
            "on": sending.sent_on.isoformat(),
            "way": sending.way,
            "version": release.number,
            "sha256": next(export.file.sha256 for export in exports if export.kind == ExportKind.WORKBOOK),
        },
    )
    return release


def _check_may_be_told(questionnaire: Questionnaire, lines: Sequence[Mapping[str, Any]]) -> None:
    """:raises NotSent: if the package tells what this buyer may not be told by now: an NDA or an audience changed"""
    restricted = restricted_for(questionnaire)
    for line in lines:
        cited = {cited["reference"] for cited in line["citations"]}
        if cited & restricted.references or any(map(restricted.touches, (line["written"], line["comment"]))):
            raise NotSent(
                f"The answer to {line['place']} rests on something that this buyer may not be told by now. "
                "Write the final files again."
            )


def _assessment(questionnaire: Questionnaire, as_of: date, made_at: datetime) -> Assessment:
    """Return the verdict that the package states: the latest one of its day that was given before it was written."""
    found = questionnaire.assessments.filter(as_of=as_of, made_at__lte=made_at).first()
    if found is None:
        raise NotSent("No verdict is on record for these files. Write the final files again.")
    return found


def _answer(release: Release, position: int, line: Mapping[str, Any]) -> ReleasedAnswer:
    return ReleasedAnswer(
        release=release,
        position=position,
        question_key=question_key(line["question"]),
        place=line["place"][:300],
        number=line["number"][:120],
        section=line["section"],
        question=line["question"],
        value=line["value"],
        written=line["written"],
        comment=line["comment"],
        reason=line["reason"],
        library_answer=line["library_answer"],
        citations=[
            [cited["reference"], cited["revision"], cited["page"], cited["quote"]] for cited in line["citations"]
        ],
    )
