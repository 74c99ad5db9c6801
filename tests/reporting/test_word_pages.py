"""Page numbers: how many lines a text takes, what falls on which page, and what a real layout says to it."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from rfp.reporting.word.metrics import line_count, paragraph_height
from rfp.reporting.word.pages import Piece, place
from rfp.reporting.word.report import build
from rfp.reporting.word.xml import Paragraph, Run
from tests.reporting.sample import sample
from tests.reporting.word import contents, headings

IN_CI = os.environ.get("CI") == "true"
OFFICE = pytest.mark.skipif(not shutil.which("soffice") and not IN_CI, reason="LibreOffice is not installed")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 100, 1),
        ("one", 100, 1),
        ("one\ntwo", 100, 2),
        ("iiii " * 10, 61, 2),  # five words of 4 x 2.29 and a space of 2.26 in a line of 61 at size 10
        ("mmmm " * 10, 61, 10),  # one word of 4 x 7.99 a line, two do not fit
        ("M" * 20, 50, 4),  # 171 wide: a word without a break is broken
        ("well-known-names-with-hyphens", 60, 3),
        ("漢字漢字漢字漢字漢字漢字", 50, 3),
    ],
)
def test_lines_are_counted_as_they_break(text: str, width: float, lines: int) -> None:
    assert line_count([(text, False)], size=10, width=width) == lines


def test_bold_is_wider_and_accents_are_not() -> None:
    words = "evidence and answers " * 12
    assert line_count([(words, True)], size=10, width=90) >= line_count([(words, False)], size=10, width=90)
    assert line_count([("éééé " * 40, False)], size=10, width=90) == line_count(
        [("eeee " * 40, False)], size=10, width=90
    )


def test_a_paragraph_takes_its_lines_and_its_distances() -> None:
    one = paragraph_height(Paragraph((Run("one"),)), 200)
    two = paragraph_height(Paragraph((Run("one\ntwo"),)), 200)
    assert two - one == 11.0  # 9 x 1.2207, in twentieths of a point
    assert one == 11.0 + 1


def piece(height: float, **features: float | bool) -> Piece:
    return replace(Piece(height=height), **features)  # type: ignore[arg-type]  # fields of Piece by name


@pytest.mark.parametrize(
    ("pieces", "pages"),
    [
        ([piece(40), piece(40), piece(40)], [1, 1, 2]),
        ([piece(40), piece(50, keeps_next=True), piece(40)], [1, 2, 2]),  # a heading goes with its text
        ([piece(90), piece(30, head=15), piece(60, head=15)], [1, 2, 3]),  # the head of the table takes room again
        ([piece(10), piece(10, starts_page=True), piece(10)], [1, 2, 2]),
        ([piece(95), piece(20, before=10, keeps_next=True), piece(85)], [1, 2, 2]),  # no distance at the top of a page
        ([piece(250), piece(40)], [1, 3]),  # taller than a page
        ([piece(60, keeps_next=True), piece(60, keeps_next=True), piece(10)], [1, 2, 2]),  # too tall to stay together
    ],
)
def test_pieces_fall_on_pages(pieces: list[Piece], pages: list[int]) -> None:
    assert place(pieces, height=100, first_page=1) == pages


def test_the_contents_name_every_heading_with_a_page() -> None:
    report = build(sample(answers=9))
    told = contents(report)
    assert [title for title, _ in told if title in headings(report)] == headings(report)
    pages = [page for _, page in told]
    assert pages == sorted(pages)
    assert pages[0] == 1


@OFFICE
@pytest.mark.parametrize("answers", [9, 150])
def test_a_real_layout_has_the_headings_on_the_pages_the_contents_name(tmp_path: Path, answers: int) -> None:
    if not IN_CI and "Carlito" not in _font("Calibri") and "Calibri" not in _font("Calibri"):
        pytest.skip("no font as wide as Calibri is installed")
    lines = sample(answers=answers).answers
    data = replace(sample(), answers=tuple(replace(line, number=f"Q-{row}.") for row, line in enumerate(lines)))
    report = build(data)
    pages = _pages(report, tmp_path)
    for title, page in contents(report):
        assert title in pages[page - 1], f"{title} is not on page {page}"
    assert f"Page 1 of {len(pages)}" in pages[0]
    assert [line.number for line in data.answers if not any(line.number in page for page in pages)] == []


def _font(name: str) -> str:
    asked = shutil.which("fc-match")
    return subprocess.run([asked, name], capture_output=True, text=True, check=True).stdout if asked else ""


def _pages(report: bytes, folder: Path) -> list[str]:
    (folder / "report.docx").write_bytes(report)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "report.docx")], capture_output=True, check=True, timeout=180)
    document = pypdfium2.PdfDocument(folder / "report.pdf")
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
