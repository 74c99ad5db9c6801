"""Train the judgement of pairs from the shipped ones: ``python -m rfp.answering.matching.fit``. Runs repeat exactly."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from evidence.retrieval.encoder import Encoder, shared_encoder
from rfp.answering.matching.lexicon import DATA
from rfp.answering.matching.model import PairModel, fit_logistic, lowest_line
from rfp.answering.matching.pairing import Comparison, compare
from rfp.answering.matching.reading import Known, read, spoken

PAIRS = DATA / "pairs.yaml"
WRONG_ALLOWED = 0.01  # half of what is promised, for pairs never seen do a little worse
LOWEST = 0.7  # no line lower than this, however right the pairs below it were
FOLDS = 10
DECAY = 1.0
OTHERS = 2  # wrong library questions taken as near misses of each question, as a search would bring them up
ALIKE = 0.75  # a cosine above which a library question written for another may say the same after all


class Entry(NamedTuple):
    question: str
    answer: str
    comment: str
    same: tuple[str, ...]
    differs: tuple[str, ...]


class Pair(NamedTuple):
    asked: str
    entry: Entry
    same: bool
    group: int  # the number of the library question it was written for


def read_pairs(path: Path) -> list[Entry]:
    """Return the library answers of PATH with the questions that were judged against each."""
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return [
        Entry(row["question"], str(row["answer"]), row["comment"], tuple(row["same"]), tuple(row["differs"]))
        for row in rows
    ]


def written_pairs(entries: Sequence[Entry]) -> list[Pair]:
    """Return each question with the library answer it was judged against."""
    return [
        Pair(asked, entry, same, group)
        for group, entry in enumerate(entries)
        for same, questions in ((True, entry.same), (False, entry.differs))
        for asked in questions
    ]


def other_pairs(entries: Sequence[Entry], pairs: Sequence[Pair], encoder: Encoder) -> list[Pair]:
    """Return each question with the OTHERS library questions nearest to it that were not written for it."""
    nearness = encoder.encode([pair.asked for pair in pairs]) @ encoder.encode([e.question for e in entries]).T
    found = []
    for row, pair in zip(nearness, pairs, strict=True):
        order = [at for at in np.argsort(-row, kind="stable").tolist() if at != pair.group and row[at] < ALIKE]
        found += [Pair(pair.asked, entries[at], False, pair.group) for at in order[:OTHERS]]
    return found


def compare_pairs(pairs: Sequence[Pair], encoder: Encoder) -> list[Comparison]:
    """Return the comparison of each pair."""
    asked = encoder.encode([spoken(pair.asked) for pair in pairs])
    known = encoder.encode([spoken(pair.entry.question) for pair in pairs])
    return [
        compare(read(pair.asked), Known.of(*pair.entry[:3]), float(cosine))
        for pair, cosine in zip(pairs, (asked * known).sum(1), strict=True)
    ]


def train(entries: Sequence[Entry], encoder: Encoder) -> tuple[PairModel, dict[str, float]]:
    """Return the model and what it reached on library questions it was not trained on."""
    written = written_pairs(entries)
    pairs = written + other_pairs(entries, written, encoder)
    comparisons = compare_pairs(pairs, encoder)
    features = np.array([comparison.features for comparison in comparisons])
    right = np.array([pair.same for pair in pairs])
    folds = np.array([pair.group for pair in pairs]) % FOLDS
    chance = np.empty(len(pairs))
    for fold in range(FOLDS):
        weights, bias = fit_logistic(features[folds != fold], right[folds != fold], decay=DECAY)
        chance[folds == fold] = PairModel(weights=weights, bias=bias, line=1.0).probabilities(features[folds == fold])
    barred = np.array([comparison.barred for comparison in comparisons])[: len(written)]
    chance, right = chance[: len(written)], right[: len(written)]
    line = max(LOWEST, lowest_line(chance[~barred], right[~barred], WRONG_ALLOWED))
    weights, bias = fit_logistic(features, np.array([pair.same for pair in pairs]), decay=DECAY)
    return PairModel(weights=weights, bias=bias, line=line), figures(chance, right, (chance >= line) & ~barred)


def figures(chance: NDArray[np.float64], right: NDArray[np.bool_], sure: NDArray[np.bool_]) -> dict[str, float]:
    """Return the number of pairs and the precision and recall of the sure ones."""
    return {
        "pairs": len(right),
        "precision": round(float(right[sure].mean()), 4) if sure.any() else 0.0,
        "recall": round(float((right & sure).sum() / max(right.sum(), 1)), 4),
    }


def main() -> None:
    model, reached = train(read_pairs(PAIRS), shared_encoder())
    model.save()
    sys.stdout.write(f"{reached} line {model.line:.3f}\n")


if __name__ == "__main__":
    main()
