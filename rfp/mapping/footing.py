"""How sure a mapping is: sure enough to answer by itself, likely enough to suggest an answer, or neither (MAPPING 5).

Four things are asked of a mapping to the checklist: the category, the requirements that the answer would rest on, what
a yes would say, and a known question on the very requirement that comes near. For what a yes says, two readings have
to agree: the trained one and the one by rules. The lines were set on questions that blind authors wrote for measuring
(docs/evaluation.md): above the first one in a hundred was wrong, above the second four.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rfp.mapping.engine import Mapper
from rfp.mapping.store import Line
from rfp.mapping.types import NO_CATEGORY, AnswerType, Asked, Polarity, Proposal, TaughtDecision
from rfp.mapping.valence import read_claim

SURE_LINE = Line(category=0.9, decisive=0.8, polarity=0.9)
LIKELY_LINE = Line(category=0.8, decisive=0.7, polarity=0.8)
NEAR_ENOUGH = 0.55  # cosine to a known question on the requirement; below it most mappings are chance
LEAST_DECISIONS = 150
TARGET_ERROR = 0.02
LEAST_ABOVE = 30  # fewer questions above a line say nothing about its error


class Footing(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """``own`` is false where the shipped line stands, for want of decisions or of agreement with them."""

    line: Line
    own: bool
    said: str  # in words: whose decisions the line was set from


SHIPPED_LINE = OwnLine(line=SURE_LINE, own=False, said="shipped calibration")


def footing(proposal: Proposal, text: str, line: Line, *, closed: bool, grounding: float) -> Footing:
    """Return how sure a mapping of TEXT is.

    CLOSED says whether a yes or no is wanted, so that what a yes says counts; GROUNDING is the cosine to the nearest
    known question on the requirements.
    """
    if proposal.false_premise:
        return Footing.UNSURE
    if proposal.decided_before:
        return Footing.SURE
    if proposal.category != NO_CATEGORY and (
        grounding < NEAR_ENOUGH or (closed and not readings_agree(proposal, text))
    ):
        return Footing.UNSURE
    for found, wanted in ((Footing.SURE, line), (Footing.LIKELY, LIKELY_LINE)):
        if _is_above(proposal, wanted, closed=closed):
            return found
    return Footing.UNSURE


def readings_agree(proposal: Proposal, text: str) -> bool:
    """Say whether the rules read what a yes would say as the trained reading does; they know no neutral."""
    polarity = proposal.polarity or proposal.yes_would_say
    return polarity is Polarity.NEUTRAL or _states_fault(text) is (polarity is Polarity.INVERTED)


@lru_cache(maxsize=256)
def _states_fault(text: str) -> bool:
    """Say whether a yes would state a fault, by the rules; a question is asked this up to three times in a row."""
    return read_claim(text).is_bad


def _is_above(proposal: Proposal, line: Line, *, closed: bool) -> bool:
    if proposal.confidence < line.category:
        return False
    if proposal.category == NO_CATEGORY:
        return True
    return proposal.decisive_confidence >= line.decisive and (
        not closed or proposal.polarity_confidence >= line.polarity
    )


def own_line(mapper: Mapper, decisions: Sequence[TaughtDecision]) -> OwnLine:
    """Return the line of an organisation with these decisions: the shipped one, or a stricter one of its own.

    Thresholds do not carry over from one wording to another. Once its people have decided enough questions, the mapping
    as shipped is put to those questions, and the line is raised to where at most two in a hundred above it differ from
    what the people decided.
    """
    confirmed = [decision for decision in decisions if decision.confirmed]
    if len(confirmed) < LEAST_DECISIONS:
        said = f"shipped calibration; {len(confirmed)} of the {LEAST_DECISIONS} own decisions it takes to replace it"
        return OwnLine(line=SURE_LINE, own=False, said=said)
    proposals = mapper.propose([Asked(text=decision.text) for decision in confirmed])
    graded = [
        (margin(proposal, SURE_LINE), agrees(proposal, decision))
        for proposal, decision in zip(proposals, confirmed, strict=True)
        if not proposal.false_premise
    ]
    shift = lowest_shift(graded)
    if shift is None:
        said = "shipped calibration; the own decisions differ from it too often"
        return OwnLine(line=SURE_LINE, own=False, said=said)
    # Decisions are often easier than the next buyer's wording: they can tighten the shipped line, never loosen it.
    shift = max(shift, 0.0)
    moved = Line(
        category=_moved(SURE_LINE.category, shift),
        decisive=_moved(SURE_LINE.decisive, shift),
        polarity=_moved(SURE_LINE.polarity, shift),
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
