"""Runs, paragraphs and tables as WordprocessingML text.

Written as text, since building cell by cell takes minutes for thousands of rows. The order of the properties is that
of the schema: Word refuses a file in which it is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINK_COLOUR = "23508E"
CELL_TOP, CELL_SIDE = 30, 80  # margins inside a cell, in twentieths of a point
# What XML cannot carry: a buyer's text may hold it, a document may not.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    bold: bool = False
    colour: str = ""
    link: str = ""  # bookmark inside the document


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    style: str = "TableText"


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs of runs; ``mark`` is the bookmark by which other places link to the cell."""

    paragraphs: tuple[Paragraph, ...]
    fill: str = ""
    mark: str = ""


CellContent = str | Cell


@dataclass(frozen=True, slots=True)
class Row:
    """One cell a column, or one cell over all of them, which then stays with the row below."""

    cells: tuple[Cell, ...]
    is_head: bool = False
    is_kept: bool = False  # on the page of the row below
    fill: str = ""  # of the cells that have none of their own


def cell_of(content: CellContent) -> Cell:
    return content if isinstance(content, Cell) else Cell((Paragraph((Run(content),)),))


def lines_of(*lines: Iterable[Run] | Run | str, fill: str = "", mark: str = "") -> Cell:
    """Return a cell with one paragraph a line."""
    made = [(Run(line),) if isinstance(line, str) else (line,) if isinstance(line, Run) else line for line in lines]
    return Cell(tuple(Paragraph(tuple(runs)) for runs in made), fill=fill, mark=mark)


def clean(text: str) -> str:
    return _CONTROL.sub("", text)


def run_xml(run: Run) -> str:
    properties = "<w:b/>" if run.bold else ""
    if run.colour or run.link:
        properties += f'<w:color w:val="{run.colour or LINK_COLOUR}"/>'
    lines = clean(run.text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    xml = f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{body}</w:r>"
    return f'<w:hyperlink w:anchor="{run.link}" w:history="1">{xml}</w:hyperlink>' if run.link else xml


def field_xml(instruction: str, shown: str) -> str:
    """Return a field with what a reader sees who does not update it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph_xml(paragraph: Paragraph, *, keep: bool = False, mark: str = "", number: int = 0) -> str:
    """Return a paragraph, under the bookmark MARK if one is named."""
    kept = "<w:keepNext/>" if keep else ""
    body = "".join(map(run_xml, paragraph.runs))
    if mark:
        body = bookmarked(body, mark, number)
    return f'<w:p><w:pPr><w:pStyle w:val="{paragraph.style}"/>{kept}</w:pPr>{body}</w:p>'


def bookmarked(xml: str, name: str, number: int) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{xml}<w:bookmarkEnd w:id="{number}"/>'


def table_xml(rows: Iterable[Row], columns: Sequence[int], *, title: str, numbers: Iterator[int]) -> str:
    """Return a table; COLUMNS in twentieths of a point, NUMBERS are those of its bookmarks.

    It has no rules: where the first row of a table with rules ends within half a point of the bottom of the page,
    LibreOffice 7.4 shows none of the rows below it. Every second row is shaded instead.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    body = "".join(_row_xml(row, columns, numbers) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_margins(CELL_TOP, CELL_SIDE)}<w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(clean(title))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def box_xml(paragraphs: Iterable[Paragraph], fill: str, *, width: int, margin: int) -> str:
    """Return one shaded statement over the whole width."""
    body = "".join(paragraph_xml(paragraph) for paragraph in paragraphs)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_margins(margin, 180)}'
        f'</w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>'
        "<w:tc><w:tcPr>"
        f'<w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
        f"{body}</w:tc></w:tr></w:tbl>"
    )


def _margins(top: int, side: int) -> str:
    return (
        f'<w:tblCellMar><w:top w:w="{top}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="{top}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
    )


def _row_xml(row: Row, columns: Sequence[int], numbers: Iterator[int]) -> str:
    spans = len(row.cells) == 1 and len(columns) > 1
    widths = [sum(columns)] if spans else columns
    body = []
    for cell, width in zip(row.cells, widths, strict=True):
        span = f'<w:gridSpan w:val="{len(columns)}"/>' if spans else ""
        colour = cell.fill or row.fill
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
        first, *others = cell.paragraphs
        number = next(numbers) if cell.mark else 0
        paragraphs = paragraph_xml(first, keep=row.is_kept, mark=cell.mark, number=number)
        paragraphs += "".join(paragraph_xml(paragraph, keep=row.is_kept) for paragraph in others)
        body.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{fill}</w:tcPr>{paragraphs}</w:tc>')
    head = "<w:tblHeader/>" if row.is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(body)}</w:tr>"
