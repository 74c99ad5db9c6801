"""Turn scores into probabilities that mean what they say: logistic models on held-out scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rfp.mapping.heads import softmax

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A multinomial logistic model: probabilities are ``softmax((scores - center) @ weights + bias)``."""

    center: Floats
    weights: Floats
    bias: Floats

    def probabilities(self, scores: Floats) -> Floats:
        return softmax(((scores - self.center) @ self.weights + self.bias).astype(np.float32))


def fit_calibration(scores: Floats, targets: Floats, *, decay: float = 0.1, rounds: int = 40) -> Calibration:
    """Fit by Newton's method with a Gaussian prior (DECAY) on the weights, none on the bias.

    TARGETS holds a probability per class and row; a row may share it among classes that all count as right.
    """
    count, classes = targets.shape
    center = scores.mean(0)
    inputs = np.hstack([scores - center, np.ones((count, 1))]).astype(np.float64)
    width = inputs.shape[1]
    prior = np.full(width, decay)
    prior[-1] = 1e-6
    weights = np.zeros((width, classes))
    for _ in range(rounds):
        shares = softmax((inputs @ weights).astype(np.float32))
        gradient = inputs.T @ (shares - targets) + prior[:, None] * weights
        curvature = np.zeros((width * classes, width * classes))
        for a in range(classes):
            for b in range(classes):
                spread = shares[:, a] * ((a == b) - shares[:, b])
                block = (inputs * spread[:, None]).T @ inputs
                curvature[a * width : (a + 1) * width, b * width : (b + 1) * width] = block
        curvature.flat[:: width * classes + 1] += np.tile(prior, classes) + 1e-6
        step = np.linalg.solve(curvature, gradient.T.ravel()).reshape(classes, width).T
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return Calibration(center.astype(np.float32), weights[:-1].astype(np.float32), weights[-1].astype(np.float32))


def expected_calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the mean gap between promised and realised share of right answers over equal-width BINS."""
    if not len(confidence):
        return 0.0
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = (
        abs(float(confidence[place == one].mean()) - float(right[place == one].mean())) * int((place == one).sum())
        for one in np.unique(place)
    )
    return sum(gaps) / len(confidence)
