"""What is sealed of a tender, in the one form that its hash is taken of, and what keeps it from being opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from rfp.models import Criterion, PriceFormula, SealedVersion, Tender, TenderQuestion
from rfp.models.slots import slots_of
from rfp.workbook.model import Slot, address

FORMAT = 1


def payload_of(tender: Tender) -> dict[str, Any]:
    """Return everything that scoring goes by, in plain values; numbers are text, so that none is rounded."""
    criteria = list(tender.criteria.all())
    return {
        "format": FORMAT,
        "tender": {
            "id": tender.pk,
            "stage": tender.stage,
            "add_ons": sorted(tender.add_ons),
            "systems": list(tender.systems),
            "impact": tender.impact,
            "likelihood": tender.likelihood,
            "blind": tender.blind,
            "time_zone": tender.time_zone,
        },
        "price": {
            "formula": tender.price_formula,
            "envelope": None if tender.price_envelope is None else plain(tender.price_envelope),
            "weight": plain(tender.price_weight),
            "currency": tender.currency,
        },
        "criteria": [_criterion(row) for row in criteria],
        "questions": _questions(tender),
        "form": tender.questionnaire.file.sha256 if tender.questionnaire else None,
    }


def canonical(payload: Mapping[str, Any]) -> str:
    """Return the one spelling of a payload: keys in order, no spaces, text as it is."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(payload: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(payload).encode()).hexdigest()


def latest_sealed(tender: Tender) -> SealedVersion | None:
    """Return the rules that count now; None before the tender is opened."""
    return tender.sealed_versions.order_by("number").last()


def holds(version: SealedVersion) -> bool:
    """Return whether the stored rules are the ones that were hashed."""
    return digest(version.payload) == version.digest


def plain(number: Decimal) -> str:
    """Return a number without needless noughts: 12.5000 is 12.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def before_opening(tender: Tender, *, at: datetime) -> list[str]:
    """Return what has to be done before the tender can be opened, in sentences."""
    questions = list(tender.questions.select_related("question", "criterion"))
    if not questions:
        return ["It has no questions yet. Upload your workbook or take the built-in checklist."]
    found = [*_about_time(tender, at), *_about_weights(tender, questions), *_about_questions(questions)]
    if tender.price_formula != PriceFormula.NONE and not tender.price_weight:
        found.append("The price is scored with the weight 0. Give it a weight, or do not score it.")
    if tender.price_formula == PriceFormula.LINEAR_ENVELOPE and not tender.price_envelope:
        found.append("The price formula needs an envelope: the price that gets no points.")
    return found


def _about_time(tender: Tender, at: datetime) -> list[str]:
    if tender.due_at is None:
        return ["It is not said by when answers are due."]
    if tender.due_at <= at:
        return ["The due time is over. Set a later one."]
    return []


def _about_weights(tender: Tender, questions: Sequence[TenderQuestion]) -> list[str]:
    found = []
    scored = [row for row in questions if not row.info_only]
    without = [row for row in scored if row.criterion_id is None]
    if without:
        numbers = ", ".join(row.number for row in without[:5]) + (" …" if len(without) > 5 else "")
        found.append(f"{len(without)} scored questions belong to no criterion: {numbers}.")
    criteria = list(tender.criteria.all())
    if not any(row.weight for row in criteria):
        found.append("Every criterion has the weight 0, so nobody could score anything. Give at least one a weight.")
    for row in criteria:
        weight = sum((question.weight for question in scored if question.criterion_id == row.pk), Decimal(0))
        if row.weight and not weight:
            found.append(f"The criterion {row.name} has a weight, and none of its questions has one.")
    return found


def _about_questions(questions: Sequence[TenderQuestion]) -> list[str]:
    found = []
    for row in questions:
        if row.knock_out and not row.accepted:
            found.append(f"Question {row.number} is a knock-out, and no answer is named that passes it.")
        strange = [label for label in (*row.accepted, *row.rule) if row.options and label not in row.options]
        if strange:
            found.append(f"Question {row.number} has a rule for {strange[0]!r}, which is none of its options.")
    return found


def _criterion(row: Criterion) -> dict[str, Any]:
    return {
        "id": row.pk,
        "position": row.position,
        "name": row.name,
        "weight": plain(row.weight),
        "guidance": row.guidance,
    }


def _questions(tender: Tender) -> list[dict[str, Any]]:
    cells = slots_of(tender.questionnaire) if tender.questionnaire else {}
    rows = tender.questions.select_related("question", "criterion")
    return [_question(row, cells.get(row.question_id, ())) for row in rows]


def _question(row: TenderQuestion, slots: Sequence[Slot]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "position": row.position,
        "key": row.key,
        "number": row.number,
        "text": row.text,
        "section": row.section,
        "criterion": row.criterion_id,
        "kind": row.kind,
        "options": list(row.options),
        "weight": plain(row.weight),
        "knock_out": row.knock_out,
        "accepted": list(row.accepted),
        "info_only": row.info_only,
        "guidance": row.guidance,
        "rule": dict(row.rule),
        "requirements": list(row.requirements),
        "sheet": row.question.sheet,
        "cell": address(row.question.row, row.question.column),
        "cells": {slot.role.value: [slot.sheet, address(slot.row, slot.column)] for slot in slots},
    }
