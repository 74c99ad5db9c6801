"""Measure mapping on labelled questions: EVALUATION, "mapping"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from evidence.question_key import normalise
from rfp.evaluation.report import Evaluation, EvaluationInvalid, Miss
from rfp.mapping.calibration import expected_calibration_error
from rfp.mapping.engine import Mapper, without
from rfp.mapping.examples import CATEGORIES, Example, ExamplesInvalid, read_examples, shipped_examples
from rfp.mapping.model import fit_model
from rfp.mapping.types import NO_CATEGORY, Asked, Polarity, Proposal

FOLDS = 5


def evaluate(path: Path, *, mapper: Mapper | None = None) -> Evaluation:
    """Return the accuracy on the labelled questions at PATH, put to the mapping as text alone.

    Questions that the product ships as examples are scored by cross-validation: the heads are refitted without the
    fold, whose examples are hidden. All others are scored with the product as shipped.

    :raises EvaluationInvalid: if the file cannot be read
    """
    try:
        cases = read_examples(path)
    except ExamplesInvalid as error:
        raise EvaluationInvalid(str(error)) from error
    if not cases:
        raise EvaluationInvalid(f"{path.name}: no questions")
    mapper = mapper or Mapper.load()
    shipped = shipped_examples()
    place = {normalise(example.text): row for row, example in enumerate(shipped)}
    known = [at for at, case in enumerate(cases) if normalise(case.text) in place]
    proposals: dict[int, Proposal] = {}
    if known:
        proposals |= _cross_validate(mapper, shipped, {at: place[normalise(cases[at].text)] for at in known}, cases)
    unseen = [at for at in range(len(cases)) if at not in proposals]
    for at, proposal in zip(unseen, mapper.propose([Asked(text=cases[at].text) for at in unseen]), strict=True):
        proposals[at] = proposal
    ordered = [proposals[at] for at in range(len(cases))]
    return Evaluation(
        kind="mapping",
        figures=figures(cases, ordered),
        misses=tuple(miss for case, proposal in zip(cases, ordered, strict=True) for miss in _misses(case, proposal)),
        confusion=_confusion(cases, ordered),
        notes=_notes(len(known), len(unseen)),
    )


def figures(cases: Sequence[Example], proposals: Sequence[Proposal]) -> dict[str, object]:
    """Return the measures of EVALUATION for these answers to these questions."""
    pairs = list(zip(cases, proposals, strict=True))
    right = [_category_right(case, proposal) for case, proposal in pairs]
    confidence = np.array([proposal.confidence for proposal in proposals])
    polar = [(case.polarity, proposal.yes_would_say) for case, proposal in pairs if case.polarity]
    above = [fine for fine, proposal in zip(right, proposals, strict=True) if proposal.above_line]
    by_trap: dict[str, list[bool]] = {}
    for case, fine in zip(cases, right, strict=True):
        if case.trap:
            by_trap.setdefault(case.trap, []).append(fine)
    return {
        "n": len(cases),
        "category_accuracy": _share(right),
        "none_precision": _share([c.category == NO_CATEGORY for c, p in pairs if p.category == NO_CATEGORY]),
        "none_recall": _share([p.category == NO_CATEGORY for c, p in pairs if c.category == NO_CATEGORY]),
        "hit_at_3": _share([_hit(case, proposal) for case, proposal in pairs if case.requirements]),
        "polarity_accuracy": _share([label == said for label, said in polar]),
        "polarity_inverted_recall": _share(
            [said is Polarity.INVERTED for label, said in polar if label is Polarity.INVERTED]
        ),
        "answer_type_accuracy": _share([c.answer_type == p.answer_type for c, p in pairs if c.answer_type]),
        "ece": round(expected_calibration_error(confidence, np.array(right)), 4),
        "coverage": _share([proposal.above_line for proposal in proposals]),
        "precision_above_line": _share(above),
        "by_trap": {trap: _share(hits) for trap, hits in sorted(by_trap.items())},
    }


def _cross_validate(
    mapper: Mapper, shipped: Sequence[Example], known: dict[int, int], cases: Sequence[Example]
) -> dict[int, Proposal]:
    """Answer the KNOWN cases (place among the cases: row among the SHIPPED examples) fold by fold."""
    trained = mapper.trained
    likeness = trained.space.compare(trained.space.examples)
    told = [(category, refs[0] if refs else "") for category, refs in trained.labels[len(shipped) :]]
    readings = mapper.reader.of_examples(shipped)
    proposals: dict[int, Proposal] = {}
    # Every fifth question in turn: neighbours in a file are often wordings of one thing and fall into different folds,
    # as a customer's next questionnaire is like the last.
    for fold in range(FOLDS):
        members = [at for number, at in enumerate(sorted(known)) if number % FOLDS == fold]
        if not members:
            continue
        hidden = np.zeros(len(trained.labels), np.bool_)
        hidden[[known[at] for at in members]] = True
        seen = [None if hidden[row] else example for row, example in enumerate(shipped)]
        fitted = fit_model(seen, told, catalogue=trained.model.catalogue, likeness=likeness, readings=readings)
        blind = without(mapper, replace(trained, model=fitted.model), hidden)
        answers = blind.propose([Asked(text=cases[at].text) for at in members])
        proposals |= dict(zip(members, answers, strict=True))
    return proposals


def _category_right(case: Example, proposal: Proposal) -> bool:
    return proposal.category in case.categories


def _hit(case: Example, proposal: Proposal) -> bool:
    return any(candidate.ref in case.requirements for candidate in proposal.requirements[:3])


def _misses(case: Example, proposal: Proposal) -> list[Miss]:
    found: list[tuple[str, str]] = []
    if not _category_right(case, proposal):
        found.append((case.category, f"{proposal.category} ({proposal.confidence:.2f})"))
    elif case.requirements and not _hit(case, proposal):
        refs = ", ".join(candidate.ref for candidate in proposal.requirements[:3])
        found.append((", ".join(case.requirements), refs or "none"))
    if case.polarity and case.polarity != proposal.yes_would_say:
        found.append((f"polarity {case.polarity}", f"{proposal.yes_would_say} ({proposal.polarity_confidence:.2f})"))
    if case.answer_type and case.answer_type != proposal.answer_type:
        found.append((f"answer type {case.answer_type}", str(proposal.answer_type)))
    reason = " ".join(proposal.reasons)
    return [Miss(case=case.id, text=case.text, expected=label, got=got, reason=reason) for label, got in found]


def _confusion(cases: Sequence[Example], proposals: Sequence[Proposal]) -> dict[str, dict[str, int]]:
    counts = Counter((case.category, proposal.category) for case, proposal in zip(cases, proposals, strict=True))
    return {label: {got: counts[label, got] for got in CATEGORIES if counts[label, got]} for label in CATEGORIES}


def _notes(known: int, unseen: int) -> tuple[str, ...]:
    notes = []
    if known:
        notes.append(
            f"{known} of the questions are shipped as examples: scored by {FOLDS}-fold cross-validation with the heads "
            "refitted for each fold; word rarities and concepts are those of the shipped product, what a yes would say "
            "is read by a network that had seen no question of the same author."
        )
    if unseen:
        notes.append(f"{unseen} questions are in no shipped example: scored with the product as shipped.")
    return tuple(notes)


def _share(right: Sequence[bool]) -> float | None:
    return round(sum(right) / len(right), 4) if right else None
