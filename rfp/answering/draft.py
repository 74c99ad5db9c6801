"""The answer policy: which source may answer a question, whether it is sure enough, and where the answer goes."""

from __future__ import annotations

from dataclasses import replace

from rfp.answering import from_evidence, from_library, manner
from rfp.answering.content import BlankCode, Content
from rfp.answering.matching import Found
from rfp.answering.place import Placed, place
from rfp.answering.types import Band, Drafted, Ground, Put, Said
from rfp.mapping.footing import LIKELY_LINE, NEAR_ENOUGH, Footing, footing, readings_agree
from rfp.mapping.types import NO_CATEGORY, AnswerType, Polarity
from scoring.answers import Value

# How sure the mapping must be that a question lies outside the checklist: less where the library, whose own question
# has to lie outside as well, holds the question word for word, or surely the same in other words.
OUTSIDE_IF_SAME, OUTSIDE_IF_SURE = 0.5, 0.6


def draft(put: Put, ground: Ground, found: Found | None) -> Drafted:
    """Return the answer to a question, or a blank with its reason."""
    said = _say(put, ground, found)
    placed = place(put.question, said.content)
    if placed.writes:
        return Drafted(
            said=said,
            placed=placed,
            band=Band.READY if _is_ready(put, said, ground) else Band.SUGGESTED,
            code=BlankCode.NONE,
            reason=" ".join(said.why),
        )
    # What the form itself forbids explains a blank better than what could have been said.
    code = placed.code if placed.code is not BlankCode.NONE else said.code
    told = [placed.problem, *said.why] if placed.problem else list(said.why)
    return Drafted(said=said, placed=placed, band=Band.BLANK, code=code, reason=" ".join(dict.fromkeys(told)))


def _is_ready(put: Put, said: Said, ground: Ground) -> bool:
    """Say whether an answer needs no second look: decided before, or above the organisation's own line.

    A chosen passage may say less than the question asks, and the opposite of a requirement is easily read wrong.
    """
    if said.library_ref is not None:
        return said.decided_before
    if said.quoted:
        return False
    if put.proposal.decided_before:
        return True
    sure = _footing(put, ground) is Footing.SURE
    return ground.own_line and sure and put.proposal.polarity is not Polarity.INVERTED


def _footing(put: Put, ground: Ground) -> Footing:
    closed = _is_closed(put)
    return footing(put.proposal, put.question.text, ground.line, closed=closed, grounding=put.grounding)


def _is_closed(put: Put) -> bool:
    return manner.answer_type(put.question, put.proposal) is AnswerType.YES_NO


def not_asked() -> Drafted:
    """Return the blank of a question that is asked only after another answer to the one before it."""
    said = _blank(BlankCode.NOT_ASKED, "It is asked only after another answer to the question above.")
    return Drafted(said=said, placed=Placed(), band=Band.BLANK, code=said.code, reason=said.why[0])


def without_a_cell(drafted: Drafted) -> Drafted:
    """Return the blank of an answer whose cell another question of the row has taken with a different value."""
    problem = "Another question has the same answer cell and a different answer."
    return replace(
        drafted,
        placed=Placed(code=BlankCode.CELL_SHARED, problem=problem),
        band=Band.BLANK,
        code=BlankCode.CELL_SHARED,
        reason=f"{problem} {drafted.reason}",
    )


def _say(put: Put, ground: Ground, found: Found | None) -> Said:
    proposal = put.proposal
    if proposal.false_premise:
        return _blank(BlankCode.FALSE_PREMISE, proposal.false_premise)
    if proposal.asks_edition:
        return _blank(BlankCode.ASKS_EDITION, proposal.asks_edition)
    if proposal.category != NO_CATEGORY:
        if _footing(put, ground) is Footing.UNSURE:
            return _blank(BlankCode.UNSURE_MAPPING, _unsure(put, ground))
        return from_evidence.answer(put, ground)
    enough = ground.line.category
    if found is not None and found.sure:
        enough = min(enough, OUTSIDE_IF_SAME if found.same else OUTSIDE_IF_SURE)
    if not proposal.decided_before and proposal.confidence < enough:
        return _blank(BlankCode.UNSURE_MAPPING, _unsure(put, ground))
    return from_library.answer(put, ground, found)


def _unsure(put: Put, ground: Ground) -> str:
    proposal = put.proposal
    if proposal.category == NO_CATEGORY:
        return f"It seems to lie outside the checklist, but that is not sure enough ({proposal.confidence:.0%})."
    titles = {ref: result.title for ref, result in ground.judged(frozenset()).items()}
    first, *others = (
        f"“{titles.get(c.ref) or c.ref}” ({c.ref}, {c.probability:.0%})" for c in proposal.requirements[:2]
    )
    likely = f"{first}, less likely for {others[0]}" if others else first
    if put.grounding < NEAR_ENOUGH:
        return f"It may ask for {likely}, but no known question that asks it comes near."
    line = LIKELY_LINE
    settled = proposal.confidence >= line.category and proposal.decisive_confidence >= line.decisive
    doubtful = proposal.polarity_confidence < line.polarity or not readings_agree(proposal, put.question.text)
    if settled and _is_closed(put) and doubtful:
        return f"It asks for {first}, but whether a yes would be the good answer is not sure."
    return f"It may ask for {likely}; that is not sure enough to answer from."


def _blank(code: BlankCode, why: str) -> Said:
    return Said(content=Content(value=Value.NEEDS_INFORMATION), why=(why,), code=code)
