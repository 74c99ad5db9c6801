"""Turn sentences into vectors with the shipped all-MiniLM-L6-v2, offline on the CPU."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

FOLDER = Path(__file__).with_name("data")
DIMENSIONS = 384
LONGEST = 256  # tokens read of one text; the model was trained on no longer ones
THREADS = 2

Vectors = NDArray[np.float32]
VectorCache = MutableMapping[str, NDArray[np.float32]]


class Encoder:
    """all-MiniLM-L6-v2 in 8 bits.

    Each text runs through the network alone. The 8-bit kernels scale their numbers by the whole batch, so in a batch
    a text's vector would depend on its neighbours; alone it is always the same, and caching it is exact. Two texts at
    a time on two threads are as fast as a padded batch.
    """

    def __init__(self, folder: Path = FOLDER, *, threads: int = THREADS) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        graph = str(folder / "minilm-l6-v2-int8.onnx")
        self._session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._threads = threads

    def encode(self, texts: Sequence[str], *, cache: VectorCache | None = None) -> Vectors:
        """Return one unit vector per text; take those in CACHE from there and add the others to it."""
        keys = [text_key(text) for text in texts]
        known: VectorCache = {} if cache is None else cache
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        for key, vector in zip(missing, self._run(list(missing.values())), strict=True):
            known[key] = vector
        out = np.empty((len(texts), DIMENSIONS), np.float32)
        for row, key in enumerate(keys):
            out[row] = known[key]
        return out

    def knows_word(self, word: str) -> bool:
        """Say whether WORD stands whole in the model's vocabulary of 30,000 English pieces."""
        return self._tokenizer.token_to_id(word) is not None

    def _run(self, texts: list[str]) -> list[Vectors]:
        if not texts:
            return []
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        if len(tokens) == 1:
            return [self._embed(tokens[0])]
        # Longest first: texts of one length follow each other, which spares the session planning anew for each, and
        # both threads end with short ones, so that neither waits long for the other.
        order = sorted(range(len(tokens)), key=lambda at: (-len(tokens[at]), at))
        out: list[Vectors] = [np.empty(0, np.float32)] * len(tokens)
        with ThreadPoolExecutor(self._threads) as pool:
            for at, vector in zip(order, pool.map(self._embed, [tokens[at] for at in order]), strict=True):
                out[at] = vector
        return out

    def _embed(self, tokens: list[int]) -> Vectors:
        ids = np.array([tokens], np.int64)
        (mean,) = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vector: Vectors = np.asarray(mean[0], np.float32)
        return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))


def text_key(text: str) -> str:
    """Return the key under which the vector of TEXT is cached."""
    return sha256(text.encode()).hexdigest()


@cache
def shared_encoder() -> Encoder:
    """Return the one encoder of this process."""
    return Encoder()
