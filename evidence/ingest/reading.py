"""Read the text of evidence files, each by the parser of its kind in the caged process."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.ingest.cage import Said, run
from evidence.ingest.limits import UPLOAD
from evidence.ingest.types import Document, IngestRefused, Problem

_KINDS = {"pdf": b"p", "docx": b"w"}
_BATCH = 50_000_000  # bytes of files that share a process
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_STARTS_WITHIN = 1_024  # readers allow bytes before the header


def read(content: bytes, name: str) -> Document:
    """Return the text of a PDF or Word file by page; what it is, is told by its content.

    :raises IngestRefused: if its text cannot be read; the text says what to do
    """
    kind = kind_of(content, name)
    (outcome,) = run([(_KINDS[kind], content)])
    document = _settled(kind, outcome)
    if isinstance(document, IngestRefused):
        raise document
    return document


def read_many(files: Sequence[tuple[bytes, str]]) -> list[Document | IngestRefused]:
    """Read several files in as few processes as their size allows; each is read or refused by itself.

    A file that ends its process is read again alone; those after it go on in a new one.
    """
    found: dict[int, Document | IngestRefused] = {}
    waiting: list[tuple[int, str, bytes]] = []
    for number, (content, name) in enumerate(files):
        try:
            waiting.append((number, kind_of(content, name), content))
        except IngestRefused as refused:
            found[number] = refused
    while waiting:
        batch = _first(waiting)
        outcomes = run([(_KINDS[kind], content) for _, kind, content in batch])
        if len(batch) > 1 and isinstance(outcomes[-1], IngestRefused) and outcomes[-1].code is Problem.UNSAFE:
            _, kind, content = batch[len(outcomes) - 1]
            (outcomes[-1],) = run([(_KINDS[kind], content)])
        for (number, kind, _), outcome in zip(batch, outcomes, strict=False):
            found[number] = _settled(kind, outcome)
        waiting = waiting[len(outcomes) :]
    return [found[number] for number in range(len(files))]


def _first(waiting: Sequence[tuple[int, str, bytes]]) -> list[tuple[int, str, bytes]]:
    batch = [waiting[0]]
    size = len(waiting[0][2])
    for item in waiting[1:]:
        size += len(item[2])
        if size > _BATCH:
            break
        batch.append(item)
    return batch


def kind_of(content: bytes, name: str) -> str:
    """Tell by its content whether a file is a PDF or a Word file.

    :raises IngestRefused: if it is neither, or too large
    """
    if len(content) > UPLOAD:
        text = f"{name} has {len(content) / 1e6:.1f} MB; {UPLOAD // 1_000_000} MB are read."
        raise IngestRefused(Problem.TOO_LARGE, text, "Make it smaller and upload it again.")
    if b"%PDF-" in content[:_PDF_STARTS_WITHIN]:
        return "pdf"
    if content.startswith(b"PK\x03\x04") and b"word/" in content:
        return "docx"
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            text = f"{name} is protected by a password."
            raise IngestRefused(Problem.ENCRYPTED, text, "Save a copy without password and upload that.")
        text = f"{name} is an old Office file."
        raise IngestRefused(Problem.UNSUPPORTED, text, "Save it as docx or PDF and upload that.")
    text = f"{name} is neither a PDF nor a Word file (docx)."
    raise IngestRefused(Problem.UNSUPPORTED, text, "Export it as PDF and upload that.")


def _settled(kind: str, outcome: Said | IngestRefused) -> Document | IngestRefused:
    if isinstance(outcome, IngestRefused):
        return outcome
    return Document(pages=tuple(str(page) for page in outcome["pages"]), kind=kind)
