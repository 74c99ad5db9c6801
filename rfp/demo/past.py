"""What the fictional vendor decided before about the questions of former buyers."""

from __future__ import annotations

from rfp.demo.papers import DATA
from rfp.mapping.decisions import read_decisions
from rfp.mapping.types import TaughtDecision


def load() -> tuple[TaughtDecision, ...]:
    """Return the past decisions, enough of them for a calibration of the organisation's own."""
    return read_decisions(DATA / "past.yaml")
