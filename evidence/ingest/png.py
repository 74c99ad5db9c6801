"""A PNG of plain pixels: all that a page picture needs, so that no picture library runs beside the parser."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TRUE_COLOUR, _EIGHT_BITS = 2, 8
_UNFILTERED = b"\x00"


def encode(pixels: bytes | bytearray, *, width: int, height: int) -> bytes:
    """Return rows of red, green and blue bytes as a PNG."""
    row = 3 * width
    rows = b"".join(_UNFILTERED + bytes(pixels[start : start + row]) for start in range(0, row * height, row))
    head = struct.pack(">IIBBBBB", width, height, _EIGHT_BITS, _TRUE_COLOUR, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
