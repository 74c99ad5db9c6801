"""Mapping beside what a user would otherwise do: the nearest labelled example, by sentence vector or by words.

Run as a module with a number of questions it maps that many in a fresh process and prints the seconds from cold.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evidence.retrieval.encoder import shared_encoder
from evidence.retrieval.sparse import LexicalIndex
from evidence.retrieval.text import word_terms
from rfp.evaluation.mapping import figures
from rfp.mapping.engine import Mapper
from rfp.mapping.examples import Example, read_examples, shipped_examples
from rfp.mapping.types import NO_CATEGORY, Asked

HOLDOUT = Path(__file__).parents[1] / "tests" / "data" / "evaluation" / "mapping" / "holdout.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    method: str
    questions: int
    category_accuracy: float
    none_recall: float
    hit_at_3: float
    seconds: float


def measure(path: Path = HOLDOUT) -> list[Row]:
    """Return a row per method on the labelled questions at PATH, all knowing the same shipped examples."""
    cases = read_examples(path)
    examples = shipped_examples()
    mapper = Mapper.load()
    mapper.propose([Asked(text="Is the model tested?")])  # loading is timed elsewhere
    started = time.perf_counter()
    found = figures(cases, mapper.propose([Asked(text=case.text) for case in cases]))
    seconds = time.perf_counter() - started
    shipped = Row(
        method="Countersign",
        questions=len(cases),
        category_accuracy=_number(found["category_accuracy"]),
        none_recall=_number(found["none_recall"]),
        hit_at_3=_number(found["hit_at_3"]),
        seconds=round(seconds, 2),
    )
    return [
        shipped,
        _nearest("nearest example by all-MiniLM", _by_vector(examples), cases, examples),
        _nearest("nearest example by TF-IDF", _by_words(examples), cases, examples),
    ]


Scorer = Callable[[Sequence[str]], NDArray[np.float32]]


def _by_vector(examples: Sequence[Example]) -> Scorer:
    encoder = shared_encoder()
    known = encoder.encode([example.text for example in examples])
    return lambda texts: np.asarray(encoder.encode(texts) @ known.T, np.float32)


def _by_words(examples: Sequence[Example]) -> Scorer:
    return LexicalIndex.build([example.text for example in examples], word_terms).score


def _nearest(method: str, score: Scorer, cases: Sequence[Example], examples: Sequence[Example]) -> Row:
    started = time.perf_counter()
    order = np.argsort(-score([case.text for case in cases]), axis=1, kind="stable")
    seconds = time.perf_counter() - started
    right, none, hits = [], [], []
    for case, nearest in zip(cases, order.tolist(), strict=True):
        category = examples[nearest[0]].category
        right.append(category in case.categories)
        if case.category == NO_CATEGORY:
            none.append(category == NO_CATEGORY)
        if case.requirements:
            refs = dict.fromkeys(ref for at in nearest[:50] for ref in examples[at].requirements)
            hits.append(any(ref in case.requirements for ref in list(refs)[:3]))
    return Row(
        method=method,
        questions=len(cases),
        category_accuracy=round(float(np.mean(right)), 4),
        none_recall=round(float(np.mean(none)), 4) if none else 0.0,
        hit_at_3=round(float(np.mean(hits)), 4) if hits else 0.0,
        seconds=round(seconds, 2),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, float | int) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How long mapping takes in a process that has just begun, and the most memory it held."""

    questions: int
    load_seconds: float
    map_seconds: float
    peak_mib: float


def speed(counts: Sequence[int] = (300, 5_000)) -> list[Speed]:
    """Return the speed for each of COUNTS questions, each measured in a process of its own."""
    found = []
    for count in counts:
        command = [sys.executable, "-m", "bench.mapping", str(count)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        load, mapped, peak = map(float, said)
        found.append(Speed(questions=count, load_seconds=load, map_seconds=mapped, peak_mib=peak))
    return found


def from_cold(count: int) -> tuple[float, float, float]:
    """Map COUNT different questions; return the seconds of loading and of mapping, and the peak memory in MiB."""
    started = time.perf_counter()
    mapper = Mapper.load()
    loaded = time.perf_counter()
    texts = [example.text for example in shipped_examples()]
    # Numbered, so that no text comes twice and a remembered vector would not flatter the figure.
    asked = [Asked(text=f"{texts[at % len(texts)].rstrip('?. ')} {at}?") for at in range(count)]
    begun = time.perf_counter()
    mapper.propose(asked)
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return round(loaded - started, 2), round(ended - begun, 2), round(peak, 1)


def main() -> None:
    if len(sys.argv) > 1:
        print(*from_cold(int(sys.argv[1])))
        return
    for row in [*measure(), *speed()]:
        print(row)


if __name__ == "__main__":
    main()
