"""The judge on the shipped examples: every verdict right, nothing accepted that should not be."""

from __future__ import annotations

from pathlib import Path

from rfp.evaluation.evidence import evaluate

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "evaluation" / "evidence" / "examples.yaml"


def test_every_example_is_judged_as_labelled() -> None:
    result = evaluate(EXAMPLES)
    assert result.misses == ()
    assert result.figures == {
        "verdict_accuracy": 1.0,
        "rules_recall": 1.0,
        "warnings_recall": 1.0,
        "satisfies_f1": 1.0,
        "false_accepts": 0,
        "cases": 25,
    }
