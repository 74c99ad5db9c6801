"""Text as any file format and any database can hold it: what is read from a cell, and what is written into one."""

from __future__ import annotations

import re

from rfp.workbook.errors import WriteRefused
from rfp.workbook.guard import LIMITS
from rfp.workbook.model import Write, address, show

# Control characters, and the two code points that are no characters.
_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|\x85|\u2028|\u2029")


def clean(text: str) -> str:
    """Return the text with line breaks as line feeds and without control characters other than these and tabs.

    Two halves of a character become that character; one that stands alone becomes the sign for what cannot be shown.
    """
    if text.isprintable():
        return text
    text = _DROPPED.sub("", _BREAKS.sub("\n", text))
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def as_text(write: Write) -> str:
    """Return the value of a write as the text to put into a cell; empty clears it.

    :raises WriteRefused: if it is longer than a cell may be
    """
    if write.value is None:
        return ""
    text = clean(write.value) if isinstance(write.value, str) else show(write.value)
    if len(text) > LIMITS.text:
        place = f"{write.sheet}!{address(write.row, write.column)}"
        said = f"The answer for {place} has {len(text):,} characters; {LIMITS.text:,} fit in a cell."
        raise WriteRefused(said, place=write.place)
    return text
