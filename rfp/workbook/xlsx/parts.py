"""The parts of an xlsx package: which sheets there are, where they lie, and the small tables they share."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from rfp.workbook.errors import Damaged, UnsupportedFormat
from rfp.workbook.guard import Package
from rfp.workbook.model import Style
from rfp.workbook.xlsx.texts import read_shared, unescape

T = TypeVar("T")
_OFFICE_REL = "officeDocument"
# Number formats that show a date without saying so in a format code.
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    kind: str  # the last word of the relationship type
    target: str
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    name: str
    part: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Defined names: global ones, and those of one sheet by its position."""

    everywhere: dict[str, str] = field(default_factory=dict)
    of_sheet: dict[tuple[int, str], str] = field(default_factory=dict)

    def find(self, name: str, sheet: int) -> str | None:
        key = name.casefold()
        return self.of_sheet.get((sheet, key)) or self.everywhere.get(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookPart:
    part: str
    sheets: tuple[SheetEntry, ...]
    names: Names
    date_1904: bool
    relations: dict[str, Relation]


def parse(data: bytes, part: str) -> etree._Element:
    """Parse a small part with entities, network and huge trees off.

    :raises Damaged: if it is not well-formed
    """
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as problem:
        raise Damaged(f"The file is damaged: its part {part} is no XML.", "Open and save it again.") from problem


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


def local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def relations(package: Package, part: str) -> dict[str, Relation]:
    """Return the relationships of a part by id; targets are resolved to part names."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", name + ".rels")
    if rels not in package:
        return {}
    found = {}
    for element in parse(package.xml(rels), rels):
        target = element.get("Target", "")
        external = element.get("TargetMode") == "External"
        if not external:
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
        found[element.get("Id", "")] = Relation(kind=kind, target=target, external=external)
    return found


def read_workbook(package: Package) -> WorkbookPart:
    """Find the workbook part and its sheets through the relationships.

    :raises UnsupportedFormat: if the package is something else, for example xlsb
    """
    main = next((r.target for r in relations(package, "").values() if r.kind == _OFFICE_REL), "")
    if main.endswith(".bin"):
        text = "This is a binary Excel file (xlsb), which cannot be filled without loss."
        raise UnsupportedFormat(text, "Open it in Excel, save it as xlsx and upload that.")
    if main not in package:
        raise Damaged("The file is damaged: it says nowhere where its workbook is.", "Open and save it again.")
    root = parse(package.xml(main), main)
    if local(root) != "workbook":
        raise UnsupportedFormat("This Office file is no workbook.", "Upload xlsx, xlsm, ods, csv or docx.")
    rels = relations(package, main)
    sheets: list[SheetEntry] = []
    names = Names()
    date_1904 = False
    for element in root:
        tag = local(element)
        if tag == "workbookPr":
            date_1904 = element.get("date1904", "0") in ("1", "true")
        elif tag == "sheets":
            for sheet in element:
                rel = rels.get(next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), ""))
                # Chart and dialog sheets hold no cells.
                if rel is not None and rel.kind == "worksheet" and rel.target in package:
                    sheets.append(
                        SheetEntry(name=sheet.get("name", ""), part=rel.target, state=sheet.get("state", "visible"))
                    )
        elif tag == "definedNames":
            for entry in element:
                name, text, scope = (
                    entry.get("name", "").casefold(),
                    (entry.text or "").strip(),
                    entry.get("localSheetId"),
                )
                if scope is None:
                    names.everywhere[name] = text
                elif scope.isdecimal():
                    names.of_sheet[int(scope), name] = text
    return WorkbookPart(part=main, sheets=tuple(sheets), names=names, date_1904=date_1904, relations=rels)


def shared_strings(package: Package, workbook: WorkbookPart) -> list[str]:
    part = next((r.target for r in workbook.relations.values() if r.kind == "sharedStrings"), "")
    return read_shared(package.xml(part), part, package.limits) if part in package else []


def rich_text(item: etree._Element) -> str:
    """Return the text of a string item: its runs joined, without the phonetic guide."""
    if len(item) == 1 and local(item[0]) == "t":
        return unescape(item[0].text or "")
    parts = []
    for child in item:
        tag = local(child)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(text.text or "" for text in child if local(text) == "t")
    return unescape("".join(parts))


def styles(package: Package, workbook: WorkbookPart) -> tuple[Style, ...]:
    part = next((r.target for r in workbook.relations.values() if r.kind == "styles"), "")
    if part not in package:
        return (Style(),)
    try:
        return _styles(parse(package.xml(part), part))
    except ValueError as problem:
        text = f"The file is damaged: a number in its part {part} is none."
        raise Damaged(text, "Open and save it again.") from problem


def _styles(root: etree._Element) -> tuple[Style, ...]:
    groups = {local(element): element for element in root}
    formats = {
        int(element.get("numFmtId", "0")): element.get("formatCode", "") for element in groups.get("numFmts", ())
    }
    fills = [_fill(element) for element in groups.get("fills", ())]
    bold = [
        any(local(child) == "b" and child.get("val", "1") in ("1", "true") for child in font)
        for font in groups.get("fonts", ())
    ]
    borders = [any(child.get("style") for child in border) for border in groups.get("borders", ())]
    found = []
    for xf in groups.get("cellXfs", ()):
        protection = next((child for child in xf if local(child) == "protection"), None)
        locked = protection is None or protection.get("locked", "1") in ("1", "true")
        number = int(xf.get("numFmtId", "0"))
        found.append(
            Style(
                locked=locked,
                date=number in _BUILT_IN_DATES or is_date_format(formats.get(number, "")),
                fill=_at(fills, xf.get("fillId"), ""),
                bold=_at(bold, xf.get("fontId"), False),
                border=_at(borders, xf.get("borderId"), False),
            )
        )
    return tuple(found) or (Style(),)


def _at(items: list[T], index: str | None, default: T) -> T:
    number = int(index or 0)
    return items[number] if 0 <= number < len(items) else default


def _fill(element: etree._Element) -> str:
    for pattern in element:
        if pattern.get("patternType") not in (None, "none", "gray125"):
            for colour in pattern:
                if local(colour) == "fgColor":
                    return colour.get("rgb") or f"theme{colour.get('theme', '')}{colour.get('indexed', '')}"
    return ""


def is_date_format(code: str) -> bool:
    return (
        bool(re.search(r"[ymdhs]", _NOT_FORMAT.sub("", code.split(";")[0]), re.I)) and "general" not in code.casefold()
    )
