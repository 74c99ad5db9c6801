"""Reading the Word report back: its parts, its text, its headings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def document_xml(content: bytes) -> etree._Element:
    return etree.fromstring(parts(content)["word/document.xml"])


def text_of(element: etree._Element) -> str:
    return "\n".join(found.text or "" for found in element.iter(f"{W}t"))


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def line_of(paragraph: etree._Element) -> str:
    return "".join(found.text or "" for found in paragraph.iter(f"{W}t"))


def paragraphs(content: bytes, style: str) -> Iterator[etree._Element]:
    return (p for p in document_xml(content).iter(f"{W}p") if style_of(p) == style)


def headings(content: bytes, level: int = 1) -> list[str]:
    return [line_of(paragraph) for paragraph in paragraphs(content, f"Heading{level}")]


def contents(content: bytes) -> list[tuple[str, int]]:
    """Return the lines of the table of contents with the page each names."""
    found = []
    for paragraph in document_xml(content).iter(f"{W}p"):
        if style_of(paragraph) in ("TOC1", "TOC2"):
            *title, page = [text.text or "" for text in paragraph.iter(f"{W}t")]
            found.append(("".join(title), int(page)))
    return found
