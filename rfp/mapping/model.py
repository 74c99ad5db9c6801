"""The trained part of mapping: category, requirements, answer type and polarity with calibrated probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rfp.mapping.calibration import Calibration, fit_calibration
from rfp.mapping.examples import CATEGORIES, Example
from rfp.mapping.features import Likeness
from rfp.mapping.heads import Head, fit_head, group_alike
from rfp.mapping.types import AnswerType, Polarity

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

TYPES = tuple(AnswerType)
POLARITIES = tuple(Polarity)
# The reading of the whole sentence counts as much as the head's. The share is not fitted: the head's words were
# gathered from the examples, which makes the head look better on them than it is on new ones.
READING_SHARE = 1.0
RIDGE_TOPIC, RIDGE_TYPE, RIDGE_POLARITY = 0.5, 0.5, 0.5
ASKED_FROM = 0.5  # probability from which a further requirement is decisive too
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
    reading_calibration: Calibration

    def predict(self, likeness: Likeness) -> Prediction:
        """Return the probabilities for questions of this likeness to the examples."""
        return self.judge(
            self.topic.score(likeness.topic), self.manner.score(likeness.manner), self.polarity.score(likeness.polarity)
        )

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

    def with_readings(self, polarities: Floats, readings: Floats) -> Floats:
        """Return the probabilities of POLARITIES joined with READINGS of the same questions."""
        return self.reading_calibration.probabilities(_pooled(polarities, readings))


def category_features(topic: Floats, catalogue: Catalogue) -> Floats:
    """Return the category scores and beside them the best requirement score of each category."""
    scores, refs = np.split(topic, [len(CATEGORIES)], axis=1)
    owner = np.array(catalogue.category)
    best = np.stack([refs[:, owner == number].max(1) for number in range(_NONE)], axis=1)
    return np.hstack([scores, best]).astype(np.float32)


def requirement_features(topic: Floats, categories: Floats, catalogue: Catalogue) -> Floats:
    """Return for each question and requirement: its score, its category's probability, its lead."""
    refs = topic[:, len(CATEGORIES) :]
    owner = np.array(catalogue.category)
    order = np.sort(refs, axis=1)
    best, second = order[:, -1:], order[:, -2:-1]
    rival = np.where(refs >= best, second, best)
    return np.stack([refs, categories[:, owner], refs - rival, refs * categories[:, owner]], axis=2).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A model, and what it says of its own questions when each and its likes are left out.

    ``rows`` are the questions, ``typed`` and ``polar`` those of them with an answer type and a polarity; in
    ``held_out`` categories and requirements stand for ``rows``, types for ``typed``, polarities for ``polar``.
    """

    model: Model
    rows: Rows
    typed: Rows
    polar: Rows
    held_out: Prediction


def decisive(probabilities: Floats) -> tuple[list[int], float]:
    """Return the requirements an answer rests on, and the probability that these and no others are asked for."""
    order = np.argsort(-probabilities, kind="stable")[:5]
    chosen = [int(at) for rank, at in enumerate(order) if not rank or probabilities[at] >= ASKED_FROM]
    others = [int(at) for at in order if int(at) not in chosen]
    return chosen, float(np.prod(probabilities[chosen]) * np.prod(1 - probabilities[others]))


def fit_model(
    examples: Sequence[Example | None],
    extra: Sequence[tuple[str, str]],
    *,
    catalogue: Catalogue,
    likeness: Likeness,
    readings: Floats,
) -> Fitted:
    """Train on EXAMPLES and EXTRA, in the order of the rows and columns of LIKENESS, which compares them all.

    EXTRA are descriptions (category, requirement or "") that teach the topic only. An example that is None is a row
    held out: nothing is learnt from it. READINGS are those of the examples by a network that had not seen them.
    """
    topics, manners, polarities = _targets(examples, extra, catalogue)
    groups = group_alike(likeness.dense)
    rows = np.array([row for row, example in enumerate([*examples, *extra]) if example is not None])
    asked = rows[rows < len(examples)]
    typed = asked[manners[asked].any(1)]
    polar = asked[polarities[asked].any(1)]
    fitted_topic = fit_head(likeness.topic, topics, rows, groups, RIDGE_TOPIC)
    fitted_manner = fit_head(likeness.manner, manners, typed, groups, RIDGE_TYPE)
    fitted_polarity = fit_head(likeness.polarity, polarities, polar, groups, RIDGE_POLARITY)
    held_out = fitted_topic.held_out[: len(asked)]  # descriptions come last and are no questions
    features = category_features(held_out, catalogue)
    categories = fit_calibration(features, _accepted(examples, asked))
    pairs, wanted = _pairs(held_out, categories.probabilities(features), examples, asked, catalogue)
    polarity_calibration = fit_calibration(fitted_polarity.held_out, polarities[polar])
    pooled = _pooled(polarity_calibration.probabilities(fitted_polarity.held_out), readings[polar])
    model = Model(
        catalogue=catalogue,
        topic=fitted_topic.head,
        manner=fitted_manner.head,
        polarity=fitted_polarity.head,
        category_calibration=categories,
        requirement_calibration=fit_calibration(pairs, wanted),
        type_calibration=fit_calibration(fitted_manner.held_out, manners[typed]),
        polarity_calibration=polarity_calibration,
        reading_calibration=fit_calibration(pooled, polarities[polar]),
    )
    judged = model.judge(held_out, fitted_manner.held_out, fitted_polarity.held_out)
    judged = replace(judged, polarities=model.reading_calibration.probabilities(pooled))
    return Fitted(model=model, rows=asked, typed=typed, polar=polar, held_out=judged)


def _pooled(polarities: Floats, readings: Floats) -> Floats:
    pooled: Floats = (np.log(np.maximum(polarities, 1e-6)) + READING_SHARE * readings).astype(np.float32)
    return pooled


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
    shares: Floats = out / out.sum(1, keepdims=True)
    return shares


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
