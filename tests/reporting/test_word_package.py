"""The report as a file: parts that belong together, elements in the order of the schema, tables that break well."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree

from rfp.reporting.word import styles
from rfp.reporting.word.report import build
from tests.reporting.sample import ANSWER, sample
from tests.reporting.word import W, document_xml, opened, paragraphs, parts, style_of

NS = {"w": W[1:-1]}
REPORT = build(sample(answers=9))
PARTS = parts(REPORT)
# The order the schema of WordprocessingML sets (ISO/IEC 29500-1, 17.3 and 17.4), as far as the report uses it.
ORDERS = {
    parent: tuple(children.split())
    for parent, children in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore numPr tabs spacing ind outlineLvl rPr sectPr",
        "rPr": "rFonts b color sz szCs lang",
        "tblPr": "tblW tblLayout tblCellMar tblLook tblCaption",
        "tblCellMar": "top left bottom right",
        "tcPr": "tcW gridSpan shd",
        "sectPr": "headerReference footerReference type pgSz pgMar",
        "style": "name basedOn next qFormat pPr rPr tblPr",
        "lvl": "start numFmt lvlText lvlJc pPr",
        "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    }.items()
}


def xml_parts() -> dict[str, etree._Element]:
    return {name: etree.fromstring(content) for name, content in PARTS.items() if name.endswith((".xml", ".rels"))}


@pytest.mark.parametrize("parent", sorted(ORDERS))
def test_elements_stand_in_the_order_of_the_schema(parent: str) -> None:
    found = [element for part in xml_parts().values() for element in part.iter(f"{W}{parent}")]
    assert found
    if parent in ("tblPr", "style"):  # a default table style has an indent of its own
        found = [element for element in found if element.find(f"{W}tblInd") is None]
    for element in found:
        names = [etree.QName(child).localname for child in element]
        assert [name for name in names if name not in ORDERS[parent]] == []
        assert names == sorted(names, key=ORDERS[parent].index)


def test_every_relation_leads_to_a_part_and_every_part_has_a_type() -> None:
    kinds = xml_parts()["[Content_Types].xml"]
    named = {str(item.get("PartName")).lstrip("/") for item in kinds if item.get("PartName")}
    endings = {str(item.get("Extension")) for item in kinds if item.get("Extension")}
    assert named <= set(PARTS)
    assert {name.rsplit(".", 1)[1] for name in PARTS} <= endings
    for name, relations in xml_parts().items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            targets = {posixpath.join(folder, str(relation.get("Target"))) for relation in relations}
            assert targets <= set(PARTS)


def test_every_relation_the_document_names_exists() -> None:
    known = {relation.get("Id") for relation in xml_parts()["word/_rels/document.xml.rels"]}
    spaces = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    used = {
        value
        for element in document_xml(REPORT).iter()
        for name, value in element.attrib.items()
        if str(name).startswith(spaces)
    }
    assert used
    assert used <= known


def test_every_style_in_use_is_declared() -> None:
    used = {style_of(p) for part in xml_parts().values() for p in part.iter(f"{W}p")}
    assert used <= set(styles.STYLES)


def test_bookmarks_are_unique_and_every_link_finds_one() -> None:
    marks = [(mark.get(f"{W}id"), mark.get(f"{W}name")) for mark in document_xml(REPORT).iter(f"{W}bookmarkStart")]
    assert Counter(number for number, _ in marks).most_common(1)[0][1] == 1
    assert Counter(name for _, name in marks).most_common(1)[0][1] == 1
    anchors = {link.get(f"{W}anchor") for link in document_xml(REPORT).iter(f"{W}hyperlink")}
    assert anchors <= {name for _, name in marks}


def test_heads_repeat_rows_are_whole_and_none_is_left_alone() -> None:
    tables = [table for table in opened(REPORT).tables if len(table.rows) > 1]
    assert len(tables) > 8
    for table in tables:
        rows = [row._tr for row in table.rows]
        assert rows[0].xpath("./w:trPr/w:tblHeader")
        assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)
        for stays in (rows[0], *rows[1:-1][:1], *rows[1:-1][-1:]):
            kept = stays.xpath(".//w:p[w:pPr/w:keepNext]")
            assert len(kept) == len(stays.xpath(".//w:p"))


def test_every_second_row_is_shaded_and_nothing_is_ruled() -> None:
    """LibreOffice 7.4 loses rows of a table with rules whose first row ends at the very bottom of a page."""
    body = document_xml(REPORT)
    assert not list(body.iter(f"{W}tblBorders", f"{W}tcBorders"))
    (table,) = [
        t
        for t in body.iter(f"{W}tbl")
        if "Answers on" in str(t.xpath("string(./w:tblPr/w:tblCaption/@w:val)", namespaces=NS))
    ]
    fills = [row.xpath("string(./w:tc[1]/w:tcPr/w:shd/@w:fill)", namespaces=NS) for row in table.iter(f"{W}tr")]
    assert fills == [styles.HEAD_FILL, *("" if row % 2 == 0 else styles.STRIPE_FILL for row in range(len(fills) - 1))]


def test_headings_stay_with_what_they_head() -> None:
    assert all(styles.STYLES[name].keep_next for name in ("Heading1", "Heading2", "TOCHeading"))
    written = {style.get(f"{W}styleId"): style for style in xml_parts()["word/styles.xml"].iter(f"{W}style")}
    assert written["Heading2"].find(f"{W}pPr/{W}keepNext") is not None


def test_wide_tables_lie_across_and_pages_keep_their_margins() -> None:
    upright, across = opened(REPORT).sections
    assert upright.page_width is not None
    assert upright.page_height is not None
    assert (across.page_width, across.page_height) == (upright.page_height, upright.page_width)
    body = document_xml(REPORT)
    widths = {int(str(width.get(f"{W}w"))) for width in body.iter(f"{W}tblW")}
    assert max(widths) <= 16838 - 2 * 850


def test_nothing_asks_word_to_update_fields_on_opening() -> None:
    assert b"updateFields" not in PARTS["word/settings.xml"]
    assert not any(field.get(f"{W}dirty") for field in document_xml(REPORT).iter(f"{W}fldChar"))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, "FFFFFF") for text in (styles.INK, styles.BLUE, styles.QUIET, styles.ALARM)),
        *(
            (text, ground)
            for text in (styles.INK, styles.QUIET)
            for ground in (
                styles.GREEN_FILL,
                styles.RED_FILL,
                styles.AMBER_FILL,
                styles.HEAD_FILL,
                styles.GROUP_FILL,
                styles.STRIPE_FILL,
            )
        ),
    ],
)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    lighter, darker = sorted((luminance(text), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_lists_are_numbered_by_word() -> None:
    steps = list(paragraphs(REPORT, "ListNumber"))
    assert len(steps) == len(sample().first_steps)


def test_member_dates_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(REPORT)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_thousands_of_answers_make_one_table_a_sheet() -> None:
    data = replace(sample(), answers=tuple(replace(ANSWER, place=f"Security!B{row}") for row in range(2, 2002)))
    tables = opened(build(data)).element.xpath("//w:tbl[w:tblPr/w:tblCaption/@w:val='Answers on Security']")
    assert len(tables) == 1
    assert len(tables[0].xpath("./w:tr")) == 2001


def test_what_introduces_a_table_stays_with_it() -> None:
    """The paragraph above a table, after its heading, is never left behind on the page before."""
    body = document_xml(build(replace(sample(answers=9), draft=False)))
    blocks = list(body[0])
    above = [one for one, other in pairwise(blocks) if other.tag == f"{W}tbl" and one.tag == f"{W}p"]
    introducing = [style_of(p) for p in above if style_of(p) not in ("Picture", "Gap")]
    assert len(introducing) > 8
    assert [name for name in introducing if name != "ListBullet" and not styles.STYLES[name].keep_next] == []
