"""Roles of columns and rows as the layout pages show them: a shape and a word each."""

from __future__ import annotations

from django import template

from rfp.workbook.doubts import WORDS, Doubt
from rfp.workbook.model import Question, Slot, SlotState, address, column_letters

register = template.Library()

# Shape and word by role. The shape tells roles apart without colour.
MARKS = {
    "question": ("?", "Question"),
    "id": ("#", "Number"),
    "answer": ("■", "Answer"),
    "tick": ("☑", "Tick"),
    "comment": ("“", "Comment"),
    "evidence": ("▤", "Evidence"),
    "date": ("◷", "Date"),
    "other": ("◆", "Other"),
    "section": ("§", "Section"),
    "guidance": ("i", "Help"),
    "header": ("≡", "Header"),
    "sample": ("~", "Example"),
    "footer": ("—", "Footer"),
}


@register.inclusion_tag("rfp/_layout_role.html")
def role(name: str, word: str = "") -> dict[str, str]:
    """Show a role by its shape and word; nothing for none."""
    shape, usual = MARKS.get(name, ("", ""))
    return {"name": name, "shape": shape, "word": word or usual}


@register.filter
def letters(column: int) -> str:
    return column_letters(column)


@register.filter
def cell_name(slot: Slot) -> str:
    return address(slot.row, slot.column)


@register.filter
def place(question: Question) -> str:
    return address(question.row, question.column)


@register.filter
def slot_role(slot: Slot) -> str:
    return "tick" if slot.ticks else str(slot.role)


@register.filter
def slot_state(slot: Slot) -> str:
    """Say why a cell is not filled; nothing for one that may be."""
    return {
        SlotState.FORMULA: "computed by the file",
        SlotState.LOCKED: "locked",
        SlotState.TAKEN: "holds something else",
    }.get(slot.state, "")


@register.filter
def doubt_words(doubt: Doubt) -> str:
    return WORDS[doubt]
