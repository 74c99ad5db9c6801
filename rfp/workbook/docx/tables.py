"""The tables of a Word document as grids: every cell with its row, its column and its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

from rfp.workbook.docx import content
from rfp.workbook.docx.looks import Looks
from rfp.workbook.docx.markup import ANCHORS, Node, is_on
from rfp.workbook.errors import TooLarge
from rfp.workbook.guard import Limits
from rfp.workbook.model import Area

LONGEST_HEADING = 500  # characters: what is longer is a paragraph, whatever its style


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
    """A table as Word shows it. Tables of the same columns with nothing between them show as one, and are one here."""

    name: str
    parts: dict[int, Node] = field(default_factory=dict)  # by the number of their first row
    rows: list[Node] = field(default_factory=list)
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    header_rows: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    width: int = 0


def tables(root: Node, looks: Looks, limits: Limits) -> list[Table]:
    """Return the tables of the body in order, those inside others too; each is named by its number and heading.

    :raises TooLarge: if they hold more rows, columns, cells or text than the limits allow
    """
    found: list[Table] = []
    heading = ""
    ends: dict[Node | None, Table] = {}  # tables by the last of their parts
    cells = 0
    for node in root.all("w:p", "w:tbl"):
        if node.tag == "w:p":
            if not _in_table(node):
                heading = _heading(node, looks) or heading
            continue
        table = ends.pop(_before(node), None)
        if table is None or len(_columns(node)) != len(_columns(next(iter(table.parts.values())))):
            number = len(found) + 1
            table = Table(name=f"Table {number} ({heading})" if heading else f"Table {number}")
            found.append(table)
        ends[node] = table
        cells += _add_rows(table, node, limits)
        if cells > limits.cells:
            raise TooLarge(f"The document's tables hold more than {limits.cells:,} cells.")
    for table in found:
        table.header_rows = _marked(table.rows, "w:tblHeader")
        table.hidden_rows = _marked(table.rows, "w:hidden")
        table.merged = _merged(table)
        table.width = max((cell.column + cell.width - 1 for cell in table.cells.values()), default=0)
    return found


def _heading(node: Node, looks: Looks) -> str:
    if sum(len(text.text) for text in node.all("w:t")) > LONGEST_HEADING:
        return ""
    return looks.heading(node, content.shown(list(content.paragraph(node))))


def _before(node: Node) -> Node | None:
    """Return the table right before a table, with nothing between that shows."""
    for sibling in node.siblings_before():
        if sibling.tag not in ANCHORS:
            return sibling if sibling.tag == "w:tbl" else None
    return None


def _columns(node: Node) -> list[Node]:
    grid = node.child("w:tblGrid")
    return [column for column in grid.children if column.tag == "w:gridCol"] if grid is not None else []


def _in_table(node: Node) -> bool:
    above = node.parent
    while above is not None and above.tag != "w:tbl":
        above = above.parent
    return above is not None


def _add_rows(table: Table, node: Node, limits: Limits) -> int:
    """Add the rows of a part to its table and return how many cells they hold."""
    first = len(table.rows) + 1
    before = len(table.cells)
    table.parts[first] = node
    table.rows += [row for row in node.flow() if row.tag == "w:tr"]
    if len(table.rows) > limits.rows:
        raise TooLarge(f"A table has more than {limits.rows:,} rows.")
    for number, row in enumerate(table.rows[first - 1 :], start=first):
        column = 1 + _number(row.path("w:trPr", "w:gridBefore"), 0)
        for cell in (cell for cell in row.flow() if cell.tag == "w:tc"):
            width = max(1, _number(cell.path("w:tcPr", "w:gridSpan"), 1))
            if column + width - 1 > limits.columns:
                raise TooLarge(f"Row {number} of a table has more than {limits.columns} columns.")
            merge = cell.path("w:tcPr", "w:vMerge")
            # What continues nothing is a cell like any other.
            covered = merge is not None and merge.get("w:val") != "restart" and number > first
            table.cells[number, column] = GridCell(node=cell, row=number, column=column, width=width, covered=covered)
            column += width
    return len(table.cells) - before


def _marked(rows: list[Node], mark: str) -> frozenset[int]:
    return frozenset(number for number, row in enumerate(rows, start=1) if is_on(row.path("w:trPr", mark)))


def _merged(table: Table) -> tuple[Area, ...]:
    found = []
    for (row, column), cell in table.cells.items():
        if cell.covered and (row - 1, column) in table.cells:
            continue
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
