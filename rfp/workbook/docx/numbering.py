"""Numbers that Word counts by itself: a cell that shows "3.2" may hold no text at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rfp.workbook.docx.looks import Looks
from rfp.workbook.docx.markup import Node

_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 4_000
_LAST_LEVEL = 8


class Level(NamedTuple):
    start: int
    format: str
    text: str  # %1.%2 for the numbers of the first and the second level


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists a document defines: levels by number, and the list each numbering uses."""

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)  # by abstract list
    lists: Mapping[str, str] = field(default_factory=dict)  # numbering -> abstract list


def read_lists(root: Node | None) -> Lists:
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    for node in root.children if root is not None else ():
        if node.tag == "w:abstractNum":
            own = levels.setdefault(node.get("w:abstractNumId"), {})
            for level in node.children:
                if level.tag == "w:lvl" and (at := _number(level.get("w:ilvl"))) <= _LAST_LEVEL:
                    own[at] = _level(level)
        elif node.tag == "w:num" and (used := node.child("w:abstractNumId")) is not None:
            lists[node.get("w:numId")] = used.get("w:val")
    return Lists(levels=levels, lists=lists)


def _level(node: Node) -> Level:
    values = {name: found.get("w:val") for name in ("start", "numFmt", "lvlText") if (found := node.child(f"w:{name}"))}
    return Level(_number(values.get("start", "1")), values.get("numFmt", "decimal"), values.get("lvlText", ""))


def numbers(root: Node, lists: Lists, looks: Looks) -> dict[Node, str]:
    """Return the number that each counted paragraph shows; bullets are none."""
    shown: dict[Node, str] = {}
    counters: dict[str, dict[int, int]] = {}
    for paragraph in root.all("w:p"):
        place = _place(paragraph, looks)
        if place is None or place[0] not in lists.lists:
            continue
        used, level = lists.lists[place[0]], place[1]
        levels = lists.levels.get(used, {})
        if level not in levels:
            continue
        counts = counters.setdefault(used, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        label = _label(levels, counts, level)
        if label:
            shown[paragraph] = label
    return shown


def _place(paragraph: Node, looks: Looks) -> tuple[str, int] | None:
    """Return numbering and level of a paragraph: its own, else those of its style."""
    properties = paragraph.child("w:pPr")
    if properties is None:
        return None
    own = properties.child("w:numPr")
    named = properties.child("w:pStyle")
    chain = looks.chain(named.get("w:val")) if named is not None else []
    for numbered in [own, *(style.numbered for style in chain)]:
        if numbered is not None and (numbering := numbered.child("w:numId")) is not None:
            level = numbered.child("w:ilvl")
            return numbering.get("w:val"), _number(level.get("w:val")) if level is not None else 0
    return None


def _label(levels: Mapping[int, Level], counts: Mapping[int, int], level: int) -> str:
    if levels[level].format in ("bullet", "none"):
        return ""

    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if at not in levels:
            return ""
        return _spelled(counts.get(at, levels[at].start), levels[at].format)

    return _PLACEHOLDER.sub(number, levels[level].text).strip()


def _spelled(value: int, kind: str) -> str:
    if not 0 < value < _LARGEST:
        return str(value)
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        roman = ""
        for worth, letter in (*_ROMAN, *_ROMAN_SMALL):
            count, value = divmod(value, worth)
            roman += letter * count
        return roman.upper() if kind == "upperRoman" else roman
    return f"{value:02d}" if kind == "decimalZero" else str(value)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
