"""Turn sentences into vectors with the shipped all-MiniLM-L6-v2, offline on the CPU."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evidence.retrieval.network import FOLDER, THREADS, TextNetwork

DIMENSIONS = 384
LONGEST = 256  # tokens read of one text; the model was trained on no longer ones

Vectors = NDArray[np.float32]
VectorCache = MutableMapping[str, NDArray[np.float32]]


class Encoder:
    """all-MiniLM-L6-v2 in 8 bits."""

    def __init__(self, folder: Path = FOLDER, *, threads: int = THREADS) -> None:
        self._network = TextNetwork(
            folder / "minilm-l6-v2-int8.onnx", longest=LONGEST, tokenizer=folder / "tokenizer.json", threads=threads
        )

    def encode(self, texts: Sequence[str], *, cache: VectorCache | None = None) -> Vectors:
        """Return one unit vector per text; take those in CACHE from there and add the others to it."""
        keys = [text_key(text) for text in texts]
        known: VectorCache = {} if cache is None else cache
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        for key, mean in zip(missing, self._network.run(list(missing.values())), strict=True):
            known[key] = mean / np.float32(max(float(np.linalg.norm(mean)), 1e-12))
        out = np.empty((len(texts), DIMENSIONS), np.float32)
        for row, key in enumerate(keys):
            out[row] = known[key]
        return out

    def knows_word(self, word: str) -> bool:
        """Say whether WORD stands whole in the model's vocabulary of 30,000 English pieces."""
        return self._network.knows_word(word)


def text_key(text: str) -> str:
    """Return the key under which the vector of TEXT is cached."""
    return sha256(text.encode()).hexdigest()


@cache
def shared_encoder() -> Encoder:
    """Return the one encoder of this process."""
    return Encoder()
