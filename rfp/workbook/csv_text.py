"""The text of a csv file, byte for byte: its encoding, its dialect, and where each field lies.

The standard csv module reads values but not places, so fields are found here by one pattern that follows its rules;
``csv_file`` checks the one against the other.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from rfp.workbook.errors import Damaged, TooLarge, UnsupportedFormat
from rfp.workbook.guard import LIMITS, Limits

DELIMITERS = ",;\t|"
SAMPLE = 200_000  # characters that decide the dialect
SAMPLE_RECORDS = 300
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the mark of utf-16-le, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HINT = re.compile(r"sep=(.)(?:\r\n|\r|\n|$)", re.I)


class Text(NamedTuple):
    """A decoded file. ``bom + text.encode(encoding)`` is the file again, byte for byte."""

    text: str
    encoding: str
    bom: bytes


class Dialect(NamedTuple):
    delimiter: str
    spaced: bool = False  # a blank follows the delimiter and belongs to no field
    hint: bool = False  # the first line only names the delimiter (sep=;)


class Field(NamedTuple):
    """A field as written: ``start`` to ``end`` is what an answer replaces, quotes included."""

    start: int
    end: int
    value: str
    quoted: bool


class Record(NamedTuple):
    fields: tuple[Field, ...]
    start: int
    end: int  # before the line end
    stop: int  # after it


def decode(content: bytes) -> Text:
    """Return the text of a file whose encoding its bytes tell.

    :raises UnsupportedFormat: if it is no text, or in an encoding that cannot be told
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return Text(_strict(content[len(bom) :], encoding), encoding, bom)
    wide = _wide(content)
    if wide:
        return Text(_strict(content, wide), wide, b"")
    try:
        return Text(_readable(content.decode("utf-8")), "utf-8", b"")
    except UnicodeDecodeError:
        return Text(_strict(content, "cp1252"), "cp1252", b"")


def _strict(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise _no_text() from problem
    return _readable(text)


def _readable(text: str) -> str:
    if "\x00" in text or len(_CONTROL.findall(text[:SAMPLE])) * 100 > len(text[:SAMPLE]):
        raise _no_text()
    return text


def _no_text() -> UnsupportedFormat:
    text = "This is no text file whose letters can be told."
    return UnsupportedFormat(text, "Save it as xlsx, or as csv in UTF-8, and upload that.")


def _wide(content: bytes) -> str:
    """Return the byte order of two-byte text without a mark: latin letters leave every second byte zero."""
    head = content[:2_000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(content) % 2 or max(even, odd) * 4 < len(head):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def dialect(text: str) -> Dialect | None:
    """Return the dialect under which the rows agree best on a width of two or more; None if none does."""
    hint = _HINT.match(text)
    if hint and not hint[1].isalnum():
        return Dialect(hint[1], hint=True)
    sample = text[:SAMPLE]
    found = [candidate for delimiter in DELIMITERS if (candidate := _best_of(sample, delimiter)) is not None]
    return max(found, key=lambda candidate: candidate[0])[1] if found else None


def single_column(text: str) -> Dialect | None:
    """Return a dialect under which every row is one field; None if there is none."""
    for delimiter in DELIMITERS:
        spoken = Dialect(delimiter)
        if all(len(record.fields) < 2 for record in scan(text, spoken)):
            return spoken
    return None


def _best_of(sample: str, delimiter: str) -> tuple[tuple[float, int], Dialect] | None:
    plain = _agreement(sample, Dialect(delimiter))
    if f'{delimiter} "' in sample:
        # A quote after a blank that is read as text splits the field at every delimiter inside it.
        spaced = _agreement(sample, Dialect(delimiter, spaced=True))
        if spaced is not None and (plain is None or spaced[0] >= plain[0]):
            return spaced, Dialect(delimiter, spaced=True)
    return (plain, Dialect(delimiter)) if plain is not None else None


def _agreement(text: str, candidate: Dialect) -> tuple[float, int] | None:
    """Return the share of rows that have the usual width, and that width."""
    widths: Counter[int] = Counter()
    try:
        for record in scan(text, candidate):
            widths[len(record.fields)] += any(field.value for field in record.fields)
            if widths.total() >= SAMPLE_RECORDS:
                break
    except (Damaged, TooLarge):
        if not widths:
            return None
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return None
    usual = max(wide, key=lambda width: (wide[width], width))
    share = wide[usual] / widths.total()
    return (round(share, 2), usual) if share >= 0.5 else None


def scan(text: str, spoken: Dialect, *, limits: Limits = LIMITS) -> Iterator[Record]:
    """Yield the records with the places of their fields, as the csv module would read them.

    :raises Damaged: if a quote is never closed
    :raises TooLarge: if a record or a field is over the limits
    """
    pattern = _pattern(spoken)
    at = 0
    number = 0
    while at < len(text):
        number += 1
        start = at
        fields: list[Field] = []
        while True:
            found = pattern.match(text, at)
            if found is None:
                raise Damaged(f"The quote that opens in row {number} is never closed.", "Close it or save it again.")
            fields.append(_field(found))
            if len(fields) > limits.columns:
                raise TooLarge(f"Row {number} has more than {limits.columns} columns.")
            if len(fields[-1].value) > limits.text:
                text_length = f"A cell of row {number} holds over {limits.text:,} characters"
                raise TooLarge(f"{text_length}, or a quote in it is never closed.")
            at = found.end()
            if found["stop"] != spoken.delimiter:
                break
        end = found.start("stop")
        # As the csv module has it, an empty line is a record without fields.
        yield Record(tuple(fields) if end > start else (), start, end, at)


def _field(found: re.Match[str]) -> Field:
    inner = found["quoted"]
    if inner is None:
        return Field(found.start("bare"), found.end("bare"), found["bare"], False)
    value = inner.replace('""', '"') + found["rest"]
    return Field(found.start("open"), found.end("rest"), value, True)


def _pattern(spoken: Dialect) -> re.Pattern[str]:
    delimiter = re.escape(spoken.delimiter)
    blanks = " *+" if spoken.spaced else ""
    # Possessive throughout: an unclosed quote fails at once and cannot be read as text instead.
    return re.compile(
        rf'{blanks}(?:(?P<open>")(?P<quoted>(?:[^"]|"")*+)"(?P<rest>[^{delimiter}\r\n]*+)'
        rf'|(?!")(?P<bare>[^{delimiter}\r\n]*+))'
        rf"(?P<stop>{delimiter}|\r\n|\r|\n|\Z)"
    )
