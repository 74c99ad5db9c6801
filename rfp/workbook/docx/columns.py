"""Columns added beside a table that has no place for answers: a new cell at the end of every row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rfp.workbook.docx.edit import CellEditor
from rfp.workbook.docx.markup import Node
from rfp.workbook.docx.tables import GridCell, Table
from rfp.workbook.xlsx.patch import Edit
from rfp.workbook.xlsx.patch_places import tag_at

_WIDTH = 2_000  # twentieths of a point
_OWN_PLACE = re.compile(rb"<(\w+:)?(?:gridSpan|vMerge|hMerge|tcW)\b[^>]*/>")


def add_columns(
    table: Table, columns: Sequence[int], texts: Mapping[tuple[int, int], str], editor: CellEditor
) -> list[Edit]:
    """Return the edits that add the columns (ascending, right of the table) with TEXTS in them.

    A new cell looks like the last one of its row; a row that is narrower than the table gets a cell in the gap too.
    """
    edits = []
    last: dict[int, GridCell] = {}
    for (row, _), cell in table.cells.items():
        last[row] = cell
    for row, cell in last.items():
        prefix = tag_at(editor.data, cell.node.start).prefix
        at = cell.column + cell.width
        new = []
        for column in columns:
            if column > at:
                new.append(_cell(editor, cell.node, "", prefix, span=column - at))
            new.append(_cell(editor, cell.node, texts.get((row, column), ""), prefix))
            at = column + 1
        edits.append(Edit(cell.outer.end, cell.outer.end, b"".join(new)))
    grids = [grid for part in table.parts.values() if (grid := part.child("w:tblGrid")) is not None]
    for grid in (grid for grid in grids if grid.close > grid.inner):
        prefix = tag_at(editor.data, grid.start).prefix
        edits.append(Edit(grid.close, grid.close, b'<%bgridCol %bw="%d"/>' % (prefix, prefix, _WIDTH) * len(columns)))
    return edits


def _cell(editor: CellEditor, neighbour: Node, text: str, prefix: bytes, *, span: int = 1) -> bytes:
    properties = neighbour.child("w:tcPr")
    own = editor.data[properties.inner : properties.close] if properties is not None else b""
    look = _OWN_PLACE.sub(b"", own)
    spanned = b'<%bgridSpan %bval="%d"/>' % (prefix, prefix, span) if span > 1 else b""
    width = b'<%btcW %bw="%d" %btype="dxa"/>' % (prefix, prefix, _WIDTH * span, prefix)
    paragraph = editor.new_paragraph(text, prefix, like=neighbour)
    return b"<%btc><%btcPr>%b%b%b</%btcPr>%b</%btc>" % (prefix, prefix, width, spanned, look, prefix, paragraph, prefix)
