"""On which page each piece of the report falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper with its margins, in twentieths of a point."""

    width: int
    height: int
    top: int
    bottom: int
    side: int

    @property
    def text_width(self) -> int:
        return self.width - 2 * self.side

    @property
    def text_height(self) -> float:
        """The height between the margins in points."""
        return (self.height - self.top - self.bottom) / 20


PORTRAIT = Sheet(width=11906, height=16838, top=1247, bottom=1134, side=1134)
LANDSCAPE = Sheet(width=16838, height=11906, top=1077, bottom=850, side=850)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is never split: a paragraph or a row, in points.

    ``before`` is the part of the height that is left out at the top of a page, ``head`` the height of the table head
    that a new page repeats.
    """

    height: float
    before: float = 0.0
    keeps_next: bool = False
    head: float = 0.0
    starts_page: bool = False


def place(pieces: Sequence[Piece], *, height: float, first_page: int) -> list[int]:
    """Return the page of each piece, on pages of HEIGHT points, the first of which has the number FIRST_PAGE."""
    pages: list[int] = []
    page, filled = first_page, 0.0
    for group in _kept_together(pieces):
        total = sum(piece.height for piece in group)
        if filled > 0 and (group[0].starts_page or filled + total > height >= total):
            page, filled = page + 1, _top(group[0])
        for piece in group:
            if filled > 0 and filled + piece.height > height:
                page, filled = page + 1, _top(piece)
            pages.append(page)
            filled += piece.height
            while filled > height:  # taller than a page
                page, filled = page + 1, filled - height
    return pages


def _top(piece: Piece) -> float:
    """Return where a piece begins on a new page: below the head of its table, or higher by the distance left out."""
    return piece.head - piece.before


def _kept_together(pieces: Sequence[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    open_group = False
    for piece in pieces:
        if open_group:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        open_group = piece.keeps_next
    return groups
