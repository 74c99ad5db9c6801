"""Ask the spreadsheet program to calculate again when the workbook is opened: stored results became old."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from rfp.workbook.xlsx.parsing import SPACE, run
from rfp.workbook.xlsx.patch_places import Tag, attribute_spans, attribute_value, tag_at

# What follows calcPr in a workbook part, by the schema's order.
_BEHIND = (
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
FLAG = b' fullCalcOnLoad="1"'


def recalculate_on_load(data: bytes, part: str) -> bytes:
    """Return the workbook part with the flag set; the same bytes if it was set.

    :raises Damaged: if it is no well-formed workbook part
    """
    places = _Places(data, part)
    if places.calculation is None:
        at = places.behind
        return data[:at] + b"<%bcalcPr%b/>" % (places.prefix, FLAG) + data[at:]
    tag = places.calculation
    span = attribute_spans(data, tag).get(b"fullCalcOnLoad")
    if span is None:
        at = tag.start + 1 + len(tag.name)
        return data[:at] + FLAG + data[at:]
    if attribute_value(data, span) in (b"1", b"true"):
        return data
    return data[: span[0]] + FLAG + data[span[1] :]


class _Places:
    """Where the calculation settings of a workbook part lie, or would lie."""

    def __init__(self, data: bytes, part: str) -> None:
        self.calculation: Tag | None = None
        self.behind = 0
        self.prefix = b""
        self._data = data
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=SPACE)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        run(self._parser, data, part)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        at = self._parser.CurrentByteIndex
        if self._depth == 1:
            self.prefix = tag_at(self._data, at).prefix
        elif self._depth == 2:
            local = name.rpartition(SPACE)[2]
            if local == "calcPr":
                self.calculation = tag_at(self._data, at)
            elif local in _BEHIND and not self.behind:
                self.behind = at

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._depth == 0 and not self.behind:
            self.behind = self._parser.CurrentByteIndex
