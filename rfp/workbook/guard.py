"""What a file must be before anything reads it.

Threats: a small archive that inflates to gigabytes, sizes that lie, entries that overlap, names that leave the
archive, archives inside archives, a DTD (entity expansion, reading of local files), encryption, other formats under
a familiar name. Each refusal says what is wrong and what to do. Nothing here is ever written to disk.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from rfp.workbook.errors import Damaged, Encrypted, TooLarge, Unsafe, UnsupportedFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes. Rows and cells are those a file stores, per workbook sheet and in all."""

    upload: int = 20_000_000
    entries: int = 2_000
    inflated: int = 200_000_000
    ratio: int = 100
    ratio_from: int = 10_000_000  # members below this may be packed as tightly as they like
    rows: int = 50_000
    cells: int = 500_000
    columns: int = 256
    text: int = 32_767


LIMITS = Limits()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
PROLOG = 65_536  # a root element begins within this many bytes
CHUNK = 1 << 18
_ROOT = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_NESTED = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz")
_NEVER_READ = ("customXml/",)
# Charts carry their own small workbook: kept as it is and never opened.
_EMBEDDED = ("xl/embeddings/", "word/embeddings/", "Object ")


class Package:
    """A zip archive that passed the guard. Members are inflated on demand, counted against the limits."""

    def __init__(self, content: bytes, *, limits: Limits = LIMITS) -> None:
        """:raises WorkbookRefused: if the archive breaks a limit or is built to harm"""
        self.content = content
        self.limits = limits
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            self.members = self._zip.infolist()
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, UnicodeDecodeError) as problem:
            raise Damaged("The file is damaged: its archive cannot be read.", "Open and save it again.") from problem
        self.directory_start = self._zip.start_dir
        self.comment = self._zip.comment
        self._by_name = {member.filename: member for member in self.members}
        self._check_directory()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(member.filename for member in self.members)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def read(self, name: str) -> bytes:
        """Return a member's bytes; never more than its declared size.

        :raises Damaged: if it is missing, or is not what the directory says
        """
        member = self._by_name.get(name)
        if member is None:
            raise Damaged(f"The file is damaged: its part {name} is missing.", "Open and save it again.")
        raw = self.packed(member)
        stored = member.compress_type == zipfile.ZIP_STORED
        data = raw if stored else self._inflate(member, raw, member.file_size + 1)
        if len(data) != member.file_size or zlib.crc32(data) != member.CRC:
            raise Damaged(f"The file is damaged: its part {name} is not what the archive says.", "Save it again.")
        return data

    def prolog(self, name: str) -> bytes:
        """Return the beginning of a member, enough to see its root element."""
        member = self._by_name[name]
        raw = self.packed(member)
        return raw[:PROLOG] if member.compress_type == zipfile.ZIP_STORED else self._inflate(member, raw, PROLOG)

    def xml(self, name: str) -> bytes:
        """Return a part that is to be parsed as XML, whatever it is called.

        :raises Unsafe: if it holds a document type definition or is written in UTF-16
        """
        data = self.read(name)
        _check_prolog(name, data[:PROLOG], parsed=True)
        return data

    def _inflate(self, member: zipfile.ZipInfo, raw: bytes, most: int) -> bytes:
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, most)
        except zlib.error as problem:
            text = f"The file is damaged: its part {member.filename} cannot be unpacked."
            raise Damaged(text, "Open and save it again.") from problem

    def data_start(self, member: zipfile.ZipInfo) -> int:
        """Return where a member's packed bytes begin."""
        at = member.header_offset
        header = self.content[at : at + 30]
        if len(header) < 30 or header[:4] != ZIP:
            raise Damaged(f"The file is damaged: the archive points nowhere for {member.filename}.", "Save it again.")
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        return at + 30 + int(name_length) + int(extra_length)

    def packed(self, member: zipfile.ZipInfo) -> bytes:
        """Return a member's bytes as they are stored.

        :raises Damaged: if the archive ends before they do
        """
        start = self.data_start(member)
        raw = self.content[start : start + member.compress_size]
        if len(raw) != member.compress_size:
            raise Damaged(f"The file is damaged: its part {member.filename} is cut short.", "Save it again.")
        return raw

    def _check_directory(self) -> None:
        limits = self.limits
        if len(self.members) > limits.entries:
            raise TooLarge(f"The file has {len(self.members)} parts; {limits.entries} are allowed.")
        if sum(member.file_size for member in self.members) > limits.inflated:
            raise TooLarge(f"The file unpacks to more than {limits.inflated // 1_000_000} MB.")
        if len(self._by_name) != len(self.members):
            raise Unsafe("The archive holds two parts of the same name.", "Save the workbook again and retry.")
        ends = 0
        for member in sorted(self.members, key=lambda member: member.header_offset):
            self._check_member(member)
            if member.header_offset < ends:
                raise Unsafe("The parts of the archive overlap.", "Save the workbook again and retry.")
            ends = self.data_start(member) + member.compress_size
        if ends > self.directory_start:
            raise Unsafe("The parts of the archive overlap.", "Save the workbook again and retry.")
        for member in self.members:
            if member.filename.lower().endswith((".xml", ".rels", ".vml")) and member.file_size:
                _check_prolog(member.filename, self.prolog(member.filename))

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        name = member.filename
        if member.flag_bits & 0x1:
            raise Encrypted("The archive is protected by a password.", "Remove the password and upload it again.")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unsafe(f"The part {name} is packed in an unusual way.", "Save the workbook again and retry.")
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or (parts[0][1:2] == ":"):
            raise Unsafe(f"The archive holds a part that leaves it: {name}.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Unsafe(f"The archive holds a link: {name}.")
        if name.lower().endswith(_NESTED) and not name.startswith(_EMBEDDED):
            raise Unsafe(f"The archive holds another archive: {name}.")
        limits = self.limits
        if member.file_size > limits.ratio_from and member.file_size > limits.ratio * max(member.compress_size, 1):
            raise Unsafe(f"The part {name} unpacks to over {limits.ratio} times its size.")
        if member.compress_type == zipfile.ZIP_STORED and member.compress_size != member.file_size:
            raise Damaged(f"The file is damaged: the sizes of its part {name} disagree.", "Save it again.")


def _check_prolog(name: str, head: bytes, *, parsed: bool = False) -> None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:64]:
        if parsed or not name.startswith(_NEVER_READ):
            raise Unsafe(f"The part {name} is written in UTF-16.", "Save the workbook again and retry.")
        # Office itself writes custom data this way; it is never parsed, but a DTD in it is refused all the same.
        head = head.replace(b"\x00", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise Unsafe(f"The part {name} holds a document type definition.", "A workbook never needs one.")
        return
    declared = _DECLARED.search(head[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"):
        raise Unsafe(f"The part {name} is written in {declared[1].decode('ascii', 'replace')}.", "Save it again.")
    root = _ROOT.search(head)
    before = head if root is None else head[: root.start()]
    if b"<!DOCTYPE" in before or b"<!ENTITY" in before:
        raise Unsafe(f"The part {name} holds a document type definition.", "A workbook never needs one.")
    if root is None:
        raise Damaged(f"The file is damaged: its part {name} is no XML.", "Open and save it again.")


def open_package(content: bytes, *, limits: Limits = LIMITS) -> Package:
    """Return the archive in CONTENT once it is known to be harmless.

    :raises WorkbookRefused: if it is not, or is no archive
    """
    check_size(content, limits=limits)
    if content.startswith(OLE):
        raise _ole(content)
    if not content.startswith((ZIP, EMPTY_ZIP)):
        raise Damaged("This is not an Office file, whatever its name says.", "Save it as xlsx and upload it again.")
    return Package(content, limits=limits)


def check_size(content: bytes, *, limits: Limits = LIMITS) -> None:
    if len(content) > limits.upload:
        text = f"The file has {len(content) / 1e6:.1f} MB; {limits.upload // 1_000_000} MB are allowed."
        raise TooLarge(text, "Remove pictures or attachments and upload it again.")
    if not content:
        raise Damaged("The file is empty.")


def _ole(content: bytes) -> Encrypted | UnsupportedFormat:
    """Old Excel files and encrypted new ones share a container."""
    if "EncryptedPackage".encode("utf-16-le") in content or "EncryptionInfo".encode("utf-16-le") in content:
        return Encrypted("The file is protected by a password.", "Remove the password in Excel and upload it again.")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        text = "This is an old Excel file (xls), which cannot be filled without loss."
        return UnsupportedFormat(text, "Open it in Excel, save it as xlsx and upload that.")
    return UnsupportedFormat("This is an old Office file.", "Save it as xlsx or docx and upload that.")
