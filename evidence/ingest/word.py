"""The text of a Word file by page. Imported in the capped process only.

A Word file does not store its pages, only where the program that saved it last broke them. Those marks decide; a file
that no such program saved is split at its explicit breaks, and one without either is a single page.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise

from lxml import etree

from evidence.ingest.limits import PAGES, PART
from evidence.ingest.types import IngestRefused, Problem

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAK = "\f"
_ON = ("1", "true", "on", None)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DAMAGED = (Problem.DAMAGED, "The Word file is damaged and cannot be opened.", "Open it in Word and save it again.")


def pages(content: bytes) -> list[str]:
    """Return the text of each page: a paragraph a line, the cells of a table row beside each other on one.

    :raises IngestRefused: if it is damaged, unsafe or has too many pages
    """
    root = _parse(_body(content))
    rendered = root.find(f".//{_W}lastRenderedPageBreak") is not None
    text = "".join(_pieces(root, rendered=rendered))
    found = [_tidy(page) for page in text.split(_BREAK)]
    if len(found) > PAGES:
        problem_text = f"The Word file has {len(found):,} pages; {PAGES:,} are read."
        raise IngestRefused(Problem.TOO_LARGE, problem_text, "Upload the part that proves something.")
    return found


def _body(content: bytes) -> bytes:
    """Return the main part; only it and the relationships that name it are ever unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _part(package, _main(_part(package, "_rels/.rels")))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, ValueError) as problem:
        raise IngestRefused(*_DAMAGED) from problem


def _main(relations: bytes) -> str:
    for relation in _parse(relations):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").removeprefix("/")
    raise IngestRefused(*_DAMAGED)


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).flag_bits & 0x1:
        text = "The Word file is protected by a password."
        raise IngestRefused(Problem.ENCRYPTED, text, "Save a copy without password and upload that.")
    with package.open(name) as part:
        data = part.read(PART + 1)
    if len(data) > PART:
        text = f"The Word file unpacks to more than {PART // 1_000_000} MB of text."
        raise IngestRefused(Problem.TOO_LARGE, text, "Upload the part that proves something.")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data[:64]:
        text = "The Word file holds a document type definition."
        raise IngestRefused(Problem.UNSAFE, text, "Open it in Word and save it again.")
    return data


def _parse(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as problem:
        raise IngestRefused(*_DAMAGED) from problem


def _pieces(root: etree._Element, *, rendered: bool) -> list[str]:
    pieces: list[str] = []
    section_ends = frozenset() if rendered else _section_ends(root)
    walk = etree.iterwalk(root, events=("start", "end"))
    tables = 0
    for event, element in walk:
        tag = element.tag
        if event == "start":
            # The fallback repeats a drawing's text for old programs.
            if tag == _FALLBACK:
                walk.skip_subtree()
            elif tag == f"{_W}tbl":
                tables += 1
            else:
                pieces.append(_opening(element, rendered=rendered))
        elif tag == f"{_W}p":
            pieces.append(" " if tables else "\n")
            if element in section_ends:
                pieces.append(_BREAK)
        elif tag == f"{_W}tc":
            pieces.append("\t")
        elif tag == f"{_W}tr":
            pieces.append("\n")
        elif tag == f"{_W}tbl":
            tables -= 1
    return pieces


def _opening(element: etree._Element, *, rendered: bool) -> str:
    """Return what the start of an element adds to the text."""
    tag = _name(element)
    if tag == "t":
        return (element.text or "").replace(_BREAK, " ")
    if tag == "tab":
        # The same name also defines a tab stop, where it has a position.
        return "" if element.get(f"{_W}pos") else "\t"
    if tag == "noBreakHyphen":
        return "-"
    if tag == "lastRenderedPageBreak":
        return _BREAK
    if tag == "br":
        explicit = element.get(f"{_W}type") == "page"
        return "\n" if not explicit else "" if rendered else _BREAK
    if tag == "pageBreakBefore" and not rendered and element.get(f"{_W}val") in _ON:
        return _BREAK
    return ""


def _section_ends(root: etree._Element) -> frozenset[etree._Element]:
    """Return the paragraphs after which a section begins on a new page: each section says so of itself."""
    sections = [s for s in root.iter(f"{_W}sectPr") if _name(s.getparent()) in ("pPr", "body")]
    ends = set()
    for earlier, later in pairwise(sections):
        kind = later.find(f"{_W}type")
        holder = earlier.getparent()
        paragraph = holder.getparent() if holder is not None else None
        if paragraph is not None and (kind is None or kind.get(f"{_W}val") not in ("continuous", "nextColumn")):
            ends.add(paragraph)
    return frozenset(ends)


def _name(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).removeprefix(_W)


def _tidy(page: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in _CONTROL.sub("", page).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
