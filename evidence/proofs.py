"""Proof as answers cite it: a confirmed attestation with its file, and the passages of that file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.types import EvidenceFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A confirmed attestation in its latest revision, with the file it was read from."""

    revision_id: int
    reference: str
    revision: int
    file_name: str
    sha256: str
    verified: bool
    fact: EvidenceFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The passages of one revision with their vectors, in order."""

    pages: tuple[int, ...]
    texts: tuple[str, ...]
    vectors: NDArray[np.float16]
