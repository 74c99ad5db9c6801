"""Evidence files of two independent writers, read by page; hostile ones, refused while the parent lives."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from evidence.ingest import Document, IngestRefused, Problem, cage, read, read_many

PLAIN = "Certificate of registration. Valid until 12 March 2028."


def pdf(*pages: str, encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, encrypt=encrypt)
    for page in pages:
        for number, line in enumerate(page.split("\n")):
            canvas.drawString(72, 760 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def word(build: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """Write a PDF of the given objects by hand, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def replaced(content: bytes, part: str, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, new if name == part else source.read(name))
    return out.getvalue()


def test_a_pdf_is_read_by_page() -> None:
    document = read(pdf("First page.\nSecond line.", "", "Third page."), "a.pdf")
    assert document == Document(pages=("First page.\nSecond line.", "", "Third page."), kind="pdf")


def test_content_decides_and_not_the_name() -> None:
    assert read(pdf(PLAIN), "certificate.docx").kind == "pdf"
    assert read(word(lambda d: d.add_paragraph(PLAIN)), "certificate.pdf").kind == "docx"


def _paragraphs_and_table(document: docx.document.Document) -> None:
    document.add_heading("Statement", 1)
    document.add_paragraph("One\tafter a tab.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Control", "State", "A.1", "in\nplace"], strict=True):
        cell.text = text


def test_a_word_file_is_read_in_the_order_it_shows() -> None:
    (page,) = read(word(_paragraphs_and_table), "a.docx").pages
    assert page.split("\n") == ["Statement", "One after a tab.", "Control State", "A.1 in", "place"]


def _explicit(document: docx.document.Document) -> None:
    document.add_paragraph("one").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("two")
    document.add_paragraph("three").paragraph_format.page_break_before = True
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("four")
    document.add_section(WD_SECTION.CONTINUOUS)
    document.add_paragraph("still four")


def test_explicit_breaks_split_a_word_file() -> None:
    assert read(word(_explicit), "a.docx").pages == ("one", "two", "three", "four\n\nstill four")


def _rendered(document: docx.document.Document) -> None:
    document.add_paragraph("one").add_run().add_break(WD_BREAK.PAGE)
    run = document.add_paragraph().add_run()
    run._r.append(OxmlElement("w:lastRenderedPageBreak"))
    run.add_text("two")


def test_rendered_breaks_win_over_the_explicit_ones_they_repeat() -> None:
    assert read(word(_rendered), "a.docx").pages == ("one", "two")


def test_a_ligature_is_its_letters() -> None:
    content = stream(b"BT /F 12 Tf 72 700 Td (certiAcate) Tj ET")
    to_unicode = stream(
        b"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        b"1 beginbfchar\n<41> <FB01>\nendbfchar\nendcmap"
    )
    document = raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        to_unicode,
    )
    text = read(document, "a.pdf").pages[0]
    assert text == "certificate"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Problem.UNSUPPORTED),
        (b"hello", Problem.UNSUPPORTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Problem.UNSUPPORTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Problem.ENCRYPTED),
        (b"%PDF-1.7\n" + os.urandom(2_000), Problem.DAMAGED),
        (pdf(PLAIN)[:300], Problem.DAMAGED),
        (b"PK\x03\x04 word/document.xml" + bytes(100), Problem.DAMAGED),
        (word(_explicit)[:9_000], Problem.DAMAGED),
        (pdf("", ""), Problem.SCANNED),
        (pdf(PLAIN, encrypt=StandardEncryption("secret", ownerPassword="owner")), Problem.ENCRYPTED),
        (b"%PDF-1.7\n" + bytes(50_000_001), Problem.TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, Problem) else "",
)
def test_what_cannot_be_read_says_why_and_what_to_do(content: bytes, code: Problem) -> None:
    with pytest.raises(IngestRefused) as refused:
        read(content, "file")
    assert refused.value.code is code
    assert refused.value.problem
    assert refused.value.advice


def flate_bomb() -> bytes:
    """Over a gigabyte of zeros: after a full flush every block is packed alike."""
    packer = zlib.compressobj(9)
    first, block = (packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    data = first + block * 1_200 + packer.flush()
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        stream(data, b"/Filter /FlateDecode"),
    )


def deep_nesting() -> bytes:
    return raw_pdf(b"[" * 200_000 + b"]" * 200_000, b"<< /Type /Pages /Kids [] /Count 0 >>")


def page_tree_loop() -> bytes:
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 3 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>",
    )


def xref_loop() -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    at = len(body)
    return (
        body
        + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 2 /Prev %d >>\nstartxref\n%d\n%%%%EOF"
        % (
            at,
            at,
        )
    )


def ten_thousand_pages() -> bytes:
    kids = b" ".join([b"3 0 R"] * 10_000)
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count 10000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
    )


def word_bomb() -> bytes:
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' + b" " * 120_000_000
    return replaced(word(_explicit), "word/document.xml", body)


def word_with_entities() -> bytes:
    body = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    return replaced(word(_explicit), "word/document.xml", body)


def word_nested_deep() -> bytes:
    return replaced(word(_explicit), "word/document.xml", b"<a>" * 100_000 + b"</a>" * 100_000)


def word_of_breaks() -> bytes:
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    breaks = b'<w:p><w:r><w:t>x</w:t><w:br w:type="page"/></w:r></w:p>' * 10_000
    return replaced(word(_explicit), "word/document.xml", head + breaks + b"</w:body></w:document>")


HOSTILE = {
    flate_bomb: {Problem.SCANNED, Problem.UNSAFE, Problem.DAMAGED},
    deep_nesting: {Problem.DAMAGED, Problem.UNSAFE},
    page_tree_loop: {Problem.DAMAGED, Problem.SCANNED},
    xref_loop: {Problem.DAMAGED},
    ten_thousand_pages: {Problem.TOO_LARGE},
    word_bomb: {Problem.TOO_LARGE},
    word_with_entities: {Problem.UNSAFE},
    word_nested_deep: {Problem.DAMAGED},
    word_of_breaks: {Problem.TOO_LARGE},
}


@pytest.mark.parametrize("build", HOSTILE, ids=lambda build: build.__name__)
def test_a_hostile_file_is_refused_and_the_next_is_read(build: Callable[[], bytes]) -> None:
    content = build()
    began = time.perf_counter()
    hostile, next_one = read_many([(content, "hostile"), (pdf(PLAIN), "plain.pdf")])
    assert isinstance(hostile, IngestRefused)
    assert hostile.code in HOSTILE[build]
    assert next_one == Document(pages=(PLAIN,), kind="pdf")
    assert time.perf_counter() - began < 40


def test_scripts_and_launches_are_text_that_nobody_runs(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    document = raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (touch) /P (%s) >>"
        b" /AA << /WC << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1/'\\)) >> >> >>" % str(canary).encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        stream(b"BT /F 12 Tf 72 700 Td (Attested.) Tj ET"),
    )
    assert read(document, "a.pdf").pages == ("Attested.",)
    assert not canary.exists()


def test_a_file_that_kills_its_reader_takes_no_other_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader here ends without an answer whenever a file says so."""
    program = (
        "import json,os,struct,sys\n"
        "while head := sys.stdin.buffer.read(9):\n"
        "    text = sys.stdin.buffer.read(struct.unpack('<1sQ', head)[1])\n"
        "    if b'abort' in text: os.abort()\n"
        "    if b'sleep' in text: import time; time.sleep(60)\n"
        "    if b'flood' in text:\n"
        "        while True: sys.stdout.write('x' * 1_000_000)\n"
        "    print(json.dumps({'pages': ['read']}), flush=True)\n"
    )
    monkeypatch.setattr(cage, "_COMMAND", (sys.executable, "-c", program))
    monkeypatch.setattr(cage, "WALL_SECONDS", 1)
    files = [b"%PDF- good", b"%PDF- abort", b"%PDF- good", b"none", b"%PDF- sleep", b"%PDF- flood", b"%PDF- good"]
    outcomes = read_many([(content, "x") for content in files])
    good = Document(pages=("read",), kind="pdf")
    codes = [o.code if isinstance(o, IngestRefused) else o for o in outcomes]
    assert codes == [good, Problem.UNSAFE, good, Problem.UNSUPPORTED, Problem.UNSAFE, Problem.UNSAFE, good]


def test_the_cage_holds() -> None:
    """Memory, writing, files and the environment are closed to the process that parses."""
    program = (
        "import os, evidence.ingest.limits as limits\n"
        "limits.lock_down()\n"
        "assert not set(os.environ) - {'LC_CTYPE', '__CF_USER_TEXT_ENCODING'}, os.environ\n"
        "try: bytearray(2 << 30)\n"
        "except MemoryError: print('memory')\n"
        "import tempfile\n"
        "try:\n"
        "    with tempfile.TemporaryFile(buffering=0) as file: file.write(b'x')\n"
        "except OSError: print('writing')\n"
        "opened = []\n"
        "try:\n"
        "    while True: opened.append(os.open('/', os.O_RDONLY))\n"
        "except OSError: print('files')\n"
        "os._exit(0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-u", "-c", program],
        cwd=Path(__file__).parents[2],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["memory", "writing", "files"]


def test_many_files_come_back_in_order() -> None:
    files = [(pdf(f"Number {n}"), f"{n}.pdf") for n in range(5)] + [(word(_explicit), "w.docx"), (b"", "e")]
    outcomes = read_many(files)
    assert [o.pages[0] for o in outcomes if isinstance(o, Document)] == [*(f"Number {n}" for n in range(5)), "one"]
    assert isinstance(outcomes[-1], IngestRefused)
