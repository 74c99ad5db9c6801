"""An answer as text that any file format can hold."""

from __future__ import annotations

import re

from rfp.workbook.errors import WriteRefused
from rfp.workbook.guard import LIMITS
from rfp.workbook.model import Write, address, show

# Control characters that XML cannot hold, lone surrogates, and the two code points that are no characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|\x85|\u2028|\u2029")


def clean(text: str) -> str:
    """Return the text with line breaks as line feeds and without characters that no file can hold."""
    return _UNWRITABLE.sub("", _BREAKS.sub("\n", text))


def as_text(write: Write) -> str:
    """Return the value of a write as the text to put into a cell; empty clears it.

    :raises WriteRefused: if it is longer than a cell may be
    """
    if write.value is None:
        return ""
    text = clean(write.value) if isinstance(write.value, str) else show(write.value)
    if len(text) > LIMITS.text:
        place = f"{write.sheet}!{address(write.row, write.column)}"
        raise WriteRefused(f"The answer for {place} has {len(text):,} characters; {LIMITS.text:,} fit in a cell.")
    return text
