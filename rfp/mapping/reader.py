"""Read what a yes to a question would say, by the whole sentence: main verb, denials, who does what.

The network was fine-tuned for this alone (``build_polarity``). It is the trained reading; the rules of ``valence`` are
the other one, and the heads lean on those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidence.question_key import normalise
from evidence.retrieval.encoder import VectorCache, text_key
from evidence.retrieval.network import TextNetwork
from rfp.mapping.examples import Example
from rfp.mapping.lexicon import DATA
from rfp.mapping.types import Polarity

GRAPH, READINGS, SUMS = "polarity-int8.onnx", "polarity.npz", "polarity.sha256"
LONGEST = 128  # tokens read of one question

Floats = NDArray[np.float32]


class PolarityReader:
    """The shipped network; it is loaded when the first question is read."""

    def __init__(self, folder: Path = DATA) -> None:
        self._folder = folder

    def read(self, texts: Sequence[str], *, cache: VectorCache | None = None) -> Floats:
        """Return for each text the logarithms of the probabilities of the polarities, in the order of the enum."""
        keys = [f"polarity {text_key(text)}" for text in texts]
        known: VectorCache = {} if cache is None else cache
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            for key, mean in zip(missing, self._network.run(list(missing.values())), strict=True):
                known[key] = _log_shares(mean @ self._stored["weights"] + self._stored["bias"])
        return np.array([known[key] for key in keys], np.float32).reshape(len(texts), len(Polarity))

    def read_unseen(self, texts: Sequence[str]) -> Floats:
        """Return the same, of the questions it was trained on as networks read them that had not seen their authors."""
        readings = self.read([text for text in texts if normalise(text) not in self._held_out])
        rows = iter(readings)
        found = [self._held_out.get(normalise(text)) for text in texts]
        unseen = [next(rows) if row is None else row for row in found]
        return np.array(unseen, np.float32).reshape(len(texts), len(Polarity))

    def of_examples(self, examples: Sequence[Example]) -> Floats:
        """Return a row per example: as :meth:`read_unseen` gives it where the example has a polarity, else zeros."""
        rows = [row for row, example in enumerate(examples) if example.polarity]
        readings = np.zeros((len(examples), len(Polarity)), np.float32)
        readings[rows] = self.read_unseen([examples[row].text for row in rows])
        return readings

    @cached_property
    def _network(self) -> TextNetwork:
        return TextNetwork(self._folder / GRAPH, longest=LONGEST)

    @cached_property
    def _stored(self) -> Mapping[str, NDArray[Any]]:
        with np.load(self._folder / READINGS, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}

    @cached_property
    def _held_out(self) -> Mapping[str, Floats]:
        questions = self._stored["questions"].tobytes().decode().split("\n")
        rows = self._stored["held_out"].astype(np.float32)
        return dict(zip(questions, rows, strict=True))


@cache
def shared_reader() -> PolarityReader:
    """Return the one reader of this process."""
    return PolarityReader()


def _log_shares(scores: Floats) -> Floats:
    raised = scores - scores.max()
    shares: Floats = (raised - np.log(np.exp(raised).sum())).astype(np.float32)
    return shares
