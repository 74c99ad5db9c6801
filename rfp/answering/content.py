"""What is to be said to a question, before it meets the cells of the buyer's form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.answers import Value


class BlankCode(StrEnum):
    """Why a question was left blank, as a report counts it."""

    NONE = ""
    NO_LIBRARY_ANSWER = "no_library_answer"
    STALE_LIBRARY_ANSWER = "stale_library_answer"
    UNDER_NDA = "under_nda"
    NO_EVIDENCE = "no_evidence"
    PROOF_REJECTED = "proof_rejected"  # an open question on proof that failed or has expired
    NOT_PROOF = "not_proof"  # a document is there, but not independent or not validated
    RESTS_ON_GAP = "rests_on_gap"  # nothing fails but a requirement it builds on
    UNDER_REVIEW = "under_review"
    NOT_JUDGED = "not_judged"  # a requirement that this deal does not switch on, or that may not apply
    UNSURE_MAPPING = "unsure_mapping"
    FALSE_PREMISE = "false_premise"
    ASKS_EDITION = "asks_edition"
    ASKS_FACTS = "asks_facts"  # a neutral or open question no fact answers
    NO_MATCHING_OPTION = "no_matching_option"
    EARLIER_ANSWER = "earlier_answer"
    CELL_CLOSED = "cell_closed"  # locked, a formula, or the buyer's own text
    NOT_ASKED = "not_asked"  # only to be answered after another answer than the one given above
    CELL_SHARED = "cell_shared"  # another question has the same cell and a different answer
    NOT_RELEASED = "not_released"  # answered, but nobody approved it for an approved package
    SKIPPED = "skipped"  # hidden or an example row
    LEFT_BLANK = "left_blank"  # by a person, on purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """``words`` stand alone in a text cell; ``comment`` goes beside a value; ``documents`` names what is provided."""

    value: Value
    words: str = ""
    comment: str = ""
    documents: str = ""
    on: date | None = None  # the answer to a date question
    choice: str = ""  # the wanted option of a list that is not about yes or no, in words

    @property
    def says_something(self) -> bool:
        return self.value is not Value.NEEDS_INFORMATION or bool(self.words or self.choice) or self.on is not None
