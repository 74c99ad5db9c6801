"""What a vendor brought: answers with what proof says of each, the marks evaluators gave, and a price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Standing(StrEnum):
    """What proof says of an answer. Unknown, no and not applicable are three things."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    STATED = "stated"  # the question asks for nothing that would have to be proven
    NO = "no"  # the vendor says so itself
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    NOT_SHOWN = "not_shown"
    UNANSWERED = "unanswered"
    NA_CLAIMED = "na_claimed"
    NA_APPROVED = "na_approved"
    UNKNOWN = "unknown"  # not judged yet, or a person has to decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """``value`` is the option as the form lists it, or what was written."""

    standing: Standing
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The marks of one answer by evaluator; ``expected`` are those who are to give one, ``agreed`` what they settled.

    An evaluator with a conflict of interest is not among those expected, and a mark of theirs does not count.
    """

    given: Mapping[str, int] = field(default_factory=dict)
    expected: frozenset[str] = frozenset()
    agreed: int | None = None

    def counted(self) -> tuple[int, ...]:
        return tuple(mark for evaluator, mark in self.given.items() if evaluator in self.expected)

    def without(self, evaluator: str) -> Marks:
        """Return the marks as if an evaluator had not taken part. What all agreed on rested on them too."""
        return Marks(
            given={name: mark for name, mark in self.given.items() if name != evaluator},
            expected=self.expected - {evaluator},
            agreed=self.agreed if evaluator not in self.expected else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Answers and marks by the key of the question; a question without an answer is unanswered."""

    vendor: str
    answers: Mapping[str, Answered] = field(default_factory=dict)
    marks: Mapping[str, Marks] = field(default_factory=dict)

    def answer(self, question: str) -> Answered:
        return self.answers.get(question, UNANSWERED)


UNANSWERED = Answered(standing=Standing.UNANSWERED)
