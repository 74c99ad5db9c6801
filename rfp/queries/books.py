"""A buyer's file as read, kept a while: pages that draw it ask for it with every click."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from evidence import storage
from rfp.models import Questionnaire
from rfp.workbook.detect import detect
from rfp.workbook.model import Book, Layout
from rfp.workbook.reader import read

KEPT = 4  # files; a large one takes some 60 MiB


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBook:
    """Nobody changes a book that was read, so it is shared between requests."""

    book: Book
    detected: Layout


def book_of(questionnaire: Questionnaire) -> ReadBook:
    """Return the buyer's file with what is detected in it.

    :raises FileMissing: if the store lost it
    :raises WorkbookRefused: if it cannot be read
    """
    return _read(questionnaire.file.sha256, questionnaire.file_name)


# By hash: what is kept can only be the same bytes. Whether someone may see them is decided before they are asked for.
@lru_cache(maxsize=KEPT)
def _read(sha256: str, name: str) -> ReadBook:
    book = read(storage.get(sha256), name)
    return ReadBook(book=book, detected=detect(book))
