"""The heads of columns that are added where a form has no place for an answer."""

from __future__ import annotations

from collections.abc import Sequence

from rfp.workbook.model import Layout, Question, Write


def added_heads(layout: Layout, questions: Sequence[Question]) -> tuple[Write, ...]:
    """Return the heads to write above added columns in every head row of their table; none where it has no head."""
    writes: dict[tuple[str, int, int], Write] = {}
    for sheet in layout.sheets:
        for table in sheet.tables:
            if table.shape == "transposed":
                continue  # its answers stand in rows, which have no head above them
            heads = {
                (slot.column, slot.header)
                for question in questions
                if question.sheet == sheet.sheet and table.first_row <= question.row <= table.last_row
                for slot in question.slots
                if slot.added
            }
            rows = [row for row in table.header_rows if row + 1 not in table.header_rows]
            for row in rows:
                for column, header in heads:
                    write = Write(sheet=sheet.sheet, row=row, column=column, value=header, header=True, added=True)
                    writes[sheet.sheet, row, column] = write
    return tuple(writes[key] for key in sorted(writes))
