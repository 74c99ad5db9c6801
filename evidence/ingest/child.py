"""The process that works on files: ``python -m evidence.ingest.child``, files in on stdin, a line of JSON out for each.

Each file comes after the letter of what to do with it and its length. The process is capped before the parsers are
imported. What a parser prints goes to stderr, so that it cannot speak in the protocol's place.
"""

from __future__ import annotations

import base64
import importlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from evidence.ingest.limits import FRAME, PICTURE, TEXT, lock_down
from evidence.ingest.types import IngestRefused, Problem

Answer = Mapping[str, Any]
PARSERS = {b"p": "evidence.ingest.pdf", b"w": "evidence.ingest.word"}


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    lock_down()
    tasks = _tasks()
    while head := sys.stdin.buffer.read(FRAME.size):
        task, length = FRAME.unpack(head)
        answers.write(_answer(tasks[task], sys.stdin.buffer.read(length)) + "\n")
        answers.flush()


def _tasks() -> Mapping[bytes, Callable[[bytes], Answer]]:
    parsers = {letter: importlib.import_module(name).pages for letter, name in PARSERS.items()}
    traits = importlib.import_module("evidence.ingest.traits")
    draw = importlib.import_module("evidence.ingest.picture").draw
    return {
        b"p": lambda content: _pages(parsers[b"p"], content),
        b"w": lambda content: _pages(parsers[b"w"], content),
        b"t": traits.of_pdf,
        b"u": traits.of_word,
        b"i": lambda content: _picture(draw, content),
    }


def _pages(parse: Callable[[bytes], list[str]], content: bytes) -> Answer:
    pages = parse(content)
    if sum(map(len, pages)) > TEXT:
        raise IngestRefused(Problem.TOO_LARGE, "The document holds more text than is read.", "Split it.")
    if sum(len(page.split()) for page in pages) == 0:
        text = "The document has no text: it is scanned, or empty."
        raise IngestRefused(Problem.SCANNED, text, "Its text must be entered, or recognised first (OCR).")
    return {"pages": pages}


def _picture(draw: Callable[..., bytes], content: bytes) -> Answer:
    """Draw a page; what to draw stands in a line of JSON before the document."""
    wanted, _, document = content.partition(b"\n")
    picture = draw(document, **json.loads(wanted))
    if len(picture) > PICTURE:
        text = "The picture of the page would be larger than is sent."
        raise IngestRefused(Problem.TOO_LARGE, text, "Open the document itself.")
    return {"png": base64.b64encode(picture).decode("ascii")}


def _answer(work: Callable[[bytes], Answer], content: bytes) -> str:
    try:
        return json.dumps(work(content))
    except IngestRefused as refused:
        return json.dumps({"code": refused.code, "problem": refused.problem, "advice": refused.advice})
    except MemoryError:
        problem = "The document needs more memory than reading one may take."
        return json.dumps({"code": Problem.UNSAFE, "problem": problem, "advice": "Export it again as a plain PDF."})


if __name__ == "__main__":
    main()
