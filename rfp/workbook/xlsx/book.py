"""A whole xlsx or xlsm file as a ``Book``."""

from __future__ import annotations

from collections.abc import Mapping

from rfp.workbook.guard import Package, open_package
from rfp.workbook.model import Book, FileFormat, Sheet
from rfp.workbook.plain_text import clean
from rfp.workbook.xlsx import parts
from rfp.workbook.xlsx.lists import Lists
from rfp.workbook.xlsx.references import areas
from rfp.workbook.xlsx.sheet import RawSheet, read_sheet


def read(content: bytes) -> Book:
    """Return everything that finding and filling answers needs.

    :raises WorkbookRefused: if the file breaks a limit, is damaged, or is no workbook
    """
    package = open_package(content)
    workbook = parts.read_workbook(package)
    strings = parts.shared_strings(package, workbook)
    raws: list[RawSheet] = []
    sheets: list[Sheet] = []
    cells = 0
    for entry in workbook.sheets:
        raw = read_sheet(package.xml(entry.part), entry.part, strings, package.limits, cells_before=cells)
        cells = raw.cells
        raws.append(raw)
        sheets.append(_sheet(package, entry, raw))
    lists = Lists(sheets, workbook.names)
    for position, (raw, sheet) in enumerate(zip(raws, sheets, strict=True)):
        sheet.validations = tuple(lists.resolve(item, sheet, position) for item in raw.validations)
    has_macros = any(name.endswith("vbaProject.bin") for name in package.names)
    external = tuple(
        relation.target
        for name in package.names
        if name.startswith("xl/externalLinks/") and name.endswith(".xml")
        for relation in parts.relations(package, name).values()
        if relation.external
    )
    signed = any(name.startswith("_xmlsignatures/") for name in package.names)
    return Book(
        format=FileFormat.XLSM if has_macros else FileFormat.XLSX,
        sheets=tuple(sheets),
        styles=parts.styles(package, workbook),
        names=dict(workbook.names.everywhere),
        date_1904=workbook.date_1904,
        has_macros=has_macros,
        has_formulas=any(raw.has_formulas for raw in raws),
        external_links=external,
        signed=signed,
        notes=_notes(has_macros=has_macros, external=external, signed=signed),
    )


def _sheet(package: Package, entry: parts.SheetEntry, raw: RawSheet) -> Sheet:
    return Sheet(
        name=entry.name,
        rows=raw.rows,
        part=entry.part,
        state=entry.state,
        merged=tuple(raw.merged),
        hidden_rows=frozenset(raw.hidden_rows),
        hidden_columns=tuple(raw.hidden_columns),
        column_widths=tuple(raw.column_widths),
        column_styles=tuple(raw.column_styles),
        row_styles=raw.row_styles,
        protected=raw.protected,
        comments=_comments(package, entry.part),
    )


def _comments(package: Package, sheet_part: str) -> Mapping[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for relation in parts.relations(package, sheet_part).values():
        if relation.kind not in ("comments", "threadedComment") or relation.target not in package:
            continue
        for element in parts.parse(package.xml(relation.target), relation.target).iter(
            "{*}comment", "{*}threadedComment"
        ):
            place = areas(element.get("ref", ""))
            text = next((child for child in element if parts.local(child) == "text"), None)
            if place and text is not None:
                said = clean(parts.rich_text(text) if len(text) else text.text or "")
                cell = (place[0].top, place[0].left)
                # The old-style comment of a threaded one only says that there is a newer one.
                if relation.kind == "threadedComment" or cell not in found:
                    found[cell] = said
    return found


def _notes(*, has_macros: bool, external: tuple[str, ...], signed: bool) -> tuple[str, ...]:
    notes = []
    if has_macros:
        notes.append("The workbook holds macros. They are kept as they are and never run.")
    if external:
        count = f"{len(external)} other file" + ("s" if len(external) > 1 else "")
        notes.append(f"The workbook links to {count}. The links are kept and never followed.")
    if signed:
        notes.append("The workbook is digitally signed. Filling it in makes the signature invalid.")
    return tuple(notes)
