"""The confidence from which a mapping may stand by itself: the shipped line, or an organisation's own (MAPPING 5).

Thresholds do not carry over from one wording to another. An organisation gets its own line once its people have decided
enough questions: the mapping as shipped is put to those questions, and the line is raised to where at most two in a
hundred above it differ from what the people decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rfp.mapping.engine import Mapper
from rfp.mapping.grounding import NEAR_ENOUGH
from rfp.mapping.store import Line
from rfp.mapping.types import NO_CATEGORY, AnswerType, Asked, Proposal, TaughtDecision

LEAST_DECISIONS = 150
TARGET_ERROR = 0.02
LEAST_ABOVE = 30  # fewer questions above a line say nothing about its error


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """``own`` is false where the shipped line stands, for want of decisions or of agreement with them."""

    line: Line
    own: bool
    said: str  # in words: whose decisions the line was set from


def is_above(proposal: Proposal, line: Line, *, closed: bool, grounding: float = 1.0) -> bool:
    """Say whether a proposal may answer by itself.

    CLOSED says whether a yes or no is wanted, so that the polarity counts; GROUNDING is how near the question is to
    known ones that ask the same.
    """
    if proposal.false_premise:
        return False
    if proposal.decided_before:
        return True
    if proposal.confidence < line.category:
        return False
    if proposal.category == NO_CATEGORY:
        return True
    if proposal.decisive_confidence < line.decisive or grounding < NEAR_ENOUGH:
        return False
    return not closed or proposal.polarity_confidence >= line.polarity


def own_line(mapper: Mapper, decisions: Sequence[TaughtDecision]) -> OwnLine:
    """Return the line of an organisation with these decisions."""
    confirmed = [decision for decision in decisions if decision.confirmed]
    shipped = mapper.trained.line
    if len(confirmed) < LEAST_DECISIONS:
        said = f"shipped calibration; {len(confirmed)} of the {LEAST_DECISIONS} own decisions it takes to replace it"
        return OwnLine(line=shipped, own=False, said=said)
    proposals = mapper.propose([Asked(text=decision.text) for decision in confirmed])
    graded = [
        (margin(proposal, shipped), agrees(proposal, decision))
        for proposal, decision in zip(proposals, confirmed, strict=True)
        if not proposal.false_premise
    ]
    shift = lowest_shift(graded)
    if shift is None:
        return OwnLine(line=shipped, own=False, said="shipped calibration; the own decisions differ from it too often")
    # Decisions are often easier than the next buyer's wording: they can tighten the shipped line, never loosen it.
    shift = max(shift, 0.0)
    moved = Line(
        category=_moved(shipped.category, shift),
        decisive=_moved(shipped.decisive, shift),
        polarity=_moved(shipped.polarity, shift),
    )
    return OwnLine(line=moved, own=True, said=f"calibrated on {len(confirmed)} of the organisation's own decisions")


def margin(proposal: Proposal, line: Line) -> float:
    """Return how far the line could be shifted (-1 to 1) with the proposal still above it."""
    margins = [_distance(proposal.confidence, line.category)]
    if proposal.category != NO_CATEGORY:
        margins.append(_distance(proposal.decisive_confidence, line.decisive))
        if proposal.answer_type is AnswerType.YES_NO:
            margins.append(_distance(proposal.polarity_confidence, line.polarity))
    return min(margins)


def agrees(proposal: Proposal, decision: TaughtDecision) -> bool:
    """Say whether an answer from the proposal would rest on what the person decided."""
    if proposal.category != decision.category:
        return False
    if proposal.category == NO_CATEGORY:
        return True
    decisive = set(proposal.decisive)
    if not decisive or not decisive <= set(decision.requirements) or decision.requirements[0] not in decisive:
        return False
    return decision.polarity is None or proposal.yes_would_say is decision.polarity


def lowest_shift(graded: Sequence[tuple[float, bool]]) -> float | None:
    """Return the lowest shift above which at most the target share of the graded proposals is wrong."""
    found = None
    wrong = 0
    ordered = sorted(graded, key=lambda item: -item[0])
    for count, (shift, right) in enumerate(ordered, start=1):
        wrong += not right
        last_of_its_kind = count == len(ordered) or ordered[count][0] < shift
        if last_of_its_kind and count >= LEAST_ABOVE and wrong <= TARGET_ERROR * count:
            found = shift
    return found


def _distance(confidence: float, line: float) -> float:
    if confidence >= line:
        return (confidence - line) / (1 - line) if line < 1 else 0.0
    return (confidence - line) / line


def _moved(line: float, shift: float) -> float:
    return round(line + shift * (1 - line) if shift >= 0 else line * (1 + shift), 6)
