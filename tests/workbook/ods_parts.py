"""OpenDocument spreadsheets for the tests, written by hand as the standard has them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
MIME = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = (
    '<style:style style:name="head" style:family="table-cell"><style:table-cell-properties'
    ' fo:background-color="#d9e2f3" fo:border="0.06pt solid #000000"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="open" style:family="table-cell" style:parent-style-name="head">'
    '<style:table-cell-properties style:cell-protect="none" fo:background-color="transparent"/></style:style>'
    '<number:date-style style:name="N1"><number:year/></number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="5cm"/></style:style>'
    '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
)


def cell(text: str = "", *, attributes: str = "", inside: str = "") -> str:
    """Return a cell that says TEXT; without, a blank one."""
    kind = ' office:value-type="string"' if text else ""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")) if text else ""
    body = inside + lines
    head = f"<table:table-cell{' ' + attributes if attributes else ''}{kind}"
    return f"{head}>{body}</table:table-cell>" if body else f"{head}/>"


def row(*cells: str, attributes: str = "") -> str:
    """Return a row; a cell that is no markup is a text."""
    body = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row{' ' + attributes if attributes else ''}>{body}</table:table-row>"


COLUMNS = '<table:table-column table:number-columns-repeated="20"/>'


def table(name: str, *rows: str, attributes: str = "", columns: str = COLUMNS) -> str:
    return f"<table:table table:name={quoteattr(name)} {attributes}>{columns}{''.join(rows)}</table:table>"


def sheet_content(*tables: str, styles: str = STYLES, before: str = "", behind: str = "") -> str:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {spaces} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{before}"
        f"{''.join(tables)}{behind}</office:spreadsheet></office:body></office:document-content>"
    )


def packed(content: str | bytes, *, mime: str = MIME, **parts: str) -> bytes:
    """Return the package: the type first and unpacked, as the standard asks."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    members = {
        "content.xml": content,
        "styles.xml": f"<office:document-styles {spaces}/>",
        "META-INF/manifest.xml": "<manifest/>",
        "Thumbnails/thumbnail.png": b"\x89PNG",
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype", (2026, 1, 2, 3, 4, 6)), mime, zipfile.ZIP_STORED)
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ods(*tables: str, before: str = "", behind: str = "") -> bytes:
    return packed(sheet_content(*tables, before=before, behind=behind))


def rule(name: str, condition: str, base: str = "Form.A1") -> str:
    return (
        f'<table:content-validation table:name="{name}" table:condition={quoteattr(condition)}'
        f' table:base-cell-address="{base}"/>'
    )


def part(content: bytes, name: str = "content.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()
