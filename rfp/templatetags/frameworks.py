"""Frameworks on pages: where an item is found, whose a framework is, and the drawing of what surrounds an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import template
from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import OrganisationKind
from evidence.models import Control, CrosswalkStatus, Framework
from rfp.queries.frameworks.asking import is_requirement
from rfp.queries.frameworks.sheet import Sheet
from rfp.templatetags.words import TONES

register = template.Library()

SHAPES = {CrosswalkStatus.DRAFT: "pen", CrosswalkStatus.CONFIRMED: "tick", CrosswalkStatus.REMOVED: "cross"}

# The drawing, in its own units.
WIDTH, COLUMN, MIDDLE = 1080, 336, 240
NODE, GAP, HEADING = 48, 8, 32
MOST_NODES = 4
LETTERS = 44  # that fit a node


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    y: int
    title: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Nodes under a heading; ``edge`` is the x at which their lines begin."""

    heading: str
    x: int
    y: int
    edge: int
    nodes: Sequence[Node]


@register.filter
def item_url(item: Control) -> str:
    """Return the page of an item: a requirement's by the ref that people know."""
    if is_requirement(item):
        return reverse("requirement", args=[item.ref])
    return reverse("framework_item", args=[item.pk])


@register.filter
def whose(framework: Framework) -> str:
    """Say where a framework comes from, as the person's organisation sees it."""
    if framework.owner is None:
        return "Shipped"
    if framework.owner.kind == OrganisationKind.PROVIDER:
        return f"Shared by {framework.owner}"
    return f"Brought in by {framework.owner}"


@register.inclusion_tag("_components/chip.html")
def crosswalk_chip(status: str) -> dict[str, str]:
    """Show the status of a crosswalk entry by shape and word."""
    shape = SHAPES[CrosswalkStatus(status)]
    return {"shape": shape, "tone": TONES[shape], "text": CrosswalkStatus(status).label}


@register.filter
def lookup(counts: Any, key: int) -> int:
    """Return how many were counted for a key."""
    return int(counts.get(key, 0))


@register.inclusion_tag("frameworks/_graph.html")
def item_graph(sheet: Sheet) -> dict[str, Any]:
    """Draw an item between what asks for it, what proves it, and what it maps to."""
    asks = _nodes(
        [(question.text, f"{question.questionnaire.title}, {question.sheet}") for question in sheet.questions],
        total=sheet.total_questions,
        unit="question",
    )
    proves = _nodes(
        [(document.item.title, f"{document.item.reference}, {document.item.kind_title}") for document in sheet.proving],
        total=len(sheet.proving),
        unit="document",
    )
    maps = [
        (framework.name, ", ".join(one.item.ref for one in held))
        for framework, held in (
            (framework, list(held)) for framework, held in groupby(sheet.neighbours, key=lambda one: one.item.framework)
        )
    ]
    columns = _stacked([("Asked by", asks), ("Proved by", proves)])
    height = max([HEADING + 96, *(_bottom(column) for column in columns)])
    if maps:
        targets = _nodes(maps, total=len(maps), unit="framework", most=2 * MOST_NODES)
        columns.append(_column("Maps to", targets, x=WIDTH - COLUMN, y=0))
        height = max(height, _bottom(columns[-1]))
    middle = height // 2
    return {
        "item": sheet.item,
        "columns": columns,
        "width": WIDTH,
        "height": height,
        "box": {"x": COLUMN + 48, "y": middle - 40, "width": WIDTH - 2 * COLUMN - 96, "height": 80},
        "centre": {"x": WIDTH // 2, "ref": middle - 4, "title": middle + 20},
        "lines": [_line(column, node, middle) for column in columns for node in column.nodes],
        "says": _says(sheet, frameworks=len(maps)),
    }


def _nodes(rows: Sequence[tuple[str, str]], *, total: int, unit: str, most: int = MOST_NODES) -> list[tuple[str, str]]:
    """Return what fits the drawing; the last node counts the rest."""
    if total <= most:
        return [(_short(title), _short(note)) for title, note in rows]
    rest = total - most + 1
    return [
        *((_short(title), _short(note)) for title, note in rows[: most - 1]),
        (f"and {rest} more {unit}s", ""),
    ]


def _stacked(parts: Sequence[tuple[str, list[tuple[str, str]]]]) -> list[Column]:
    """Return the columns at the left, one below the other; what is empty is not drawn."""
    columns: list[Column] = []
    for heading, nodes in parts:
        if nodes:
            below = _bottom(columns[-1]) + 16 if columns else 0
            columns.append(_column(heading, nodes, x=0, y=below))
    return columns


def _column(heading: str, nodes: Sequence[tuple[str, str]], *, x: int, y: int) -> Column:
    return Column(
        heading=heading,
        x=x,
        y=y,
        edge=x + COLUMN - 16 if x == 0 else x + 16,
        nodes=[
            Node(y=y + HEADING + place * (NODE + GAP), title=title, note=note)
            for place, (title, note) in enumerate(nodes)
        ],
    )


def _bottom(column: Column) -> int:
    return column.nodes[-1].y + NODE


def _line(column: Column, node: Node, middle: int) -> str:
    """Return the path of the line between a node and the item."""
    y = node.y + NODE // 2
    end = COLUMN + 48 if column.x == 0 else WIDTH - COLUMN - 48
    bend = (column.edge + end) // 2
    return f"M{column.edge} {y}C{bend} {y} {bend} {middle} {end} {middle}"


def _short(text: str) -> str:
    return str(Truncator(" ".join(text.split())).chars(LETTERS))


def _says(sheet: Sheet, *, frameworks: int) -> str:
    """Say in a sentence what the drawing shows; the lists below it say it in full."""
    proved = f"proved by {len(sheet.proving)} documents" if sheet.documents is not None else "its proof not shown"
    return (
        f"{sheet.item.ref}: asked by {sheet.total_questions} questions, {proved}, "
        f"mapped to {len(sheet.neighbours)} items of {frameworks} frameworks."
    )
