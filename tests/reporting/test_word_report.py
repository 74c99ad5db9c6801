"""The Word report: everything is in it, it is built the same every time, and it reads well to a machine too."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document

from rfp.reporting.word.report import build
from tests.reporting.sample import sample


@pytest.fixture(scope="module")
def document() -> Document:
    return docx.Document(io.BytesIO(build(sample(answers=9))))


def text_of(document: Document) -> str:
    return "\n".join(text.text or "" for text in document.element.iter("{*}t"))


def test_the_same_data_gives_the_same_bytes() -> None:
    assert build(sample()) == build(sample())


def test_every_chapter_has_a_real_heading(document: Document) -> None:
    headings = [p.text for p in document.paragraphs if (p.style.name if p.style else "") == "Heading 1"]
    assert headings == [
        "Summary",
        "Verdict by category",
        "Gaps and what closes them",
        "Warnings",
        "When proof expires",
        "Why questions were left blank",
        "Answers and what they rest on",
        "Evidence judged",
        "Method and versions",
    ]


def test_the_contents_link_to_the_headings(document: Document) -> None:
    anchors = [link.get(link.nsmap["w"].join("{}") + "anchor") for link in document.element.iter("{*}hyperlink")]
    bookmarks = {mark.get(mark.nsmap["w"].join("{}") + "name") for mark in document.element.iter("{*}bookmarkStart")}
    assert anchors
    assert set(anchors) <= bookmarks


def test_table_headers_repeat_and_rows_are_never_split(document: Document) -> None:
    tables = [table for table in document.tables if len(table.rows) > 1]
    assert tables
    for table in tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_pictures_say_in_words_what_they_show(document: Document) -> None:
    said = [properties.get("descr") for properties in document.element.xpath("//wp:docPr")]
    assert len(said) == 2
    assert "Legal and regulatory mandates 40" in said[0]
    assert "LR-1 until 2027-01-08" in said[1]


def test_a_draft_says_so_on_every_page_and_a_release_does_not(document: Document) -> None:
    assert "DRAFT" in "".join(p.text for p in document.sections[0].header.paragraphs)
    released = docx.Document(io.BytesIO(build(sample(draft=False))))
    assert "DRAFT" not in text_of(released) + "".join(p.text for p in released.sections[0].header.paragraphs)
    assert "Released by Ada Approver" in text_of(released)


@pytest.mark.parametrize(
    "part",
    [
        "Not qualified",
        "The test ended on 3 May 2025; it stopped counting on 3 May 2026.",
        "Commission the exercise against a production mirror.",
        "about 10 weeks (6 to 18)",
        "“Scope: development and operation of the AI systems”",
        "No approved answer in the library is close enough to this question.",
        "AI supplier assessment <2026>",
    ],
)
def test_what_a_reader_looks_for_is_there(document: Document, part: str) -> None:
    assert part in text_of(document)


def test_text_that_xml_cannot_hold_is_left_out() -> None:
    data = sample()
    hostile = replace(data.answers[0], question="a\x00b\x0bc </w:t> & \ufffe \ud800 d")
    built = build(replace(data, answers=(hostile,)))
    assert "abc </w:t> &   d" in text_of(docx.Document(io.BytesIO(built)))


def test_member_dates_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(build(sample()))) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
