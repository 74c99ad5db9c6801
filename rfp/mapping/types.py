"""What mapping takes and gives: a question in, proposed requirements, controls and manners of asking out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Polarity(StrEnum):
    """For a yes/no question: what a yes says."""

    DIRECT = "direct"  # yes is the compliant answer
    INVERTED = "inverted"  # yes states the gap
    NEUTRAL = "neutral"  # neither answer is a gap


class AnswerType(StrEnum):
    YES_NO = "yes_no"
    DATE = "date"
    FREE_TEXT = "free_text"
    ATTACHMENT = "attachment"
    CHOICE = "choice"


NO_CATEGORY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the buyer put it. Only ``text`` is required."""

    text: str
    sheet: str = ""
    section: str = ""
    guidance: str = ""
    number: str = ""
    options: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A requirement or control that the question may ask for, best first. ``probability`` is calibrated."""

    ref: str
    probability: float
    reason: str


class ControlRef(NamedTuple):
    framework: str
    ref: str
    relation: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question of a compound row."""

    text: str
    requirements: tuple[str, ...]
    answer_type: AnswerType


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a question asks for, how sure that is, and why in words.

    ``requirements`` are ranked candidates (at least three where the category is not none);
    ``decisive`` are the ones an answer rests on: all of them must hold for a yes.
    ``confidence`` is the probability that ``category`` is right, ``decisive_confidence`` that the
    decisive requirements are. ``above_line`` is false when either is below the threshold: then
    the proposal is a suggestion for a person and answers nothing by itself.
    """

    category: str
    confidence: float
    requirements: tuple[Candidate, ...]
    decisive: tuple[str, ...]
    decisive_confidence: float
    controls: tuple[ControlRef, ...]
    polarity: Polarity | None  # None when the question is not yes/no
    polarity_confidence: float
    answer_type: AnswerType
    parts: tuple[Part, ...]
    false_premise: str  # what the question wrongly assumes, in a sentence; empty for nothing
    asks_edition: str  # "LLM06 means different things in 2025 and 2026: which list is meant?"
    above_line: bool
    reasons: tuple[str, ...]
    decided_before: bool = False  # the same question was decided by a person
    yes_would_say: Polarity = Polarity.DIRECT  # what a yes would say, were the question answered with one


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtDecision:
    """What a person decided about a question. ``confirmed`` is false for a mapping that was rejected."""

    text: str
    category: str
    requirements: tuple[str, ...]
    polarity: Polarity | None = None
    confirmed: bool = True
