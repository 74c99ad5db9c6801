"""The Word report: everything is in it, what is shared is said once, and it is built the same every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rfp.reporting.data import ReportData
from rfp.reporting.word.report import build
from tests.reporting.sample import ANSWER, AS_OF, CITATION, PROBLEM, sample
from tests.reporting.word import W, document_xml, headings, line_of, opened, parts, text_of

REPORT = build(sample(answers=9))


def test_the_same_data_gives_the_same_bytes() -> None:
    assert build(sample()) == build(sample())


def test_every_chapter_has_a_real_heading() -> None:
    assert headings(REPORT) == [
        "Verdict",
        "What to do first",
        "Verdict by category",
        "Gaps and what closes them",
        "Warnings",
        "When proof expires",
        "Answers and what they rest on",
        "Questions left blank",
        "Evidence judged",
        "Method and versions",
    ]


def test_a_vendor_without_gaps_blanks_or_evidence_gets_a_report_too() -> None:
    bare = replace(
        sample(), gaps=(), warnings=(), exceptions=(), expiries=(), outlook=(), answers=(), blanks=(), evidence=()
    )
    built = build(replace(bare, first_steps=(), readiness=None))
    told = text_of(document_xml(built))
    assert "There is no gap: every applicable requirement is met." in told
    assert "No question was answered." in told
    assert "The evidence library holds no document." in told
    assert "Questions left blank" not in headings(built)


@pytest.mark.parametrize(
    "part",
    [
        "Not qualified",
        "Four of five categories have requirements that are not met.",
        "The test ended on 3 May 2025; it stopped counting on 3 May 2026.",
        "(Age, R-AGE)",
        "Commission the exercise against a production mirror.",
        "About 10 weeks (6 to 18)",
        "Start now: ready by about 1 February 2027.",
        "Asked in Security B20, B21, B22, B23, B24, B25 and 3 more.",
        ": “Scope: development and operation of the AI systems” ",
        "No approved answer: 3 questions. ",
        "No longer met",
        "AI supplier assessment <2026>",
        "The file holds macros; they were kept and never run.",
    ],
)
def test_what_a_reader_looks_for_is_there(part: str) -> None:
    assert part in text_of(document_xml(REPORT))


def test_pictures_say_in_words_what_they_show() -> None:
    said = [properties.get("descr") or "" for properties in opened(REPORT).element.xpath("//wp:docPr")]
    assert len(said) == 2
    assert "Legal and regulatory mandates 40, failed" in said[0]
    assert "ISO-42001 until 8 January 2027" in said[1]


def test_a_draft_says_so_on_every_page_and_a_release_does_not() -> None:
    heads = [content for name, content in parts(REPORT).items() if name.startswith("word/header")]
    assert len(heads) == len(opened(REPORT).sections) == 2
    assert all("DRAFT – not approved".encode() in head for head in heads)
    released = build(sample(draft=False))
    assert not any(b"DRAFT" in content for content in parts(released).values())
    assert "Released by Ada Approver." in text_of(document_xml(released))


def test_the_pages_are_numbered_of_how_many() -> None:
    feet = [content.decode() for name, content in parts(REPORT).items() if name.startswith("word/footer")]
    assert all(" PAGE " in foot and " NUMPAGES " in foot for foot in feet)


def test_the_file_says_what_it_is() -> None:
    properties = opened(REPORT).core_properties
    assert properties.title == "AI assurance report: Fold & Field Software (DRAFT)"
    assert (properties.subject, properties.author) == ("AI supplier assessment <2026>", "Fold & Field Software")
    assert properties.created is not None
    assert properties.created.date() == AS_OF
    assert properties.language == "en-GB"


def test_a_cause_shared_by_gaps_is_told_once() -> None:
    data = sample()
    first = data.gaps[0]
    shared = replace(data, gaps=(first, replace(first, requirement="AT-6"), replace(first, requirement="AT-8")))
    told = text_of(document_xml(build(replace(shared, evidence=()))))
    assert told.count(PROBLEM.sentence) == 1
    assert "Keeps open AT-5, AT-6 and AT-8." in told
    assert told.count("Cause 1 above.") == 3


def test_a_quote_is_told_where_it_is_first_used() -> None:
    second = replace(ANSWER, place="Security!B13", citations=(CITATION, replace(CITATION, page=4, quote="Annex A")))
    told = text_of(document_xml(build(replace(sample(), answers=(ANSWER, second)))))
    assert told.count(CITATION.quote) == 1
    assert " p. 1 (quoted above). " in told
    assert " p. 4: “Annex A” " in told


def test_citations_lead_to_the_document_and_gaps_to_the_gap() -> None:
    data = sample()
    failing = replace(
        ANSWER, value="no", written="No", requirements=("AT-5",), reason=PROBLEM.sentence, remark="For one system only."
    )
    listed = (*data.evidence, replace(data.evidence[0], reference="ISO-42001", title="ISO/IEC 42001 certificate"))
    body = document_xml(build(replace(data, answers=(failing,), evidence=listed)))
    links = {line_of(link): link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    marks = {
        mark.get(f"{W}name"): line_of(paragraph)
        for paragraph in body.iter(f"{W}p")
        for mark in paragraph.iter(f"{W}bookmarkStart")
    }
    assert "ISO-42001" in marks[links["ISO-42001"]]
    assert marks[links["AT-5"]].startswith("AT-5")
    # The fact is told in the chapter on gaps and beside the two documents; the answer points there.
    assert text_of(body).count(PROBLEM.sentence) == 3


def test_blanks_stand_under_the_reason_they_share() -> None:
    data = sample()
    blank = next(line for line in data.answers if line.band == "blank")
    tails = ("Nearest: ‘Do you?’.", "Nearest: ‘Can you?’.", "Nearest: ‘Have you?’.")
    lines = [replace(blank, reason=f"No approved answer is sure to fit. {tail}") for tail in tails]
    told = text_of(document_xml(build(replace(data, answers=tuple(lines)))))
    assert "No approved answer is sure to fit." not in told
    assert all(tail in told for tail in tails)


def test_text_that_xml_cannot_hold_is_left_out() -> None:
    hostile = replace(ANSWER, question="a\x00b\x0bc </w:t> & \ufffe \ud800 d", citations=(), remark="x\r\ny")
    built = build(replace(sample(), answers=(hostile,), title="T\x01 & <t>"))
    assert "abc </w:t> &   d" in text_of(document_xml(built))
    assert opened(built).core_properties.subject == "T & <t>"


def test_an_expiry_that_should_have_begun_says_now() -> None:
    data: ReportData = sample()
    late = replace(data.expiries[0], start_by=date(2026, 8, 1), status="late")
    told = text_of(document_xml(build(replace(data, expiries=(late,)))))
    assert "Now\nwas due 1 August 2026" in told
