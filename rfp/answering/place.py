"""Put an answer into the cells of a question: the buyer's own option letter for letter, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rfp.answering.content import BlankCode, Content
from rfp.workbook.model import ColumnRole, Option, Prior, Question, Slot, SlotKind, SlotState, Write, address
from rfp.workbook.options import match
from scoring.answers import Value

# How a value is written where the buyer left a plain cell for it.
PLAIN_WORDS = {
    Value.YES: "Yes",
    Value.NO: "No",
    Value.PARTIAL: "Partially",
    Value.NOT_APPLICABLE: "Not applicable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What is written where. Without writes, ``code`` and ``problem`` say why the question stays blank."""

    writes: tuple[Write, ...] = ()
    option: Option | None = None
    shown: str = ""  # what will stand in the answer cell, or in the comment
    beside: bool = False  # ``shown`` stands in the comment, and the answer cell is left to the vendor
    code: BlankCode = BlankCode.NONE
    problem: str = ""


def place(question: Question, content: Content) -> Placed:
    """Return the writes for one answer; a cell that is closed or already answered is left as it is."""
    if question.hidden or question.sample:
        kind = "an example" if question.sample else "hidden"
        return Placed(code=BlankCode.SKIPPED, problem=f"The question is {kind} in the buyer's file.")
    if not content.says_something:
        return Placed()
    main = main_slot(question)
    if main is None:
        return Placed(code=BlankCode.CELL_CLOSED, problem=_closed(question))
    if main.prior is Prior.ANSWER:
        return _kept(main)
    comment = open_slot(question, ColumnRole.COMMENT, but=main)
    if main.kind in (SlotKind.CHOICE, SlotKind.TICK):
        return _place_option(question, main, comment, content)
    shown, beside = _texts(main, content, has_comment=comment is not None)
    if not shown:
        return Placed(
            code=BlankCode.NO_MATCHING_OPTION,
            problem=f"The cell {address(main.row, main.column)} takes a {main.kind}, which the answer does not give.",
        )
    value = _number(shown) if main.kind is SlotKind.NUMBER else shown
    writes = [_write(main, shown if value is None else value, date=main.kind is SlotKind.DATE)]
    return Placed(writes=(*writes, *_beside(question, comment, beside, content)), shown=shown)


def _place_option(question: Question, main: Slot, comment: Slot | None, content: Content) -> Placed:
    options = main.options or tuple(tick.option for tick in main.ticks)
    option = _wanted(content, options)
    if option is None and content.value is Value.NEEDS_INFORMATION and content.words and comment is not None:
        # An open question with a list of yes and no: the words stand beside it, the list is left to the vendor.
        if comment.prior is Prior.ANSWER:
            return _kept(comment)
        return Placed(writes=_beside(question, comment, content.words, content), shown=content.words, beside=True)
    if option is None:
        listed = ", ".join(item.label for item in options[:8])
        return Placed(
            code=BlankCode.NO_MATCHING_OPTION,
            problem=f"The buyer's list has no option that says this without changing it: {listed}.",
        )
    if main.kind is SlotKind.TICK:
        writes = [
            Write(
                sheet=main.sheet, row=tick.row, column=tick.column, value=main.mark if tick.option == option else None
            )
            for tick in main.ticks
        ]
    else:
        writes = [_write(main, option.value)]
    beside = content.comment or content.words
    return Placed(writes=(*writes, *_beside(question, comment, beside, content)), option=option, shown=option.label)


def _wanted(content: Content, options: tuple[Option, ...]) -> Option | None:
    if content.choice:
        wanted = content.choice.casefold()
        exact = (option for option in options if option.label == content.choice)
        return next(exact, None) or next((option for option in options if option.label.casefold() == wanted), None)
    if content.value is Value.NEEDS_INFORMATION:
        return None
    return match(content.value.value, options, documented=bool(content.documents))


def _texts(main: Slot, content: Content, *, has_comment: bool) -> tuple[str, str]:
    """Return what goes into the answer cell and what beside it."""
    if main.kind is SlotKind.DATE:
        return (content.on.isoformat() if content.on else ""), content.comment
    if main.kind is SlotKind.NUMBER:
        return ("" if _number(content.words) is None else content.words.strip()), content.comment
    plain = content.words or PLAIN_WORDS.get(content.value, "")
    if main.role is ColumnRole.COMMENT or not has_comment:
        return _sentences(plain, content.comment), ""
    return plain, content.comment


def _number(text: str) -> int | float | None:
    """Return the number that a text is, and nothing else."""
    found = re.fullmatch(r"\s*(-?\d{1,15})(\.\d{1,10})?\s*", text)
    if found is None:
        return None
    return float(f"{found[1]}{found[2]}") if found[2] else int(found[1])


def _sentences(first: str, second: str) -> str:
    if not first or not second:
        return first or second
    return f"{first if first.endswith(('.', '!', '?')) else first + '.'} {second}"


def _beside(question: Question, comment: Slot | None, text: str, content: Content) -> tuple[Write, ...]:
    writes = []
    if comment is not None and text and comment.prior is not Prior.ANSWER:
        writes.append(_write(comment, text))
    evidence = open_slot(question, ColumnRole.EVIDENCE, but=comment)
    if evidence is not None and content.documents and evidence.kind is SlotKind.TEXT and not evidence.added:
        writes.append(_write(evidence, content.documents))
    return tuple(writes)


def _kept(slot: Slot) -> Placed:
    text = f"The file already holds the answer {str(slot.current)[:80]!r}; it was kept."
    return Placed(code=BlankCode.EARLIER_ANSWER, problem=text)


def main_slot(question: Question) -> Slot | None:
    """Return the cell for the answer; none where the form has one that is closed, beside which words would mislead."""
    if _closed_answer(question) is not None and open_slot(question, ColumnRole.ANSWER) is None:
        return None
    for role in (ColumnRole.ANSWER, ColumnRole.DATE, ColumnRole.COMMENT, ColumnRole.EVIDENCE):
        slot = open_slot(question, role)
        if slot is not None:
            return slot
    return None


def open_slot(question: Question, role: ColumnRole, *, but: Slot | None = None) -> Slot | None:
    """Return the first cell of that role that may be filled."""
    return next((slot for slot in question.slots if slot.role is role and slot.writable and slot is not but), None)


def _closed_answer(question: Question) -> Slot | None:
    closed = (SlotState.LOCKED, SlotState.FORMULA)
    return next((slot for slot in question.slots if slot.role is ColumnRole.ANSWER and slot.state in closed), None)


def _closed(question: Question) -> str:
    reasons = {
        SlotState.LOCKED: "is locked by the buyer's sheet protection",
        SlotState.FORMULA: "holds a formula",
        SlotState.TAKEN: "holds the buyer's own text",
    }
    for slot in (_closed_answer(question), *question.slots):
        if slot is not None and slot.state in reasons:
            return f"The answer cell {address(slot.row, slot.column)} {reasons[slot.state]}."
    return "The form has no cell for this answer."


def _write(slot: Slot, value: str | int | float | bool, *, date: bool = False) -> Write:
    return Write(sheet=slot.sheet, row=slot.row, column=slot.column, value=value, date=date, added=slot.added)
