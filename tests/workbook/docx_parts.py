"""Word documents for the tests: python-docx draws the tables, content controls are written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def built(build: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def form(rows: Iterable[Iterable[str]], *, heading: str = "") -> bytes:
    """Return a document with one table; a cell that begins with ``<`` is content written as XML."""

    def build(document: Document) -> None:
        if heading:
            document.add_heading(heading, 1)
        texts = [list(row) for row in rows]
        table = document.add_table(len(texts), len(texts[0]))
        for row, line in zip(table.rows, texts, strict=True):
            for cell, text in zip(row.cells, line, strict=True):
                if text.startswith("<"):
                    for paragraph in cell.paragraphs:
                        cell._tc.remove(paragraph._p)
                    for element in parse_xml(f"<w:body {nsdecls('w')} {W14}>{text}</w:body>"):
                        cell._tc.append(element)
                else:
                    cell.text = text

    return built(build)


def part(content: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def with_part(content: bytes, new: bytes, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for known in source.namelist():
            target.writestr(known, new if known == name else source.read(known))
    return out.getvalue()


def dropdown(*labels: str, kind: str = "dropDownList", shown: str = "Choose an item.") -> str:
    items = "".join(f'<w:listItem w:displayText="{label}" w:value="v-{label}"/>' for label in labels)
    return (
        f"<w:p><w:r><w:rPr><w:i/></w:rPr></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/><w:{kind}>"
        f'<w:listItem w:value="Choose an item."/>{items}</w:{kind}></w:sdtPr><w:sdtContent><w:r><w:rPr>'
        f'<w:rStyle w:val="PlaceholderText"/><w:sz w:val="18"/></w:rPr><w:t>{shown}</w:t></w:r></w:sdtContent>'
        "</w:sdt></w:p>"
    )


def check_box(label: str = "", *, ticked: bool = False) -> str:
    sign = "☒" if ticked else "☐"
    text = f'<w:r><w:t xml:space="preserve"> {label} </w:t></w:r>' if label else ""
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610"/></w14:checkbox>'
        f'</w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic"/></w:rPr><w:t>{sign}</w:t></w:r>'
        f"</w:sdtContent></w:sdt>{text}"
    )


def text_control(shown: str = "Click or tap here to enter text.") -> str:
    return (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:p><w:r><w:rPr>"
        f'<w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{shown}</w:t></w:r></w:p></w:sdtContent></w:sdt><w:p/>'
    )


def text_field(result: str = "\u2002\u2002\u2002") -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:textInput/></w:ffData>'
        "</w:fldChar></w:r>"
        '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
