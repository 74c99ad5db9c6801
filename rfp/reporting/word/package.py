"""The parts of a docx file, put together so that the same report gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from rfp.reporting.word.flow import Flow, Section
from rfp.reporting.word.pages import Sheet
from rfp.reporting.word.picture import Picture
from rfp.reporting.word.styles import footer_xml, header_xml, numbering_xml, settings_xml, styles_xml
from rfp.reporting.word.xml import W, clean

# The earliest date a zip member can carry: the bytes must not depend on when the report was made.
MEMBER_DATE = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PART = re.compile(r"word/([a-z]+)\d*\.xml")
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_EDGE = 567  # of header and footer from the edge of the paper, in twentieths of a point


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What the file says of itself, and what stands at the head and foot of each page."""

    title: str
    subject: str
    author: str
    keywords: str
    made_on: date
    application: str
    head: str
    mark: str  # at the right of the head: DRAFT
    foot: str


def pack(flow: Flow, properties: Properties) -> bytes:
    """Return the docx file."""
    pages = flow.finish()
    parts = {
        "_rels/.rels": _relations(
            (
                ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
            )
        ),
        "docProps/core.xml": _core(properties),
        "docProps/app.xml": _app(properties, pages),
        "word/document.xml": _document(flow.sections),
        "word/styles.xml": styles_xml(),
        "word/numbering.xml": numbering_xml(),
        "word/settings.xml": settings_xml(),
    }
    for number, section in enumerate(flow.sections, start=1):
        width = section.sheet.text_width
        parts[f"word/header{number}.xml"] = header_xml(properties.head, properties.mark, width=width)
        parts[f"word/footer{number}.xml"] = footer_xml(properties.foot, width=width, pages=pages)
    parts["word/_rels/document.xml.rels"] = _relations(_of_document(flow))
    return _zipped({"[Content_Types].xml": _types(parts), **parts}, flow.pictures)


def _document(sections: Sequence[Section]) -> str:
    body = []
    for number, section in enumerate(sections, start=1):
        body += section.blocks
        end = _section_xml(section.sheet, number)
        is_final = number == len(sections)
        body.append(end if is_final else f'<w:p><w:pPr><w:pStyle w:val="Break"/>{end}</w:pPr></w:p>')
    return (
        f'<w:document {W} xmlns:r="{_OFFICE}" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f"<w:body>{''.join(body)}</w:body></w:document>"
    )


def _section_xml(sheet: Sheet, number: int) -> str:
    turned = ' w:orient="landscape"' if sheet.width > sheet.height else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader{number}"/>'
        f'<w:footerReference w:type="default" r:id="rIdFooter{number}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
        f'<w:pgMar w:top="{sheet.top}" w:right="{sheet.side}" w:bottom="{sheet.bottom}" w:left="{sheet.side}" '
        f'w:header="{_EDGE}" w:footer="{_EDGE - 87}" w:gutter="0"/></w:sectPr>'
    )


def _of_document(flow: Flow) -> list[tuple[str, str, str]]:
    found = [
        ("rId1", f"{_OFFICE}/styles", "styles.xml"),
        ("rId2", f"{_OFFICE}/numbering", "numbering.xml"),
        ("rId3", f"{_OFFICE}/settings", "settings.xml"),
    ]
    for number in range(1, len(flow.sections) + 1):
        found.append((f"rIdHeader{number}", f"{_OFFICE}/header", f"header{number}.xml"))
        found.append((f"rIdFooter{number}", f"{_OFFICE}/footer", f"footer{number}.xml"))
    return [*found, *((picture.relation, f"{_OFFICE}/image", picture.part) for picture in flow.pictures)]


def _relations(relations: Sequence[tuple[str, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _types(parts: Mapping[str, str]) -> str:
    kinds = {
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "word/document.xml": f"{_TYPES}.document.main+xml",
    }
    kinds |= {
        name: f"{_TYPES}.{found[1]}+xml" for name in parts if name not in kinds and (found := _PART.fullmatch(name))
    }
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{_RELATIONS}"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{listed}</Types>'
    )


def _core(properties: Properties) -> str:
    made = f'xsi:type="dcterms:W3CDTF">{properties.made_on.isoformat()}T00:00:00Z'
    said = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "cp:keywords": properties.keywords,
        "cp:lastModifiedBy": properties.author,
        "dc:language": "en-GB",
    }
    listed = "".join(f"<{name}>{escape(clean(text))}</{name}>" for name, text in said.items())
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{listed}'
        f"<dcterms:created {made}</dcterms:created><dcterms:modified {made}</dcterms:modified></cp:coreProperties>"
    )


def _app(properties: Properties, pages: int) -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Pages>{pages}</Pages><Application>{escape(clean(properties.application))}</Application>"
        f"<Company>{escape(clean(properties.author))}</Company></Properties>"
    )


def _zipped(parts: Mapping[str, str], pictures: Sequence[Picture]) -> bytes:
    out = io.BytesIO()
    contents = {name: (_XML + xml).encode() for name, xml in parts.items()}
    contents |= {f"word/{picture.part}": picture.png for picture in pictures}
    with zipfile.ZipFile(out, "w") as package:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, MEMBER_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, content)
    return out.getvalue()
