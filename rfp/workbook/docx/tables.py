"""The tables of a Word document as grids: every cell with its row, its column and its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

from rfp.workbook.docx import content
from rfp.workbook.docx.looks import Looks
from rfp.workbook.docx.markup import Node, is_on
from rfp.workbook.errors import TooLarge
from rfp.workbook.guard import Limits
from rfp.workbook.model import Area


@dataclass(slots=True, kw_only=True)
class GridCell:
    node: Node
    row: int
    column: int
    width: int = 1
    covered: bool = False  # continues the cell above it

    @property
    def outer(self) -> Node:
        """The element that holds the cell and nothing else: the cell, or the content control around it alone."""
        parent = self.node.parent
        if parent is None or parent.tag != "w:sdtContent" or len(parent.children) != 1 or parent.parent is None:
            return self.node
        return parent.parent


@dataclass(slots=True, kw_only=True)
class Table:
    name: str
    node: Node
    rows: list[Node] = field(default_factory=list)
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    header_rows: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        return max((cell.column + cell.width - 1 for cell in self.cells.values()), default=0)


def tables(root: Node, looks: Looks, limits: Limits) -> list[Table]:
    """Return the tables of the body in order, those inside others too; each is named by its number and heading.

    :raises TooLarge: if they hold more rows, columns, cells or text than the limits allow
    """
    found: list[Table] = []
    heading = ""
    cells = 0
    for node in root.all("w:p", "w:tbl"):
        if node.tag == "w:p":
            if not _in_table(node):
                heading = looks.heading(node, content.shown(list(content.paragraph(node)))) or heading
            continue
        number = len(found) + 1
        table = _grid(node, f"Table {number} ({heading})" if heading else f"Table {number}", limits)
        cells += len(table.cells)
        if cells > limits.cells:
            raise TooLarge(f"The document's tables hold more than {limits.cells:,} cells.")
        found.append(table)
    return found


def _in_table(node: Node) -> bool:
    above = node.parent
    while above is not None and above.tag != "w:tbl":
        above = above.parent
    return above is not None


def _grid(node: Node, name: str, limits: Limits) -> Table:
    table = Table(name=name, node=node)
    table.rows = [row for row in node.flow() if row.tag == "w:tr"]
    if len(table.rows) > limits.rows:
        raise TooLarge(f"A table has more than {limits.rows:,} rows.")
    for number, row in enumerate(table.rows, start=1):
        column = 1 + _number(row.path("w:trPr", "w:gridBefore"), 0)
        for cell in (cell for cell in row.flow() if cell.tag == "w:tc"):
            width = max(1, _number(cell.path("w:tcPr", "w:gridSpan"), 1))
            if column + width - 1 > limits.columns:
                raise TooLarge(f"Row {number} of a table has more than {limits.columns} columns.")
            merge = cell.path("w:tcPr", "w:vMerge")
            covered = merge is not None and merge.get("w:val") != "restart"
            table.cells[number, column] = GridCell(node=cell, row=number, column=column, width=width, covered=covered)
            column += width
    table.header_rows = _marked(table.rows, "w:tblHeader")
    table.hidden_rows = _marked(table.rows, "w:hidden")
    table.merged = _merged(table)
    return table


def _marked(rows: list[Node], mark: str) -> frozenset[int]:
    return frozenset(number for number, row in enumerate(rows, start=1) if is_on(row.path("w:trPr", mark)))


def _merged(table: Table) -> tuple[Area, ...]:
    found = []
    for (row, column), cell in table.cells.items():
        if cell.covered and (row - 1, column) in table.cells:
            continue
        # What continues nothing is a cell like any other.
        cell.covered = False
        bottom = row
        while (below := table.cells.get((bottom + 1, column))) is not None and below.covered:
            bottom += 1
        if bottom > row or cell.width > 1:
            found.append(Area(row, column, bottom, column + cell.width - 1))
    return tuple(found)


def _number(node: Node | None, default: int) -> int:
    value = node.get("w:val") if node is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default
