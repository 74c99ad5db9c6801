"""The building blocks of the Word report: headings with bookmarks, paragraphs, tables that break well, pictures.

Tables are written as XML in one go: python-docx builds cell by cell, which takes minutes for thousands of rows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Emu

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEADER_FILL = "E8ECF1"
RULE_COLOUR = "C8CFD8"
TEXT_WIDTH = 9638  # twentieths of a point between the margins of A4
CONTENTS_LEVELS = 2
_FIELD_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\n \\h \\z </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
# What XML cannot carry: a buyer's text may hold it, a document may not.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""
    size: int = 0  # half points
    link: str = ""  # bookmark inside the document


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs of runs; a plain string is one run."""

    paragraphs: tuple[tuple[Run, ...], ...]
    fill: str = ""


CellContent = str | Cell


@dataclass(slots=True)
class Flow:
    """Writes the document from top to bottom and remembers its headings for the table of contents."""

    document: Document
    headings: list[tuple[int, str, str]] = field(default_factory=list)

    def heading(self, text: str, level: int) -> None:
        bookmark = f"section{len(self.headings) + 1}"
        self.headings.append((level, text, bookmark))
        number = len(self.headings)
        self.add(
            f'<w:p {W}><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>'
            f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{run_xml(Run(text))}'
            f'<w:bookmarkEnd w:id="{number}"/></w:p>'
        )

    def text(self, *runs: Run | str, style: str = "", keep: bool = False) -> None:
        self.add(paragraph_xml([run if isinstance(run, Run) else Run(run) for run in runs], style=style, keep=keep))

    def items(self, lines: Iterable[str], *, numbered: bool = False) -> None:
        for line in lines:
            self.text(line, style="ListNumber" if numbered else "ListBullet")

    def table(
        self, header: Sequence[str], rows: Iterable[Sequence[CellContent]], widths: Sequence[int], *, title: str
    ) -> None:
        """Add a table whose header repeats on every page and whose rows are never split."""
        self.add(table_xml(header, rows, widths, title=title))
        self.gap()

    def picture(self, png: bytes, *, width_cm: float, alt: str) -> None:
        self.document.add_picture(io.BytesIO(png), width=Emu(int(width_cm * 360000)))
        paragraph = self.document.paragraphs[-1]._p
        (properties,) = paragraph.xpath(".//wp:docPr")
        properties.set("descr", alt)
        properties.set("name", alt.split(":")[0][:60])

    def box(self, head: str, text: str, fill: str) -> None:
        """Add one shaded statement over the whole width."""
        lines = (Run(head, bold=True, size=28),), (Run(text, size=21),)
        paragraphs = "".join(paragraph_xml(runs, style="TableText", space=False) for runs in lines)
        self.add(
            f'<w:tbl {W}><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
            '<w:top w:w="120" w:type="dxa"/><w:left w:w="180" w:type="dxa"/><w:bottom w:w="120" w:type="dxa"/>'
            '<w:right w:w="180" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{TEXT_WIDTH}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>'
            f'<w:tcW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
            f"{paragraphs}</w:tc></w:tr></w:tbl>"
        )
        self.gap()

    def gap(self) -> None:
        self.add(f'<w:p {W}><w:pPr><w:spacing w:after="60" w:line="120" w:lineRule="exact"/></w:pPr></w:p>')

    def contents(self, before: Any) -> None:
        """Put a table of contents in front of an element: links without page numbers, which would be guesses."""
        entries = [entry for entry in self.headings if entry[0] <= CONTENTS_LEVELS]
        for number, (level, text, bookmark) in enumerate(entries):
            begin = _FIELD_BEGIN if number == 0 else ""
            end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if number == len(entries) - 1 else ""
            run = run_xml(Run(text, bold=level == 1, link=bookmark))
            before.addprevious(
                parse_xml(
                    f'<w:p {W}><w:pPr><w:spacing w:after="{60 if level == 1 else 20}"/>'
                    f'<w:ind w:left="{360 * (level - 1)}"/></w:pPr>{begin}{run}{end}</w:p>'
                )
            )

    def add_anchor(self) -> Any:
        """Add a page break and return it, to put something in front of it later."""
        return self.add(f'<w:p {W}><w:r><w:br w:type="page"/></w:r></w:p>')

    def add(self, xml: str) -> Any:
        element = parse_xml(xml)
        # The last element of a body is its section: content goes before it.
        self.document.element.body[-1].addprevious(element)
        return element


def clean(text: str) -> str:
    return _CONTROL.sub("", text)


def run_xml(run: Run) -> str:
    properties = ""
    if run.bold:
        properties += "<w:b/>"
    if run.italic:
        properties += "<w:i/>"
    if run.colour:
        properties += f'<w:color w:val="{run.colour}"/>'
    if run.size:
        properties += f'<w:sz w:val="{run.size}"/><w:szCs w:val="{run.size}"/>'
    lines = clean(run.text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    xml = f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{body}</w:r>"
    return f'<w:hyperlink w:anchor="{run.link}" w:history="1">{xml}</w:hyperlink>' if run.link else xml


def paragraph_xml(runs: Iterable[Run], *, style: str = "", keep: bool = False, space: bool = True) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if keep:
        properties += "<w:keepNext/>"
    body = "".join(run_xml(run) for run in runs)
    namespace = f" {W}" if space else ""
    return f"<w:p{namespace}><w:pPr>{properties}</w:pPr>{body}</w:p>"


def table_xml(
    header: Sequence[str], rows: Iterable[Sequence[CellContent]], widths: Sequence[int], *, title: str
) -> str:
    total = sum(widths)
    columns = [width * TEXT_WIDTH // total for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    border = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE_COLOUR}"'
    parts = [
        f'<w:tbl {W}><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {border}/><w:bottom {border}/><w:insideH {border}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="50" w:type="dxa"/>'
        '<w:left w:w="80" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(clean(title))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
    ]
    heads = (Cell(((Run(text, bold=True),),), fill=HEADER_FILL) for text in header)
    parts.append(_row_xml(heads, columns, head=True))
    parts.extend(_row_xml(row, columns) for row in rows)
    parts.append("</w:tbl>")
    return "".join(parts)


def _row_xml(cells: Iterable[CellContent], columns: Sequence[int], *, head: bool = False) -> str:
    body = []
    for content, width in zip(cells, columns, strict=True):
        cell = content if isinstance(content, Cell) else Cell(((Run(content),),))
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
        paragraphs = "".join(paragraph_xml(runs, style="TableText", keep=head, space=False) for runs in cell.paragraphs)
        body.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{paragraphs}</w:tc>')
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(body)}</w:tr>"
