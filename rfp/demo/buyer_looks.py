"""The cell formats of the buyer's workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NAVY, PALE, LINE = "#1F3A5F", "#E8EEF5", "#B7C3D0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    title: Any
    head: Any
    section: Any
    text: Any
    quiet: Any
    answer: Any
    number: Any
    date: Any
    plain: Any
    percent: Any

    @classmethod
    def of(cls, book: Any) -> Looks:
        """Return the formats, registered in BOOK."""
        box = {"border": 1, "border_color": LINE, "valign": "top", "text_wrap": True}
        fill = {"bg_color": "#FFFBE6", "locked": False}
        return cls(
            title=book.add_format({"bold": True, "font_size": 18, "font_color": NAVY, "valign": "vcenter"}),
            head=book.add_format({**box, "bold": True, "bg_color": NAVY, "font_color": "#FFFFFF", "valign": "vcenter"}),
            section=book.add_format({**box, "bold": True, "bg_color": PALE, "font_color": NAVY, "font_size": 12}),
            text=book.add_format(box),
            quiet=book.add_format({**box, "italic": True, "font_color": "#5B6673", "font_size": 9}),
            answer=book.add_format({**box, **fill}),
            number=book.add_format({**box, "align": "center"}),
            date=book.add_format({**box, **fill, "num_format": "dd mmm yyyy", "align": "left"}),
            plain=book.add_format({"text_wrap": True, "valign": "top"}),
            percent=book.add_format({**box, "num_format": "0%"}),
        )


def tall(text: str, width: int) -> float:
    """Return the height of a row whose text wraps in a column of WIDTH characters."""
    return 16.0 + 14.0 * ((len(text) - 1) // (width - 4))
