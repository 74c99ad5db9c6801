"""What reading a questionnaire in another layout would change: questions kept, new and gone, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rfp.models import Questionnaire, Response, ResponseStatus
from rfp.workbook import model

Key = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A question that the other layout does not find, with the answer that goes with it."""

    place: str
    text: str
    answer: str
    approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    kept: int
    new: int
    gone: tuple[Gone, ...]

    @property
    def approved_gone(self) -> tuple[Gone, ...]:
        return tuple(question for question in self.gone if question.approved)

    @property
    def answered_gone(self) -> int:
        return sum(1 for question in self.gone if question.answer)


def key_of(question: model.Question) -> Key:
    """Return what a question is known by when a file is read again: its cell and what it says."""
    return question.sheet, question.row, question.column, question.text


def difference(questionnaire: Questionnaire, found: Sequence[model.Question]) -> Difference:
    """Compare the questions stored with those found."""
    wanted = {key_of(question) for question in found}
    rows = list(questionnaire.questions.values_list("pk", "sheet", "row", "column", "text", "number"))
    lost = {pk for pk, *key, _ in rows if tuple(key) not in wanted}
    answers = {row.question_id: row for row in Response.objects.filter(question_id__in=lost) if len(lost)}
    gone = []
    for pk, sheet, row, column, text, number in rows:
        if pk not in lost:
            continue
        answer = answers.get(pk)
        place = f"{sheet}!{model.address(row, column)}"
        gone.append(
            Gone(
                place=f"{number}, {place}" if number else place,
                text=text,
                answer=answer.shown if answer else "",
                approved=answer is not None and answer.status == ResponseStatus.APPROVED,
            )
        )
    kept = len(rows) - len(gone)
    return Difference(kept=kept, new=len(wanted) - len({tuple(key) for _, *key, _ in rows} & wanted), gone=tuple(gone))
