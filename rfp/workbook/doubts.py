"""What about extracted questions should make a person look again before the layout is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rfp.workbook.model import Prior, Question, Slot, SlotKind, SlotState, address, show


class Doubt(StrEnum):
    NO_CELL = "no_cell"
    SHARED_CELL = "shared_cell"
    NOT_AN_OPTION = "not_an_option"
    NO_OPTIONS = "no_options"


WORDS = {
    Doubt.NO_CELL: "no cell that may be filled",
    Doubt.SHARED_CELL: "an answer cell that another question takes",
    Doubt.NOT_AN_OPTION: "an answer that is none of the buyer's options",
    Doubt.NO_OPTIONS: "a list whose options could not be read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A question and what is doubtful about it. ``cell`` is the answer cell meant, empty for none."""

    doubt: Doubt
    question: Question
    cell: str = ""


def doubts(questions: Sequence[Question]) -> list[Doubted]:
    """Return what is doubtful, in the order of the questions; an example row is none."""
    return [found for question in questions if not question.sample for found in _doubts(question)]


def _doubts(question: Question) -> Iterator[Doubted]:
    open_slots = [slot for slot in question.slots if slot.writable]
    if not open_slots:
        taken = next((slot for slot in question.slots if slot.state is SlotState.TAKEN), None)
        doubt = Doubt.SHARED_CELL if taken is not None else Doubt.NO_CELL
        yield Doubted(doubt=doubt, question=question, cell=_cell(taken) if taken is not None else "")
    for slot in open_slots:
        if slot.kind is SlotKind.CHOICE and not slot.options:
            yield Doubted(doubt=Doubt.NO_OPTIONS, question=question, cell=_cell(slot))
        elif slot.options and slot.prior is Prior.ANSWER and slot.kind is not SlotKind.TICK and not _is_option(slot):
            yield Doubted(doubt=Doubt.NOT_AN_OPTION, question=question, cell=_cell(slot))


def _is_option(slot: Slot) -> bool:
    said = show(slot.current).casefold() if slot.current is not None else ""
    return any(said in (option.label.casefold(), show(option.value).casefold()) for option in slot.options)


def _cell(slot: Slot) -> str:
    return address(slot.row, slot.column)
