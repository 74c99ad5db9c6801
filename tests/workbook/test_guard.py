"""The guard against files built to harm (threats T1, T2, T3 and T5)."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rfp.workbook.errors import (
    Damaged,
    Encrypted,
    TooLarge,
    Unsafe,
    UnsupportedFormat,
    WorkbookRefused,
)
from rfp.workbook.guard import OLE, check_size, open_package
from rfp.workbook.model import Area, Write
from rfp.workbook.reader import read
from rfp.workbook.writer import fill
from tests.workbook.hostile import BOMBS, PLAIN, SHEET, bomb, under_another_name, with_part, with_prolog
from tests.workbook.xlsx_files import OFFICE, RELATIONS, part_of, sheet_xml, unzipped, workbook, zipped

MIB = 1 << 20
# Reads files one after the other in a fresh interpreter and says for each what happened, how long it took, and the
# most memory held so far.
CHILD = """
import json, sys, time
from rfp.workbook.errors import WorkbookRefused
from rfp.workbook.reader import read
for path in sys.argv[1:]:
    content = open(path, "rb").read()
    started = time.process_time()
    try:
        read(content, path)
        said, code = "", "read"
    except WorkbookRefused as refusal:
        said, code = str(refusal), refusal.code
    seconds = time.process_time() - started
    with open("/proc/self/status") as status:  # getrusage would begin with the memory of the parent
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    print(json.dumps([path, code, said, seconds, peak]))
"""


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, float, int]]:
    """What reading each bomb in one child process led to: code, words, seconds, most bytes held."""
    folder = tmp_path_factory.mktemp("bombs")
    names = {}
    for number, name in enumerate(BOMBS):
        path = folder / f"{number}.xlsx"
        path.write_bytes(bomb(name))
        names[str(path)] = name
    done = subprocess.run([sys.executable, "-c", CHILD, *names], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = {}
    for line in done.stdout.splitlines():
        path_text, code, said, seconds, peak = json.loads(line)
        found[names[path_text]] = (code, said, seconds, peak * 1024)
    return found


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once_and_costs_little(
    name: str, verdicts: dict[str, tuple[str, str, float, int]]
) -> None:
    code, said, seconds, peak = verdicts[name]
    assert code in ("unsafe", "too_large", "damaged", "encrypted")
    assert said
    assert seconds <= 2
    assert peak <= 256 * MIB


def test_there_are_twenty_bombs_and_each_is_small() -> None:
    assert len(BOMBS) >= 20
    assert all(len(bomb(name)) < 2_000_000 for name in BOMBS if "MB" in name)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("500 MB in one text", TooLarge),
        ("50 MB in one text", Unsafe),
        ("50 MB that claim 1 kB", Damaged),
        ("one part under twenty names", Unsafe),
        ("a part that reaches into the directory", Unsafe),
        ("an archive in itself", Unsafe),
        ("one name twice", Unsafe),
        ("a link", Unsafe),
        ("a password", Encrypted),
        ("2,001 parts", TooLarge),
    ],
)
def test_the_reason_has_its_own_type(name: str, error: type[WorkbookRefused]) -> None:
    with pytest.raises(error):
        read(bomb(name), "x.xlsx")


# Document types (T2).


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary.txt"
    path.write_text("the canary sings")
    return path


@pytest.fixture
def listener() -> socket.socket:
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen()
    server.setblocking(False)
    return server


PARTS = [
    SHEET,
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
    "xl/worksheets/_rels/sheet1.xml.rels",
    "[Content_Types].xml",
    "customXml/item1.xml",
    "docProps/core.xml",
    "docProps/app.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/theme/theme1.xml",
]


@pytest.mark.parametrize("part", PARTS)
def test_a_document_type_is_refused_in_any_part_and_nothing_is_fetched(
    part: str, canary: Path, listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    for system in (canary.as_uri(), f"http://127.0.0.1:{port}/x.dtd"):
        for prolog in (
            f'<!DOCTYPE r [<!ENTITY e SYSTEM "{system}">]>',
            f'<?xml version="1.0"?>\n<!-- c -->\n<!DOCTYPE r SYSTEM "{system}">',
            f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{system}"> %p;]>',
        ):
            with pytest.raises(Unsafe, match="document type definition") as refusal:
                read(with_prolog(part, prolog.encode()), "x.xlsx")
            assert "canary" not in str(refusal.value).replace(canary.name, "")
    with pytest.raises(BlockingIOError):
        listener.accept()
    listener.close()


LAUGHS = (
    b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY e "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


@pytest.mark.parametrize(
    "content",
    [
        with_prolog(SHEET, LAUGHS),
        under_another_name(LAUGHS),
        with_prolog(SHEET, b"<!--" + b"x" * 70_000 + b"-->" + LAUGHS),
        under_another_name(b"<!--" + b"x" * 70_000 + b"-->" + LAUGHS),
    ],
    ids=["plain", "a part with another name", "behind a long comment", "both"],
)
def test_entities_that_multiply_are_refused_wherever_they_hide(content: bytes) -> None:
    with pytest.raises(WorkbookRefused):
        read(content, "x.xlsx")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_part_in_utf16_cannot_hide_a_document_type(encoding: str) -> None:
    data = ("<!DOCTYPE r>" + sheet_xml("").decode()).encode(encoding)
    with pytest.raises(Unsafe):
        read(zipped(unzipped(PLAIN) | {SHEET: data}), "x.xlsx")
    with pytest.raises(Unsafe):
        read(zipped(unzipped(PLAIN) | {"customXml/item1.xml": data}), "x.xlsx")


def test_custom_data_in_utf16_is_kept_as_office_writes_it() -> None:
    content = zipped(unzipped(PLAIN) | {"customXml/item1.xml": "<a/>".encode("utf-16")})
    assert read(content, "x.xlsx").sheets[0].value(1, 1) == "Question"


# Sizes that lie within a sheet (T3).


def test_a_dimension_of_one_cell_hides_no_row() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 20_001))
    sheet = read(workbook(sheet_xml(rows, before='<dimension ref="A1"/>')), "x.xlsx").sheets[0]
    assert [sheet.value(row, 1) for row in (1, 20_000)] == [1, 20_000]
    assert len(sheet.rows) == 20_000


def test_the_last_cell_of_a_sheet_costs_nothing() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c><c r="XFD1048576"/></row>'
    )
    after = (
        '<mergeCells><mergeCell ref="A2:XFD1048575"/></mergeCells><dataValidations><dataValidation type="list" '
        'sqref="A1:XFD1048576"><formula1>INDIRECT(A1)</formula1></dataValidation></dataValidations>'
    )
    started = time.process_time()
    sheet = read(workbook(sheet_xml(rows, before='<dimension ref="A1:XFD1048576"/>', after=after)), "x.xlsx").sheets[0]
    assert time.process_time() - started <= 2
    assert sheet.value(1_048_576, 2) == 2
    assert sheet.merged == (Area(2, 1, 1_048_575, 16_384),)
    with pytest.raises(TooLarge, match="column 16384"):
        read(workbook(sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')), "x.xlsx")


@pytest.mark.parametrize(
    "row",
    [
        '<row r="0"/>',
        '<row r="-4"/>',
        '<row r="1048577"/>',
        '<row r="x"/>',
        '<row r="1"><c r="1"/></row>',
        '<row r="1"><c r="A1" s="x"/></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        f'<row r="{"9" * 5_000}"/>',
    ],
)
def test_an_address_or_number_that_is_none_is_refused(row: str) -> None:
    with pytest.raises(Damaged):
        read(workbook(sheet_xml(row)), "x.xlsx")


@pytest.mark.parametrize("number", ["1e999", "nan", "-inf", "", "one"])
def test_a_value_that_is_no_number_is_no_value(number: str) -> None:
    content = workbook(sheet_xml(f'<row r="1"><c r="A1"><v>{number}</v></c></row>'))
    assert read(content, "x.xlsx").sheets[0].value(1, 1) is None


def test_deep_nesting_and_many_attributes_are_survived() -> None:
    deep = "<a>" * 50_000 + "</a>" * 50_000
    wide = " ".join(f'a{n}="1"' for n in range(20_000))
    content = with_part(SHEET, lambda: iter([sheet_xml(f'<row r="1"><c r="A1" {wide}><v>1</v></c></row>', after=deep)]))
    started = time.process_time()
    assert read(content, "x.xlsx").sheets[0].value(1, 1) == 1
    assert time.process_time() - started <= 2


# Macros, links, old and locked files (T5).


def test_macros_are_kept_byte_for_byte_and_said() -> None:
    macro = b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 40
    content = zipped(unzipped(PLAIN) | {"xl/vbaProject.bin": macro})
    book = read(content, "x.xlsm")
    assert book.has_macros
    assert "never run" in " ".join(book.notes)
    result = fill(content, book, [Write(sheet="S1", row=1, column=2, value="Yes")])
    assert part_of(result.content, "xl/vbaProject.bin") == macro


def test_external_links_are_kept_said_and_never_followed(listener: socket.socket) -> None:
    target = f"http://127.0.0.1:{listener.getsockname()[1]}/prices.xlsx"
    rels = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    links = {
        "xl/externalLinks/externalLink1.xml": b"<a/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": rels.encode(),
    }
    content = zipped(unzipped(PLAIN) | links)
    book = read(content, "x.xlsx")
    assert book.external_links == (target,)
    result = fill(content, book, [Write(sheet="S1", row=1, column=2, value="Yes")]).content
    assert all(part_of(result, name) == data for name, data in links.items())
    with pytest.raises(BlockingIOError):
        listener.accept()
    listener.close()


BINARY = zipped(
    {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": part_of(PLAIN, "_rels/.rels").replace(b"workbook.xml", b"workbook.bin"),
        "xl/workbook.bin": b"\x83\x01",
    }
)


@pytest.mark.parametrize(
    ("content", "error", "advice"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), Encrypted, "Remove the password"),
        (OLE + "EncryptionInfo".encode("utf-16-le"), Encrypted, "Remove the password"),
        (OLE + "Workbook".encode("utf-16-le"), UnsupportedFormat, "save it as xlsx"),
        (OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormat, "docx"),
        (BINARY, UnsupportedFormat, "save it as xlsx"),
        (b"%PDF-1.7", UnsupportedFormat, "xlsx"),
        (b"", Damaged, ""),
    ],
)
def test_other_files_are_refused_and_told_what_to_do(content: bytes, error: type[WorkbookRefused], advice: str) -> None:
    with pytest.raises(error) as refusal:
        read(content, "x.xlsx")
    assert advice in str(refusal.value)


def test_an_upload_over_the_limit_is_refused_before_anything_looks_at_it() -> None:
    with pytest.raises(TooLarge, match="MB are allowed"):
        check_size(b"x" * 20_000_001)


def test_what_looks_like_an_archive_and_is_none_is_refused() -> None:
    with pytest.raises(Damaged, match="not an Office file"):
        open_package(b"hello")
