"""Who gets the pages of the answer library and of what was sent."""

from __future__ import annotations

from accounts.models import User
from evidence.actions.files import keep
from evidence.models import LibraryAnswer
from evidence.question_key import question_key
from rfp.models import AnswerImport, Assessment, Export, Release, ReleasedFile, Way
from tests.conftest import NOW, TODAY
from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def library_answer(world: World) -> LibraryAnswer:
    """Return an approved answer of the world's vendor."""
    question = "Are backups tested?"
    row, _ = LibraryAnswer.objects.get_or_create(
        organisation=world.organisation,
        question_key=question_key(question),
        defaults={
            "question": question,
            "answer": "Yes",
            "owner": "Emil",
            "reviewed_on": TODAY,
            "approved_at": NOW,
            "evidence": world.revision.evidence,
        },
    )
    return row


def sent_version(world: World) -> Release:
    """Return a version of the world's questionnaire that was sent."""
    known = Release.objects.filter(questionnaire=world.questionnaire).first()
    if known is not None:
        return known
    assessment = Assessment.objects.filter(questionnaire=world.questionnaire)[0]
    release = Release.objects.create(
        organisation=world.organisation,
        questionnaire=world.questionnaire,
        number=1,
        title=world.questionnaire.title,
        buyer=world.questionnaire.buyer,
        buyer_key=world.questionnaire.buyer_key,
        stage=world.questionnaire.stage,
        nda_signed=False,
        sent_to="Bo Buyer",
        sent_on=TODAY,
        way=Way.EMAIL,
        as_of=TODAY,
        assessment=assessment,
        evidence_snapshot=assessment.evidence_snapshot,
        catalogue_version=assessment.catalogue_version,
        catalogue_digest=assessment.catalogue_digest,
        recorded_by=User.objects.all()[0],
        recorded_at=NOW,
    )
    file = world.export.file
    ReleasedFile.objects.create(
        release=release,
        export=world.export,
        file=file,
        kind=world.export.kind,
        name=world.export.name,
        sha256=file.sha256,
        size=file.size,
    )
    return release


def compared(world: World) -> int:
    """Return an export that says what was changed in the buyer's file."""
    Export.objects.filter(pk=world.export.pk).update(fidelity={"lossless": True, "cells_written": 1, "parts": 1})
    return world.export.pk


def brought(world: World) -> AnswerImport:
    """Return a list of answers that was brought in and not imported."""
    by = User.objects.get(email="vera@vendor.example") if world.organisation.slug == "vera-vendor" else None
    return AnswerImport.objects.create(
        organisation=world.organisation,
        file=keep(organisation=world.organisation, content=b"Question,Answer\nIs it blue?,Yes\n", name="a.csv", at=NOW),
        name="a.csv",
        answered=False,
        approves=False,
        created_by=by,
        created_at=NOW,
    )


ROWS: dict[str, Row] = {
    "library_answers": Row(),
    "library_answer_new": Row(),
    "library_answer": Row(owned=lambda world: library_answer(world).pk),
    "library_answer_edit": Row(owned=lambda world: library_answer(world).pk),
    "library_import": Row(),
    "library_import_check": Row(owned=lambda world: brought(world).pk),
    "library_download": Row(),
    "library_queue": Row(),
    "library_still_right": Row(method="post", own=302, sales_engineer=302),
    "library_step": Row(
        method="post",
        owned=lambda world: library_answer(world).pk,
        sends=lambda _: {"step": "still_right", "version": "1"},
        own=302,
        sales_engineer=302,
    ),
    "send_package": Row(owned=lambda world: world.questionnaire.pk, sales_engineer=403),
    "changes": Row(owned=lambda world: world.questionnaire.pk),
    "look_for_reworded": Row(method="post", owned=lambda world: world.questionnaire.pk, own=302, sales_engineer=302),
    "sent_version": Row(owned=lambda world: sent_version(world).pk),
    "sent_package": Row(owned=lambda world: sent_version(world).pk),
    "fidelity": Row(owned=compared),
    "library_pairs": Row(),
    "judge_pair": Row(method="post", own=302, sales_engineer=302),
}
