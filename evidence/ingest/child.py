"""The process that parses: ``python -m evidence.ingest.child``, files in on stdin, one line of JSON per file out.

Each file comes after its kind and its length. The process is capped before the parsers are
imported. What a parser prints goes to stderr, so that it cannot speak in the protocol's place.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from evidence.ingest.limits import FRAME, TEXT, lock_down
from evidence.ingest.types import IngestRefused, Problem

PARSERS = {b"p": "evidence.ingest.pdf", b"w": "evidence.ingest.word"}


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    lock_down()
    parsers = {kind: importlib.import_module(name).pages for kind, name in PARSERS.items()}
    while head := sys.stdin.buffer.read(FRAME.size):
        kind, length = FRAME.unpack(head)
        answers.write(_answer(parsers[kind], sys.stdin.buffer, length) + "\n")
        answers.flush()


def _answer(parse: Callable[[bytes], list[str]], source: BinaryIO, length: int) -> str:
    try:
        pages = parse(source.read(length))
        if sum(map(len, pages)) > TEXT:
            raise IngestRefused(Problem.TOO_LARGE, "The document holds more text than is read.", "Split it.")
        if sum(len(page.split()) for page in pages) == 0:
            text = "The document has no text: it is scanned, or empty."
            raise IngestRefused(Problem.SCANNED, text, "Its text must be entered, or recognised first (OCR).")
        return json.dumps({"pages": pages})
    except IngestRefused as refused:
        return json.dumps({"code": refused.code, "problem": refused.problem, "advice": refused.advice})
    except MemoryError:
        problem = "The document needs more memory than reading one may take."
        return json.dumps({"code": Problem.UNSAFE, "problem": problem, "advice": "Export it again as a plain PDF."})


if __name__ == "__main__":
    main()
