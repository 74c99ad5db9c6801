"""Vectors of passages and library answers: made once, when they arrive, never at answering time."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import Organisation
from evidence.models import LibraryAnswer, Passage
from evidence.retrieval.encoder import Encoder
from evidence.vectors import pack

BLOCK = 256
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    return None


def encode_library(*, organisation: Organisation, encoder: Encoder, progress: Progress = _silent) -> int:
    """Encode what has no vector yet and return how many texts that were; running it again continues."""
    passages = Passage.objects.of(organisation).filter(embedding=None).only("pk", "text")
    answers = LibraryAnswer.objects.of(organisation).filter(embedding=None).only("pk", "question")
    total = passages.count() + answers.count()
    done = 0
    while some := list(passages[:BLOCK]):
        for passage, vector in zip(some, encoder.encode([row.text for row in some]), strict=True):
            passage.embedding = pack(vector)
        Passage.objects.bulk_update(some, ["embedding"])
        done += len(some)
        progress(done, total)
    while rows := list(answers[:BLOCK]):
        for answer, vector in zip(rows, encoder.encode([row.question for row in rows]), strict=True):
            answer.embedding = pack(vector)
        LibraryAnswer.objects.bulk_update(rows, ["embedding"])
        done += len(rows)
        progress(done, total)
    return done
