"""Who gets the pages of the answer library."""

from __future__ import annotations

from evidence.models import LibraryAnswer
from evidence.question_key import question_key
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


ROWS: dict[str, Row] = {
    "library_answers": Row(),
    "library_answer_new": Row(),
    "library_answer": Row(owned=lambda world: library_answer(world).pk),
    "library_answer_edit": Row(owned=lambda world: library_answer(world).pk),
    "library_step": Row(
        method="post",
        owned=lambda world: library_answer(world).pk,
        sends=lambda _: {"step": "still_right", "version": "1"},
        own=302,
        sales_engineer=302,
    ),
}
