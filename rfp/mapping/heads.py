"""Kernel ridge heads: a score per class from the likeness to every labelled example."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Head:
    """Scores are ``likeness @ weights + mean``; examples a head was not trained on have zero weights."""

    weights: Floats
    mean: Floats

    def score(self, likeness: Floats) -> Floats:
        scores: Floats = likeness @ self.weights + self.mean
        return scores


@dataclass(frozen=True, slots=True)
class FittedHead:
    """A head with what it says of each of its own examples when that one and its likes are left out."""

    head: Head
    rows: Rows
    held_out: Floats


def fit_head(kernel: Floats, targets: Floats, rows: Rows, groups: NDArray[np.intp], ridge: float) -> FittedHead:
    """Return the ridge solution over ROWS, one column of TARGETS per class.

    The held-out scores are exact and need no refitting: with C the inverse of the regularised kernel, leaving the
    group G out changes its predictions to ``y - inv(C[G, G]) @ (C @ y)[G]``. GROUPS numbers the rows so that wordings
    of one question are left out together; else a paraphrase would vouch for its twin and confidence would be too high.
    """
    mean = targets[rows].mean(0)
    gram = kernel[np.ix_(rows, rows)].astype(np.float64)
    gram.flat[:: len(rows) + 1] += ridge
    inverse = np.linalg.inv(gram)
    wanted = (targets[rows] - mean).astype(np.float64)
    solution = inverse @ wanted
    held_out = np.empty_like(wanted)
    for members in _members(groups[rows]):
        block = inverse[np.ix_(members, members)]
        held_out[members] = wanted[members] - np.linalg.solve(block, solution[members])
    weights = np.zeros((kernel.shape[1], targets.shape[1]), np.float32)
    weights[rows] = solution
    return FittedHead(Head(weights, mean.astype(np.float32)), rows, (held_out + mean).astype(np.float32))


def group_alike(dense: Floats, threshold: float = 0.9) -> NDArray[np.intp]:
    """Number the texts so that those linked by a cosine above THRESHOLD share a number."""
    group = np.arange(len(dense))
    for row in range(len(dense)):
        for other in np.flatnonzero(dense[row, :row] > threshold):
            old, new = group[row], group[other]
            if old != new:
                group[group == old] = new
    return group


def softmax(scores: Floats) -> Floats:
    """Return each row as probabilities."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares


def _members(groups: NDArray[np.intp]) -> list[Rows]:
    order = np.argsort(groups, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)
