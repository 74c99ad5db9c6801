"""Run a small 8-bit text network, offline on the CPU, so that one text always gives the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

FOLDER = Path(__file__).with_name("data")
THREADS = 2

Vectors = NDArray[np.float32]


class TextNetwork:
    """A network of the encoder's shape: token ids in, the mean of the token vectors out.

    Each text runs through the network alone. The 8-bit kernels scale their numbers by the whole batch, so in a batch
    a text's vector would depend on its neighbours; alone it is always the same, and caching it is exact. Two texts at
    a time on two threads are as fast as a padded batch.
    """

    def __init__(
        self, graph: Path, *, longest: int, tokenizer: Path = FOLDER / "tokenizer.json", threads: int = THREADS
    ) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(longest)
        self._threads = threads

    def run(self, texts: Sequence[str]) -> list[Vectors]:
        """Return the mean vector of each text."""
        if not texts:
            return []
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        if len(tokens) == 1:
            return [self._mean(tokens[0])]
        # Longest first: texts of one length follow each other, which spares the session planning anew for each, and
        # both threads end with short ones, so that neither waits long for the other.
        order = sorted(range(len(tokens)), key=lambda at: (-len(tokens[at]), at))
        out: list[Vectors] = [np.empty(0, np.float32)] * len(tokens)
        with ThreadPoolExecutor(self._threads) as pool:
            for at, vector in zip(order, pool.map(self._mean, [tokens[at] for at in order]), strict=True):
                out[at] = vector
        return out

    def knows_word(self, word: str) -> bool:
        """Say whether WORD stands whole in the network's vocabulary of 30,000 English pieces."""
        return self._tokenizer.token_to_id(word) is not None

    def _mean(self, tokens: list[int]) -> Vectors:
        ids = np.array([tokens], np.int64)
        (mean,) = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vector: Vectors = np.asarray(mean[0], np.float32)
        return vector
