"""A version of the world's questionnaire that was sent."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from evidence.question_key import question_key
from rfp.models import Question, Release, ReleasedAnswer, Way
from rfp.workbook.model import address
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World


def send(world: World, *, by: User, sent_on: date = TODAY) -> Release:
    """Freeze what the answers say now, as recording a package does, without its files."""
    questionnaire = world.questionnaire
    assessment = questionnaire.assessments.latest()
    release = Release.objects.create(
        organisation=world.organisation,
        questionnaire=questionnaire,
        number=questionnaire.releases.count() + 1,
        title=questionnaire.title,
        buyer=questionnaire.buyer,
        buyer_key=questionnaire.buyer_key,
        stage=questionnaire.stage,
        systems=["Helper"],
        nda_signed=False,
        sent_to="risk@kestrel.example",
        sent_on=sent_on,
        way=Way.EMAIL,
        as_of=assessment.as_of,
        assessment=assessment,
        evidence_snapshot=assessment.evidence_snapshot,
        catalogue_version=assessment.catalogue_version,
        catalogue_digest=assessment.catalogue_digest,
        recorded_by=by,
        recorded_at=NOW,
    )
    for question in Question.objects.filter(questionnaire=questionnaire).select_related("response"):
        response = question.response
        ReleasedAnswer.objects.create(
            release=release,
            position=question.position,
            question_key=question_key(question.text),
            place=f"{question.sheet}!{address(question.row, question.column)}",
            question=question.text,
            value=response.value,
            written=response.shown,
            comment=response.comment,
            citations=[
                [row.revision.evidence.reference, row.revision.number, row.page, row.quote]
                for row in response.citations.select_related("revision__evidence")
            ],
        )
    return release
