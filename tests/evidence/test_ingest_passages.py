"""Passages of a document, and the quote that carries a claim."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.ingest.passages import LONG, SHORT, find_quote, passages, sentences
from evidence.ingest.types import Document

CERTIFICATE = (
    "Northwind Certification\n"
    "Certificate no. NC 42-0118\n"
    "This certifies that the management system for artificial intelligence of Acme AB,\n"
    "Main Street 5, conforms to ISO/IEC 42001:2023. It was audited by Dr. Ada Lovelace.\n"
    "Valid until: 17 May 2029\n"
)
REPORT = (
    "Results\nOf 412 attempts at prompt injection 3 were successful. All three were fixed in release 4.2 and\n"
    "tested again on 3 June 2026. No finding of high severity is open.\n"
    "• Jailbreaks: none of 90 succeeded\n• Leaks of training data: none found\n"
)
DOCUMENT = Document(pages=(CERTIFICATE, "", REPORT), kind="pdf")


def test_lines_of_a_paragraph_join_and_what_stands_alone_stays_alone() -> None:
    assert sentences(CERTIFICATE) == (
        "Northwind Certification",
        "Certificate no. NC 42-0118",
        "This certifies that the management system for artificial intelligence of Acme AB, Main Street 5,"
        " conforms to ISO/IEC 42001:2023.",
        "It was audited by Dr. Ada Lovelace.",
        "Valid until: 17 May 2029",
    )
    assert sentences(REPORT)[-2:] == ("• Jailbreaks: none of 90 succeeded", "• Leaks of training data: none found")


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("valid until 17 May 2029", (1, "Valid until: 17 May 2029")),
        ("NC 42–0118", (1, "Certificate no. NC 42-0118")),
        ("INTELLIGENCE  of\nAcme AB, Main Street 5", (1, sentences(CERTIFICATE)[2])),
        ("3 successful prompt injections in 412 attempts", (3, sentences(REPORT)[1])),
        ("no open finding of high severity", (3, "No finding of high severity is open.")),
        ("the certificate covers quantum encryption in Norway", None),
        ("42", (1, None)),
        ("", None),
        ("  \n", None),
    ],
)
def test_the_quote_for_a_claim(claim: str, expected: tuple[int, str | None] | None) -> None:
    found = find_quote(DOCUMENT, claim)
    if expected is None or expected[1] is not None:
        assert found == expected
    else:
        assert found is not None
        assert found[0] == expected[0]


def test_a_number_is_found_whole_or_not_at_all() -> None:
    assert find_quote(Document(pages=("Issued in 2012. Build 120.",), kind="pdf"), "12") is None


def test_a_sentence_keeps_its_closing_marks() -> None:
    assert sentences('It says "yes." (Always.) Then it ends.') == ('It says "yes."', "(Always.)", "Then it ends.")


def test_ligatures_and_soft_hyphens_do_not_hide_a_quote() -> None:
    document = Document(pages=("The certi\ufb01cate covers infor\u00admation secu\u00ad\nrity.",), kind="pdf")
    assert find_quote(document, "certificate covers information") is not None


def test_ties_go_to_the_earlier_page() -> None:
    document = Document(pages=("Backups are tested yearly.", "Backups are tested yearly."), kind="docx")
    assert find_quote(document, "backups tested yearly") == (1, "Backups are tested yearly.")


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=400)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=4), st.integers(5, 30))
def test_passages_hold_every_word_in_order_and_keep_to_their_page(pages: list[list[str]], line: int) -> None:
    texts = tuple("\n".join(" ".join(p[at : at + line]) + "." for at in range(0, len(p), line)) for p in pages)
    found = passages(Document(pages=texts, kind="pdf"))
    for number, text in enumerate(texts, start=1):
        own = [passage.text for passage in found if passage.page == number]
        assert " ".join(own).split() == text.split()
        assert all(len(passage.split()) <= LONG for passage in own)
        if len(text.split()) >= 2 * LONG:
            assert sum(len(passage.split()) >= SHORT for passage in own) >= len(own) - 1


ACCENTED = st.text(st.sampled_from("ae\u0301\u0327é\u00adﬁ ß\n.A’-–"), max_size=60)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | ACCENTED, st.text(max_size=40) | ACCENTED.map(lambda text: text[:5]))
def test_any_text_can_be_searched(page: str, claim: str) -> None:
    found = find_quote(Document(pages=(page,), kind="pdf"), claim)
    assert found is None or found[0] == 1
