"""The trained part of mapping: category, requirements, answer type and polarity with calibrated probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rfp.mapping.calibration import Calibration, fit_calibration
from rfp.mapping.examples import CATEGORIES, Example
from rfp.mapping.heads import Head, fit_head, group_alike
from rfp.mapping.types import AnswerType, Polarity

Floats = NDArray[np.float32]

TYPES = tuple(AnswerType)
POLARITIES = tuple(Polarity)
RIDGE_TOPIC, RIDGE_TYPE, RIDGE_POLARITY = 0.5, 0.5, 0.5
SECOND = 0.6  # how much a requirement named second counts against the first
_NONE = len(CATEGORIES) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The requirements that can be asked for, and the category of each."""

    refs: tuple[str, ...]
    category: tuple[int, ...]

    @classmethod
    def of(cls, categories: Mapping[str, str]) -> Self:
        return cls(refs=tuple(categories), category=tuple(CATEGORIES.index(name) for name in categories.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Probabilities per question (rows): of each category, requirement, answer type and polarity.

    A row of ``requirements`` does not add up to one: each number is the probability that the question asks for that
    requirement, and a question may ask for several.
    """

    categories: Floats
    requirements: Floats
    types: Floats
    polarities: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    catalogue: Catalogue
    topic: Head
    manner: Head
    polarity: Head
    category_calibration: Calibration
    requirement_calibration: Calibration
    type_calibration: Calibration
    polarity_calibration: Calibration

    def predict(self, topic: Floats, manner: Floats) -> Prediction:
        """Return the probabilities for questions of this likeness to the examples."""
        return self.judge(self.topic.score(topic), self.manner.score(manner), self.polarity.score(manner))

    def judge(self, topic: Floats, manner: Floats, polarity: Floats) -> Prediction:
        """Return the probabilities for these scores of the three heads."""
        categories = self.category_calibration.probabilities(category_features(topic, self.catalogue))
        pairs = requirement_features(topic, categories, self.catalogue)
        flat = self.requirement_calibration.probabilities(pairs.reshape(-1, pairs.shape[-1]))
        return Prediction(
            categories=categories,
            requirements=flat[:, 1].reshape(pairs.shape[:2]),
            types=self.type_calibration.probabilities(manner),
            polarities=self.polarity_calibration.probabilities(polarity),
        )


def category_features(topic: Floats, catalogue: Catalogue) -> Floats:
    """Return the category scores and beside them the best requirement score of each category."""
    scores, refs = np.split(topic, [len(CATEGORIES)], axis=1)
    owner = np.array(catalogue.category)
    best = np.stack([refs[:, owner == number].max(1) for number in range(_NONE)], axis=1)
    return np.hstack([scores, best]).astype(np.float32)


def requirement_features(topic: Floats, categories: Floats, catalogue: Catalogue) -> Floats:
    """Return for each question and requirement: its score, its category's probability, and how it stands to the best."""
    refs = topic[:, len(CATEGORIES) :]
    owner = np.array(catalogue.category)
    order = np.sort(refs, axis=1)
    best, second = order[:, -1:], order[:, -2:-1]
    rival = np.where(refs >= best, second, best)
    return np.stack([refs, categories[:, owner], refs - rival, refs * categories[:, owner]], axis=2).astype(np.float32)


def fit_model(
    examples: Sequence[Example | None], extra: Sequence[tuple[str, str]], *, catalogue: Catalogue,
    topic: Floats, manner: Floats, dense: Floats,
) -> Model:  # fmt: skip
    """Train on EXAMPLES and EXTRA, in the order of the rows and columns of the likeness matrices.

    EXTRA are descriptions (category, requirement or "") that teach the topic only. An example that is None is a row
    held out: nothing is learnt from it.
    """
    topics, manners, polarities = _targets(examples, extra, catalogue)
    groups = group_alike(dense)
    rows = np.array([row for row, example in enumerate([*examples, *extra]) if example is not None])
    labelled = rows[rows < len(examples)]
    typed = labelled[manners[labelled].any(1)]
    polar = labelled[polarities[labelled].any(1)]
    fitted_topic = fit_head(topic, topics, rows, groups, RIDGE_TOPIC)
    fitted_manner = fit_head(manner, manners, typed, groups, RIDGE_TYPE)
    fitted_polarity = fit_head(manner, polarities, polar, groups, RIDGE_POLARITY)
    held_out = fitted_topic.held_out[: len(labelled)]  # descriptions come last and are no questions
    accepted = _accepted(examples, labelled)
    features = category_features(held_out, catalogue)
    categories = fit_calibration(features, accepted)
    pairs, asked = _pairs(held_out, categories.probabilities(features), examples, labelled, catalogue)
    return Model(
        catalogue=catalogue,
        topic=fitted_topic.head,
        manner=fitted_manner.head,
        polarity=fitted_polarity.head,
        category_calibration=categories,
        requirement_calibration=fit_calibration(pairs, asked),
        type_calibration=fit_calibration(fitted_manner.held_out, manners[typed]),
        polarity_calibration=fit_calibration(fitted_polarity.held_out, polarities[polar]),
    )


def _targets(
    examples: Sequence[Example | None], extra: Sequence[tuple[str, str]], catalogue: Catalogue
) -> tuple[Floats, Floats, Floats]:
    count = len(examples) + len(extra)
    topics = np.zeros((count, len(CATEGORIES) + len(catalogue.refs)), np.float32)
    manners = np.zeros((count, len(TYPES)), np.float32)
    polarities = np.zeros((count, len(POLARITIES)), np.float32)
    place = {ref: len(CATEGORIES) + number for number, ref in enumerate(catalogue.refs)}
    for row, example in enumerate(examples):
        if example is None:
            continue
        topics[row, CATEGORIES.index(example.category)] = 1
        for rank, ref in enumerate(example.requirements):
            topics[row, place[ref]] = SECOND if rank else 1
        if example.answer_type:
            manners[row, TYPES.index(example.answer_type)] = 1
        if example.polarity:
            polarities[row, POLARITIES.index(example.polarity)] = 1
    for row, (category, ref) in enumerate(extra, start=len(examples)):
        topics[row, CATEGORIES.index(category)] = 1
        if ref:
            topics[row, place[ref]] = 1
    return topics, manners, polarities


def _accepted(examples: Sequence[Example | None], rows: NDArray[np.intp]) -> Floats:
    """Return for each row the categories that count as right, the main one with twice the share of another."""
    out = np.zeros((len(rows), len(CATEGORIES)), np.float32)
    for at, row in enumerate(rows):
        example = examples[row]
        if example is not None:
            for rank, name in enumerate(example.categories):
                out[at, CATEGORIES.index(name)] = 1 if rank else 2
    return out / out.sum(1, keepdims=True)


def _pairs(
    held_out: Floats,
    categories: Floats,
    examples: Sequence[Example | None],
    rows: NDArray[np.intp],
    catalogue: Catalogue,
) -> tuple[Floats, Floats]:
    """Return the ten best requirements of each question as features, and whether each is asked for."""
    pairs = requirement_features(held_out, categories, catalogue)
    features, asked = [], []
    for at, row in enumerate(rows):
        example = examples[row]
        if example is None:
            continue
        for number in np.argsort(-pairs[at, :, 0], kind="stable")[:10]:
            features.append(pairs[at, number])
            asked.append(catalogue.refs[number] in example.requirements)
    right = np.array(asked, np.float32)
    return np.array(features, np.float32), np.stack([1 - right, right], axis=1)
