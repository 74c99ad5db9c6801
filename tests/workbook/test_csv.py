"""Csv files in and out: every byte that is no answer stays, and no answer becomes a formula."""

from __future__ import annotations

import csv
import io
import time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfp.workbook import csv_file
from rfp.workbook.csv_text import Dialect, decode, dialect, scan
from rfp.workbook.errors import Damaged, FidelityBroken, TooLarge, UnsupportedFormat, WriteRefused
from rfp.workbook.guard import Limits
from rfp.workbook.model import FileFormat, Write
from rfp.workbook.reader import read
from tests.conftest import SHARED

FORM = 'id;question;answer\r\n1;"Do you encrypt; always?";\r\n2;Who is «responsible»?;"old"\r\n'
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
FIELD = st.one_of(TEXT, st.sampled_from(['a"b', "a;b", "a,b", "x\ny", "x\r\ny", "", '"', '""', " padded "]))


def written(rows: list[list[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL, end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def write(row: int, column: int, value: str | int | None) -> Write:
    return Write(sheet=csv_file.SHEET, row=row, column=column, value=value)


def values(content: bytes) -> list[list[str]]:
    source = decode(content)
    spoken = dialect(source.text) or Dialect(",")
    return list(csv.reader(io.StringIO(source.text, newline=""), delimiter=spoken.delimiter))


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_told_by_content(encoding: str, bom: bytes, delimiter: str) -> None:
    text = written([["Question", "Answer"], ["Où sont les clés, ou; les|autres?", ""], ["Ça va?", "oui"]], delimiter)
    book = read(bom + text.encode(encoding), "form.csv")
    assert book.format is FileFormat.CSV
    assert [sheet.name for sheet in book.sheets] == [csv_file.SHEET]
    sheet = book.sheets[0]
    assert sheet.value(2, 1) == "Où sont les clés, ou; les|autres?"
    assert (sheet.value(1, 2), sheet.cell(2, 2), sheet.value(3, 2)) == ("Answer", None, "oui")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(FIELD, min_size=1, max_size=5), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_the_scanner_reads_what_the_csv_module_reads(
    rows: list[list[str]], delimiter: str, quoting: int, end: str
) -> None:
    text = written(rows, delimiter, quoting, end)
    expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    records = list(scan(text, Dialect(delimiter)))
    assert [[field.value for field in record.fields] for record in records] == expected
    assert "".join(text[record.start : record.stop] for record in records) == text


@pytest.mark.parametrize(
    "text",
    ['a"b,"c"d,e\n', '"a"b"c,d\n', "a,\n,b\n\n\nc", "a,b,", '"a\n\nb",c\r"d",e', "a, b\n"],
)
def test_the_scanner_follows_the_csv_module_on_odd_quoting(text: str) -> None:
    assert [[field.value for field in record.fields] for record in scan(text, Dialect(","))] == list(
        csv.reader(io.StringIO(text, newline=""))
    )


def test_a_blank_after_the_delimiter_does_not_hide_the_quotes() -> None:
    sheet = read(b'id, question, answer\n1, "Is it so, or not?", \n2, "And this, too?", no\n', "f.csv").sheets[0]
    assert [sheet.value(2, 2), sheet.value(3, 2), sheet.value(3, 3)] == ["Is it so, or not?", "And this, too?", "no"]


def test_a_line_that_names_the_delimiter_is_no_row_of_the_table() -> None:
    content = b"sep=;\r\nQuestion;Answer\r\nA, b, c?;\r\n"
    book = read(content, "f.csv")
    assert sorted(book.sheets[0].rows) == [2, 3]
    result, _ = csv_file.fill(content, book, [write(3, 2, "yes")])
    assert result == b"sep=;\r\nQuestion;Answer\r\nA, b, c?;yes\r\n"


def test_one_column_needs_the_name_of_a_table() -> None:
    content = b"Question\nDo you encrypt?\nDo you log?\n"
    assert read(content, "list.csv").sheets[0].value(3, 1) == "Do you log?"
    with pytest.raises(UnsupportedFormat, match="no table"):
        read(content, "letter")
    result, _ = csv_file.fill(content, read(content, "list.csv"), [write(1, 2, "Answer"), write(2, 2, "Yes, we do")])
    assert result == b'Question,Answer\nDo you encrypt?,"Yes, we do"\nDo you log?,\n'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"Dear buyer,\nthank you, again, for asking.\nWe, the undersigned, agree.\n\nYours\nA, B, C, D\n", "no table"),
        (b"%PDF-1.7\n...", "a PDF"),
        (b"{\\rtf1 a,b}", "rich text"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "an XML file"),
        (b"  <!DOCTYPE html><table></table>", "a web page"),
        (b"a,b\n\x00\x01\x02,d\n", "no text file"),
        (b"\x81\x8d\x8f\x90\x9d,b\n", "no text file"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, problem: str) -> None:
    with pytest.raises(UnsupportedFormat, match=problem) as refused:
        read(content, "form.txt" if content.startswith(b"Dear") else "form.csv")
    assert refused.value.advice


def test_an_unclosed_quote_is_refused() -> None:
    with pytest.raises(Damaged, match="never closed"):
        read(b'a,b\nc,d\ne,f\n1,"open\n2,x\n', "f.csv")


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"a,b\n" * 11, Limits(rows=10)),
        (b"a,b\n" * 11, Limits(cells=20)),
        (b",".join([b"a"] * 11) + b"\n", Limits(columns=10)),
        (b"a," + b"b" * 11 + b"\n", Limits(text=10)),
        (b"a,b\n" * 11, Limits(upload=20)),
    ],
)
def test_every_limit_is_kept(content: bytes, limits: Limits) -> None:
    with pytest.raises(TooLarge):
        csv_file.parse(content, "f.csv", limits=limits)


def test_a_field_built_to_be_slow_is_not() -> None:
    began = time.perf_counter()
    with pytest.raises((Damaged, TooLarge)):
        read(b'a,b\n1,"' + b'""' * 2_000_000 + b"x", "f.csv")
    assert time.perf_counter() - began < 2


def test_only_the_fields_of_answers_change() -> None:
    content = FORM.encode("cp1252")
    result, fidelity = csv_file.fill(content, read(content, "f.csv"), [write(2, 3, "Yes; AES"), write(3, 3, "")])
    expected = 'id;question;answer\r\n1;"Do you encrypt; always?";"Yes; AES"\r\n2;Who is «responsible»?;""\r\n'
    assert result == expected.encode("cp1252")
    assert fidelity.holds
    assert (fidelity.cells_written, fidelity.cells_other_changed, fidelity.side_effects) == (2, 0, ())


def test_nothing_to_write_gives_the_same_bytes() -> None:
    content = FORM.encode("utf-16")
    result, fidelity = csv_file.fill(content, read(content, "f.csv"), [])
    assert result == content
    assert fidelity.parts_identical == 1


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_filling_keeps_every_other_field_raw_and_reads_back(data: st.DataObject) -> None:
    width = data.draw(st.integers(2, 4))
    rows = data.draw(st.lists(st.lists(FIELD, min_size=width, max_size=width), min_size=2, max_size=5))
    delimiter = data.draw(st.sampled_from(",;\t|"))
    content = written([["head"] * width, *rows], delimiter, data.draw(st.sampled_from([0, 1]))).encode()
    spoken = dialect(content.decode())
    if spoken != Dialect(delimiter):
        return  # few and strange fields can look like another dialect: refused or read otherwise, never half
    places = st.tuples(st.integers(2, len(rows) + 1), st.integers(1, width + 2))
    targets = data.draw(st.dictionaries(places, TEXT, max_size=4))
    result, fidelity = csv_file.fill(content, read(content, "f.csv"), [write(r, c, v) for (r, c), v in targets.items()])
    assert fidelity.holds
    before = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))
    after = list(csv.reader(io.StringIO(result.decode(), newline=""), delimiter=delimiter))
    for number, (was, now) in enumerate(zip(before, after, strict=True), start=1):
        for column in range(1, max(len(was), len(now)) + 1):
            got = now[column - 1] if column <= len(now) else ""
            if (number, column) in targets:
                assert got == csv_file.neutral(targets[number, column].replace("\u2028", "\n").replace("\u2029", "\n"))
            else:
                assert got == (was[column - 1] if column <= len(was) else "")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\x00=", "＝", "＋", "－", "＠", "\x00"]), st.text(max_size=12))
def test_no_answer_starts_like_a_formula(lead: str, rest: str) -> None:
    content = b"question,answer\nIs it?,\n"
    result, fidelity = csv_file.fill(content, read(content, "f.csv"), [write(2, 2, lead + rest)])
    got = values(result)[1][1]
    assert not got.startswith(csv_file.RISKY)
    assert got.startswith("'") == any("apostrophe" in effect for effect in fidelity.side_effects) or got[:1] == "'"
    sheet = openpyxl.Workbook().worksheets[0]
    sheet["A1"] = got or "x"
    assert sheet["A1"].data_type == "s"


def test_a_number_stays_a_number() -> None:
    content = b"question,answer\nHow many?,\nHow cold?,\n"
    result, fidelity = csv_file.fill(content, read(content, "f.csv"), [write(2, 2, 3), write(3, 2, -4)])
    assert result == b"question,answer\nHow many?,3\nHow cold?,-4\n"
    assert fidelity.side_effects == ()


def test_added_columns_keep_the_rows_equally_wide() -> None:
    content = b"id,question\n1,Why?\n\n2,How?\n"
    result, fidelity = csv_file.fill(content, read(content, "f.csv"), [write(1, 3, "Answer"), write(4, 3, "So")])
    assert result == b"id,question,Answer\n1,Why?,\n\n2,How?,So\n"
    assert "an empty field" in fidelity.side_effects[0]


def test_a_file_that_quotes_everything_goes_on_doing_so() -> None:
    content = b'"id","question","answer"\n"1","Why?",""\n"2","How?",\n'
    result, _ = csv_file.fill(content, read(content, "f.csv"), [write(2, 3, "a"), write(3, 3, "b")])
    assert result == b'"id","question","answer"\n"1","Why?","a"\n"2","How?","b"\n'


def test_a_letter_the_encoding_lacks_moves_the_file_to_utf_8_and_says_so() -> None:
    content = FORM.encode("cp1252")
    result, fidelity = csv_file.fill(content, read(content, "f.csv"), [write(2, 3, "≥ 256 bit")])
    assert result == b"\xef\xbb\xbf" + FORM.replace('always?";', 'always?";≥ 256 bit').encode()
    assert "UTF-8" in fidelity.side_effects[0]


def test_plain_ascii_that_becomes_utf_8_is_named() -> None:
    content = b"question,answer\nWho?,\n"
    _, fidelity = csv_file.fill(content, read(content, "f.csv"), [write(2, 2, "Zoë")])
    assert "plain ASCII" in fidelity.side_effects[0]


@pytest.mark.parametrize(
    "writes",
    [
        [write(9, 1, "a")],
        [write(1, 300, "a")],
        [write(1, 1, "a"), write(1, 1, "b")],
        [Write(sheet="Other", row=1, column=1, value="a")],
        [write(1, 1, "a" * 32_768)],
    ],
)
def test_a_write_that_has_no_place_is_refused(writes: list[Write]) -> None:
    content = b"question,answer\nWho?,\n"
    with pytest.raises(WriteRefused):
        csv_file.fill(content, read(content, "f.csv"), writes)


def test_a_change_beyond_the_answers_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"question,answer\nWho?,\n"
    monkeypatch.setattr(csv_file, "_spliced", lambda *_, **__: "question,answer\nWho else?,Zo\n")
    with pytest.raises(FidelityBroken):
        csv_file.fill(content, read(content, "f.csv"), [write(2, 2, "Zo")])


def test_the_public_question_list_keeps_every_byte() -> None:
    path = SHARED / "workbooks" / "ai-caiq-1.1.0-questions.csv"
    if not path.exists():
        pytest.skip("the public questionnaires are not here")
    content = path.read_bytes()
    book = read(content, path.name)
    rows = list(book.sheets[0].rows)
    width = max(book.sheets[0].rows[rows[0]])
    writes = [write(row, width + 1, f"Answer {row}") for row in rows]
    result, fidelity = csv_file.fill(content, book, writes)
    assert fidelity.holds
    assert fidelity.cells_written == len(rows)
    assert [row[:width] for row in values(result)] == values(content)
