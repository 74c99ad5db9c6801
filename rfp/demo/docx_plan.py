"""Write a plan, policy or register of the vendor as a Word document."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from rfp.demo.packing import settle
from rfp.demo.papers import Facts, Paper
from rfp.demo.pdf import FOOTNOTE

COLOUR = RGBColor(0x17, 0x41, 0x5E)
GREY = RGBColor(0x6B, 0x72, 0x80)


def draw(paper: Paper) -> bytes:
    """Return the document as DOCX, the same bytes for the same text."""
    document = Document()
    _set_properties(document, paper)
    _set_styles(document)
    _add_margins_of_text(document, paper)
    for number, (heading, blocks) in enumerate(paper.pages):
        if number == 0:
            document.add_paragraph(paper.title, style="Title")
            _add_table(document, paper.summary)
            if paper.revisions:
                _add_small(document, "Revisions: " + "; ".join(paper.revisions))
        document.add_heading(heading, level=1)
        for block in blocks:
            if isinstance(block, Facts):
                _add_table(document, block.rows)
            else:
                document.add_paragraph(block)
        if number + 1 < len(paper.pages):
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    stream = BytesIO()
    document.save(stream)
    return settle(stream.getvalue())


def _set_properties(document: Any, paper: Paper) -> None:
    made = datetime(paper.issued_on.year, paper.issued_on.month, paper.issued_on.day, 9)
    known = document.core_properties
    known.title, known.author, known.last_modified_by = paper.title, paper.issuer, paper.issuer
    known.subject, known.version, known.comments = paper.ref, paper.version, FOOTNOTE
    known.created = known.modified = made
    known.revision = 1


def _set_styles(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Sans", Pt(10.5)
    normal.paragraph_format.space_after = Pt(8)
    for name, size in (("Title", 24), ("Heading 1", 15)):
        look = document.styles[name]
        look.font.name, look.font.size, look.font.color.rgb = "Liberation Sans", Pt(size), COLOUR
        # The theme's heading font would win over the name above.
        look.element.rPr.rFonts.attrib.clear()
        look.element.rPr.rFonts.set(qn("w:ascii"), "Liberation Sans")
        look.element.rPr.rFonts.set(qn("w:hAnsi"), "Liberation Sans")


def _add_margins_of_text(document: Any, paper: Paper) -> None:
    head = document.sections[0].header.paragraphs[0]
    head.text = f"{paper.issuer}  |  {paper.title}" + (f"  |  version {paper.version}" if paper.version else "")
    foot = document.sections[0].footer.paragraphs[0]
    foot.text = f"{FOOTNOTE}  {paper.ref}, page "
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")
    for run in (*head.runs, *foot.runs):
        run.font.size, run.font.color.rgb = Pt(8), GREY


def _add_field(paragraph: Any, name: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        if kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:t" if kind else "w:instrText")
            element.text = text
        run._r.append(element)


def _add_table(document: Any, rows: tuple[tuple[str, str], ...]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.style.paragraph_format.space_after = Pt(2)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for label, text in rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Cm(4.6), Cm(11.6)
        cells[0].paragraphs[0].add_run(label).bold = True
        cells[1].text = text
        for cell in cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9.5)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _add_small(document: Any, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(8.5), GREY
