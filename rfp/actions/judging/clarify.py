"""Ask a vendor back about a question, take its word, and decide whether a changed answer counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts import audit
from accounts.actions.notifications import notify
from accounts.models import Role, User
from accounts.queries import people_with
from evidence.actions.files import keep
from rfp.models import (
    ClarificationNote,
    LateDecision,
    Participant,
    Side,
    Submission,
    SubmittedAnswer,
    TakenOver,
    TenderQuestion,
    UploadLink,
)
from rfp.queries.judging.claims import current_submission

VALUES = ("", "yes", "no", "partial", "not_applicable", "planned")


class CannotClarify(Exception):
    """That cannot be said here and now; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The answer that the vendor would rather have given."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who answers for the vendor: a person of its organisation, or whoever holds a link."""

    user: User | None = None
    link: UploadLink | None = None

    @property
    def name(self) -> str:
        return str(self.user or (self.link.email if self.link else ""))


@transaction.atomic
def ask_back(
    *, participant: Participant, question: TenderQuestion, text: str, due_on: date | None, by: User, at: datetime
) -> ClarificationNote:
    """Ask the vendor about its answer to a question.

    :raises CannotClarify: without a text, for another tender's question, or once the tender is awarded
    """
    _check(participant, question, text)
    note = _say(participant, question, Side.BUYER, text, by=by, by_name=str(by), due_on=due_on, at=at)
    _record(note, "tender.asked_back", by, at)
    if participant.vendor_organisation is not None:
        url = reverse("clarifications")
        said = f"{participant.tender.organisation} asks back about “{participant.tender.name}”: {note.text[:200]}"
        for person in people_with(participant.vendor_organisation, Role.SALES_ENGINEER):
            notify(
                organisation=participant.vendor_organisation,
                user=person,
                kind="clarification",
                text=said,
                url=url,
                at=at,
            )
    return note


@transaction.atomic
def answer_back(
    *,
    participant: Participant,
    question: TenderQuestion,
    text: str,
    proposal: Proposal | None = None,
    speaker: Speaker,
    at: datetime,
) -> ClarificationNote:
    """Say something for the vendor to what the buyer asked; a proposed answer waits for the buyer.

    :raises CannotClarify: if the buyer asked nothing, without a text, or once the tender is awarded
    """
    _check(participant, question, text)
    if not ClarificationNote.objects.filter(participant=participant, question=question, side=Side.BUYER).exists():
        raise CannotClarify("The buyer has asked nothing about this question.")
    changed: Mapping[str, object] = {}
    if proposal is not None:
        if proposal.value not in VALUES or not (proposal.value or proposal.text.strip()):
            raise CannotClarify("Say what the answer should be.")
        submission = current_submission(participant)
        before = submission.answers.filter(question=question).first() if submission else None
        changed = {"proposes": True, "value": proposal.value, "proposed": proposal.text.strip(), "before": before}
    note = _say(
        participant,
        question,
        Side.VENDOR,
        text,
        by=speaker.user,
        by_name=speaker.name,
        link=speaker.link,
        at=at,
        **changed,
    )
    _record(note, "tender.answered_back", speaker.user, at)
    owner = participant.tender.owner
    if owner is not None:
        notify(
            organisation=participant.tender.organisation,
            user=owner,
            kind="clarification",
            text=f"{participant.name} answered your question about “{question.text[:120]}”.",
            url=reverse("thread", args=[participant.pk, question.pk]),
            at=at,
        )
    return note


@transaction.atomic
def take_over(*, note: ClarificationNote, counts: bool, reason: str, by: User, at: datetime) -> TakenOver:
    """Decide whether a proposed answer counts. If so it is a new version of what was handed in, the old ones stay.

    :raises CannotClarify: without a reason, if nothing was proposed, or if somebody decided before
    """
    Participant.objects.select_for_update(of=("self",)).get(pk=note.participant_id)
    if not note.proposes:
        raise CannotClarify("The vendor proposed no other answer.")
    if not reason.strip():
        raise CannotClarify("Say why: the other vendors may ask.")
    if TakenOver.objects.filter(note=note).exists():
        raise CannotClarify("That was decided already.")
    _check(note.participant, note.question, reason)
    submission = _new_version(note, reason.strip(), by, at) if counts else None
    made = TakenOver.objects.create(
        note=note, counts=counts, reason=reason.strip(), submission=submission, decided_by=by, decided_at=at
    )
    _record(note, "tender.answer_taken_over" if counts else "tender.answer_left", by, at, reason=made.reason)
    return made


def _new_version(note: ClarificationNote, reason: str, by: User, at: datetime) -> Submission:
    """Write down everything that was handed in once more, with the one answer changed."""
    participant = note.participant
    current = current_submission(participant)
    answers = list(current.answers.all()) if current else []
    content = json.dumps(
        {"note": note.pk, "question": note.question.text, "value": note.value, "answer": note.proposed},
        ensure_ascii=False,
        indent=1,
    ).encode()
    name = f"Clarification {note.pk}.json"
    tender = participant.tender
    late = tender.closed_at is not None or (tender.due_at is not None and at > tender.due_at)
    highest = participant.submissions.aggregate(most=Max("number"))["most"] or 0
    made = Submission.objects.create(
        tender=tender,
        participant=participant,
        number=highest + 1,
        file=keep(organisation=tender.organisation, content=content, name=name, at=at),
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        received_at=at,
        late=late,
        altered=current.altered if current else [],
    )
    copied = [_copied(row, made) for row in answers if row.question_id != note.question_id]
    old = next((row for row in answers if row.question_id == note.question_id), None)
    changed = SubmittedAnswer(
        submission=made,
        question=note.question,
        value=note.value,
        text=note.proposed,
        comment=old.comment if old else "",
        evidence_refs=old.evidence_refs if old else "",
        altered=old.altered if old else "",
    )
    SubmittedAnswer.objects.bulk_create([*copied, changed])
    if late:
        # What the buyer asked for itself and takes over comes late by nature.
        LateDecision.objects.create(submission=made, admitted=True, reason=reason, decided_by=by, decided_at=at)
    return made


def _copied(row: SubmittedAnswer, submission: Submission) -> SubmittedAnswer:
    return SubmittedAnswer(
        submission=submission,
        question_id=row.question_id,
        value=row.value,
        text=row.text,
        comment=row.comment,
        evidence_refs=row.evidence_refs,
        altered=row.altered,
    )


def _check(participant: Participant, question: TenderQuestion, text: str) -> None:
    if not text.strip():
        raise CannotClarify("Write something.")
    if question.tender_id != participant.tender_id:
        raise CannotClarify("The question is not one of this tender.")
    if participant.withdrawn_at is not None:
        raise CannotClarify(f"{participant.name} has withdrawn.")
    if participant.tender.awarded_at is not None:
        raise CannotClarify("The tender is awarded: nothing is clarified any more.")
    if participant.tender.opened_at is None:
        raise CannotClarify("The tender is a draft that no vendor sees.")


def _say(
    participant: Participant, question: TenderQuestion, side: Side, text: str, *, at: datetime, **told: object
) -> ClarificationNote:
    return ClarificationNote.objects.create(
        participant=participant, question=question, side=side, text=text.strip(), at=at, **told
    )


def _record(note: ClarificationNote, event: str, by: User | None, at: datetime, **details: object) -> None:
    participant = note.participant
    audit.record(
        organisation=participant.tender.organisation,
        event=event,
        target=participant.tender,
        by=by,
        at=at,
        details={
            "vendor": participant.name,
            "question": note.question.number,
            "by": note.by_name,
            "text": note.text[:300],
            **details,
        },
    )
