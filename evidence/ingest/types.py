"""What is read from an evidence file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text of a file by page; a page without text is an empty string, so that page numbers hold."""

    pages: tuple[str, ...]
    kind: str  # pdf or docx


class Problem(StrEnum):
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    SCANNED = "scanned"
    UNSUPPORTED = "unsupported_format"
    NO_PAGE = "no_page"
    UNSAFE = "unsafe"  # made its reader run out of time or memory, or crash


class IngestRefused(Exception):
    """A file whose text cannot be read: ``code`` is stable, the text says what is wrong and what to do."""

    def __init__(self, code: Problem, problem: str, advice: str) -> None:
        super().__init__(f"{problem} {advice}")
        self.code = code
        self.problem = problem
        self.advice = advice
