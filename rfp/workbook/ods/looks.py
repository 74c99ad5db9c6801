"""Cell styles of OpenDocument as the styles of a book; a style says only what its parent does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from rfp.workbook.model import Style
from rfp.workbook.ods.names import FORMAT, NUMBER, STYLE, TABLE

_LENGTH = re.compile(r"([0-9.]+)(in|cm|mm|pt|pc|px)$")
_INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "pc": 1 / 6, "px": 1 / 96}
_INCHES_PER_CHARACTER = 0.0767
_DEEPEST = 20  # parents of a style
_SIDES = ("border", "border-top", "border-bottom", "border-left", "border-right")
_OPEN = ("none", "formula-hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What one style says itself; None is left to its parent."""

    parent: str = ""
    locked: bool | None = None
    format: str | None = None
    fill: str | None = None
    bold: bool | None = None
    border: bool | None = None


@dataclass(slots=True)
class Looks:
    """Collects styles as they are read, and numbers those that cells use."""

    cell: dict[str, Own] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)  # of column styles, in characters
    hidden: set[str] = field(default_factory=set)  # table styles of hidden sheets
    dates: set[str] = field(default_factory=set)  # number formats that show a date
    pool: dict[Style, int] = field(default_factory=lambda: {Style(): 0})
    known: dict[str, int] = field(default_factory=dict)

    def add(self, element: etree._Element) -> None:
        """Take in a style:style, a style:default-style or a number:date-style element."""
        name = element.get(f"{STYLE}name", "")
        if element.tag == f"{NUMBER}date-style":
            self.dates.add(name)
            return
        family = element.get(f"{STYLE}family")
        if family == "table-cell":
            self.cell[name] = _own(element)
        elif family == "table-column":
            for properties in element.iter(f"{STYLE}table-column-properties"):
                width = _inches(properties.get(f"{STYLE}column-width", ""))
                if width is not None:
                    self.widths[name] = width / _INCHES_PER_CHARACTER
        elif family == "table":
            for properties in element.iter(f"{STYLE}table-properties"):
                if properties.get(f"{TABLE}display") == "false":
                    self.hidden.add(name)

    def number(self, name: str) -> int:
        """Return the number of a cell style in the book; no name is the default style."""
        known = self.known.get(name)
        if known is None:
            known = self.pool.setdefault(self._style(name or "Default"), len(self.pool))
            self.known[name] = known
        return known

    def _style(self, name: str) -> Style:
        chain: list[Own] = []
        while name in self.cell and len(chain) < _DEEPEST:
            chain.append(self.cell[name])
            name = chain[-1].parent or ("" if name in ("", "Default") else "Default")
        locked = next((own.locked for own in chain if own.locked is not None), True)
        shown = next((own.format for own in chain if own.format is not None), "")
        return Style(
            locked=locked,
            date=shown in self.dates,
            fill=next((own.fill for own in chain if own.fill is not None), ""),
            bold=next((own.bold for own in chain if own.bold is not None), False),
            border=next((own.border for own in chain if own.border is not None), False),
        )


def _own(element: etree._Element) -> Own:
    cell: Mapping[str, str] = _properties(element, "table-cell-properties")
    letters = _properties(element, "text-properties")
    protect = cell.get(f"{STYLE}cell-protect")
    colour = cell.get(f"{FORMAT}background-color")
    weight = letters.get(f"{FORMAT}font-weight")
    borders = [cell[side] for side in (f"{FORMAT}{side}" for side in _SIDES) if side in cell]
    return Own(
        parent=element.get(f"{STYLE}parent-style-name", ""),
        locked=None if protect is None else protect not in _OPEN,
        format=element.get(f"{STYLE}data-style-name"),
        fill=None if colour is None else "" if colour == "transparent" else colour.removeprefix("#").upper(),
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        border=any(border not in ("none", "hidden") for border in borders) if borders else None,
    )


def _properties(element: etree._Element, name: str) -> Mapping[str, str]:
    found = element.find(f"{STYLE}{name}")
    return {str(key): str(value) for key, value in found.attrib.items()} if found is not None else {}


def _inches(length: str) -> float | None:
    found = _LENGTH.match(length)
    if found is None:
        return None
    try:
        return float(found[1]) * _INCHES[found[2]]
    except ValueError:
        return None
