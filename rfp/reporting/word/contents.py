"""The table of contents: a field that Word can update, with entries and page numbers already in it.

Word updates a field on opening only after asking the reader a question that sounds like a warning. So the pages are
computed here; every number is a PAGEREF field of its own, and "Update table" brings them up to date after editing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rfp.reporting.word.metrics import stacked
from rfp.reporting.word.pages import PORTRAIT, Piece
from rfp.reporting.word.xml import Paragraph, Run, field_xml, paragraph_xml, run_xml

CONTENTS_LEVELS = 2
_TITLE = Paragraph((Run("Contents"),), style="TOCHeading")
_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    level: int
    text: str
    bookmark: str


def contents_xml(entries: Sequence[Entry], pages: Mapping[str, int]) -> str:
    """Return the contents as Word makes them, in the frame that offers "Update table"."""
    lines = []
    for number, entry in enumerate(entries):
        begin = _BEGIN if number == 0 else ""
        end = _END if number == len(entries) - 1 else ""
        page = field_xml(f"PAGEREF {entry.bookmark} \\h", str(pages[entry.bookmark]))
        shown = f"{run_xml(Run(entry.text))}<w:r><w:tab/></w:r>{page}"
        lines.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr>{begin}'
            f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{shown}'
            f"</w:hyperlink>{end}</w:p>"
        )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{paragraph_xml(_TITLE)}{''.join(lines)}</w:sdtContent></w:sdt>"
    )


def contents_pieces(entries: Sequence[Entry]) -> list[Piece]:
    """Return the room the contents take."""
    lines = [_TITLE, *(Paragraph((Run(entry.text),), style=f"TOC{entry.level}") for entry in entries)]
    width = PORTRAIT.text_width / 20
    return [Piece(height=height, starts_page=number == 0) for number, height in enumerate(stacked(lines, width))]
