"""Gathering what a letter of correction says."""

from __future__ import annotations

from datetime import date

from rfp.models import Band, Question, Response
from rfp.queries.changes import Change
from rfp.queries.reliance import Sent
from rfp.reporting.correction import CorrectedAnswer, Correction
from rfp.version import VERSION


def correction_of(change: Change, sent: Sent, *, on: date) -> Correction:
    """Return the letter about one document to one buyer; what is proposed is what is answered now without it."""
    release = sent.release
    organisation = release.questionnaire.organisation
    now = _answers_now(release.questionnaire_id, change)
    return Correction(
        vendor=organisation.name,
        legal_entity=organisation.legal_entity or organisation.name,
        buyer=release.buyer,
        title=release.title,
        version=release.number,
        sent_to=release.sent_to,
        sent_on=release.sent_on,
        made_on=on,
        cited=f"{change.title} ({change.reference})",
        changed=change.sentence,
        since=change.since,
        answers=tuple(
            CorrectedAnswer(
                place=row.place,
                question=row.question,
                said=row.written,
                comment=row.comment,
                proposed=now.get((row.position, row.question), ""),
            )
            for row in sent.answers
        ),
        product=VERSION,
    )


def _answers_now(questionnaire: int, change: Change) -> dict[tuple[int, str], str]:
    """Return what is answered now by place and words of the question, where it no longer cites the document."""
    rows = Response.objects.filter(question__questionnaire=questionnaire).exclude(band=Band.BLANK)
    relying = rows.filter(citations__revision__evidence=change.evidence)
    if change.before:
        relying = relying.filter(citations__revision__number__lt=change.before)
    rows = rows.exclude(pk__in=relying.values("pk"))
    questions = Question.objects.filter(response__in=rows).values_list("position", "text", "response__shown")
    return {(position, text): shown for position, text, shown in questions if shown}
