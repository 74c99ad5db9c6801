"""The trained judgement of a pair: a logistic model over its features, and the line above which it is sure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rfp.answering.matching.lexicon import DATA
from rfp.answering.matching.pairing import FEATURES

WEIGHTS = DATA / "weights.json"


class WeightsInvalid(Exception):
    """The stored weights belong to other features; rebuild them: ``python -m rfp.answering.matching.fit``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairModel:
    """``probability = 1 / (1 + exp(-(features @ weights + bias)))``."""

    weights: NDArray[np.float64]
    bias: float
    line: float  # sure at or above

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for each row the probability that the library answer truly answers the question."""
        out: NDArray[np.float64] = 1 / (1 + np.exp(-(features @ self.weights + self.bias)))
        return out

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Read the shipped weights.

        :raises WeightsInvalid: if they were trained on other features
        """
        stored = json.loads(path.read_text(encoding="utf-8"))
        if tuple(stored["weights"]) != FEATURES:
            raise WeightsInvalid(f"{path.name} knows {', '.join(stored['weights'])}.")
        return cls(weights=np.array(list(stored["weights"].values())), bias=stored["bias"], line=stored["line"])

    def save(self, path: Path = WEIGHTS) -> None:
        content = {
            "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, self.weights, strict=True)},
            "bias": round(self.bias, 4),
            "line": round(self.line, 4),
        }
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def fit_logistic(
    features: NDArray[np.float64], right: NDArray[np.bool_], *, decay: float = 1.0, rounds: int = 60
) -> tuple[NDArray[np.float64], float]:
    """Return weights and bias by Newton's method with a Gaussian prior (DECAY) on the weights, none on the bias."""
    inputs = np.hstack([features, np.ones((len(features), 1))])
    prior = np.full(inputs.shape[1], decay)
    prior[-1] = 1e-6
    weights = np.zeros(inputs.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-(inputs @ weights)))
        gradient = inputs.T @ (chance - right) + prior * weights
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + np.diag(prior)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights[:-1], float(weights[-1])


def lowest_line(chance: NDArray[np.float64], right: Sequence[bool] | NDArray[np.bool_], wrong_allowed: float) -> float:
    """Return the lowest probability such that at most WRONG_ALLOWED of those at or above it are wrong, or 1."""
    order = np.argsort(-chance, kind="stable")
    wrong = np.cumsum(~np.asarray(right)[order]) / np.arange(1, len(order) + 1)
    # Of equal probabilities none can be left out: only the last of them says how many are wrong.
    last = np.append(np.diff(chance[order]) != 0, True)[: len(order)]
    good = np.flatnonzero((wrong <= wrong_allowed) & last)
    return float(chance[order[good[-1]]]) if len(good) else 1.0
