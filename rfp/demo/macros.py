"""Turn the workbook into its macro-enabled variant.

The project is a real compound file (OLE) with a project stream that declares no module: it shows that a binary
part survives the filling of a workbook. It holds no code, and an editor of macros finds nothing to open in it.
"""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PROJECT = b'ID="{7B1D9E50-1C52-4F0C-9A55-2F5E0D1C4A11}"\r\nName="Kestrel"\r\nHelpContextID="0"\r\n'


def add_project(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts with a macro project, its relationship and the content types of an xlsm."""
    changed = dict(parts)
    types = changed["[Content_Types].xml"].decode().replace(_BOOK, _MACRO_BOOK)
    default = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    changed["[Content_Types].xml"] = types.replace("<Default ", f"{default}<Default ", 1).encode()
    relations = changed["xl/_rels/workbook.xml.rels"].decode()
    relation = f'<Relationship Id="rIdMacros" Type="{_RELATION}" Target="vbaProject.bin"/>'
    changed["xl/_rels/workbook.xml.rels"] = relations.replace(
        "</Relationships>", f"{relation}</Relationships>"
    ).encode()
    changed["xl/vbaProject.bin"] = project()
    return changed


def project() -> bytes:
    """Return a compound file, version 3, with one stream named PROJECT."""
    # Streams of 4096 bytes and more live in ordinary sectors, so no second allocation table is needed.
    stream = _PROJECT.ljust(4096, b"\n")
    count = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        _END,
        0,
        _END,
        0,
        0,
    )
    header += struct.pack("<108I", *[_FREE] * 108)
    root = _entry("Root Entry", 5, child=1, start=_END, size=0)
    directory = root + _entry("PROJECT", 2, child=_NONE, start=2, size=len(stream)) + _entry("", 0) * 2
    return header[:_SECTOR] + table + directory + stream


def _entry(name: str, kind: int, *, child: int = _NONE, start: int = 0, size: int = 0) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ", text, length, kind, 1, _NONE, _NONE, child, b"", 0, b"", b"", start, size
    )
