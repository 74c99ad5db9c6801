"""Bookmarks by which one place of the report leads to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rfp.reporting.data import ReportData


@dataclass(frozen=True, slots=True)
class Links:
    """The bookmark of each document, by its reference, and of each gap, by its requirement."""

    evidence: Mapping[str, str]
    gaps: Mapping[str, str]


def links_of(data: ReportData) -> Links:
    return Links(
        evidence={line.reference: f"Evidence{number}" for number, line in enumerate(data.evidence, start=1)},
        gaps={line.requirement: f"Gap{number}" for number, line in enumerate(data.gaps, start=1)},
    )
