"""What people decided about questions."""

from __future__ import annotations

from accounts.models import Organisation
from rfp.mapping.types import Polarity, TaughtDecision
from rfp.models import Decision


def taught_decisions(organisation: Organisation) -> list[TaughtDecision]:
    """Return what the organisation's people decided about questions, oldest first."""
    return [
        TaughtDecision(
            text=row.text,
            category=row.category,
            requirements=tuple(row.requirements),
            polarity=Polarity(row.polarity) if row.polarity else None,
            confirmed=row.confirmed,
        )
        for row in Decision.objects.of(organisation)
    ]
