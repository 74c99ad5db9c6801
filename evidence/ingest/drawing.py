"""Pictures of pages: a PDF's page as it looks, a Word file's as its text set out to be read."""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

from evidence.ingest.cage import run
from evidence.ingest.limits import QUOTE
from evidence.ingest.reading import kind_of, read
from evidence.ingest.textpage import set_out
from evidence.ingest.types import IngestRefused, Problem


class Picture(NamedTuple):
    content: bytes
    kind: str  # png or svg


def draw(content: bytes, name: str, *, page: int, width: int, quote: str = "") -> Picture:
    """Return a page of a PDF or Word file as a picture of about that width, with the quote marked where it stands.

    :raises IngestRefused: if the file has no such page, or it cannot be drawn; the text says what to do
    """
    if kind_of(content, name) == "docx":
        pages = read(content, name).pages
        if not 1 <= page <= len(pages):
            raise IngestRefused(Problem.NO_PAGE, f"The document has no page {page}.", "Choose another page.")
        return Picture(set_out(pages[page - 1], quote=quote[:QUOTE], width=width).encode(), "svg")
    wanted = json.dumps({"page": page, "width": width, "quote": quote[:QUOTE]}).encode()
    (outcome,) = run([(b"i", wanted + b"\n" + content)])
    if isinstance(outcome, IngestRefused):
        raise outcome
    return Picture(base64.b64decode(outcome["png"]), "png")
