"""The vendor's documents are real files whose page n holds page n of the text."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
import yaml

from rfp.demo import documents, papers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    documents.write(folder)
    return folder


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def _source() -> dict[str, list[str]]:
    library = yaml.safe_load((papers.DATA / "vendor.yaml").read_text(encoding="utf-8"))
    return {entry["id"]: entry["pages"] for entry in library["evidence"]}


def test_every_evidence_item_has_a_file(folder: Path) -> None:
    assert {path.stem for path in folder.iterdir()} == set(_source())
    assert sorted({path.suffix for path in folder.iterdir()}) == [".docx", ".pdf"]


def test_files_are_the_same_each_time(folder: Path, tmp_path: Path) -> None:
    for path in documents.write(tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_pdf_pages_hold_the_text_of_their_page(folder: Path) -> None:
    source = _source()
    for path in sorted(folder.glob("*.pdf")):
        pdf = pypdfium2.PdfDocument(path.read_bytes())
        assert len(pdf) == len(source[path.stem])
        for number, text in enumerate(source[path.stem]):
            page = pdf[number]
            shown = page.get_textpage()
            missing = set(_words(text)) - set(_words(shown.get_text_bounded()))
            shown.close()
            page.close()
            assert not missing, f"{path.name} page {number + 1}"
        pdf.close()


def test_word_files_hold_the_text_and_break_between_pages(folder: Path) -> None:
    source = _source()
    for path in sorted(folder.glob("*.docx")):
        document = docx.Document(BytesIO(path.read_bytes()))
        shown = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
        assert not set(_words(" ".join(source[path.stem]))) - set(_words(" ".join(shown))), path.name
        breaks = [node for node in document.element.body.iter() if node.tag.endswith("}br")]
        assert len(breaks) == len(source[path.stem]) - 1, path.name


def test_labelled_lines_become_a_table() -> None:
    paper = next(paper for paper in papers.load() if paper.ref == "SOA-27001")
    facts = [block for block in paper.pages[1][1] if isinstance(block, papers.Facts)]
    assert facts[0].rows[1] == (
        "AI-1 Integrity of model weights",
        "signed artefacts, owner Head of Machine Learning, implemented.",
    )
