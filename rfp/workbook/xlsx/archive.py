"""Replace members of a zip archive and keep every other byte of it.

Members that stay are copied as they lie in the file: local header, name, extra field, packed bytes, descriptor and
whatever fills the gap to the next one. In the directory only sizes and offsets are written again. Nothing depends on
the clock: times stay as they were.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from rfp.workbook.errors import Damaged
from rfp.workbook.guard import Package

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_CENTRAL_SIGNATURE = b"PK\x01\x02"
_END_SIGNATURE = b"PK\x05\x06"
_ZIP64_FIELD = 1
_IN_ZIP64 = 0xFFFFFFFF
_SIZES_FOLLOW = 0x8  # flag: the sizes stand behind the data, not before it
_DEFLATE_LEVEL = 5  # two in a hundred larger than with 6, in half the time


class Entry(NamedTuple):
    """One record of the central directory."""

    made_by: int
    needs: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed_size: int
    size: int
    disk: int
    internal: int
    external: int
    offset: int
    name: bytes
    extra: bytes
    comment: bytes

    def pack(self) -> bytes:
        lengths = (len(self.name), len(self.extra), len(self.comment))
        head = _CENTRAL.pack(_CENTRAL_SIGNATURE, *self[:9], *lengths, *self[9:13])
        return head + self.name + self.extra + self.comment


def replace(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """Return the archive with the members of CHANGED holding new bytes.

    :raises Damaged: if the directory of the archive cannot be followed
    """
    content = package.content
    entries = dict(zip(package.names, read_directory(package), strict=True))
    out: list[bytes] = []
    at = 0
    for name, (start, end) in spans(package).items():
        span = content[start:end]
        if name:
            entry = entries[name]._replace(offset=at)
            if name in changed:
                entry, data = _pack(changed[name], entry)
                span = _local_header(content, start, entry) + data
            entries[name] = entry
        out.append(span)
        at += len(span)
    directory = b"".join(entry.pack() for entry in entries.values())
    count = len(entries)
    comment, behind = package.comment, _behind(content)
    end_record = _END.pack(_END_SIGNATURE, 0, 0, count, count, len(directory), at, len(comment))
    return b"".join((*out, directory, end_record, behind))


def spans(package: Package) -> dict[str, tuple[int, int]]:
    """Return where each member lies in the file, header and gap behind it included, in the order of the file.

    What stands before the first one goes by an empty name.
    """
    by_place = sorted(package.members, key=lambda member: member.header_offset)
    starts = [0, *(member.header_offset for member in by_place), package.directory_start]
    names = ["", *(member.filename for member in by_place)]
    return {name: (start, end) for name, start, end in zip(names, starts, starts[1:], strict=False)}


def local_facts(content: bytes, start: int) -> tuple[int, int, int, int, bytes]:
    """Return what the local header at START says besides sizes: version, method, time, date and name."""
    _, needs, _, method, time, date, _, _, _, length, _ = _LOCAL.unpack_from(content, start)
    return needs, method, time, date, content[start + _LOCAL.size : start + _LOCAL.size + length]


def read_directory(package: Package) -> list[Entry]:
    """Return the records of the central directory in its order, with sizes and offset as the archive reader has them.

    :raises Damaged: if they do not follow one another
    """
    content, at = package.content, package.directory_start
    entries = []
    for member in package.members:
        if content[at : at + 4] != _CENTRAL_SIGNATURE or at + _CENTRAL.size > len(content):
            raise Damaged("The file is damaged: the directory of its archive is broken.", "Open and save it again.")
        fields = _CENTRAL.unpack_from(content, at)
        name_length, extra_length, comment_length, *places = fields[10:]
        name_end = at + _CENTRAL.size + name_length
        extra_end = name_end + extra_length
        extra = content[name_end:extra_end]
        if _IN_ZIP64 in (fields[8], fields[9], fields[16]):
            extra = _without_zip64(extra)
        sizes = (member.compress_size, member.file_size)
        texts = (content[at + _CENTRAL.size : name_end], extra, content[extra_end : extra_end + comment_length])
        entries.append(Entry._make((*fields[1:8], *sizes, *places[:3], member.header_offset, *texts)))
        at = extra_end + comment_length
    return entries


def _behind(content: bytes) -> bytes:
    """Return what stands behind the end record: the comment, and anything after it."""
    return content[content.rfind(_END_SIGNATURE) + _END.size :]


def _pack(data: bytes, entry: Entry) -> tuple[Entry, bytes]:
    packed = data
    if entry.method == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(_DEFLATE_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(data) + packer.flush()
    changed = entry._replace(
        flags=entry.flags & ~_SIZES_FOLLOW,
        crc=zlib.crc32(data),
        packed_size=len(packed),
        size=len(data),
        extra=_without_zip64(entry.extra),
    )
    return changed, packed


def _local_header(content: bytes, at: int, entry: Entry) -> bytes:
    """Return the local header at AT as it was, with the sizes of ENTRY in it."""
    signature, needs, _, method, time, date, _, _, _, name_length, extra_length = _LOCAL.unpack_from(content, at)
    name_end = at + _LOCAL.size + name_length
    extra = _without_zip64(content[name_end : name_end + extra_length])
    sizes = (entry.crc, entry.packed_size, entry.size, name_length, len(extra))
    head = _LOCAL.pack(signature, needs, entry.flags, method, time, date, *sizes)
    return head + content[at + _LOCAL.size : name_end] + extra


def _without_zip64(extra: bytes) -> bytes:
    """Drop the field that repeats sizes for archives over 4 GB: kept, it would contradict the new sizes."""
    kept = []
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64_FIELD:
            kept.append(extra[at : at + 4 + length])
        at += 4 + length
    return b"".join(kept) + extra[at:]
