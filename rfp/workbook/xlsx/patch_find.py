"""Where the cells of a plainly written sheet lie, found by searching its bytes.

In a well-formed sheet without comments, CDATA, instructions and foreign prefixes every "<" begins a tag, so that
``<row`` is a row and nothing else. That holds for what spreadsheet programs write, and takes a fraction of the time of
a parser that calls back for each element. Any doubt gives the sheet back to ``patch_scan``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from xml.parsers import expat

from rfp.workbook.xlsx.parsing import run
from rfp.workbook.xlsx.patch_places import Element, Row, SheetMap, attribute_spans, attribute_value, tag_at
from rfp.workbook.xlsx.references import areas, column_number

_DECLARATION = re.compile(
    rb"""\s*<\?xml\s+version\s*=\s*["']1\.0["'](?:\s+encoding\s*=\s*["']([^"']+)["'])?[^?<>]*\?>"""
)
# The second character is rarer than the first, which makes it the quicker one to look for.
_COMMENT, _INSTRUCTION = re.compile(rb"!(?<=<!)"), re.compile(rb"\?(?<=<\?)")
_ROOT = re.compile(rb"\s*(?=<worksheet[\s>])")
_DEFAULT_NAMESPACE = re.compile(rb"xmlns\s*=")
_PREFIXED = re.compile(rb":(?:row|c|f|sheetData|cols?|dimension)[\s/>]")
_TABLE = re.compile(rb"<sheetData(?=[\s/>])")
_DIMENSION, _COLUMNS, _COLUMN = (re.compile(rb"<%b(?=[\s/>])" % name) for name in (b"dimension", b"cols", b"col"))
_COLUMNS_END = re.compile(rb"</cols(?=[\s>])")
_ROW, _ROW_END = re.compile(rb'<row(?=[\s/>])(?:\s+r="([0-9]+)")?'), re.compile(rb"</row(?=[\s>])")
_CELL = re.compile(rb'<c(?=[\s/>])(?:\s+r="([A-Z]{1,3})[0-9]+")?')
_FORMULA = re.compile(rb"<f(?=[\s/>])")


class _Columns(dict[bytes | None, int]):
    """The number of each column by its letters, learnt as they come."""

    def __missing__(self, letters: bytes | None) -> int:
        if letters is None:
            raise NotPlainError  # a cell that does not begin with its place
        number = self[letters] = column_number(letters.decode())
        return number


class NotPlainError(Exception):
    """The sheet is written in a way that searching could misread."""


def find(data: bytes, part: str, wanted: Collection[int], *, rows_checked: bool) -> SheetMap:
    """Map the sheet part DATA, looking into the rows WANTED, once a parser has found it well-formed.

    With ROWS_CHECKED the caller proves that of the rows, and only what stands around them is parsed.

    :raises NotPlainError: if only a parser can tell where things lie
    :raises Damaged: if it is not well-formed
    """
    places = SheetMap(data)
    _find_root(places)
    if not rows_checked:
        run(expat.ParserCreate(), data, part)
    _find_table(places)
    if rows_checked:
        run(expat.ParserCreate(), data[: places.table.tag.end] + data[places.table.close :], part)
    _find_head(places)
    _find_rows(places, wanted)
    if b"array" in data or b"dataTable" in data:
        _find_arrays(places)
    return places


def _find_root(places: SheetMap) -> None:
    data = places.data
    declaration = _DECLARATION.match(data)
    if declaration and (declaration[1] or b"utf-8").lower() != b"utf-8":
        raise NotPlainError
    begin = declaration.end() if declaration else 0
    root = _ROOT.match(data, begin)
    if root is None or _COMMENT.search(data) or _INSTRUCTION.search(data, begin):
        raise NotPlainError
    if len(_DEFAULT_NAMESPACE.findall(data)) != 1:
        raise NotPlainError
    places.root = tag_at(data, root.end())


def _find_table(places: SheetMap) -> None:
    data = places.data
    tables = list(_TABLE.finditer(data))
    if len(tables) != 1:
        raise NotPlainError
    tag = tag_at(data, tables[0].start())
    close = tag.end if tag.empty else data.rfind(b"</sheetData")
    places.sheet_data = Element(tag, close, close if tag.empty else places.behind(close))
    if _PREFIXED.search(data, 0, places.table.end):
        raise NotPlainError


def _find_head(places: SheetMap) -> None:
    """Find the declared dimension and columns, which stand before the table."""
    data, before = places.data, places.table.tag.start
    dimensions, columns = list(_DIMENSION.finditer(data, 0, before)), list(_COLUMNS.finditer(data, 0, before))
    if len(dimensions) > 1 or len(columns) > 1:
        raise NotPlainError
    if dimensions:
        places.dimension = tag_at(data, dimensions[0].start())
    groups = [tag_at(data, found.start()) for found in _COLUMN.finditer(data, 0, before)]
    if not columns:
        if groups:
            raise NotPlainError
        return
    tag = tag_at(data, columns[0].start())
    end = _COLUMNS_END.search(data, tag.end, before)
    if tag.empty or end is None or not all(group.empty and tag.end <= group.start < end.start() for group in groups):
        raise NotPlainError
    places.columns = Element(tag, end.start(), places.behind(end.start()))
    places.column_groups = [Element(group, group.end, group.end) for group in groups]


def _find_rows(places: SheetMap, wanted: Collection[int]) -> None:
    data, table = places.data, places.table
    latest = 0
    columns = _Columns()
    starts = places.row_starts
    for found in _ROW.finditer(data):
        latest = int(found[1]) if found[1] else _number_of(data, found.start(), latest)
        starts.append((latest, found.start()))
    if starts and not (table.tag.end <= starts[0][1] and starts[-1][1] < table.close):
        raise NotPlainError
    for at, (number, start) in enumerate(starts):
        if number in wanted:
            behind = starts[at + 1][1] if at + 1 < len(starts) else table.close
            places.rows[number] = _row(places, number, start, behind, columns)


def _number_of(data: bytes, start: int, latest: int) -> int:
    """Return the number of a row that does not begin with it: what it says elsewhere, or the next one."""
    tag = tag_at(data, start)
    span = attribute_spans(data, tag).get(b"r")
    if span is None:
        return latest + 1
    value = attribute_value(data, span)
    if not value.isdigit():
        raise NotPlainError
    return int(value)


def _row(places: SheetMap, number: int, start: int, behind: int, columns: _Columns) -> Row:
    data = places.data
    row = Row(number, tag_at(data, start))
    if row.tag.empty:
        row.close = row.end = row.tag.end
        return row
    end = _ROW_END.search(data, row.tag.end, behind)
    if end is None:
        raise NotPlainError
    row.close, row.end = end.start(), places.behind(end.start())
    found = _CELL.finditer(data, row.tag.end, row.close)
    row.cells = {columns[cell[1]]: (cell.start(), 0) for cell in found}
    if data.find(b"<f", row.tag.end, row.close) >= 0:
        _find_formulas(data, row)
    return row


def _find_formulas(data: bytes, row: Row) -> None:
    by_start = sorted((start, column) for column, (start, _) in row.cells.items())
    begins = [start for start, _ in by_start]
    for found in _FORMULA.finditer(data, row.tag.end, row.close):
        at = bisect_right(begins, found.start())
        row.formulas.add(by_start[at - 1][1] if at else 0)


def _find_arrays(places: SheetMap) -> None:
    data = places.data
    for found in _FORMULA.finditer(data):
        tag = tag_at(data, found.start())
        spans = attribute_spans(data, tag)
        if b"t" in spans and attribute_value(data, spans[b"t"]) in (b"array", b"dataTable"):
            value = attribute_value(data, spans[b"ref"]) if b"ref" in spans else b""
            places.array_areas += areas(value.decode("ascii", "replace"))
