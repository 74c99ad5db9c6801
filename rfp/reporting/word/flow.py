"""The report from top to bottom: headings with bookmarks, paragraphs, tables that break well, pictures, sections.

Every block is written and measured, so that the table of contents can name the page of each heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from rfp.reporting.word.contents import CONTENTS_LEVELS, Entry, contents_pieces, contents_xml
from rfp.reporting.word.metrics import paragraph_height, stacked
from rfp.reporting.word.pages import PORTRAIT, Piece, Sheet, place
from rfp.reporting.word.picture import Picture, picture_xml
from rfp.reporting.word.styles import HEAD_FILL, STRIPE_FILL, STYLES
from rfp.reporting.word.xml import (
    CELL_SIDE,
    CELL_TOP,
    Cell,
    CellContent,
    Paragraph,
    Row,
    Run,
    bookmarked,
    box_xml,
    cell_of,
    paragraph_xml,
    run_xml,
    table_xml,
)

BOX_MARGIN = 110  # above and below the text of a box, in twentieths of a point
GAP = 6.0  # points below a table
SAMPLE = 200  # rows that tell which widths suit a table


@dataclass(slots=True)
class Section:
    """Pages of one orientation. ``headings`` holds the number of the piece each heading is."""

    sheet: Sheet
    blocks: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    headings: list[tuple[int, Entry]] = field(default_factory=list)
    above: tuple[Paragraph, ...] = ()  # the paragraph just written, if it was one


@dataclass(frozen=True, slots=True)
class Place:
    """Where the contents go: in front of a block and a piece of the first section."""

    block: int
    piece: int


class Flow:
    def __init__(self, sheet: Sheet = PORTRAIT) -> None:
        self.sections = [Section(sheet)]
        self.pictures: list[Picture] = []
        self._numbers = count(1)  # of bookmarks
        self._contents: Place | None = None

    @property
    def _section(self) -> Section:
        return self.sections[-1]

    @property
    def _width(self) -> int:
        return self._section.sheet.text_width

    def turn(self, sheet: Sheet) -> None:
        """Go on upon a new page of another orientation."""
        self.sections.append(Section(sheet))

    def heading(self, text: str, level: int) -> None:
        number = next(self._numbers)
        bookmark = f"_Toc{number:08d}"
        section = self._section
        section.headings.append((len(section.pieces), Entry(level=level, text=text, bookmark=bookmark)))
        style = f"Heading{level}"
        marked = bookmarked(run_xml(Run(text)), bookmark, number)
        self._add(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{marked}</w:p>', Paragraph((Run(text),), style=style)
        )

    def text(self, *runs: Run | str, style: str = "Normal") -> None:
        paragraph = Paragraph(tuple(run if isinstance(run, Run) else Run(run) for run in runs), style=style)
        self._add(paragraph_xml(paragraph), paragraph)

    def items(self, lines: Iterable[str], *, numbered: bool = False) -> None:
        for line in lines:
            self.text(line, style="ListNumber" if numbered else "ListBullet")

    def table(
        self,
        header: Sequence[str],
        rows: Iterable[Sequence[CellContent] | Row],
        widths: Sequence[int],
        *,
        title: str,
    ) -> None:
        """Add a table whose head repeats on every page and whose rows are never split.

        The head stays with two rows, the last row is never alone, a row over all columns stays with the next.
        """
        columns = self._columns(widths)
        heads = tuple(Cell((Paragraph((Run(text, bold=True),)),), fill=HEAD_FILL) for text in header)
        made = [Row(heads, is_head=True, is_kept=True)]
        made += _striped(map(_made, rows))
        for kept in (1, len(made) - 2):
            if 0 < kept < len(made) - 1:
                made[kept] = replace(made[kept], is_kept=True)
        section = self._section
        section.blocks.append(table_xml(made, columns, title=title, numbers=self._numbers))
        heights = [_row_height(row, columns) for row in made]
        section.pieces += [
            Piece(height=height, keeps_next=row.is_kept, head=0 if row.is_head else heights[0])
            for row, height in zip(made, heights, strict=True)
        ]
        self._gap()

    def tightest(
        self, rows: Sequence[Sequence[CellContent] | Row], candidates: Iterable[Sequence[int]]
    ) -> Sequence[int]:
        """Return the widths with which the rows are least tall, judged by the first of them."""
        sampled = [_made(row) for row in rows[:SAMPLE]]
        return min(
            candidates,
            key=lambda widths: sum(_row_height(row, self._columns(widths)) for row in sampled),
        )

    def _columns(self, widths: Sequence[int]) -> list[int]:
        return [width * self._width // sum(widths) for width in widths]

    def picture(self, png: bytes, *, width: float, height: float, alt: str) -> None:
        """Add a PNG, WIDTH and HEIGHT in points; ALT says in words what it shows."""
        picture = Picture(png=png, width=width, height=height, alt=alt, number=len(self.pictures) + 1)
        self.pictures.append(picture)
        section = self._section
        section.blocks.append(picture_xml(picture))
        section.pieces.append(Piece(height=height + STYLES["Picture"].after))
        section.above = ()

    def box(self, head: str, lines: Sequence[str], fill: str) -> None:
        """Add one shaded statement over the whole width."""
        paragraphs = [Paragraph((Run(head),), style="BoxHead")]
        paragraphs += [Paragraph((Run(line),), style="BoxText") for line in lines]
        width = self._width
        self._section.blocks.append(box_xml(paragraphs, fill, width=width, margin=BOX_MARGIN))
        inside = sum(paragraph_height(paragraph, width / 20 - 18) for paragraph in paragraphs)
        self._section.pieces.append(Piece(height=inside + BOX_MARGIN / 10))
        self._gap()

    def contents(self) -> None:
        """Put the table of contents here, once all headings are known. It belongs to the first section."""
        self._contents = Place(block=len(self.sections[0].blocks), piece=len(self.sections[0].pieces))

    def finish(self) -> int:
        """Write the table of contents and return the number of pages."""
        entries = [e for section in self.sections for _, e in section.headings if e.level <= CONTENTS_LEVELS]
        if self._contents is not None:
            self._make_room(self._contents.piece, contents_pieces(entries))
        numbers: dict[str, int] = {}
        page = 0
        for section in self.sections:
            pages = place(section.pieces, height=section.sheet.text_height, first_page=page + 1)
            numbers |= {entry.bookmark: pages[at] for at, entry in section.headings}
            page = pages[-1] if pages else page + 1
        if self._contents is not None:
            self.sections[0].blocks.insert(self._contents.block, contents_xml(entries, numbers))
        return page

    def _make_room(self, at: int, pieces: Sequence[Piece]) -> None:
        first = self.sections[0]
        first.pieces[at:at] = pieces
        first.headings = [(n + len(pieces) if n >= at else n, entry) for n, entry in first.headings]

    def _add(self, xml: str, paragraph: Paragraph) -> None:
        section = self._section
        section.blocks.append(xml)
        *_, height = stacked((*section.above, paragraph), self._width / 20)
        section.above = (paragraph,)
        style = STYLES[paragraph.style]
        section.pieces.append(Piece(height=height, before=style.before, keeps_next=style.keep_next))

    def _gap(self) -> None:
        self._section.blocks.append('<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>')
        self._section.pieces.append(Piece(height=GAP))
        self._section.above = ()


def _striped(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, every second one shaded; counting begins anew below a row over all columns."""
    plain = False
    for row in rows:
        plain = len(row.cells) > 1 and not plain
        yield row if plain else replace(row, fill=STRIPE_FILL)


def _made(row: Sequence[CellContent] | Row) -> Row:
    return row if isinstance(row, Row) else Row(tuple(map(cell_of, row)))


def _row_height(row: Row, columns: Sequence[int]) -> float:
    widths = [sum(columns)] if len(row.cells) == 1 else columns
    tallest = max(
        sum(paragraph_height(paragraph, (width - 2 * CELL_SIDE) / 20) for paragraph in cell.paragraphs)
        for cell, width in zip(row.cells, widths, strict=True)
    )
    return tallest + CELL_TOP / 10
