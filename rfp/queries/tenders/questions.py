"""The questions of a tender with the rules they are scored by."""

from __future__ import annotations

from dataclasses import dataclass

from rfp.models import Tender, TenderQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The questions under one heading of the form."""

    sheet: str
    section: str
    questions: tuple[TenderQuestion, ...]


def asked_in(tender: Tender) -> list[Asked]:
    """Return the questions as the form asks them, heading by heading."""
    found: dict[tuple[str, str], list[TenderQuestion]] = {}
    for row in tender.questions.select_related("question", "criterion"):
        found.setdefault((row.question.sheet, row.section), []).append(row)
    return [Asked(sheet=sheet, section=section, questions=tuple(rows)) for (sheet, section), rows in found.items()]
