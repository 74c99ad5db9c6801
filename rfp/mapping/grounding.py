"""How near a question comes to anything that is known to ask for a requirement.

A probability says which requirement is likeliest among those there are; it is high for a question of another world
too, if one requirement resembles it most. Nearness to a confirmed question on the very requirement tells the two apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rfp.mapping.engine import Mapper
from rfp.mapping.types import TaughtDecision

Floats = NDArray[np.float32]


def groundings(
    mapper: Mapper, vectors: Floats, decisive: Sequence[Sequence[str]], taught: Sequence[TaughtDecision]
) -> list[float]:
    """Return per question the cosine to the nearest known question on each of its requirements, the lowest of them.

    Known are the shipped examples and what the organisation's people confirmed. A question without requirements is at
    1.0: it claims nothing.
    """
    confirmed = [decision for decision in taught if decision.confirmed]
    labels = [refs for _, refs in mapper.trained.labels] + [decision.requirements for decision in confirmed]
    own = mapper.trained.space.encoder.encode([decision.text for decision in confirmed], cache=mapper.vectors)
    known = np.concatenate([mapper.trained.space.examples.vectors, own])
    rows: dict[str, list[int]] = {}
    for at, refs in enumerate(labels):
        for ref in refs:
            rows.setdefault(ref, []).append(at)
    found = []
    for vector, asked in zip(vectors, decisive, strict=True):
        nearest = [float((known[rows[ref]] @ vector).max()) if ref in rows else 0.0 for ref in asked]
        found.append(round(min(nearest, default=1.0), 4))
    return found
