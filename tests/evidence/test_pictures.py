"""Pages as pictures: the quote is marked where it stands, and hostile files cost no more than a refusal."""

from __future__ import annotations

import struct
import zlib
from xml.etree import ElementTree

import pytest

from evidence.ingest import IngestRefused, Problem
from evidence.ingest.drawing import draw
from evidence.ingest.folding import stretches
from evidence.ingest.limits import TALLEST
from evidence.ingest.textpage import set_out
from tests.evidence.test_ingest import pdf, raw_pdf, stream, word

SENTENCE = "This certificate is valid until 12 March 2028."


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("Valid until\n12 March 2028.", "valid until 12 March 2028", ["Valid until\n12 March 2028"]),
        ("certi\ufb01cation of manage-\nment", "certification of management", ["certi\ufb01cation of manage-\nment"]),
        ("the “model”—build", 'the "model" - build', ["the “model”—build"]),
        ("In 2012 the 12 rules", "12", ["12"]),
        ("In 2012", "12", []),
        (
            "One sentence here. Other words. And another one.",
            "One sentence here. And another one.",
            ["One sentence here", "And another one"],
        ),
        ("on 30 July, version 3.0", "3.0", ["3.0"]),
        ("on 30 July", "3.0", []),
        ("short. a b", "a. c", []),
        ("anything", "", []),
        ("anything", "...", []),
        ("MÜNCHEN", "mu\u0308nchen", ["MÜNCHEN"]),
    ],
)
def test_a_quote_is_found_whatever_lies_between_its_letters(text: str, quote: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in stretches(text, quote)] == expected


def pixels(picture: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the rows of a PNG as this product writes it, each after its filter byte."""
    width, height = struct.unpack(">II", picture[16:24])
    at = picture.index(b"IDAT")
    (length,) = struct.unpack(">I", picture[at - 4 : at])
    return width, height, zlib.decompress(picture[at + 4 : at + 4 + length])


def yellow(picture: bytes) -> set[int]:
    """Return the lines of the picture on which something is marked."""
    width, height, rows = pixels(picture)
    row = 3 * width + 1
    return {line for line in range(height) if b"\xff\xe2\x78" in rows[line * row + 1 : (line + 1) * row]}


def test_a_page_of_a_pdf_is_drawn_with_the_quote_marked() -> None:
    document = pdf("Nothing here", f"Certificate\n{SENTENCE}\nAnother line")
    plain = draw(document, "a.pdf", page=2, width=800)
    marked = draw(document, "a.pdf", page=2, width=800, quote="valid until\n12 March 2028")
    width, height, rows = pixels(marked.content)
    assert (width, height, len(rows)) == (800, 1132, (3 * 800 + 1) * 1132)
    assert yellow(plain.content) == set()
    lines = yellow(marked.content)
    # The line stands 760 - 14 points above the foot of a page of 842.
    assert lines and all(abs(line - (842 - 746) * 800 / 595) < 24 for line in lines)
    assert draw(document, "a.pdf", page=2, width=800, quote="not in it").content == plain.content


def test_a_quote_over_two_lines_is_marked_on_both() -> None:
    document = pdf("The AI service Helper is exclu-\nded from this report.\nOther words")
    one = yellow(draw(document, "a.pdf", page=1, width=800, quote="The AI service Helper").content)
    both = yellow(draw(document, "a.pdf", page=1, width=800, quote="Helper is excluded from this report").content)
    assert one and one < both


def test_a_page_of_a_word_file_is_its_text_set_out() -> None:
    document = word(lambda page: page.add_paragraph(f"Certificate <b>&amp; \x85</b> {SENTENCE}"))
    picture = draw(document, "a.docx", page=1, width=480, quote=SENTENCE)
    assert picture.kind == "svg"
    drawing = ElementTree.fromstring(picture.content.decode())
    runs = [element.text or "" for element in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert "<b>&amp;" in "".join(runs)
    assert SENTENCE.split()[0] in "".join(runs)
    assert drawing.get("width") == "480"
    assert b"#ffe278" in picture.content


def test_lines_of_text_stay_on_the_sheet() -> None:
    drawing = ElementTree.fromstring(set_out("W" * 500 + " " + "word " * 60, quote="", width=800))
    for run in drawing.iter("{http://www.w3.org/2000/svg}text"):
        assert float(run.get("x", 0)) + float(run.get("textLength", 0)) < 595


@pytest.mark.parametrize("page", [0, 3, 10**17])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    for content in (pdf("one", "two"), word(lambda document: document.add_paragraph("one"))):
        with pytest.raises(IngestRefused) as refused:
            draw(content, "a", page=page, width=800)
        assert refused.value.code is Problem.NO_PAGE


def page_of(box: bytes, contents: bytes = b"", extra: bytes = b"") -> bytes:
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>"
        % box,
        stream(contents),
        extra or b"<< >>",
    )


@pytest.mark.parametrize("box", [b"0 0 1 14400", b"0 0 14400 1", b"0 0 1000000 1000000", b"0 0 0 0", b"0 0 0.001 9e9"])
def test_a_page_of_any_size_is_a_picture_of_a_bounded_size(box: bytes) -> None:
    width, height, _ = pixels(draw(page_of(box), "a.pdf", page=1, width=1200).content)
    assert 1 <= width <= 1201
    assert 1 <= height <= TALLEST * 1200 + 1


def test_an_image_that_would_take_all_memory_is_left_out() -> None:
    """An image of 60,000 by 60,000 pixels: 10 GB once unpacked."""
    flood = stream(
        zlib.compress(b"\x00" * 60_000_000),
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
        b" /Filter /FlateDecode",
    )
    document = page_of(b"0 0 600 800", b"q 600 0 0 800 0 0 cm /I Do Q", flood)
    assert pixels(draw(document, "a.pdf", page=1, width=800).content)[:2] == (800, 1067)


def test_a_page_that_draws_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that draws itself ten times at each of many levels."""
    levels = 12
    forms = [
        stream(
            b"/I Do " * 10 if number < levels - 1 else b"0 0 1 1 re f",
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /I %d 0 R >> >>"
            % (number + 6),
        )
        for number in range(levels)
    ]
    document = raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>",
        stream(b"/I Do"),
        *forms,
    )
    monkeypatch.setattr("evidence.ingest.cage.WALL_SECONDS", 1)
    with pytest.raises(IngestRefused) as refused:
        draw(document, "a.pdf", page=1, width=480)
    assert refused.value.code is Problem.UNSAFE


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"certificate", b""])
def test_what_is_no_document_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(IngestRefused) as refused:
        draw(content, "a.pdf", page=1, width=800)
    assert refused.value.code in (Problem.DAMAGED, Problem.UNSUPPORTED)
    assert refused.value.advice
