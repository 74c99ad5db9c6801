"""The cells of a row of an OpenDocument table: their values, and how often each is repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from rfp.workbook.model import Scalar
from rfp.workbook.ods.names import CALC, OFFICE, TABLE, TEXT, count

_CELL, _COVERED = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
_BLANK, _TAB, _BREAK = f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"
_PARAGRAPH, _ANNOTATION = f"{TEXT}p", f"{OFFICE}annotation"
_MOST_BLANKS = 1_000
_SPACE = re.compile(r"[ \t\r\n]+")


class OdsCell(NamedTuple):
    """A cell as stored, for ``repeats`` columns."""

    repeats: int
    value: Scalar | None
    error: bool
    formula: str | None
    style: str
    validation: str
    columns_spanned: int
    rows_spanned: int
    matrix: tuple[int, int]  # rows and columns that share the formula
    comment: str


def cells(row: etree._Element) -> Iterator[OdsCell]:
    for element in row:
        if element.tag in (_CELL, _COVERED):
            yield _cell(element)


def _cell(element: etree._Element) -> OdsCell:
    covered = element.tag == _COVERED
    get = element.get
    return OdsCell(
        repeats=count(get(f"{TABLE}number-columns-repeated")),
        # What a merged cell covers does not show.
        value=None if covered else _value(element),
        error=get(f"{CALC}value-type") == "error",
        formula=get(f"{TABLE}formula"),
        style=get(f"{TABLE}style-name", ""),
        validation=get(f"{TABLE}content-validation-name", ""),
        columns_spanned=1 if covered else count(get(f"{TABLE}number-columns-spanned")),
        rows_spanned=1 if covered else count(get(f"{TABLE}number-rows-spanned")),
        matrix=(count(get(f"{TABLE}number-matrix-rows-spanned")), count(get(f"{TABLE}number-matrix-columns-spanned"))),
        comment="\n".join(text(p) for a in element if a.tag == _ANNOTATION for p in a if p.tag == _PARAGRAPH),
    )


def _value(element: etree._Element) -> Scalar | None:
    kind = element.get(f"{OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        return _number(element.get(f"{OFFICE}value", ""))
    if kind == "boolean":
        return element.get(f"{OFFICE}boolean-value") == "true"
    if kind == "date":
        return element.get(f"{OFFICE}date-value", "").removesuffix("T00:00:00")
    if kind == "string" and (stored := element.get(f"{OFFICE}string-value")) is not None:
        return stored
    paragraphs = [text(child) for child in element if child.tag == _PARAGRAPH]
    return "\n".join(paragraphs) if paragraphs else None


def _number(text_: str) -> int | float | None:
    try:
        number = float(text_)
    except ValueError:
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph. White space collapses, and is written as elements where it counts."""
    if not len(paragraph):
        return _collapsed(paragraph.text or "")
    parts: list[str] = []
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "start":
            if element.tag == _BLANK:
                parts.append("\0" * min(count(element.get(f"{TEXT}c")), _MOST_BLANKS))
            elif element.tag == _TAB:
                parts.append("\1")
            elif element.tag == _BREAK:
                parts.append("\2")
            parts.append(element.text or "")
        elif element is not paragraph:
            parts.append(element.tail or "")
    return _collapsed("".join(parts)).translate({0: " ", 1: "\t", 2: "\n"})


def _collapsed(text_: str) -> str:
    return _SPACE.sub(" ", text_).strip(" ")
