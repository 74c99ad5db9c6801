"""Measuring mapping: the figures of the definition, and no question scored with itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rfp.evaluation.mapping import evaluate, figures
from rfp.evaluation.report import EvaluationInvalid
from rfp.mapping.engine import Mapper
from rfp.mapping.examples import SHIPPED, Example, read_examples
from rfp.mapping.types import AnswerType, Asked, Candidate, Polarity, Proposal

ASKED = """
questions:
  - {id: A, text: Is there a kill switch for the agent in the field?, category: incident_response, requirements: [IR-6],
     answer_type: yes_no, polarity: direct}
  - {id: B, text: Price for 40 chairs?, category: none, requirements: [], answer_type: free_text, trap: false_friend}
"""


def case(**labels: Any) -> Example:
    values: dict[str, Any] = {
        "id": "x", "text": "x", "categories": ("none",), "requirements": (), "answer_type": None, "polarity": None,
    } | labels  # fmt: skip
    return Example(**values)


def said(**values: Any) -> Proposal:
    defaults: dict[str, Any] = {
        "category": "none", "confidence": 0.95, "requirements": (), "decisive": (), "decisive_confidence": 0.9,
        "controls": (), "polarity": None, "polarity_confidence": 0.9, "answer_type": AnswerType.FREE_TEXT, "parts": (),
        "false_premise": "", "asks_edition": "", "above_line": True, "reasons": (),
    } | values  # fmt: skip
    return Proposal(**defaults)


def refs(*names: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, 0.5, "") for name in names)


def test_figures_follow_the_definition() -> None:
    cases = [
        case(categories=("bias_fairness", "incident_response"), requirements=("BF-1",), polarity=Polarity.INVERTED),
        case(categories=("incident_response",), requirements=("IR-1",), polarity=Polarity.DIRECT, trap="compound"),
        case(answer_type=AnswerType.DATE),
        case(answer_type=AnswerType.FREE_TEXT),
    ]
    proposals = [
        said(category="incident_response", requirements=refs("IR-1", "IR-2", "BF-1"), yes_would_say=Polarity.INVERTED),
        said(category="none", yes_would_say=Polarity.INVERTED, above_line=False),
        said(),
        said(category="bias_fairness"),
    ]
    found = figures(cases, proposals)
    assert found == {
        "n": 4,
        "category_accuracy": 0.5,
        "none_precision": 0.5,
        "none_recall": 0.5,
        "hit_at_3": 0.5,
        "polarity_accuracy": 0.5,
        "polarity_inverted_recall": 1.0,
        "answer_type_accuracy": 0.5,
        "ece": 0.45,
        "coverage": 0.75,
        "precision_above_line": 0.6667,
        "by_trap": {"compound": 0.0},
    }


def test_shares_of_nothing_are_null() -> None:
    found = figures([case()], [said()])
    assert found["hit_at_3"] is None
    assert found["polarity_accuracy"] is None


def test_unseen_questions_are_scored_as_shipped(tmp_path: Path) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text(ASKED)
    result = evaluate(path)
    assert result.kind == "mapping"
    assert result.figures["n"] == 2
    assert result.figures["category_accuracy"] == 1.0
    assert result.figures["by_trap"] == {"false_friend": 1.0}
    assert result.confusion is not None
    assert result.confusion["none"] == {"none": 1}
    assert result.notes == ("2 questions are in no shipped example: scored with the product as shipped.",)


def test_shipped_questions_are_never_scored_with_themselves(tmp_path: Path) -> None:
    """A shipped example in another coat of punctuation is still known, and its fold is refitted without it."""
    known = read_examples(SHIPPED / "reference.yaml")[165]
    path = tmp_path / "asked.yaml"
    path.write_text(
        f"questions:\n  - {{text: {known.text.upper()!r}, category: incident_response, requirements: [IR-6]}}\n"
    )
    mapper = Mapper.load()
    result = evaluate(path, mapper=mapper)
    assert "1 of the questions are shipped as examples" in result.notes[0]
    assert mapper.hidden is None
    shipped = mapper.propose([Asked(text=known.text)])[0]
    assert "near example" in " ".join(shipped.reasons)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[]", "not a list of labelled questions"),
        ("questions: []", "no questions"),
        ("questions: [{category: none}]", "question 1: has no text"),
        ("questions: [{text: a, category: fun}]", "question 1: unknown category 'fun'"),
        ("questions: [{text: a, category: none, answer_type: song}]", "question 1: 'song'"),
        ("questions: [{text: a, category: none, requirements: AT-1}]", "question 1: requirements is not a list"),
        ("questions: {", "not a list of labelled questions"),
    ],
)
def test_wrong_files_are_refused_by_row(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text(content)
    with pytest.raises(EvaluationInvalid, match=r"asked\.yaml") as refusal:
        evaluate(path)
    assert says in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationInvalid, match=r"absent\.yaml"):
        evaluate(tmp_path / "absent.yaml")
