"""Draft an answer, or a blank with its reason, for every question of a questionnaire."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from rfp.answering.cells import Cells
from rfp.answering.content import BlankCode
from rfp.answering.draft import draft as draft_one
from rfp.answering.draft import not_asked, without_a_cell
from rfp.answering.manner import is_asked_after
from rfp.answering.quotes import Place
from rfp.answering.types import Band, Drafted, Put
from rfp.mapping.engine import Mapper
from rfp.mapping.footing import own_line
from rfp.mapping.grounding import groundings
from rfp.models import Citation, Offer, Question, Questionnaire, QuestionnaireState, Response, ResponseStatus
from rfp.models.slots import to_question
from rfp.queries.decisions import taught_decisions
from rfp.queries.ground import answers_of, ground_of
from rfp.queries.proposals import proposals_of
from rfp.queries.standing import Standing
from scoring.answers import Value

BATCH = 500
# What makes two drafts the same statement: where these agree, an approval given before still stands.
STATEMENT = ("band", "value", "option", "text", "comment", "documents", "answered_on", "shown")

WORTH_A_LOOK = 0.5  # cosine from which the nearest passage is worth naming
_SETTLED = (Value.YES, Value.NO)
_NOTHING_TO_LOOK_UP = frozenset(
    {BlankCode.SKIPPED, BlankCode.EARLIER_ANSWER, BlankCode.CELL_CLOSED, BlankCode.NOT_ASKED, BlankCode.FALSE_PREMISE}
)

_OPEN = frozenset({BlankCode.NO_LIBRARY_ANSWER, BlankCode.STALE_LIBRARY_ANSWER, BlankCode.UNSURE_MAPPING})

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    return None


@transaction.atomic
def draft(
    *,
    questionnaire: Questionnaire,
    standing: Standing,
    mapper: Mapper,
    by: User | None,
    at: datetime,
    progress: Progress = _silent,
) -> None:
    """Draft every answer anew. An approved answer whose statement is the same stays approved; any other is reopened."""
    questions = list(questionnaire.questions.prefetch_related("slots"))
    drafts, offered, calibration = _drafts(questionnaire, questions, standing, mapper, progress)
    before = {row.question_id: row for row in Response.objects.filter(question__questionnaire=questionnaire)}
    rows = [_row(question, drafted, at) for question, drafted in zip(questions, drafts, strict=True)]
    reopened = 0
    for row in rows:
        earlier = before.get(row.question_id)
        if earlier is None:
            continue
        row.version = earlier.version
        if all(getattr(row, name) == getattr(earlier, name) for name in STATEMENT):
            row.status, row.approved_by, row.approved_at = earlier.status, earlier.approved_by, earlier.approved_at
        else:
            row.version += 1
            reopened += earlier.status == ResponseStatus.APPROVED
    Response.objects.filter(pk__in=[row.pk for row in before.values()]).delete()
    stored = Response.objects.bulk_create(rows, batch_size=BATCH)
    _store_citations(stored, drafts, standing)
    _store_offers(stored, offered)
    questionnaire.state = QuestionnaireState.DRAFTED
    questionnaire.calibration = calibration
    questionnaire.save(update_fields=["state", "calibration"])
    audit.record(
        organisation=questionnaire.organisation,
        event="questionnaire.drafted",
        target=questionnaire,
        by=by,
        at=at,
        details={"questions": len(rows), "reopened": reopened, "on": standing.on.isoformat()},
    )


def _drafts(
    questionnaire: Questionnaire,
    questions: Sequence[Question],
    standing: Standing,
    mapper: Mapper,
    progress: Progress,
) -> tuple[list[Drafted], list[list[int]], str]:
    taught = taught_decisions(questionnaire.organisation, mapper.vectors)
    line = own_line(mapper, taught)
    proposals = proposals_of(questionnaire)
    answers = answers_of(questionnaire, mapper)
    looked = answers.look([question.text for question in questions], mapper)
    found = [one.found for one in looked]
    ground = ground_of(questionnaire, standing, answers, found, mapper=mapper, line=line)
    vectors = mapper.trained.space.encoder.encode([question.text for question in questions], cache=mapper.vectors)
    grounded = groundings(mapper, vectors, [proposals[question.pk].decisive for question in questions], taught)
    drafts: list[Drafted] = []
    cells = Cells()
    asked_before: Value | None = None  # the answer to the latest question without a condition
    for number, (question, known) in enumerate(zip(questions, found, strict=True)):
        put = Put(
            question=to_question(question),
            proposal=proposals[question.pk],
            vector=vectors[number],
            grounding=grounded[number],
        )
        depends = bool(question.condition)
        if depends and asked_before in _SETTLED and not is_asked_after(question.text, yes=asked_before is Value.YES):
            drafts.append(not_asked())
            continue
        drafted = draft_one(put, ground, known)
        if not cells.take(drafted.placed.writes):
            drafted = without_a_cell(drafted)
        asked_before = asked_before if depends else drafted.said.content.value
        drafts.append(drafted)
        progress(number + 1, len(questions))
    places = ground.quoter.places(vectors)
    names = {proof.revision_id: proof.fact.title for proof in ground.proofs.values()}
    placed = [_with_place(one, place, names) for one, place in zip(drafts, places, strict=True)]
    offered = [
        answers.fitting(one.near, nda_signed=ground.nda_signed) if _wants(draft) else []
        for one, draft in zip(looked, placed, strict=True)
    ]
    return placed, offered, line.said


def _wants(drafted: Drafted) -> bool:
    """Say whether a person has to find the answer, and may want to start from a near one."""
    return drafted.band is Band.BLANK and drafted.code in _OPEN


def _with_place(drafted: Drafted, place: Place | None, names: Mapping[int, str]) -> Drafted:
    """Tell the reader of a blank where to look, if anything in the library is near."""
    if drafted.band is not Band.BLANK or drafted.code in _NOTHING_TO_LOOK_UP:
        return drafted
    if place is None or place.cosine < WORTH_A_LOOK or place.revision_id not in names:
        return drafted
    where = f"Nearest in the evidence: “{names[place.revision_id]}”, page {place.page}."
    return replace(drafted, reason=f"{drafted.reason} {where}")


def _row(question: Question, drafted: Drafted, at: datetime) -> Response:
    content = drafted.said.content
    return Response(
        question=question,
        band=drafted.band,
        value=content.value,
        option=drafted.placed.option.label if drafted.placed.option else None,
        text=content.words,
        comment=content.comment,
        documents=content.documents,
        answered_on=content.on,
        shown=drafted.placed.shown,
        code=drafted.code,
        reason=drafted.reason,
        failed_rules=list(drafted.said.failed_rules),
        library_answer_id=drafted.said.library_ref,
        drafted_at=at,
    )


def _store_offers(responses: Sequence[Response], offered: Sequence[Sequence[int]]) -> None:
    Offer.objects.bulk_create(
        [
            Offer(response=response, position=position, library_answer_id=ref)
            for response, refs in zip(responses, offered, strict=True)
            for position, ref in enumerate(refs, start=1)
        ],
        batch_size=BATCH,
    )


def _store_citations(responses: Sequence[Response], drafts: Sequence[Drafted], standing: Standing) -> None:
    Citation.objects.bulk_create(
        [
            Citation(
                response=response,
                position=position,
                revision_id=standing.proofs[cited.reference].revision_id,
                page=cited.page,
                quote=cited.quote,
            )
            for response, drafted in zip(responses, drafts, strict=True)
            for position, cited in enumerate(drafted.said.cites, start=1)
        ],
        batch_size=BATCH,
    )
