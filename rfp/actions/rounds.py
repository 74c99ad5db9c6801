"""Find the questions that ask in other words what a buyer asked before, so that both answers can be compared."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from evidence.question_key import question_key
from evidence.retrieval.encoder import VectorCache, shared_encoder
from rfp.actions.storing import Within
from rfp.answering.matching import KnownAnswer, Matcher
from rfp.models import Question, Questionnaire, Reworded
from rfp.queries.rounds import earlier_releases

MOST_RELEASES = 3  # further back nobody compares, and each costs a second


def find_reworded(
    *,
    questionnaire: Questionnaire,
    at: datetime,
    cache: VectorCache | None = None,
    within: Within = transaction.atomic,
) -> int:
    """Pair the questions that were not sent word for word with those sent to this buyer; return how many were found.

    A second run finds the same. Without anything sent to this buyer nothing is encoded.
    """
    releases = earlier_releases(questionnaire)[:MOST_RELEASES]
    known_vectors: VectorCache = {} if cache is None else cache
    texts = list(Question.objects.filter(questionnaire=questionnaire).values_list("pk", "text"))
    rows: list[Reworded] = []
    for release in releases:
        sent = list(release.answers.order_by("position"))
        keys = {row.question_key for row in sent}
        asked_now = {question_key(text) for _, text in texts}
        fresh = [(pk, text) for pk, text in texts if question_key(text) not in keys]
        left = [row for row in sent if row.question_key not in asked_now]
        if not fresh or not left:
            continue
        matcher = Matcher.build(
            [KnownAnswer(ref=row.pk, question=row.question, answer=row.written, comment=row.comment) for row in left],
            shared_encoder(),
            cache=known_vectors,
        )
        found = matcher.find([text for _, text in fresh], cache=known_vectors)
        rows += [
            Reworded(question_id=pk, earlier_id=match.ref, confidence=match.confidence, found_at=at)
            for (pk, _), match in zip(fresh, found, strict=True)
            if match is not None and match.sure
        ]
    # Comparing takes seconds and nothing is locked meanwhile.
    with within():
        Reworded.objects.filter(question__questionnaire=questionnaire).delete()
        Reworded.objects.bulk_create(rows)
    return len(rows)
