"""Knock-out questions: failing one puts a vendor out of the tender, whatever its points are."""

from __future__ import annotations

from enum import StrEnum

from scoring.tender.offers import Marks, Offer, Standing
from scoring.tender.rules import Question, ScoredBy, SealedRules


class KnockOut(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"  # not known yet; a tie of votes is one


def knock_out(question: Question, offer: Offer, rules: SealedRules) -> KnockOut:
    """Return whether a vendor passes a knock-out question.

    A blank fails. An answer that has to be proven passes only when it is; half proven is not proven.
    """
    answered = offer.answer(question.key)
    if answered.standing is Standing.NA_APPROVED:
        return KnockOut.PASSED
    if answered.standing is Standing.NA_CLAIMED:
        return KnockOut.OPEN
    if question.accepted and answered.value not in question.accepted:
        return KnockOut.FAILED
    if answered.standing is Standing.UNKNOWN:
        return KnockOut.OPEN
    if not _is_proven(question, answered.standing):
        return KnockOut.FAILED
    if question.scored_by is ScoredBy.PEOPLE:
        return votes(offer.marks.get(question.key, Marks()), rules)
    return KnockOut.PASSED


def _is_proven(question: Question, standing: Standing) -> bool:
    # "No" is the answer that some questions want ("Do you train on our data?"): then it is among those accepted.
    wanted_no = standing is Standing.NO and bool(question.accepted)
    return wanted_no or standing in (Standing.SUPPORTED, Standing.STATED)


def votes(marks: Marks, rules: SealedRules) -> KnockOut:
    """Return what evaluators voted, a pass being the highest mark. Only agreement settles it.

    A majority is not enough: one evaluator who saw the failure may be the one who read the page. Votes that differ, or
    are missing, stay open until the evaluators have met.
    """
    if marks.agreed is not None:
        return KnockOut.PASSED if marks.agreed == rules.highest_mark else KnockOut.FAILED
    given = marks.counted()
    if not given or len(given) < len(marks.expected) or len(set(given)) > 1:
        return KnockOut.OPEN
    return KnockOut.PASSED if given[0] == rules.highest_mark else KnockOut.FAILED
