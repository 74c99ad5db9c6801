"""How sure and how right the matcher is on library questions it was not trained on."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import yaml

from evidence.retrieval.encoder import shared_encoder
from rfp.answering.matching import KnownAnswer, Matcher
from rfp.answering.matching.fit import PAIRS, compare_pairs, read_pairs, train, written_pairs
from rfp.answering.matching.model import PairModel
from rfp.mapping.calibration import expected_calibration_error

ROOT = Path(__file__).parents[2]
HELD_BACK = ROOT / "tests" / "data" / "evaluation" / "matching"
DEMO = ROOT / "rfp" / "demo" / "data"
SHEETS = ("Company & legal", "General security")


def test_held_back_pairs() -> None:
    pairs = written_pairs(read_pairs(HELD_BACK / "pairs.yaml"))
    model = PairModel.load()
    comparisons = compare_pairs(pairs, shared_encoder())
    chance = model.probabilities(np.array([comparison.features for comparison in comparisons]))
    right = np.array([pair.same for pair in pairs])
    sure = (chance >= model.line) & ~np.array([comparison.barred for comparison in comparisons])
    assert right[sure].mean() >= 0.98
    assert (sure & right).sum() / right.sum() >= 0.6
    assert expected_calibration_error(chance, right) <= 0.06


def test_the_held_back_part_shares_no_library_question_with_training() -> None:
    trained = {entry.question for entry in read_pairs(PAIRS)}
    assert trained.isdisjoint(entry.question for entry in read_pairs(HELD_BACK / "pairs.yaml"))


@pytest.fixture(scope="module")
def library() -> list[KnownAnswer]:
    rows = csv.DictReader((DEMO / "answers.csv").read_text(encoding="utf-8").splitlines())
    return [
        KnownAnswer(ref=at, question=row["question"], answer=row["answer"], comment=row["comment"])
        for at, row in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def matcher(library: list[KnownAnswer]) -> Matcher:
    return Matcher.build(library, shared_encoder())


def test_every_repeated_question_is_found(library: list[KnownAnswer], matcher: Matcher) -> None:
    asked = [f"{at}. {answer.question.upper().rstrip('?')}" for at, answer in enumerate(library, start=1)]
    found = matcher.find(asked)
    assert [(one.ref, one.same, one.sure) for one in found if one] == [(at, True, True) for at in range(len(library))]


def test_a_buyers_questions_against_a_vendors_library(library: list[KnownAnswer], matcher: Matcher) -> None:
    labels = yaml.safe_load((HELD_BACK / "company.yaml").read_text(encoding="utf-8"))
    buyer = yaml.safe_load((DEMO / "buyer.yaml").read_text(encoding="utf-8"))
    asked = [
        question["text"]
        for sheet in buyer["sheets"]
        if sheet["name"] in SHEETS
        for section in sheet["sections"]
        for question in section["questions"]
    ]
    assert set(labels) <= set(asked)
    wanted = [labels[text] if isinstance(labels.get(text), list) else [labels.get(text)] for text in asked]
    found = matcher.find(asked)
    sure = [library[one.ref].question in right for one, right in zip(found, wanted, strict=True) if one and one.sure]
    assert sum(sure) >= 0.98 * len(sure)
    assert sum(sure) >= 0.7 * len(labels)


def test_training_again_gives_the_shipped_weights(tmp_path: Path) -> None:
    model, _ = train(read_pairs(PAIRS), shared_encoder())
    model.save(tmp_path / "weights.json")
    again, shipped = PairModel.load(tmp_path / "weights.json"), PairModel.load()
    np.testing.assert_allclose(again.weights, shipped.weights, atol=2e-3)
    assert again.line == pytest.approx(shipped.line, abs=2e-3)
