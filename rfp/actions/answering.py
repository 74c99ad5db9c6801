"""Draft an answer, or a blank with its reason, for every question of a questionnaire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from rfp.actions.keeping import hear_machine, is_same_statement
from rfp.actions.storing import Within, check_unchanged
from rfp.answering.cells import Cells
from rfp.answering.content import BlankCode
from rfp.answering.draft import draft as draft_one
from rfp.answering.draft import not_asked, without_a_cell
from rfp.answering.manner import is_asked_after
from rfp.answering.place import place
from rfp.answering.promises import first_promise
from rfp.answering.quotes import Place
from rfp.answering.types import Band, Drafted, Put
from rfp.mapping.engine import Mapper
from rfp.mapping.footing import SHIPPED_LINE, own_line
from rfp.mapping.grounding import groundings
from rfp.mapping.types import NO_CATEGORY
from rfp.models import (
    Citation,
    MappingStatus,
    Offer,
    Question,
    QuestionMapping,
    Questionnaire,
    QuestionnaireState,
    Response,
    ResponseStatus,
)
from rfp.models.slots import slots_of, to_question
from rfp.queries.by_hand import content_said, sharing_cells, value_asked_before
from rfp.queries.decisions import taught_decisions
from rfp.queries.ground import answers_of, ground_of
from rfp.queries.mapping_sets.teaching import teaching_of
from rfp.queries.proposals import proposals_of
from rfp.queries.standing import Standing
from scoring.answers import Value

BATCH = 500
WORTH_A_LOOK = 0.5  # cosine from which the nearest passage is worth naming
_SETTLED = (Value.YES, Value.NO)
_NOTHING_TO_LOOK_UP = frozenset(
    {BlankCode.SKIPPED, BlankCode.EARLIER_ANSWER, BlankCode.CELL_CLOSED, BlankCode.NOT_ASKED, BlankCode.FALSE_PREMISE}
)

_OPEN = frozenset({BlankCode.NO_LIBRARY_ANSWER, BlankCode.STALE_LIBRARY_ANSWER, BlankCode.UNSURE_MAPPING})

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    return None


def draft(
    *,
    questionnaire: Questionnaire,
    standing: Standing,
    mapper: Mapper,
    by: User | None,
    at: datetime,
    progress: Progress = _silent,
    within: Within = transaction.atomic,
) -> None:
    """Draft every answer anew. An approved answer stays approved while it says the same and none of it rests on other
    documents altogether; any other is reopened.

    What a person wrote stands; where the machine now says otherwise, that is kept beside it.

    :raises ChangedMeanwhile: if the questions were read anew in the meantime
    """
    questions = list(questionnaire.questions.all())
    decisions = QuestionMapping.objects.filter(question__questionnaire=questionnaire, status=MappingStatus.CONFIRMED)
    known = set(decisions.values_list("pk", flat=True))
    drafts, offered, calibration = _drafts(questionnaire, questions, standing, mapper, progress)
    with within():
        check_unchanged(questionnaire)
        # A question decided in the meantime was answered from the decision then; the draft made here knows less.
        decided = {question for pk, question in decisions.values_list("pk", "question_id") if pk not in known}
        still = [number for number, question in enumerate(questions) if question.pk not in decided]
        reopened = store_drafts(
            questionnaire,
            [questions[number] for number in still],
            [drafts[number] for number in still],
            [offered[number] for number in still],
            standing,
            at=at,
        )
        questionnaire.state = QuestionnaireState.DRAFTED
        questionnaire.calibration = calibration
        questionnaire.save(update_fields=["state", "calibration"])
        audit.record(
            organisation=questionnaire.organisation,
            event="questionnaire.drafted",
            target=questionnaire,
            by=by,
            at=at,
            details={"questions": len(questions), "reopened": reopened, "on": standing.on.isoformat()},
        )


@transaction.atomic
def draft_again(*, question: Question, standing: Standing, mapper: Mapper, at: datetime) -> None:
    """Draft the answer to one question anew, after what it asks for was decided; a person's answer stands."""
    questionnaire = question.questionnaire
    drafts, offered, _ = _drafts(questionnaire, [question], standing, mapper, _silent)
    store_drafts(questionnaire, [question], drafts, offered, standing, at=at)


def store_drafts(
    questionnaire: Questionnaire,
    questions: Sequence[Question],
    drafts: Sequence[Drafted],
    offered: Sequence[Sequence[int]],
    standing: Standing,
    *,
    at: datetime,
) -> int:
    """Store the drafts of questions in place of those before; return how many approved answers were reopened."""
    rows = Response.objects.filter(question__in=questions) if len(questions) == 1 else _responses(questionnaire)
    wanted = {question.pk for question in questions}
    stored = rows.select_related("machine").select_for_update(of=("self",))
    before = {row.question_id: row for row in stored if row.question_id in wanted}
    rested_on = _documents([row for row in before.values() if row.status == ResponseStatus.APPROVED])
    fresh: list[tuple[Response, Drafted, Sequence[int]]] = []
    reopened = 0
    for question, drafted, refs in zip(questions, drafts, offered, strict=True):
        row = _row(question, drafted, at)
        earlier = before.get(question.pk)
        if earlier is not None and earlier.written_at:
            reopened += hear_machine(earlier, row, _cited(drafted, standing), at=at)
            continue
        if earlier is not None:
            row.version = earlier.version
            if is_same_statement(row, earlier) and _keeps_ground(drafted, rested_on.get(question.pk)):
                row.status, row.approved_by, row.approved_at = earlier.status, earlier.approved_by, earlier.approved_at
            else:
                row.version += 1
                reopened += earlier.status == ResponseStatus.APPROVED
        fresh.append((row, drafted, refs))
    Response.objects.filter(pk__in=[row.pk for row in before.values() if not row.written_at]).delete()
    Response.objects.bulk_create([row for row, _, _ in fresh], batch_size=BATCH)
    Citation.objects.bulk_create(
        [
            Citation(response=row, position=position, revision_id=revision, page=page, quote=quote)
            for row, drafted, _ in fresh
            for position, (revision, page, quote) in enumerate(_cited(drafted, standing), start=1)
        ],
        batch_size=BATCH,
    )
    Offer.objects.bulk_create(
        [
            Offer(response=row, position=position, library_answer_id=ref)
            for row, _, refs in fresh
            for position, ref in enumerate(refs, start=1)
        ],
        batch_size=BATCH,
    )
    return reopened


def _documents(approved: Sequence[Response]) -> dict[int, set[str]]:
    """Return by question the documents that its approved answer cites."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Citation.objects.filter(response__in=approved)
    for question, reference in rows.values_list("response__question_id", "revision__evidence__reference"):
        found[question].add(reference)
    return found


def _keeps_ground(drafted: Drafted, rested_on: Collection[str] | None) -> bool:
    """Say whether an answer rests on any document of those it was approved with; a renewed one is the same."""
    return not rested_on or any(cited.reference in rested_on for cited in drafted.said.cites)


def _responses(questionnaire: Questionnaire) -> QuerySet[Response]:
    return Response.objects.filter(question__questionnaire=questionnaire)


def _drafts(
    questionnaire: Questionnaire,
    questions: Sequence[Question],
    standing: Standing,
    mapper: Mapper,
    progress: Progress,
) -> tuple[list[Drafted], list[list[int]], str]:
    taught = teaching_of(questionnaire.organisation, mapper.vectors).taught
    only = questions[0] if len(questions) == 1 else None
    proposals = proposals_of(questionnaire, only=only)
    # What a person decided about the question needs no line, and the line takes seconds to draw.
    decided = only is not None and proposals[only.pk].decided_before
    line = SHIPPED_LINE if decided else own_line(mapper, taught_decisions(questionnaire.organisation, mapper.vectors))
    answers = answers_of(questionnaire, mapper)
    # Only a question outside the checklist may be answered from the library.
    outside = [at for at, question in enumerate(questions) if proposals[question.pk].category == NO_CATEGORY]
    looked = dict(zip(outside, answers.look([questions[at].text for at in outside], mapper), strict=True))
    found = [looked[at].found if at in looked else None for at in range(len(questions))]
    ground = ground_of(questionnaire, standing, answers, found, mapper=mapper, line=line)
    vectors = mapper.trained.space.encoder.encode([question.text for question in questions], cache=mapper.vectors)
    grounded = groundings(mapper, vectors, [proposals[question.pk].decisive for question in questions], taught)
    slots = slots_of(questionnaire, only=only)
    drafts: list[Drafted] = []
    cells = Cells()
    asked_before: Value | None = None  # the answer to the latest question without a condition
    if len(questions) == 1:
        asked_before = value_asked_before(questions[0])
        for other in sharing_cells(questions[0]):
            cells.take(place(to_question(other.question), content_said(other)).writes)
    for number, (question, known) in enumerate(zip(questions, found, strict=True)):
        put = Put(
            question=to_question(question, slots.get(question.pk, ())),
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
    near = {at: one.near for at, one in looked.items()}
    unseen = [at for at, one in enumerate(placed) if _wants(one) and at not in near]
    near |= zip(unseen, answers.near([questions[at].text for at in unseen], mapper), strict=True)
    offered = [
        answers.fitting(near[at], nda_signed=ground.nda_signed) if _wants(draft) else []
        for at, draft in enumerate(placed)
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
        promise=first_promise(drafted.placed.shown, content.comment),
        drafted_at=at,
    )


def _cited(drafted: Drafted, standing: Standing) -> list[tuple[int, int | None, str]]:
    """Return what a draft cites, as revision, page and quote."""
    return [(standing.proofs[cited.reference].revision_id, cited.page, cited.quote) for cited in drafted.said.cites]
