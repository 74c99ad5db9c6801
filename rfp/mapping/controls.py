"""Suggest controls of the loaded frameworks for a question: by the crosswalk of its requirements, and by likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rfp.mapping.types import ControlRef

Floats = NDArray[np.float32]

MOST = 5
ALIKE = "similar"  # found by likeness of wording alone; no crosswalk says how it relates
BY_RULE = "by rule"  # an administrator's rule names it
_WEIGHT = {"high": 1.0, "medium": 0.8, "low": 0.5}
_LEAST_COSINE = 0.35  # below this two short texts have no more in common than any two of the field
_LIKENESS = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlIndex:
    """Framework items with their sentence vectors, and which of them each requirement maps to."""

    items: tuple[tuple[str, str], ...]  # framework, ref
    vectors: Floats
    crosswalk: Mapping[str, tuple[tuple[int, str, str], ...]]  # requirement -> item, relation, confidence

    def suggest(self, vectors: Floats, requirements: Sequence[Mapping[str, float]]) -> list[tuple[ControlRef, ...]]:
        """Return up to five controls per question, best first.

        REQUIREMENTS holds for each question the probability of each requirement it may ask for. Crosswalk and likeness
        are added: the crosswalk knows which controls belong to the subject, likeness which of them is meant.
        """
        cosine = vectors @ self.vectors.T
        return [self._best(cosine[row], wanted) for row, wanted in enumerate(requirements)]

    def _best(self, cosine: Floats, wanted: Mapping[str, float]) -> tuple[ControlRef, ...]:
        scores = np.where(cosine >= _LEAST_COSINE, _LIKENESS * cosine, 0.0)
        relations: dict[int, tuple[float, str]] = {}
        for ref, probability in wanted.items():
            for item, relation, confidence in self.crosswalk.get(ref, ()):
                gain = probability * _WEIGHT[confidence] * 0.5
                if gain > relations.get(item, (0.0, ""))[0]:
                    relations[item] = (gain, relation)
        for item, (gain, _) in relations.items():
            scores[item] = gain + _LIKENESS * max(float(cosine[item]), 0.0)
        best = np.argsort(-scores, kind="stable")[:MOST]
        return tuple(
            ControlRef(
                self.items[item][0],
                self.items[item][1],
                relations.get(item, (0.0, ALIKE))[1],
                round(float(scores[item]), 4),
            )
            for item in best.tolist()
            if scores[item] > 0
        )
