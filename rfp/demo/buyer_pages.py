"""The sheets of the buyer's workbook that are no tables of questions: instructions, a form and the scoring."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from rfp.demo.buyer_looks import Looks

INSTRUCTIONS = (
    "Kestrel Mutual Insurance asks every supplier of AI services to complete this workbook before signing.",
    "Fill the yellow cells only. Choose one of the listed answers wherever a list is offered.",
    "Name the document, its issuer, its date and the page in the evidence column. Attach the files to your reply.",
    "A statement without evidence is counted as not met.",
    "Keep the structure of the sheets. Our scoring reads your answers by their place.",
    "Questions go to the category manager, Paul Denby, by 11 December 2026.",
)


def add_instructions(book: Any, looks: Looks, form: dict[str, Any]) -> None:
    """Add the first sheet: a picture, a merged title and text."""
    sheet = book.add_worksheet("Instructions")
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 6, 18)
    sheet.insert_image(
        1, 1, "kestrel.png", {"image_data": BytesIO(_picture()), "description": "Kestrel Mutual Insurance"}
    )
    sheet.merge_range("C2:G3", form["title"], looks.title)
    sheet.merge_range("C4:G4", form["buyer"], looks.plain)
    for number, text in enumerate(INSTRUCTIONS):
        row = 7 + number
        sheet.set_row(row, 32)
        sheet.write_number(row, 1, number + 1, looks.number)
        sheet.merge_range(row, 2, row, 6, text, looks.plain)


def add_documents(book: Any, looks: Looks, sections: Sequence[dict[str, Any]]) -> None:
    """Add a form: a label on the left, the cell to fill on the right."""
    sheet = book.add_worksheet("Dates & documents")
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 62)
    sheet.set_column(1, 1, 34)
    sheet.merge_range(0, 0, 0, 1, "Dates and documents", looks.title)
    row = 2
    for section in sections:
        is_date = section["title"] == "Dates"
        sheet.write_string(row, 0, section["title"], looks.head)
        sheet.write_string(row, 1, "Date" if is_date else "File name", looks.head)
        row += 1
        for question in section["questions"]:
            sheet.write_string(row, 0, question["text"], looks.text)
            sheet.write_blank(row, 1, None, looks.date if is_date else looks.answer)
            row += 1
        row += 1


def add_scoring(book: Any, looks: Looks, places: Sequence[tuple[str, int, int]]) -> None:
    """Add formulas over the answers of the assurance sheet, a chart of them and data bars."""
    sheet = book.add_worksheet("Scoring")
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 4, 13)
    sheet.merge_range("A1:E1", "Scoring (filled automatically)", looks.title)
    for column, text in enumerate(("Area", "Asked", "Yes", "Partially", "Met")):
        sheet.write_string(2, column, text, looks.head)
    for row, (title, first, last) in enumerate(places, start=3):
        cells = f"'AI assurance'!$D${first}:$D${last}"
        sheet.write_string(row, 0, title, looks.text)
        sheet.write_formula(row, 1, f"=ROWS({cells})", looks.number, last - first + 1)
        sheet.write_formula(row, 2, f'=COUNTIF({cells},"Yes*")', looks.number, 0)
        sheet.write_formula(row, 3, f'=COUNTIF({cells},"Partially")', looks.number, 0)
        sheet.write_formula(row, 4, f"=(C{row + 1}+D{row + 1}/2)/B{row + 1}", looks.percent, 0)
    end = 3 + len(places)
    sheet.conditional_format(3, 4, end - 1, 4, {"type": "data_bar", "bar_color": "#6FA8DC"})
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {"name": "Met", "categories": ["Scoring", 3, 0, end - 1, 0], "values": ["Scoring", 3, 4, end - 1, 4]}
    )
    chart.set_title({"name": "Share of assurance questions met"})
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%"})
    chart.set_legend({"none": True})
    sheet.insert_chart("A9", chart, {"description": "Share of assurance questions met, by area"})


def _picture() -> bytes:
    """Return the buyer's mark as PNG: a kestrel's wing of three bands on navy."""
    side = 96
    lines = []
    for y in range(side):
        pixels = bytearray()
        for x in range(side):
            band = (x + y * 2 - (x - 48) ** 2 // 60) // 22
            inside = 18 < y < 78 and 14 + (y - 18) // 3 < x < 84 - abs(y - 40) // 3
            pixels += b"\xf2\xb1\x34" if inside and band % 2 else b"\x1f\x3a\x5f"
        lines.append(b"\0" + bytes(pixels))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
