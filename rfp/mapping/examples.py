"""Labelled questions: the shipped examples, and sets to measure on, in one format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rfp.mapping.types import NO_CATEGORY, AnswerType, Polarity

CATEGORIES = (
    "legal_regulatory",
    "risk_assessment",
    "adversarial_testing",
    "bias_fairness",
    "incident_response",
    NO_CATEGORY,
)
SHIPPED = Path(__file__).with_name("data") / "examples"


class ExamplesInvalid(Exception):
    """A labelled question cannot be read; the text names the file, the row and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question with what is right about it. ``categories`` are all that count as right, the main one first."""

    id: str
    text: str
    categories: tuple[str, ...]
    requirements: tuple[str, ...]
    answer_type: AnswerType | None
    polarity: Polarity | None
    trap: str = ""

    @property
    def category(self) -> str:
        return self.categories[0]


def read_examples(path: Path) -> tuple[Example, ...]:
    """Return the labelled questions of the file at PATH.

    :raises ExamplesInvalid: if it is not such a file, or a label is unknown
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        rows = content["questions"]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ExamplesInvalid(f"{path.name}: not a list of labelled questions ({error})") from error
    if not isinstance(rows, list):
        raise ExamplesInvalid(f"{path.name}: questions is not a list")
    return tuple(_example(row, f"{path.name}, question {number}") for number, row in enumerate(rows, start=1))


def shipped_examples() -> tuple[Example, ...]:
    """Return every example the product carries, in the order of file names; the same question counts once."""
    examples: dict[str, Example] = {}
    for path in sorted(SHIPPED.glob("*.yaml")):
        for example in read_examples(path):
            examples.setdefault(" ".join(example.text.casefold().split()), example)
    return tuple(examples.values())


def _example(row: object, where: str) -> Example:
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str) or not row["text"].strip():
        raise ExamplesInvalid(f"{where}: has no text")
    category = str(row.get("category"))
    acceptable = row.get("acceptable_categories") or []
    for name in (category, *acceptable):
        if name not in CATEGORIES:
            raise ExamplesInvalid(f"{where}: unknown category {name!r}")
    try:
        answer_type = AnswerType(row["answer_type"]) if row.get("answer_type") else None
        polarity = Polarity(row["polarity"]) if row.get("polarity") else None
    except ValueError as error:
        raise ExamplesInvalid(f"{where}: {error}") from error
    return Example(
        id=str(row.get("id") or where),
        text=row["text"],
        categories=(category, *(name for name in acceptable if name != category)),
        requirements=_requirements(row, where),
        answer_type=answer_type,
        polarity=polarity,
        trap=str(row.get("trap") or ""),
    )


def _requirements(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    refs = row.get("requirements") or []
    if not isinstance(refs, list) or not all(isinstance(ref, str) for ref in refs):
        raise ExamplesInvalid(f"{where}: requirements is not a list of ids")
    return tuple(refs)
