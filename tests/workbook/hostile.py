"""Files built to harm: each is small, and would cost whoever reads it carelessly."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from tests.workbook.xlsx_files import MAIN, OFFICE, RELATIONS, sheet_xml, unzipped, workbook, zipped

MB = 1_000_000
SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook(sheet_xml('<row r="1"><c r="A1" t="str"><v>Question</v></c></row>'))


def packed(chunks: Iterator[bytes]) -> tuple[bytes, int, int]:
    """Return deflated bytes, their checksum and the size they inflate to, without holding them in memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    out: list[bytes] = []
    crc, size, latest = 0, 0, b""
    for chunk in chunks:
        # Behind a full flush equal chunks pack into equal bytes: they are packed once.
        if not out or chunk != latest:
            latest, piece = chunk, packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
        out.append(piece)
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
    return b"".join((*out, packer.flush())), crc, size


def archive(members: Mapping[str, tuple[bytes, int, int]], sizes: Mapping[str, int] | None = None) -> bytes:
    """Return a zip of deflated members; SIZES says what the headers claim instead of the truth."""
    body, directory, claimed = [], [], dict(sizes or {})
    at = 0
    for name, (data, crc, size) in members.items():
        facts = (20, 0, 8, 0, 0x21, crc, len(data), claimed.get(name, size))
        local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *facts, len(name), 0) + name.encode() + data
        entry = (len(name), 0, 0, 0, 0, 0, at)
        directory.append(struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *facts, *entry) + name.encode())
        body.append(local)
        at += len(local)
    central = b"".join(directory)
    count = min(len(directory), 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), at, 0)
    return b"".join((*body, central, end))


def with_part(name: str, chunks: Callable[[], Iterator[bytes]], claimed: int | None = None) -> bytes:
    """Return the plain workbook with one part replaced or added."""
    members = {other: packed(iter([data])) for other, data in unzipped(PLAIN).items()}
    members[name] = packed(chunks())
    return archive(members, {name: claimed} if claimed is not None else {})


def long_text(megabytes: int) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        head, tail = sheet_xml('<row r="1"><c r="A1" t="str"><v>@</v></c></row>').split(b"@")
        yield head
        for _ in range(megabytes):
            yield b"A" * MB
        yield tail

    return chunks


def rows(count: int, cells: str) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        head, tail = sheet_xml("@", before='<dimension ref="A1"/>').split(b"@")
        yield head
        row = f"<row>{cells}</row>".encode()
        for _ in range(count // 1_000):
            yield row * 1_000
        yield row * (count % 1_000) + tail

    return chunks


def _marked(offset: int, value: bytes) -> bytes:
    """Return the plain workbook with bytes of its first directory record replaced."""
    start = struct.unpack_from("<L", PLAIN, len(PLAIN) - 6)[0] + offset
    return PLAIN[:start] + value + PLAIN[start + len(value) :]


def _named(name: str) -> bytes:
    return zipped({**unzipped(PLAIN), name: b"x"})


def _link() -> bytes:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as target:
        info = zipfile.ZipInfo("xl/link.xml")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(info, "/etc/passwd")
    return out.getvalue()


def _twice() -> bytes:
    return archive_of_pairs([*((n, d) for n, d in unzipped(PLAIN).items()), (SHEET, b"<a/>")])


def archive_of_pairs(pairs: list[tuple[str, bytes]]) -> bytes:
    """Names of equal length stand in for one another, for the zip module warns of real doubles."""
    content = zipped(
        {name if position < len(pairs) - 1 else "Z" * len(name): data for position, (name, data) in enumerate(pairs)}
    )
    return content.replace(b"Z" * len(pairs[-1][0]), pairs[-1][0].encode())


def _overlapping() -> bytes:
    """Every record of the directory points to one and the same packed member."""
    kernel = packed(b"\x00" * MB for _ in range(9))
    data = kernel[0]
    local = (
        struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0x21, kernel[1], len(data), kernel[2], 1, 0) + b"a" + data
    )
    records = [
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0x21, kernel[1], len(data), kernel[2], 1, 0, 0, 0, 0, 0, 0
        )
        + bytes([97 + number])
        for number in range(20)
    ]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20, 20, sum(map(len, records)), len(local), 0)
    return local + b"".join(records) + end


def _into_the_directory() -> bytes:
    """The last member's packed bytes reach into the directory."""
    start = struct.unpack_from("<L", PLAIN, len(PLAIN) - 6)[0]
    at = PLAIN.rindex(b"PK\x01\x02")
    size = struct.unpack_from("<L", PLAIN, at + 20)[0]
    assert start < at
    return PLAIN[: at + 20] + struct.pack("<L", size + 30) + PLAIN[at + 24 :]


def _quine() -> bytes:
    """What unpacks archives in archives would never end with one that holds itself; the outer layer shows it."""
    return zipped({**unzipped(PLAIN), "r/r.zip": PLAIN})


BOMBS: dict[str, Callable[[], bytes]] = {
    "500 MB in one text": lambda: with_part(SHEET, long_text(500)),
    "50 MB in one text": lambda: with_part(SHEET, long_text(50)),
    "50 MB that claim 1 kB": lambda: with_part(SHEET, long_text(50), 1_000),
    "1 kB that claims 9 MB": lambda: with_part(SHEET, lambda: iter([sheet_xml("")]), 9 * MB),
    "size of 4 GB": lambda: with_part(SHEET, long_text(1), 0xFFFFFFFE),
    "many parts of 9 MB": lambda: archive({f"p{n}.bin": packed(b"\x00" * MB for _ in range(9)) for n in range(30)}),
    "2,001 parts": lambda: archive({f"{n}.xml": packed(iter([b"<a/>"])) for n in range(2_001)}),
    "one part under twenty names": _overlapping,
    "a part that reaches into the directory": _into_the_directory,
    "an archive in itself": _quine,
    "another archive": lambda: _named("xl/more.7z"),
    "a packed part": lambda: _named("xl/more.tar.gz"),
    "a name that leaves": lambda: _named("../evil.xml"),
    "a name that leaves, with backslashes": lambda: _named("xl\\..\\..\\evil.xml"),
    "an absolute name": lambda: _named("/etc/cron.d/evil"),
    "a name with a drive": lambda: _named("C:/evil.xml"),
    "a link": _link,
    "one name twice": _twice,
    "a password": lambda: _marked(8, b"\x01\x00"),
    "another packing": lambda: _marked(10, b"\x0e\x00"),
    "packed bytes beyond the end": lambda: _marked(20, b"\xff\xff\xff\x0f"),
    "a member beyond the end": lambda: _marked(42, b"\xff\xff\xff\x0f"),
    "50,001 rows with a value": lambda: with_part(SHEET, rows(50_001, "<c><v>1</v></c>")),
    "400,000 rows and a dimension of one cell": lambda: with_part(SHEET, rows(400_000, "<c><v>1</v></c>")),
    "a text over the limit": lambda: with_part(SHEET, long_text(1)),
    "257 columns": lambda: with_part(SHEET, rows(1, "<c/>" * 256 + "<c><v>1</v></c>")),
    "half a million cells": lambda: with_part(SHEET, rows(2_001, "<c/>" * 255)),
}


@cache
def bomb(name: str) -> bytes:
    return BOMBS[name]()


def with_prolog(part: str, prolog: bytes) -> bytes:
    """Return a workbook that has all kinds of parts, with PROLOG before the root of one."""
    more = {
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>'.encode(),
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"/>'.encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{RELATIONS}"/>'.encode(),
        "customXml/item1.xml": b"<item/>",
        "docProps/core.xml": b"<core/>",
        "docProps/app.xml": b"<app/>",
        "xl/drawings/vmlDrawing1.vml": b"<xml/>",
        "xl/theme/theme1.xml": b"<theme/>",
    }
    members = unzipped(PLAIN) | more
    root = members[part]
    members[part] = prolog + root.replace(b"Question", b"&e;")
    return zipped(members)


def under_another_name(prolog: bytes) -> bytes:
    """Return a workbook whose sheet does not look like XML by its name."""
    members = unzipped(PLAIN)
    sheet = members.pop(SHEET)
    relation = f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.'
    rels = "xl/_rels/workbook.xml.rels"
    members[rels] = members[rels].replace(f"{relation}xml".encode(), f"{relation}dat".encode())
    return zipped({**members, "xl/worksheets/sheet1.dat": prolog + sheet})
