"""The look of the report: one sans, few sizes, page numbers, a header that says DRAFT while it is one."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Cm, Pt, RGBColor

from rfp.reporting.word.parts import Run, W, run_xml

FONT = "Calibri"
INK = RGBColor(0x1F, 0x29, 0x33)
BLUE = RGBColor(0x23, 0x50, 0x8E)
HEADING_SIZES = {1: 17, 2: 13, 3: 11}


def apply(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(10.5), INK
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.12
    for level, size in HEADING_SIZES.items():
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = BLUE if level == 1 else INK
        _drop_theme_font(style.element)
        style.paragraph_format.space_before = Pt(18 if level == 1 else 12)
        style.paragraph_format.space_after = Pt(5)
        style.paragraph_format.keep_with_next = True
    title = document.styles["Title"]
    title.font.name, title.font.size, title.font.bold, title.font.color.rgb = FONT, Pt(26), True, INK
    _drop_theme_font(title.element)
    for border in title.element.xpath(".//w:pBdr"):
        border.getparent().remove(border)
    table = document.styles.add_style("TableText", WD_STYLE_TYPE.PARAGRAPH)
    table.base_style = normal
    table.font.size = Pt(9)
    table.paragraph_format.space_after = Pt(1)
    table.paragraph_format.line_spacing = 1.0
    note = document.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = normal
    note.font.size, note.font.color.rgb = Pt(9), RGBColor(0x5B, 0x67, 0x75)


def header_and_footer(document: Document, *, left: str, right: str) -> None:
    section = document.sections[0]
    section.header.paragraphs[0]._p.addnext(_line(left, right))
    section.header._element.remove(section.header.paragraphs[0]._p)
    page = (
        f'<w:p {W}><w:pPr><w:pStyle w:val="Note"/><w:jc w:val="right"/></w:pPr>{run_xml(Run("Page "))}'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "</w:p>"
    )
    footer = section.footer.paragraphs[0]._p
    footer.addnext(parse_xml(page))
    section.footer._element.remove(footer)


def _line(left: str, right: str) -> object:
    return parse_xml(
        f'<w:p {W}><w:pPr><w:pStyle w:val="Note"/><w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs></w:pPr>'
        f"{run_xml(Run(left))}<w:r><w:tab/></w:r>{run_xml(Run(right, bold=True, colour='B03A2E'))}</w:p>"
    )


def _drop_theme_font(element: object) -> None:
    """A theme font would win over the font named here."""
    for fonts in element.xpath(".//w:rFonts"):  # type: ignore[attr-defined]  # python-docx elements are untyped
        for name in list(fonts.attrib):
            if name.endswith("Theme"):
                del fonts.attrib[name]
            elif not name.endswith(("ascii", "hAnsi")):
                fonts.set(name, FONT)
