"""Gathering what a letter of correction says."""

from __future__ import annotations

from datetime import date

from django.utils.text import capfirst

from rfp.models import Band, Questionnaire, Response
from rfp.queries.changes import Change
from rfp.queries.reliance import Sent
from rfp.queries.restricted import held_back, restricted_for
from rfp.reporting.correction import CorrectedAnswer, Correction
from rfp.reporting.restricted import INSTEAD, Restricted
from rfp.version import VERSION


def correction_of(change: Change, sent: Sent, *, on: date) -> Correction:
    """Return the letter about one document to one buyer; what is proposed is what is answered now without it.

    What the buyer may not be told by now is neither named nor proposed.
    """
    release = sent.release
    organisation = release.questionnaire.organisation
    restricted = restricted_for(release.questionnaire)
    now = _answers_now(release.questionnaire, change, restricted)
    named = f"“{change.title}” ({change.reference})"
    may_be_named = change.reference not in restricted.references
    return Correction(
        vendor=organisation.name,
        legal_entity=organisation.legal_entity or organisation.name,
        buyer=release.buyer,
        title=release.title,
        version=release.number,
        sent_to=release.sent_to,
        sent_on=release.sent_on,
        made_on=on,
        cited=f"{change.title} ({change.reference})" if may_be_named else INSTEAD,
        changed=restricted.without_names(
            change.sentence if may_be_named else change.sentence.replace(named, capfirst(INSTEAD))
        ),
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


def _answers_now(questionnaire: Questionnaire, change: Change, restricted: Restricted) -> dict[tuple[int, str], str]:
    """Return what is answered now by place and words of the question, where it no longer cites the document."""
    rows = Response.objects.filter(question__questionnaire=questionnaire).exclude(band=Band.BLANK)
    relying = rows.filter(citations__revision__evidence=change.evidence)
    if change.before:
        relying = relying.filter(citations__revision__number__lt=change.before)
    rows = rows.exclude(pk__in=relying.values("pk")).select_related("question", "library_answer")
    answered = list(rows.prefetch_related("citations__revision__evidence"))
    held = held_back(questionnaire, answered, restricted)
    return {
        (row.question.position, row.question.text): row.shown for row in answered if row.shown and row.pk not in held
    }
