"""An answer as the bytes of a cell."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from rfp.workbook.model import Scalar

LONGEST = 32_767  # characters a cell may hold, counted as Excel counts them
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_BUG_ENDS = datetime(1900, 3, 1)  # Excel counts a 29 February 1900 that never was


class Content(NamedTuple):
    """What a cell says: the attribute of its start tag that gives the type, and what stands inside it."""

    type: bytes
    body: bytes


def length(text: str) -> int:
    """Return the length as Excel counts it: characters beyond the basic plane are two."""
    return len(text) + sum(1 for character in text if character > "\uffff") if not text.isascii() else len(text)


def content(value: Scalar, prefix: bytes, *, utf8: bool = True) -> Content:
    """Return VALUE as it stands in a cell whose tags carry PREFIX. Text goes in as text, whatever it begins with."""
    if isinstance(value, bool):
        return Content(b' t="b"', b"<%bv>%d</%bv>" % (prefix, value, prefix))
    if isinstance(value, str):
        escaped = _ESCAPE_LOOKALIKE.sub("_x005F_", value)
        escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = escaped.encode() if utf8 else escaped.encode("ascii", "xmlcharrefreplace")
        kept = b' xml:space="preserve"' if value != value.strip() or "\n" in value else b""
        return Content(
            b' t="inlineStr"', b"<%bis><%bt%b>%b</%bt></%bis>" % (prefix, prefix, kept, text, prefix, prefix)
        )
    return Content(b"", b"<%bv>%b</%bv>" % (prefix, repr(value).encode(), prefix))


def serial(text: str, *, date_1904: bool) -> int | float | None:
    """Return the serial number of an ISO date or date and time, None if TEXT is none or too early to have one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=None)
    if date_1904:
        passed = moment - _EPOCH_1904
    else:
        passed = moment - _EPOCH
        if moment < _LEAP_BUG_ENDS:
            passed -= timedelta(days=1)
    if passed < timedelta():
        return None
    days = passed / timedelta(days=1)
    return int(days) if days.is_integer() else days
