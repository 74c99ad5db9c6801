"""What the fictional vendor decided before about the questions of former buyers."""

from __future__ import annotations

import yaml

from rfp.demo.papers import DATA
from rfp.mapping.types import Polarity, TaughtDecision


def load() -> tuple[TaughtDecision, ...]:
    """Return the past decisions, enough of them for a calibration of the organisation's own."""
    entries = yaml.safe_load((DATA / "past.yaml").read_text(encoding="utf-8"))
    return tuple(
        TaughtDecision(
            text=entry["text"],
            category=entry["category"],
            requirements=tuple(entry["requirements"]),
            polarity=Polarity(entry["polarity"]) if "polarity" in entry else None,
            confirmed=entry.get("confirmed", True),
        )
        for entry in entries
    )
