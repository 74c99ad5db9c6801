"""How sentence vectors are stored in rows: 384 float16 numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evidence.retrieval.encoder import DIMENSIONS

BYTES = 2 * DIMENSIONS


def pack(vector: NDArray[np.float32]) -> bytes:
    return vector.astype(np.float16).tobytes()


def unpack(stored: Sequence[bytes | memoryview]) -> NDArray[np.float16]:
    """Return one row per stored vector."""
    if not stored:
        return np.empty((0, DIMENSIONS), np.float16)
    return np.frombuffer(b"".join(bytes(item) for item in stored), np.float16).reshape(-1, DIMENSIONS)
