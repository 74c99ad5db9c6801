"""What the buyer of a questionnaire may not be told, and which answers tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidence.models import Audience, Evidence, EvidenceRevision, LibraryAnswer, Passage
from rfp.models import Questionnaire, Response
from rfp.reporting.restricted import Restricted


def restricted_for(questionnaire: Questionnaire) -> Restricted:
    """Return what is internal and, without an NDA on record, what is under one; of every revision and version."""
    closed = closed_audiences(questionnaire)
    evidence = list(Evidence.objects.filter(organisation_id=questionnaire.organisation_id, audience__in=closed))
    revisions = list(
        EvidenceRevision.objects.filter(evidence__in=evidence).select_related("file").defer("facts") if evidence else ()
    )
    answers = list(
        LibraryAnswer.objects.filter(organisation_id=questionnaire.organisation_id, audience__in=closed)
        .only("question", "answer", "comment")
        .order_by("pk")
    )
    passages = (
        Passage.objects.filter(revision__in=revisions).order_by("pk").values_list("text", flat=True)
        if revisions
        else ()
    )
    references = frozenset(row.reference for row in evidence)
    files = {revision.file.name for revision in revisions if revision.file}
    return Restricted(
        names=references
        | {revision.title for revision in revisions}
        | files
        | {name.rpartition(".")[0] for name in files}
        | {row.question for row in answers},
        references=references,
        texts=(*(f"{row.answer} | {row.comment}" for row in answers), *passages),
    )


def closed_audiences(questionnaire: Questionnaire) -> Sequence[Audience]:
    """Return the audiences that this buyer does not belong to."""
    return (Audience.INTERNAL,) if questionnaire.nda_signed else (Audience.INTERNAL, Audience.NDA)


def held_back(questionnaire: Questionnaire, responses: Iterable[Response], restricted: Restricted) -> frozenset[int]:
    """Return the responses that rest on something restricted or repeat it, whoever wrote or approved them."""
    closed = closed_audiences(questionnaire)
    return frozenset(
        row.pk
        for row in responses
        if row.shown
        and (
            (row.library_answer is not None and row.library_answer.audience in closed)
            or any(cited.revision.evidence.audience in closed for cited in row.citations.all())
            or any(map(restricted.touches, (row.shown, row.text, row.comment, row.documents, row.override_reason)))
        )
    )
