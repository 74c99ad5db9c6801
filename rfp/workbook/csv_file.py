"""Csv files in and out: one sheet, and a result that is the original byte for byte outside the answers.

Threats: a spreadsheet program runs a field that starts like a formula, so an answer that does gets an apostrophe in
front of it; an answer with delimiters, quotes or line breaks in it would spill over into other fields, so it is
quoted, and the result is read back field by field.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from rfp.workbook.csv_text import Dialect, Field, Record, Text, decode, dialect, scan, single_column
from rfp.workbook.errors import Damaged, FidelityBroken, TooLarge, UnsupportedFormat, WriteRefused
from rfp.workbook.guard import LIMITS, Limits, check_size
from rfp.workbook.model import Book, Cell, Fidelity, FileFormat, Sheet, Write, address
from rfp.workbook.plain_text import as_text, clean

SHEET = "Table"
# A full-width sign counts: spreadsheet programs of East Asian languages read it as the plain one.
RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NAMES = (".csv", ".tsv", ".tab")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A csv file with the place of every field."""

    source: Text
    dialect: Dialect
    records: tuple[Record, ...]

    def value(self, row: int, column: int) -> str | None:
        """Return a field's value, rows and columns from 1; None where the file has no such field."""
        fields = self.records[row - 1].fields if 0 < row <= len(self.records) else ()
        return fields[column - 1].value if 0 < column <= len(fields) else None


def read(content: bytes, name: str = "") -> Book:
    """Return the file as a book with one sheet; empty fields are not stored.

    :raises WorkbookRefused: if it is over a limit, damaged, or no table
    """
    table = parse(content, name)
    rows: dict[int, dict[int, Cell]] = {}
    for number, record in enumerate(table.records, start=1):
        if number == 1 and table.dialect.hint:
            continue
        stored = {c: Cell(clean(field.value)) for c, field in enumerate(record.fields, start=1) if field.value.strip()}
        if stored:
            rows[number] = stored
    notes: tuple[str, ...] = ()
    if table.source.encoding == "cp1252":
        notes = ("The file does not say how its letters are encoded; it is read as Windows-1252 (Western European).",)
    return Book(format=FileFormat.CSV, sheets=(Sheet(name=SHEET, rows=rows),), notes=notes)


def parse(content: bytes, name: str = "", *, spoken: Dialect | None = None, limits: Limits = LIMITS) -> Table:
    """Return the records of the file, under the dialect given or told; the csv module must read the same values.

    :raises WorkbookRefused: as ``read``
    """
    check_size(content, limits=limits)
    source = decode(content)
    spoken = spoken or dialect(source.text)
    if spoken is None and name.lower().endswith(_NAMES):
        spoken = single_column(source.text)
    if spoken is None:
        text = "This is text, but no table: its lines do not split into the same columns."
        raise UnsupportedFormat(text, "Upload xlsx, xlsm, ods, docx, or csv with one delimiter throughout.")
    records: list[Record] = []
    cells = 0
    for record in scan(source.text, spoken, limits=limits):
        records.append(record)
        cells += len(record.fields)
        if len(records) > limits.rows:
            raise TooLarge(f"The table has more than {limits.rows:,} rows.", "Remove what is no questionnaire.")
        if cells > limits.cells:
            raise TooLarge(f"The table has more than {limits.cells:,} cells.", "Remove what is no questionnaire.")
    table = Table(source=source, dialect=spoken, records=tuple(records))
    _check_by_module(table)
    return table


def _check_by_module(table: Table) -> None:
    """Compare with the standard reader: answers go where that one will look for them."""
    reader = csv.reader(
        io.StringIO(table.source.text, newline=""),
        delimiter=table.dialect.delimiter,
        skipinitialspace=table.dialect.spaced,
    )
    for number, (record, values) in enumerate(zip_longest(table.records, reader), start=1):
        if record is None or values is None or [field.value for field in record.fields] != values:
            raise Damaged(f"Row {number} is quoted in a way that programs read differently.", "Save it again as csv.")


def fill(content: bytes, book: Book, writes: Sequence[Write]) -> tuple[bytes, Fidelity]:
    """Return the file with the fields of WRITES replaced, and the proof that nothing else changed.

    :raises WriteRefused: if a target is not in the table or named twice, or an answer is too long
    :raises FidelityBroken: if the result differs from the original elsewhere, or an answer does not read back
    """
    table = parse(content, _NAMES[0])
    texts = _texts(table, book, writes)
    width = _common_width(table)
    wider = max((column for _, column in texts), default=0)
    fill_up = wider if width is not None and wider > width else 0
    quote_all = _quotes_everything(table)
    text = _spliced(table, texts, fill_up=fill_up, quote_all=quote_all)
    target, effects = _recoded(table.source, text)
    result = target.bom + text.encode(target.encoding)
    if texts:
        _check(table, result, texts, fill_up=fill_up)
    effects += _effects(texts, table, fill_up=fill_up)
    return result, Fidelity(
        parts=1,
        parts_identical=int(result == content),
        cells_written=len(texts),
        cells_other_changed=0,
        side_effects=effects,
    )


def neutral(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet program could take it for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _texts(table: Table, book: Book, writes: Sequence[Write]) -> dict[tuple[int, int], str]:
    names = {sheet.name for sheet in book.sheets}
    texts: dict[tuple[int, int], str] = {}
    for write in writes:
        place = f"{write.sheet}!{address(write.row, write.column)}"
        if write.sheet not in names or not 0 < write.row <= len(table.records):
            text = f"There is no row {write.row} in the table for the answer at {place}."
            raise WriteRefused(text, place=write.place)
        if not 0 < write.column <= LIMITS.columns:
            text = f"The answer at {place} lies outside the {LIMITS.columns} columns of a table."
            raise WriteRefused(text, place=write.place)
        if (write.row, write.column) in texts:
            raise WriteRefused(f"Two answers are meant for {place}.", place=write.place)
        text = as_text(write)
        texts[write.row, write.column] = neutral(text) if isinstance(write.value, str) else text
    return texts


def _common_width(table: Table) -> int | None:
    """Return the width all rows share; None if they differ."""
    start = 1 if table.dialect.hint else 0
    widths = {len(record.fields) for record in table.records[start:] if record.fields}
    return widths.pop() if len(widths) == 1 else None


def _quotes_everything(table: Table) -> bool:
    filled = [field.quoted for record in table.records for field in record.fields if field.value]
    return sum(filled) * 10 >= len(filled) * 9


def _spliced(table: Table, texts: Mapping[tuple[int, int], str], *, fill_up: int, quote_all: bool) -> str:
    source = table.source.text
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        by_row.setdefault(row, {})[column] = text
    written = partial(_written, delimiter=table.dialect.delimiter, quote_all=quote_all)
    pieces: list[str] = []
    at = 0
    for number, record in enumerate(table.records, start=1):
        own = by_row.get(number, {})
        for column in sorted(column for column in own if column <= len(record.fields)):
            field = record.fields[column - 1]
            pieces += (source[at : field.start], written(own[column], field=field))
            at = field.end
        pieces.append(source[at : record.end])
        at = record.end
        last = max(max(own, default=0), fill_up if record.fields else 0)
        for column in range(len(record.fields) + 1, last + 1):
            pieces += (table.dialect.delimiter if column > 1 else "", written(own.get(column, ""), field=None))
    pieces.append(source[at:])
    return "".join(pieces)


def _written(text: str, *, field: Field | None, delimiter: str, quote_all: bool) -> str:
    needs = any(sign in text for sign in (delimiter, '"', "\r", "\n")) or text != text.strip()
    if needs or quote_all or (field is not None and field.quoted):
        return '"' + text.replace('"', '""') + '"'
    return text


def _recoded(source: Text, text: str) -> tuple[Text, tuple[str, ...]]:
    """Return the encoding to write in; one that lacks a letter of the answers gives way to UTF-8."""
    try:
        text.encode(source.encoding)
    except UnicodeEncodeError as problem:
        letter = text[problem.start]
        effect = f"The file was in Windows-1252, which has no {letter!r}: it is now in UTF-8 with a byte order mark."
        return Text(text, "utf-8", b"\xef\xbb\xbf"), (effect,)
    if source.encoding == "utf-8" and not source.bom and source.text.isascii() and not text.isascii():
        effect = "The file held plain ASCII letters only: with the answers it is UTF-8, without a byte order mark."
        return source, (effect,)
    return source, ()


def _effects(texts: Mapping[tuple[int, int], str], table: Table, *, fill_up: int) -> tuple[str, ...]:
    effects = []
    marked = sum(1 for text in texts.values() if text[:1] == "'" and text[1:].startswith(RISKY))
    if marked:
        what = "1 answer begins" if marked == 1 else f"{marked} answers begin"
        effects.append(f"{what} like a formula and got an apostrophe in front, so that no program runs it.")
    if fill_up:
        added = fill_up - (_common_width(table) or 0)
        what = "an empty field" if added == 1 else f"up to {added} empty fields"
        effects.append(f"Rows without an answer in the added columns got {what}, so that all rows stay equally wide.")
    return tuple(effects)


def _check(before: Table, result: bytes, texts: Mapping[tuple[int, int], str], *, fill_up: int) -> None:
    """Read the result and compare it field by field with the original."""
    after = parse(result, spoken=before.dialect)
    old, new = before.source.text, after.source.text
    problems = []
    if len(after.records) != len(before.records):
        problems.append("The result has other rows than the original.")
    for row, (was, now) in enumerate(zip(before.records, after.records, strict=False), start=1):
        if old[was.end : was.stop] != new[now.end : now.stop]:
            problems.append(f"The line end of row {row} changed.")
        for column in range(1, max(len(was.fields), len(now.fields)) + 1):
            if (row, column) in texts:
                continue
            kept = _raw(old, was, column)
            came = _raw(new, now, column)
            if kept != came and not (kept is None and came in ("", '""')):
                problems.append(f"The field {address(row, column)} changed.")
    problems += [
        f"The answer at {address(row, column)} does not read back."
        for (row, column), text in texts.items()
        if (after.value(row, column) or "") != text
    ]
    if problems:
        raise FidelityBroken(problems[0], f"{len(problems)} differences in all; the file is not handed out.")


def _raw(text: str, record: Record, column: int) -> str | None:
    if column > len(record.fields):
        return None
    field = record.fields[column - 1]
    return text[field.start : field.end]
