"""Frameworks and crosswalks as plain values: read from files, compared, written to files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkItem:
    """``predecessors`` are refs of the edition before that it came from, where its own ref is another."""

    ref: str
    title: str
    kind: str = ""
    text: str = ""
    group: str = ""
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One framework in one edition. ``supersedes`` is the id of the edition before."""

    id: str
    name: str
    edition: str
    publisher: str = ""
    status: str = "current"
    effective_on: date | None = None
    superseded_by: str = ""
    superseded_on: date | None = None
    supersedes: str = ""
    licence_note: str = ""
    aliases: tuple[str, ...] = ()
    items: Mapping[str, FrameworkItem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkEntry:
    """How an item of the framework ``source`` relates to one of ``framework``, in the relation names of OSCAL."""

    source: str
    requirement: str
    framework: str
    ref: str
    relation: str
    confidence: str = ""
    rationale: str = ""
    status: str = "draft"
