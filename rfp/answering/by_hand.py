"""Answers that people write: what the cells of a question take, and whether the evidence shows what is said.

The policy is the machine's: the value is one of the buyer's own options, letter for letter, and a good answer to what
the checklist asks takes proof. A person may go beyond the proof with a reason; then the answer says so everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rfp.answering.content import BlankCode, Content
from rfp.answering.place import main_slot, open_slot
from rfp.answering.types import Band
from rfp.mapping.types import NO_CATEGORY, Polarity
from rfp.workbook.model import ColumnRole, Option, Prior, Question, SlotKind
from rfp.workbook.options import match
from rfp.workbook.wording import is_placeholder
from scoring.answers import Value

_FIRST_WORDS = re.compile(r"[^.,;:!?\n–—-]*")
# The plain answer that states a gap; nobody needs proof for that.
_GAP = {Polarity.DIRECT: Value.NO, Polarity.INVERTED: Value.YES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the cells of a question take. ``closed`` says why they take nothing."""

    kind: SlotKind = SlotKind.TEXT
    options: tuple[str, ...] = ()
    takes_comment: bool = False
    takes_documents: bool = False
    closed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a person entered: an option, words, a number as text, or a day; and what stands beside it."""

    choice: str = ""
    text: str = ""
    on: date | None = None
    comment: str = ""
    documents: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the evidence shows, as the machine says it of a question."""

    band: Band
    value: Value
    option: str
    on: date | None
    code: BlankCode
    category: str
    polarity: Polarity | None


def offer(question: Question) -> Offer:
    """Return what a person may enter."""
    main = main_slot(question)
    if question.hidden or question.sample or main is None:
        return Offer(closed="The form has no open cell for an answer to this question.")
    if main.prior is Prior.ANSWER:
        return Offer(closed="The file already holds an answer, which stays as it is.")
    options = main.options or tuple(tick.option for tick in main.ticks)
    comment = open_slot(question, ColumnRole.COMMENT, but=main)
    documents = open_slot(question, ColumnRole.EVIDENCE, but=main)
    return Offer(
        kind=main.kind,
        options=tuple(dict.fromkeys(item.label for item in options if not is_placeholder(item.label))),
        takes_comment=comment is not None and comment.prior is not Prior.ANSWER,
        takes_documents=documents is not None and documents.kind is SlotKind.TEXT and not documents.added,
    )


def content_of(entry: Entry, offered: Offer) -> Content:
    """Return what a person says as the cells are filled with it."""
    documents = entry.documents if offered.takes_documents else ""
    comment = entry.comment if offered.takes_comment else ""
    if offered.kind in (SlotKind.CHOICE, SlotKind.TICK):
        if entry.choice:
            value = value_of(entry.choice)
            return Content(value=value, choice=entry.choice, comment=comment, documents=documents)
        return Content(value=Value.NEEDS_INFORMATION, words=comment, documents=documents)
    if offered.kind is SlotKind.DATE:
        return Content(value=Value.NEEDS_INFORMATION, on=entry.on, comment=comment, documents=documents)
    value = value_of(_FIRST_WORDS.match(entry.text.strip())[0])  # type: ignore[index]  # it matches nothing as well
    return Content(value=value, words=entry.text.strip(), comment=comment, documents=documents)


def entry_from(answer: str, comment: str, offered: Offer) -> Entry:
    """Return an answer of the library as a person would enter it here: the buyer's option where one says the same."""
    if offered.kind in (SlotKind.CHOICE, SlotKind.TICK):
        same = {option for option in offered.options if option.casefold() == answer.strip().casefold()}
        found = match(value_of(answer), [Option(label, label) for label in offered.options])
        choice = same.pop() if same else found.label if found else ""
        return Entry(choice=choice, comment=comment if choice else _joined(answer, comment))
    if offered.takes_comment:
        return Entry(text=answer, comment=comment)
    return Entry(text=_joined(answer, comment))


def _joined(answer: str, comment: str) -> str:
    return "\n".join(part for part in (answer, comment) if part)


def value_of(label: str) -> Value:
    """Return what an option, or the first words of an answer, say."""
    option = (Option(label, label),)
    known = (value for value in Value if value is not Value.NEEDS_INFORMATION)
    return next((value for value in known if match(value, option, documented=True)), Value.NEEDS_INFORMATION)


def is_shown(content: Content, shown: Shown) -> bool:
    """Say whether the machine's own answer has the value that a person gives: then its proof stands behind it."""
    if shown.band is Band.BLANK or content.value is not shown.value or content.on != shown.on:
        return False
    return not content.choice or not shown.option or content.choice == shown.option or is_plain(content.value)


def is_plain(value: Value) -> bool:
    return value is not Value.NEEDS_INFORMATION


def goes_beyond(content: Content, shown: Shown) -> bool:
    """Say whether a person states more than the evidence shows, on what only evidence may answer."""
    outside = shown.category == NO_CATEGORY and shown.code is not BlankCode.UNSURE_MAPPING
    if not content.says_something or outside or is_shown(content, shown):
        return False
    if shown.polarity is Polarity.NEUTRAL and content.value in (Value.YES, Value.NO):
        return False
    if content.value is Value.PARTIAL and shown.band is not Band.BLANK and shown.value is Value.YES:
        return False
    return shown.polarity is None or content.value is not _GAP.get(shown.polarity)


def why(content: Content, shown: Shown, *, by: str, override: str) -> str:
    """Say in a sentence or two what a person's answer rests on."""
    if not content.says_something:
        return f"Left blank by {by}."
    if goes_beyond(content, shown):
        return f"Written by {by}; the evidence does not show it. Their reason: {override}"
    if is_shown(content, shown):
        return f"In the words of {by}; the value is the one the evidence shows."
    if shown.category == NO_CATEGORY:
        return f"Written by {by}. It lies outside the checklist, where no independent proof is asked for."
    return f"Written by {by}. It states a gap or a plain fact, which needs no proof."
