"""Write answers into the tables of a Word document: only the answered cells change, and it is proven."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rfp.workbook.docx import content
from rfp.workbook.docx.columns import add_columns
from rfp.workbook.docx.edit import CellEditor, has_one_field
from rfp.workbook.docx.markup import Node, is_utf8
from rfp.workbook.docx.read import Document, open_again, open_document
from rfp.workbook.docx.tables import GridCell, Table
from rfp.workbook.errors import FidelityBroken, WriteRefused
from rfp.workbook.model import Book, Fidelity, Scalar, Write, address, show
from rfp.workbook.xlsx.archive import replace
from rfp.workbook.xlsx.fidelity import compare_parts
from rfp.workbook.xlsx.patch import apply
from rfp.workbook.xlsx.rules import admit

Place = tuple[str, int, int]  # sheet, row, column


def fill(original: bytes, book: Book, writes: Sequence[Write]) -> tuple[bytes, Fidelity]:
    """Return the document with WRITES in it and the comparison with the original.

    :raises WriteRefused: if an answer may not go where it is to go; nothing is written then
    :raises FidelityBroken: if the result differs in anything else
    """
    before = open_document(original)
    count = len(before.package.members)
    if not writes:
        return original, Fidelity(parts=count, parts_identical=count, cells_written=0, cells_other_changed=0)
    answers = _admitted(book, writes)
    result = replace(before.package, {before.part: _patched(before, answers)})
    after = open_again(result, before)
    identical, violations = compare_parts(before.package, after.package, (before.part,))
    violations += _differences(before, after, answers)
    if not violations:
        violations = _unread(before, after, answers)
    if violations:
        raise FidelityBroken("The filled file differs in more than its answers.", " ".join(violations))
    return result, Fidelity(
        parts=count,
        parts_identical=identical,
        cells_written=len(answers),
        cells_other_changed=0,
        side_effects=_side_effects(before, answers),
    )


def _admitted(book: Book, writes: Sequence[Write]) -> dict[Place, str]:
    names = {sheet.name for sheet in book.sheets}
    for write in writes:
        if write.sheet not in names:
            raise WriteRefused(f"The document has no table named {write.sheet}.", "Correct the layout.")
    answers: dict[Place, str] = {}
    for sheet in book.sheets:
        for answer in admit(book, sheet, [write for write in writes if write.sheet == sheet.name]):
            answers[sheet.name, answer.row, answer.column] = _text(answer.value)
    return answers


def _text(value: Scalar | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return show(value)


def _patched(document: Document, answers: Mapping[Place, str]) -> bytes:
    data = document.package.xml(document.part)
    editor = CellEditor(data, utf8=is_utf8(data))
    edits = []
    for table in document.tables:
        own = {place[1:]: text for place, text in answers.items() if place[0] == table.name}
        added = _added_columns(table, own)
        for place, text in own.items():
            if place[1] not in added:
                edits += editor.edits(_cell(table, place).node, text)
        if added:
            edits += add_columns(table, added, own, editor)
    return apply(data, edits)


def _added_columns(table: Table, places: Iterable[tuple[int, int]]) -> list[int]:
    return sorted({column for _, column in places if column > table.width})


def _cell(table: Table, place: tuple[int, int]) -> GridCell:
    cell = table.cells.get(place)
    if cell is None:
        where = f"{table.name}!{address(*place)}"
        advice = "Choose another cell in the layout."
        raise WriteRefused(f"{where}: the table has no cell there.", advice, place=(table.name, *place))
    return cell


def _differences(before: Document, after: Document, answers: Mapping[Place, str]) -> list[str]:
    """Compare the bytes of the document outside the answered cells and the columns that were added."""
    if [(t.name, len(t.rows)) for t in before.tables] != [(t.name, len(t.rows)) for t in after.tables]:
        return ["The tables of the document are not the same."]
    old, new = [], []
    for was, now in zip(before.tables, after.tables, strict=True):
        own = [place[1:] for place in answers if place[0] == was.name]
        old += [_cell(was, place).outer for place in own if place[1] <= was.width]
        new += [_cell(now, place).outer for place in own if place[1] <= was.width]
        if _added_columns(was, own):
            old += _column_definitions(was)
            new += _column_definitions(now)
            known = {(row, column) for row, column in was.cells}
            new += [cell.outer for place, cell in now.cells.items() if place not in known]
    same = _without(before, old) == _without(after, new)
    return [] if same else ["The document changed outside the answered cells."]


def _column_definitions(table: Table) -> list[Node]:
    return [grid for part in table.parts.values() if (grid := part.child("w:tblGrid")) is not None]


def _without(document: Document, nodes: Sequence[Node]) -> bytes:
    """Return the bytes of the part that lie in none of the nodes, of which some may lie in others."""
    data = document.package.xml(document.part)
    kept = []
    at = 0
    for node in sorted(nodes, key=lambda node: (node.start, -node.end)):
        if node.start >= at:
            kept.append(data[at : node.start])
            at = node.end
    kept.append(data[at:])
    return b"".join(kept)


def _unread(before: Document, after: Document, answers: Mapping[Place, str]) -> list[str]:
    old = {table.name: table for table in before.tables}
    new = {table.name: table for table in after.tables}
    return [
        f"The answer at {name}!{address(row, column)} does not read back."
        for (name, row, column), text in answers.items()
        if not _says(old[name].cells.get((row, column)), _cell(new[name], (row, column)), text)
    ]


def _says(was: GridCell | None, now: GridCell, text: str) -> bool:
    """Tell whether a cell says TEXT: by its text, or by a box that is ticked when it was one to tick before."""
    shown = content.pieces(now.node)
    asked = content.pieces(was.node) if was is not None else []
    if content.choices(asked):
        return [label for label, box in content.choices(shown) if box.ticked] == ([text] if text else [])
    if content.lone_box(asked) is not None:
        box = content.lone_box(shown)
        return box is not None and box.ticked == bool(text)
    if was is not None and has_one_field(was.node):
        # What stands around a control or a form field stays.
        return content.as_shown(text) in content.shown(shown)
    return content.shown(shown) == content.as_shown(text)


def _side_effects(document: Document, answers: Mapping[Place, str]) -> tuple[str, ...]:
    effects = []
    for table in document.tables:
        added = _added_columns(table, [place[1:] for place in answers if place[0] == table.name])
        if added:
            what = "A column was" if len(added) == 1 else f"{len(added)} columns were"
            effects.append(f"{what} added at the right of {table.name}.")
    return tuple(effects)
