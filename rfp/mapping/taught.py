"""Let decisions of people count at once, without training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidence.question_key import normalise
from evidence.retrieval.text import stem, tokens
from rfp.mapping.examples import CATEGORIES
from rfp.mapping.features import Described
from rfp.mapping.model import POLARITIES, Catalogue, Prediction
from rfp.mapping.types import TaughtDecision

Floats = NDArray[np.float32]

SAME = 0.97  # cosine and share of common words from which two wordings are one question
VETO = 0.9  # cosine from which a rejected mapping is ruled out
_SHARPNESS = 12.0
_DOUBT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """Decisions with their sentence vectors and what the model alone says of them."""

    decisions: tuple[TaughtDecision, ...]
    described: Described
    predicted: Prediction
    catalogue: Catalogue

    def decided(self, asked: Described) -> list[TaughtDecision | None]:
        """Return for each question the latest confirmed decision on the same question."""
        by_key = {normalise(d.text): d for d in self.decisions if d.confirmed}
        bags = [_bag(text) for text in self.described.texts]
        cosine = asked.vectors @ self.described.vectors.T
        found: list[TaughtDecision | None] = []
        for row, text in enumerate(asked.texts):
            exact = by_key.get(normalise(text))
            if exact is None:
                bag = _bag(text)
                near = [at for at in np.flatnonzero(cosine[row] >= SAME) if self.decisions[at].confirmed]
                alike = [at for at in near if _overlap(bag, bags[at]) >= SAME]
                exact = self.decisions[alike[-1]] if alike else None
            found.append(exact)
        return found

    def correct(self, prediction: Prediction, asked: Described) -> Prediction:
        """Return PREDICTION moved towards what people decided about near questions.

        What the model got wrong about a decided question is added to questions near it, the nearer the more; where it
        was right nothing changes. Rejected mappings are ruled out for near-duplicates.
        """
        cosine = asked.vectors @ self.described.vectors.T
        confirmed = np.array([d.confirmed for d in self.decisions])
        near = np.where(confirmed, np.exp(_SHARPNESS * (cosine - 1)), 0.0)
        share = near / (_DOUBT + near.sum(1, keepdims=True))
        wanted = self._wanted()
        categories = np.clip(prediction.categories + share @ (wanted.categories - self.predicted.categories), 0, 1)
        requirements = np.clip(
            prediction.requirements + share @ (wanted.requirements - self.predicted.requirements), 0, 1
        )
        known = np.array([d.polarity is not None for d in self.decisions])
        polarities = prediction.polarities + (share * known) @ (wanted.polarities - self.predicted.polarities)
        polarities = np.clip(polarities, 1e-6, 1)
        for row, at in zip(*np.nonzero((cosine > VETO) & ~confirmed), strict=True):
            self._rule_out(self.decisions[at], categories[row], requirements[row])
        return Prediction(
            categories=_shares(categories),
            requirements=requirements.astype(np.float32),
            types=prediction.types,
            polarities=_shares(polarities),
        )

    def _wanted(self) -> Prediction:
        categories = np.zeros_like(self.predicted.categories)
        requirements = np.zeros_like(self.predicted.requirements)
        polarities = np.zeros_like(self.predicted.polarities)
        for row, decision in enumerate(self.decisions):
            categories[row, CATEGORIES.index(decision.category)] = 1
            for ref in decision.requirements:
                if ref in self.catalogue.refs:
                    requirements[row, self.catalogue.refs.index(ref)] = 1
            if decision.polarity is not None:
                polarities[row, POLARITIES.index(decision.polarity)] = 1
        return Prediction(
            categories=categories, requirements=requirements, types=self.predicted.types, polarities=polarities
        )

    def _rule_out(self, decision: TaughtDecision, categories: Floats, requirements: Floats) -> None:
        for ref in decision.requirements:
            if ref in self.catalogue.refs:
                requirements[self.catalogue.refs.index(ref)] = 0
        number = CATEGORIES.index(decision.category)
        owned = [at for at, owner in enumerate(self.catalogue.category) if owner == number]
        # A category stays possible while another of its requirements may be meant.
        if not decision.requirements or max((requirements[at] for at in owned), default=0) < 0.2:
            categories[number] *= 0.02


def _shares(values: Floats) -> Floats:
    shares: Floats = (values / np.maximum(values.sum(1, keepdims=True), 1e-9)).astype(np.float32)
    return shares


def _bag(text: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokens(text))


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / max(len(left | right), 1)
