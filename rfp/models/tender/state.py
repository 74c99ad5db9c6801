"""Where a tender stands. It follows from the acts that were done, and from nothing else: no day moves it."""

from __future__ import annotations

from enum import StrEnum


class TenderState(StrEnum):
    """draft -> open -> closed -> scoring -> awarded."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    SCORING = "scoring"
    AWARDED = "awarded"


WORDS = {
    TenderState.DRAFT: "Draft",
    TenderState.OPEN: "Open to vendors",
    TenderState.CLOSED: "Closed to vendors",
    TenderState.SCORING: "Being scored",
    TenderState.AWARDED: "Awarded",
}


def state_of(*, opened: bool, closed: bool, scoring_opened: bool, awarded: bool) -> TenderState:
    """Return the state by the latest act that was done."""
    acts = (
        (awarded, TenderState.AWARDED),
        (scoring_opened, TenderState.SCORING),
        (closed, TenderState.CLOSED),
        (opened, TenderState.OPEN),
    )
    return next((state for done, state in acts if done), TenderState.DRAFT)
