"""Read evidence files in a process of their own, so that a hostile one harms nothing else.

Threats: a parser that crashes, loops, or takes all memory; a file that makes it write, connect or run something. The
parser runs in a fresh process (not a fork: workers may not have children of that kind) with an empty environment and
hard limits; it answers over a pipe, and the parent reads no more than it asked for.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread, Timer
from typing import IO

from evidence.ingest.limits import FRAME, PAGES, TEXT, UPLOAD, WALL_SECONDS
from evidence.ingest.types import Document, IngestRefused, Problem

_PROJECT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-B", "-s", "-m", "evidence.ingest.child")
_KINDS = {"pdf": b"p", "docx": b"w"}
_BATCH = 50_000_000  # bytes of files that share a process
_LINE = 6 * TEXT + 4 * PAGES + 1_000  # an escaped character takes up to six
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_STARTS_WITHIN = 1_024  # readers allow bytes before the header


def read(content: bytes, name: str) -> Document:
    """Return the text of a PDF or Word file by page; what it is, is told by its content.

    :raises IngestRefused: if its text cannot be read; the text says what to do
    """
    kind = _kind(content, name)
    (outcome,) = _run([(kind, content)])
    if isinstance(outcome, IngestRefused):
        raise outcome
    return Document(pages=tuple(outcome), kind=kind)


def read_many(files: Sequence[tuple[bytes, str]]) -> list[Document | IngestRefused]:
    """Read several files in as few processes as their size allows; each is read or refused by itself.

    A file that ends its process is read again alone; those after it go on in a new one.
    """
    found: dict[int, Document | IngestRefused] = {}
    waiting: list[tuple[int, str, bytes]] = []
    for number, (content, name) in enumerate(files):
        try:
            waiting.append((number, _kind(content, name), content))
        except IngestRefused as refused:
            found[number] = refused
    while waiting:
        batch = _first(waiting)
        outcomes = _run([(kind, content) for _, kind, content in batch])
        if len(batch) > 1 and isinstance(outcomes[-1], IngestRefused) and outcomes[-1].code is Problem.UNSAFE:
            (outcomes[-1],) = _run([batch[len(outcomes) - 1][1:]])
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


def _kind(content: bytes, name: str) -> str:
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


def _settled(kind: str, outcome: list[str] | IngestRefused) -> Document | IngestRefused:
    return outcome if isinstance(outcome, IngestRefused) else Document(pages=tuple(outcome), kind=kind)


def _run(files: Sequence[tuple[str, bytes]]) -> list[list[str] | IngestRefused]:
    """Return the outcomes in order; the last is a refusal if the process ended before all were read."""
    frames = [part for kind, content in files for part in (FRAME.pack(_KINDS[kind], len(content)), content)]
    outcomes: list[list[str] | IngestRefused] = []
    with subprocess.Popen(  # noqa: S603  # the command is fixed; the file comes on stdin
        _COMMAND,
        cwd=_PROJECT,
        env={},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        feeder = Thread(target=_feed, args=(child.stdin, frames))
        clock = Timer(WALL_SECONDS, child.kill)
        feeder.start()
        clock.start()
        try:
            while len(outcomes) < len(files) and (line := child.stdout.readline(_LINE)).endswith(b"\n"):
                outcomes.append(_understood(line))
            if len(outcomes) < len(files):
                child.wait()
        finally:
            clock.cancel()
            child.kill()
            feeder.join()
    if len(outcomes) < len(files):
        outcomes.append(_why(child.returncode))
    return outcomes


def _feed(pipe: IO[bytes], frames: Sequence[bytes]) -> None:
    try:
        with pipe:
            for frame in frames:
                pipe.write(frame)
    except BrokenPipeError:
        # The process ended early; its exit code tells why.
        return


def _understood(line: bytes) -> list[str] | IngestRefused:
    said = json.loads(line)
    if "code" in said:
        return IngestRefused(Problem(said["code"]), said["problem"], said["advice"])
    return [str(page) for page in said["pages"]]


def _why(code: int) -> IngestRefused:
    slow = code in (-signal.SIGXCPU, -signal.SIGKILL)
    problem = "takes longer to read than is allowed" if slow else "makes its reader fail"
    return IngestRefused(Problem.UNSAFE, f"The document {problem}.", "Export it again as a plain PDF and upload that.")
