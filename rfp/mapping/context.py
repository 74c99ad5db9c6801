"""Let the heading help a question that does not say what it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.retrieval.text import normalise
from rfp.mapping.features import Described
from rfp.mapping.lexicon import concepts, generic_concepts
from rfp.mapping.model import Prediction
from rfp.mapping.types import Asked

_POINTING = re.compile(r"\b(it|its|they|them|their|this|these|those|that|such|the (?:above|same|latter)|above|here)\b")
_EMPTY_HEADING = re.compile(
    r"^(?:sheet ?\d*|tab ?\d*|questions?|questionnaire|general|security|information security|vendor .*|assessment|"
    r"section ?\d*|part ?\d*|responses?|answers?|instructions|requirements?|control|controls|rfp|due diligence|\W*)$"
)
_SURE = 0.9
ENOUGH = 0.5  # confidence the reading with the heading must reach


def heading_of(asked: Asked) -> str:
    """Return the section, or else the sheet, unless it says nothing."""
    for heading in (asked.section, asked.sheet):
        if heading and not _EMPTY_HEADING.match(normalise(heading)):
            return heading
    return ""


def in_context(asked: Asked) -> str:
    """Return the question with its heading before it, or nothing where there is no heading to add."""
    heading = heading_of(asked)
    return f"{heading}: {asked.text}" if heading else ""


def needs_context(asked: Asked, confidence: float) -> bool:
    """Say whether the question names no subject of its own, so that its heading may speak."""
    names = list(concepts().patterns)
    flags = concepts().flags([asked.text])[0]
    subjects = [name for name, flag in zip(names, flags, strict=True) if flag and name not in generic_concepts()]
    if subjects:
        return False
    return bool(_POINTING.search(normalise(asked.text))) or len(asked.text.split()) <= 7 or confidence < _SURE


def merge(alone: Prediction, together: Prediction, rows: list[tuple[int, int]]) -> Prediction:
    """Return ALONE with categories and requirements of the given rows taken from TOGETHER (row here, row there)."""
    categories, requirements = alone.categories.copy(), alone.requirements.copy()
    for row, other in rows:
        categories[row], requirements[row] = together.categories[other], together.requirements[other]
    return Prediction(categories=categories, requirements=requirements, types=alone.types, polarities=alone.polarities)


def joined(described: Described, other: Described, rows: list[tuple[int, int]]) -> Described:
    """Return DESCRIBED with the vectors of the given rows taken from OTHER, for the search of controls."""
    vectors = described.vectors.copy()
    for row, at in rows:
        vectors[row] = other.vectors[at]
    return replace(described, vectors=vectors)
