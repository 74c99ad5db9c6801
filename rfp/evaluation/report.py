"""The result of measuring accuracy on labelled data, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One case that came out other than labelled."""

    case: str
    text: str
    expected: str
    got: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """``figures`` are the JSON object of the command: the keys of the evaluation's definition, JSON values only."""

    kind: str  # mapping, evidence, workbooks
    figures: Mapping[str, object]
    misses: tuple[Miss, ...] = ()
    confusion: Mapping[str, Mapping[str, int]] | None = None  # labelled -> predicted -> count
    notes: tuple[str, ...] = ()  # how it was measured


class EvaluationInvalid(Exception):
    """The labelled data cannot be read; the text names the file, the row and what is wrong."""
