"""Read the answers back from the filled sheet, with another parser than the one that placed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from rfp.workbook.model import Scalar, address
from rfp.workbook.xlsx.parts import local, rich_text
from rfp.workbook.xlsx.patch_places import SheetMap, Tag
from rfp.workbook.xlsx.rules import Answer


def read_back(places: SheetMap, answers: Sequence[Answer]) -> Iterator[str]:
    """Yield a sentence for each answer that its cell in a sheet does not give back, in value, kind and place."""
    by_row: dict[int, list[int]] = {}
    for answer in answers:
        row = places.rows.get(answer.row)
        if row is not None and answer.column in row.cells:
            by_row.setdefault(answer.row, []).append(answer.column)
    found: dict[tuple[int, int], Scalar | None] = {}
    try:
        for (number, columns), element in zip(by_row.items(), _elements(places, by_row), strict=True):
            for column, cell in zip(columns, element, strict=True):
                if cell.get("r") in (None, address(number, column)):
                    found[number, column] = _value(cell)
    except (etree.XMLSyntaxError, ValueError) as problem:
        yield f"the answers cannot be read: {problem}."
        return
    for answer in answers:
        place = (answer.row, answer.column)
        if not _same(found.get(place), answer.value):
            yield f"{address(*place)} does not give the answer back."


def _elements(places: SheetMap, by_row: Mapping[int, Sequence[int]]) -> etree._Element:
    """Parse a sheet that has the head of the real one, and of its rows these cells alone."""
    data, root, table = places.data, places.root, places.table.tag
    document = [data[: root.end], _opened(data, table)]
    for number, columns in by_row.items():
        row = places.rows[number]
        document.append(_opened(data, row.tag))
        document += [data[cell.tag.start : cell.end] for column in columns for cell in (places.cell(row, column),)]
        document.append(b"</%b>" % row.tag.name)
    document.append(b"</%b></%b>" % (table.name, root.name))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(b"".join(document), parser)[0]


def _opened(data: bytes, tag: Tag) -> bytes:
    written = data[tag.start : tag.end]
    return written[: written.rindex(b"/")] + b">" if tag.empty else written


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
