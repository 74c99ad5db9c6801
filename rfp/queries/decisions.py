"""What people decided about questions."""

from __future__ import annotations

import numpy as np

from accounts.models import Organisation
from evidence.retrieval.encoder import VectorCache, text_key
from evidence.vectors import unpack
from rfp.mapping.types import Polarity, TaughtDecision
from rfp.models import Decision


def taught_decisions(organisation: Organisation, vectors: VectorCache) -> list[TaughtDecision]:
    """Return what the organisation's people decided about questions, oldest first; VECTORS receives their vectors."""
    rows = list(Decision.objects.of(organisation))
    encoded = [row for row in rows if row.embedding is not None]
    for row, vector in zip(encoded, unpack([row.embedding or b"" for row in encoded]), strict=True):
        vectors[text_key(row.text)] = vector.astype(np.float32)
    return [to_decision(row) for row in rows]


def to_decision(row: Decision) -> TaughtDecision:
    return TaughtDecision(
        text=row.text,
        category=row.category,
        requirements=tuple(row.requirements),
        polarity=Polarity(row.polarity) if row.polarity else None,
        confirmed=row.confirmed,
    )
