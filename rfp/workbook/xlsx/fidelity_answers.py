"""Read the answers back from the filled sheet, with another parser than the one that placed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from lxml import etree

from rfp.workbook.model import Scalar, address
from rfp.workbook.xlsx.parts import local, rich_text
from rfp.workbook.xlsx.patch_scan import Row, SheetMap
from rfp.workbook.xlsx.references import column_number
from rfp.workbook.xlsx.rules import Answer


def read_back(places: SheetMap, answers: Sequence[Answer]) -> Iterator[str]:
    """Yield a sentence for each answer that the rows of a sheet do not give back, in value and kind."""
    wanted = {(answer.row, answer.column): answer.value for answer in answers}
    rows = sorted(places.rows.values(), key=lambda row: row.tag.start)
    found: dict[tuple[int, int], Scalar | None] = {}
    try:
        for number, element in zip((row.number for row in rows), _elements(places, rows), strict=True):
            found.update(((number, column), value) for column, value in _values(element, number, wanted))
            _forget(element)
    except (etree.XMLSyntaxError, ValueError) as problem:
        yield f"the answers cannot be read: {problem}."
        return
    for place, value in wanted.items():
        if not _same(found.get(place), value):
            yield f"{address(*place)} does not give the answer back."


def _elements(places: SheetMap, rows: Sequence[Row]) -> Iterator[etree._Element]:
    """Parse a sheet that has the head of the real one and these rows alone."""
    if not rows:
        return
    data, table = places.data, places.table
    document = [data[: places.root.end], data[table.tag.start : table.tag.end]]
    document += [data[row.tag.start : row.end] for row in rows]
    document.append(b"</%b></%b>" % (table.tag.name, places.root.name))
    for _, element in etree.iterparse(
        BytesIO(b"".join(document)),
        events=("end",),
        tag="{*}row",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    ):
        yield element


def _forget(row: etree._Element) -> None:
    """Free a row and those before it."""
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]


def _values(
    row: etree._Element, number: int, wanted: dict[tuple[int, int], Scalar | None]
) -> Iterator[tuple[int, Scalar | None]]:
    column = 0
    for cell in row.iterchildren("{*}c"):
        reference = cell.get("r")
        column = column_number(reference) if reference else column + 1
        if (number, column) in wanted:
            yield column, _value(cell)


def _value(cell: etree._Element) -> Scalar | None:
    """Return what an answered cell holds: answers are written as inline text, number or boolean.

    :raises ValueError: if it holds anything else
    """
    if not len(cell):
        return None
    kind, child = cell.get("t", "n"), cell[0]
    if len(cell) == 1 and (kind, local(child)) == ("inlineStr", "is"):
        return rich_text(child)
    text = child.text or ""
    if len(cell) == 1 and local(child) == "v" and kind == "b":
        return text == "1"
    if len(cell) == 1 and local(child) == "v" and kind == "n":
        return float(text)
    raise ValueError(f"{cell.get('r')} is of another kind")


def _same(found: Scalar | None, value: Scalar | None) -> bool:
    if isinstance(value, bool) or isinstance(found, bool) or value is None or isinstance(value, str):
        return type(found) is type(value) and found == value
    return isinstance(found, float) and found == float(value)
