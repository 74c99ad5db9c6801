"""Reasons to look: each is given where it holds, and none where nothing speaks against a document."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from evidence.ingest.making import Making, making_of
from evidence.signals import Seen, reasons
from evidence.signals.likeness import alike, sketch
from tests.evidence.test_ingest import pdf, raw_pdf, word

GOOD = Seen(
    kind="soc2_type2_report",
    issuer="Alder & Quist CPAs LLP",
    independent=True,
    vendor="Vera Vendor AB",
    assessor="Helen Marsh",
    issued_on=date(2026, 9, 14),
    pages=("Alder & Quist CPAs LLP\nIn our\nopinion, the controls operated.", "Helen Marsh, engagement partner"),
    making=Making(author="Alder & Quist", producer="Acrobat Distiller", created_on=date(2026, 9, 14)),
    like={"OTHER": 0.1},
)


def codes(seen: Seen) -> list[str]:
    return [reason.code for reason in reasons(seen)]


def test_nothing_is_said_of_a_good_document() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("changed", "making", "expected"),
    [
        ({}, {"signed": True, "saves": 2, "changed_after_signing": True}, "changed_after_signing"),
        ({}, {"saves": 3}, "saved_again"),
        ({}, {"producer": "Sejda 3.2"}, "editor"),
        ({}, {"made_with": "Canva"}, "editor"),
        ({}, {"author": "VERA VENDOR"}, "author"),
        ({}, {"created_on": date(2026, 12, 20)}, "days"),
        ({}, {"created_on": date(2026, 1, 20)}, "days"),
        ({"pages": ("Alder & Quist CPAs LLP, Helen Marsh",)}, {}, "opinion"),
        ({"assessor": "John Doe"}, {}, "assessor"),
        ({"issuer": "Oak LLP"}, {}, "issuer"),
        ({"facts_without_words": ("Certificate number",)}, {}, "words"),
        ({"like": {"OTHER": 0.8}}, {}, "like"),
    ],
)
def test_each_reason_is_given_alone(changed: dict[str, Any], making: dict[str, Any], expected: str) -> None:
    assert codes(replace(GOOD, making=replace(GOOD.making, **making), **changed)) == [expected]


@pytest.mark.parametrize(
    ("changed", "making"),
    [
        ({"independent": False, "issuer": "Alder & Quist CPAs LLP"}, {"author": "Vera Vendor AB"}),
        ({"kind": "validation_letter", "pages": ("Alder & Quist CPAs LLP, Helen Marsh",)}, {}),
        ({"pages": (), "facts_without_words": ("Scope",)}, {}),
        ({}, {"created_on": date(2000, 1, 1)}),  # a clock that was never set
        ({"issued_on": None}, {"created_on": date(2020, 1, 1)}),
    ],
)
def test_what_is_no_reason_is_not_given(changed: dict[str, Any], making: dict[str, Any]) -> None:
    assert codes(replace(GOOD, making=replace(GOOD.making, **making), **changed)) == []


def text(name: str) -> list[str]:
    return [
        f"The controls of {name} were examined over the period and operated effectively. " * 2,
        " ".join(f"Sample {number} of {chr(97 + number % 26) * 3} was inspected by the team" for number in range(60)),
    ]


def test_a_text_copied_for_another_company_is_recognised() -> None:
    one, other = sketch(text("Vera Vendor")), sketch(text("Olga Other"))
    assert alike(one, one) == 1
    assert alike(one, other) > 0.7
    assert (
        alike(one, sketch(["Entirely different words " + " ".join(f"w{chr(97 + n)}x" * 2 for n in range(26))] * 3))
        < 0.2
    )
    assert sketch(["too short"]) == ()
    assert alike((), one) == 0


def test_a_pdf_says_how_it_was_made() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setAuthor("Alder & Quist")
    canvas.setProducer("Sejda 3")
    canvas.drawString(72, 700, "x")
    canvas.save()
    made = making_of(out.getvalue(), "a.pdf")
    assert (made.author, made.producer, made.saves) == ("Alder & Quist", "Sejda 3", 1)
    assert made.created_on is not None
    assert (made.signed, made.changed_after_signing) == (False, False)
    assert making_of(out.getvalue() + b"\n% more\nstartxref\n0\n%%EOF\n", "a.pdf").saves == 2


def signed(*, more: bytes = b"") -> bytes:
    """Return a PDF with a signature field whose range covers what stands before MORE."""
    document = raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Annots [4 0 R] >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /Rect [0 0 0 0] /V 5 0 R /P 3 0 R >>",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 100 200 00000] /Contents <00> >>",
    )
    return document.replace(b"200 00000]", b"200 %05d]" % (len(document) - 200)) + more


def test_a_file_changed_after_signing_is_told_from_one_that_was_not() -> None:
    assert (making_of(signed(), "a.pdf").signed, making_of(signed(), "a.pdf").changed_after_signing) == (True, False)
    table = signed().index(b"xref\n0 ")
    assert making_of(signed(more=b"\n%% more\nstartxref\n%d\n%%%%EOF\n" % table), "a.pdf").changed_after_signing


def test_a_word_file_says_how_it_was_made() -> None:
    def build(document: Any) -> None:
        document.core_properties.author = "Vera Vendor"
        document.add_paragraph("x")

    assert making_of(word(build), "a.docx").author == "Vera Vendor"


@pytest.mark.parametrize("content", [b"", b"nothing", b"%PDF-1.7", b"PK\x03\x04 word/", pdf("x")[:400]])
def test_a_file_that_cannot_be_opened_says_nothing(content: bytes) -> None:
    assert making_of(content, "a") == Making()
