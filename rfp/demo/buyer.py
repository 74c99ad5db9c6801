"""Write the questionnaire of the fictional buyer, with the features that break other tools."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from xlsxwriter import Workbook

from rfp.demo import buyer_pages, buyer_tables, extension
from rfp.demo.buyer_looks import Looks
from rfp.demo.library import CREATED
from rfp.demo.macros import add_project
from rfp.demo.packing import pack, unpack
from rfp.demo.papers import DATA

LISTS: dict[str, tuple[str, ...]] = {
    "Answer": ("Yes", "Partially", "No", "Not applicable"),
    "Assurance": ("Yes - evidence attached", "Yes - evidence on request", "Partially", "No", "Not applicable"),
    "Security": ("Please select", "Yes", "In part", "No", "N/A"),
}


def load() -> dict[str, Any]:
    """Return the buyer's questions by sheet and section."""
    content: dict[str, Any] = yaml.safe_load((DATA / "buyer.yaml").read_text(encoding="utf-8"))
    return content


def write(path: Path, *, macros: bool = False) -> None:
    """Write the workbook as xlsx, or with a macro project as xlsm, the same bytes each time."""
    path.write_bytes(build(macros=macros))


def build(*, macros: bool = False) -> bytes:
    """Return the workbook: dropdowns that refer to the hidden sheet sit in the x14 extension list."""
    form = load()
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"title": form["title"], "author": form["buyer"], "created": CREATED})
    looks = Looks.of(book)
    pages: dict[str, Any] = {entry["name"]: entry["sections"] for entry in form["sheets"]}
    buyer_pages.add_instructions(book, looks, form)
    buyer_tables.add_company(book, looks, pages["Company & legal"])
    assurance = buyer_tables.add_assurance(book, looks, pages["AI assurance"])
    buyer_tables.add_matrix(book, looks, pages["Model testing & bias"])
    buyer_tables.add_incidents(book, looks, pages["Incident response"])
    buyer_tables.add_security(book, looks, pages["General security"])
    buyer_pages.add_documents(book, looks, pages["Dates & documents"])
    buyer_pages.add_scoring(book, looks, assurance)
    _add_lists(book)
    book.close()
    parts = {name: extension.move_lists(name, part) for name, part in unpack(stream.getvalue()).items()}
    return pack(add_project(parts) if macros else parts)


def _add_lists(book: Any) -> None:
    sheet = book.add_worksheet("Lists")
    sheet.hide()
    for column, (title, options) in enumerate(LISTS.items()):
        sheet.write_column(0, column, [title, *options])
    book.define_name("SecurityAnswers", f"=Lists!$C$2:$C${len(LISTS['Security']) + 1}")
