"""Several questions in one cell: a list of items that each ask, or lines that each are a question.

Only what is clearly a list is taken apart. Its items are answered in one cell, below each other, so a cell that takes
one value (an entry of a list, a tick, a date, a number) keeps its question whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from rfp.workbook.model import ColumnRole, Prior, Question, SlotKind
from rfp.workbook.wording import asks, condition, words

ASKS = 0.8
LEAST_WORDS = 3  # of a numbered item
LEAST_WORDS_OF_A_LINE = 4
_DIGITS = tuple(str(number) for number in range(1, 31))
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
# "a)" and "(a)" count wherever they stand, "1." where a line or a sentence begins.
_MARK = re.compile(
    r"(?:(?:^|(?<=\s))\(?(?P<closed>[a-z]|\d{1,2}|[ivx]{2,4})\)"
    r"|(?:^[ \t]*|(?<=[?:;]\s))(?P<dotted>[a-z]|\d{1,2}|[ivx]{2,4})\.)\s+",
    re.IGNORECASE | re.MULTILINE,
)
_LONG_MARK = re.compile(r"^[ \t]*(?P<stem>(?:[A-Z]{1,8}[-._]?)?(?:\d{1,3}\.)+)(?P<last>\d{1,3})[.):]?\s+", re.MULTILINE)
_BULLET = re.compile(r"^[-*•·▪‣◦○–]\s*")


class _Item(NamedTuple):
    id: str  # as the form numbers it, empty for a line
    text: str


class _List(NamedTuple):
    lead: str
    items: tuple[_Item, ...]


def several(question: Question, cell: str) -> tuple[Question, ...]:
    """Return the questions that a question's cell, which says CELL, holds: itself where it asks one thing."""
    if question.sample or not _takes_words(question):
        return (question,)
    found, parent = _listed(cell), ""
    if found is None or found.lead or question.text == cell:
        found, parent = _listed(question.text), question.number
    if found is None:
        return (question,)
    own = condition(question.text)
    inherited = condition(found.lead) if question.condition == own else question.condition
    return tuple(
        replace(
            question,
            text=f"{found.lead} {item.text}".strip(),
            number=_number(parent, item.id),
            condition=condition(item.text) or inherited,
        )
        for item in found.items
    )


def _takes_words(question: Question) -> bool:
    """Tell a question that is answered in words and has no answer yet; what stands there answers all of the cell."""
    slots = [slot for slot in question.slots if slot.role in (ColumnRole.ANSWER, ColumnRole.COMMENT, ColumnRole.DATE)]
    return all(slot.kind is SlotKind.TEXT and slot.prior is not Prior.ANSWER for slot in slots)


def _listed(text: str) -> _List | None:
    found = _numbered(text) or _lines(text)
    return found if found is not None and len({item.text.casefold() for item in found.items}) >= 2 else None


def _numbered(text: str) -> _List | None:
    """Return the outermost list whose items are marked one after the other and all ask."""
    lists = [marks for marks in (_long_marks(text), *_short_marks(text)) if len(marks) >= 2]
    if not lists:
        return None
    marks = min(lists, key=lambda marks: marks[0][0])
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    items = tuple(
        _Item(id_, text[inner:end].strip(" \t\n;,")) for (_, inner, id_), end in zip(marks, ends, strict=True)
    )
    if not all(asks(item.text) >= ASKS and words(item.text) >= LEAST_WORDS for item in items):
        return None
    return _List(text[: marks[0][0]].strip(), items)


def _long_marks(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and id of the marks "4.1", "4.2" at the beginnings of lines."""
    marks: list[tuple[int, int, str]] = []
    expected = ""
    for found in _LONG_MARK.finditer(text):
        id_ = f"{found['stem']}{found['last']}"
        if not expected or id_ == expected:
            marks.append((found.start(), found.end(), id_))
            expected = f"{found['stem']}{int(found['last']) + 1}"
    return marks


def _short_marks(text: str) -> Iterator[list[tuple[int, int, str]]]:
    """Yield the marks of each way of counting that begin at its first: 1, a or i."""
    found = list(_MARK.finditer(text))
    for ids in (_DIGITS, _LETTERS, _ROMANS):
        marks: list[tuple[int, int, str]] = []
        for mark in found:
            id_ = (mark["closed"] or mark["dotted"]).casefold()
            if len(marks) < len(ids) and id_ == ids[len(marks)]:
                marks.append((mark.start(), mark.end(), id_))
        yield marks


def _lines(text: str) -> _List | None:
    """Return the lines that each are a question, with the line that ends in a colon before them."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    lead = lines.pop(0) if lines and lines[0].endswith(":") else ""
    items: list[str] = []
    for line in lines:
        bare = _BULLET.sub("", line)
        if items and condition(bare):
            items[-1] = f"{items[-1]}\n{bare}"  # what follows from the question above is asked with it
        elif bare.endswith("?") and words(bare) >= LEAST_WORDS_OF_A_LINE and asks(bare.rstrip("? ")) >= ASKS:
            items.append(bare)
        else:
            return None
    return _List(lead, tuple(_Item("", item) for item in items)) if len(items) >= 2 else None


def _number(parent: str, id_: str) -> str:
    """Return the number of an item: 4 and 1 make 4.1, 4 and a make 4a; a long id stands for itself."""
    stem = parent.rstrip(" .):")
    if not stem or not id_ or "." in id_:
        return id_ or parent
    return f"{stem}{id_}" if id_.isalpha() and stem[-1].isdigit() else f"{stem}.{id_}"
