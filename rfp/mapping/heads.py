"""Kernel ridge heads: a score per class from the likeness to every labelled example."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """Scores are ``likeness @ weights + mean``; examples a head was not trained on have zero weights."""

    weights: Floats
    mean: Floats

    def score(self, likeness: Floats) -> Floats:
        scores: Floats = likeness @ self.weights + self.mean
        return scores


def fit_head(kernel: Floats, targets: Floats, known: NDArray[np.bool_], ridge: float) -> Head:
    """Return the ridge solution for the rows that are KNOWN, one column of TARGETS per class."""
    rows = np.flatnonzero(known)
    mean = targets[rows].mean(0)
    gram = kernel[np.ix_(rows, rows)].astype(np.float64)
    gram.flat[:: len(rows) + 1] += ridge
    weights = np.zeros((len(kernel), targets.shape[1]), np.float32)
    weights[rows] = np.linalg.solve(gram, (targets[rows] - mean).astype(np.float64))
    return Head(weights, mean.astype(np.float32))


def softmax(scores: Floats) -> Floats:
    """Return each row as probabilities."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares
