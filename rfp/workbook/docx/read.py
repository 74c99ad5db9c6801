"""A Word document as a book: every table is a sheet, content controls are lists and boxes to tick."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from rfp.workbook.docx import content
from rfp.workbook.docx.looks import Looks, fill, has_borders, read_looks
from rfp.workbook.docx.markup import Node, parse
from rfp.workbook.docx.numbering import numbers, read_lists
from rfp.workbook.docx.tables import GridCell, Table, tables
from rfp.workbook.errors import Damaged, NoQuestions, TooLarge
from rfp.workbook.guard import Limits, Package, open_package
from rfp.workbook.model import Area, Book, Cell, FileFormat, Option, Sheet, Style, Validation
from rfp.workbook.plain_text import clean
from rfp.workbook.xlsx.parts import Relation, relations

_TWIPS_PER_CHARACTER = 110  # of a width: about one letter of body text
_LOCKS = ("contentLocked", "sdtContentLocked")


class Document(NamedTuple):
    """A Word file with the places of its tables."""

    package: Package
    part: str
    tables: list[Table]
    looks: Looks
    counted: dict[Node, str]  # numbers that Word counts by itself, by paragraph


def read(content_: bytes) -> Book:
    """Return the tables of the document.

    :raises WorkbookRefused: if the file breaks a limit, is damaged, or has no table
    """
    document = open_document(content_)
    if not document.tables:
        text = "The document has no table, and questions are read from tables only."
        raise NoQuestions(text, "Put the questions into a table, or into a spreadsheet.")
    return _book(document)


def _book(document: Document) -> Book:
    pool: dict[Style, int] = {Style(): 0}
    sheets = tuple(_sheet(table, document, pool) for table in document.tables)
    notes: tuple[str, ...] = ()
    if document.looks.protection:
        notes = ("The document is protected: only its form fields and content controls are filled in.",)
    return Book(
        format=FileFormat.DOCX,
        sheets=sheets,
        styles=tuple(pool),
        has_macros=any(name.endswith("vbaProject.bin") for name in document.package.names),
        signed=any(name.startswith("_xmlsignatures/") for name in document.package.names),
        notes=notes,
    )


def open_document(content_: bytes) -> Document:
    """Return the tables of the document with the places of their cells.

    :raises WorkbookRefused: as ``read``
    """
    package = open_package(content_)
    main = next((rel.target for rel in relations(package, "").values() if rel.kind == "officeDocument"), "")
    if main not in package:
        raise Damaged("The file is damaged: it says nowhere where its text is.", "Open and save it again.")
    own = relations(package, main)
    looks = read_looks(_optional(package, own, "styles"), _optional(package, own, "settings"))
    root = parse(package.xml(main), main)
    counted = numbers(root, read_lists(_optional(package, own, "numbering")), looks)
    return Document(package, main, tables(root, looks, package.limits), looks, counted)


def open_again(content_: bytes, before: Document) -> Document:
    """Return a filled document, whose styles and settings are those of the original."""
    package = open_package(content_)
    root = parse(package.xml(before.part), before.part)
    return Document(package, before.part, tables(root, before.looks, package.limits), before.looks, {})


def _optional(package: Package, own: dict[str, Relation], kind: str) -> Node | None:
    part = next((relation.target for relation in own.values() if relation.kind == kind), "")
    return parse(package.xml(part), part) if part in package else None


def _sheet(table: Table, document: Document, pool: dict[Style, int]) -> Sheet:
    firsts = list(table.parts)
    dresses = [_Dress(table, part, first, document.looks) for first, part in table.parts.items()]
    locked = {place for place, cell in table.cells.items() if _is_locked(cell.node, document.looks)}
    lists: dict[tuple[Option, ...], list[Area]] = {}
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in table.cells.items():
        _check_length(cell, table.name, document.package.limits)
        value, options = _value(cell)
        value = value or _counted(cell, document.counted)
        if options:
            lists.setdefault(options, []).append(Area(row, column, row, column))
        dress = dresses[bisect_right(firsts, row) - 1]
        style = dress.style(cell, locked=(row, column) in locked)
        rows.setdefault(row, {})[column] = Cell(
            clean(value) if value else None, None, pool.setdefault(style, len(pool))
        )
    return Sheet(
        name=table.name,
        rows=rows,
        part=document.part,
        merged=table.merged,
        validations=tuple(
            Validation(areas=tuple(areas), kind="list", source="content control", options=options)
            for options, areas in lists.items()
        ),
        hidden_rows=table.hidden_rows,
        column_widths=_widths(table.parts[1]),
        protected=bool(locked),
    )


def _check_length(cell: GridCell, table: str, limits: Limits) -> None:
    length = sum(len(node.text) for node in cell.node.own("w:t"))
    if length > limits.text:
        raise TooLarge(f"A cell of {table} holds {length:,} characters; {limits.text:,} are allowed.")


def _value(cell: GridCell) -> tuple[str | None, tuple[Option, ...]]:
    """Return what a cell says and what it offers: boxes with labels are a list, and say the one that is ticked."""
    found = content.pieces(cell.node)
    boxes = content.choices(found)
    if boxes:
        ticked = [label for label, box in boxes if box.ticked]
        said = ticked[0] if len(ticked) == 1 else content.shown(found) if ticked else None
        return said, tuple(Option(label, label) for label, _ in boxes)
    choice = content.only_dropdown(cell.node)
    options = content.options(choice) if choice is not None else ()
    return content.shown(found) or None, options


def _counted(cell: GridCell, numbers: dict[Node, str]) -> str | None:
    """Return the number that Word shows in a cell without text."""
    shown = [numbers[block] for block in cell.node.flow() if block in numbers] if numbers else []
    return shown[0] if len(shown) == 1 else None


def _is_locked(cell: Node, looks: Looks) -> bool:
    if content.has_form_field(cell):
        return True  # only Word can choose there
    controls = list(content.controls(cell))
    above: Node | None = cell
    while above is not None:
        controls += [above] if above.tag == "w:sdt" else []
        above = above.parent
    if any(lock.get("w:val") in _LOCKS for control in controls if (lock := control.path("w:sdtPr", "w:lock"))):
        return True
    if looks.protection == "forms":
        return not controls and next(cell.own("w:textInput", "w:sdt"), None) is None
    return bool(looks.protection) and next(cell.own("w:permStart"), None) is None


class _Dress:
    """How the cells of one part of a table look."""

    def __init__(self, table: Table, part: Node, first: int, looks: Looks) -> None:
        self.table = table
        self.first = first
        self.looks = looks
        properties = part.child("w:tblPr")
        named = properties.child("w:tblStyle") if properties is not None else None
        self.chain = looks.chain(named.get("w:val")) if named is not None else []
        look = properties.child("w:tblLook") if properties is not None else None
        self.head = look is not None and (look.get("w:firstRow") == "1" or _bit(look.get("w:val"), 0x20))
        own = properties.child("w:tblBorders") if properties is not None else None
        self.borders = has_borders(own) if own is not None else any(style.borders for style in self.chain)

    def style(self, cell: GridCell, *, locked: bool) -> Style:
        first = cell.row == self.first and self.head
        properties = cell.node.child("w:tcPr")
        shade = properties.child("w:shd") if properties is not None else None
        colours = [style.head_fill if first else style.fill for style in self.chain]
        own_borders = properties.child("w:tcBorders") if properties is not None else None
        return Style(
            locked=locked,
            fill=fill(shade) if shade is not None else next(filter(None, colours), ""),
            bold=cell.row in self.table.header_rows
            or (first and any(style.head_bold for style in self.chain))
            or self.looks.is_bold(cell.node),
            border=has_borders(own_borders) if own_borders is not None else self.borders,
        )


def _bit(text: str, bit: int) -> bool:
    try:
        return bool(int(text, 16) & bit)
    except ValueError:
        return False


def _widths(table: Node) -> tuple[tuple[int, int, float], ...]:
    grid = table.child("w:tblGrid")
    columns = [node for node in grid.children if node.tag == "w:gridCol"] if grid is not None else []
    return tuple(
        (number, number, int(width) / _TWIPS_PER_CHARACTER)
        for number, node in enumerate(columns, start=1)
        if (width := node.get("w:w")).isascii() and width.isdigit()
    )
