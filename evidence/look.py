"""What of a document is looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A page of the document with the words to mark on it."""

    page: int
    quote: str = ""

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1


def small_number(text: str) -> int | None:
    """Return the number of a page from an address, None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
