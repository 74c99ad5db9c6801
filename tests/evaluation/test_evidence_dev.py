"""The judge on labelled evidence of three vendors that it was not made with, and on cases that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rfp.evaluation.evidence import evaluate
from rfp.evaluation.report import EvaluationInvalid

DEV = Path(__file__).resolve().parents[1] / "data" / "evaluation" / "evidence" / "dev"
CASE = """
as_of: 2026-11-23
vendor: {name: Example AB}
evidence:
  - id: A
    kind: iso_certificate
    dates: {issued_on: someday}
    claimed_for: [LR-1]
    expected: {verdict: rejected, failed_rules: [R-AGE]}
  - id: B
    kind: self_questionnaire
    issuer: {name: Example AB, independence: vendor_issued}
    dates: {issued_on: 1 May 2026}
    claimed_for: [LR-1]
    expected: {verdict: rejected, failed_rules: [R-KIND, R-INDEP]}
"""


def test_every_case_of_the_development_set_is_judged_as_labelled() -> None:
    result = evaluate(DEV)
    assert result.misses == ()
    assert result.figures["false_accepts"] == 0
    assert result.figures["verdict_accuracy"] == result.figures["warnings_recall"] == 1.0


def test_a_case_that_cannot_be_read_is_a_wrong_verdict(tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(CASE, encoding="utf-8")
    result = evaluate(file)
    assert (result.figures["cases"], result.figures["verdict_accuracy"], result.figures["rules_recall"]) == (
        2,
        0.5,
        2 / 3,
    )
    (miss,) = result.misses
    assert miss.got == "cannot be read"
    assert "someday" in miss.reason


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationInvalid, match="no YAML"):
        evaluate(tmp_path)
