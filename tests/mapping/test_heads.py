"""The trained heads: exact held-out scores, probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest

from rfp.mapping.calibration import expected_calibration_error, fit_calibration
from rfp.mapping.heads import Floats, fit_head, group_alike, softmax


@pytest.fixture
def problem() -> tuple[Floats, Floats]:
    rng = np.random.default_rng(7)
    points = rng.standard_normal((30, 6)).astype(np.float32)
    targets = np.eye(3, dtype=np.float32)[(points[:, 0] > 0).astype(int) + (points[:, 1] > 1)]
    return points @ points.T + 1, targets


def test_held_out_scores_are_those_of_refitting_without_the_group(problem: tuple[Floats, Floats]) -> None:
    kernel, targets = problem
    rows, groups = np.arange(30), np.arange(30) // 3
    whole = fit_head(kernel, targets, rows, groups, 0.5)
    left = rows[groups != 4]
    gram = kernel[np.ix_(left, left)] + 0.5 * np.eye(len(left))
    wanted = targets[left] - targets.mean(0)  # the mean is that of all
    again = kernel[np.ix_(rows[groups == 4], left)] @ np.linalg.solve(gram, wanted) + targets.mean(0)
    assert np.allclose(whole.held_out[groups == 4], again, atol=1e-3)


def test_rows_not_trained_on_have_no_weight(problem: tuple[Floats, Floats]) -> None:
    kernel, targets = problem
    head = fit_head(kernel, targets, np.arange(20), np.arange(30), 0.5).head
    assert not head.weights[20:].any()
    assert head.weights[:20].any()


def test_alike_texts_share_a_group_through_a_third() -> None:
    near = np.array([[1, 0.95, 0.2, 0.1], [0.95, 1, 0.93, 0], [0.2, 0.93, 1, 0], [0.1, 0, 0, 1]], np.float32)
    groups = group_alike(near)
    assert groups[0] == groups[1] == groups[2] != groups[3]


def test_calibration_finds_the_true_shares() -> None:
    scores = np.repeat(np.array([[0.0], [1.0]], np.float32), 200, axis=0)
    right = np.concatenate([np.arange(200) < 60, np.arange(200) < 180]).astype(np.float32)
    fitted = fit_calibration(scores, np.stack([1 - right, right], axis=1), decay=1e-3)
    probabilities = fitted.probabilities(np.array([[0.0], [1.0]], np.float32))[:, 1]
    assert probabilities == pytest.approx([0.3, 0.9], abs=0.01)


def test_softmax_rows_add_up_even_for_large_scores() -> None:
    assert softmax(np.array([[1000.0, 0.0], [0.0, 0.0]], np.float32)).tolist() == [[1.0, 0.0], [0.5, 0.5]]


@pytest.mark.parametrize(
    ("confidence", "right", "expected"),
    [
        ([1.0, 1.0], [True, True], 0.0),
        ([1.0, 1.0], [False, False], 1.0),
        ([0.95, 0.95, 0.15, 0.15], [True, True, False, False], 0.1),
        ([], [], 0.0),
    ],
)
def test_expected_calibration_error(confidence: list[float], right: list[bool], expected: float) -> None:
    found = expected_calibration_error(np.array(confidence), np.array(right, bool))
    assert found == pytest.approx(expected)
