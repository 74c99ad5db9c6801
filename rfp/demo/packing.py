"""Make zip packages the same bytes on every run."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MOMENT = (2026, 11, 2, 9, 0, 0)


def unpack(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(parts: dict[str, bytes]) -> bytes:
    """Return the parts as a zip with one fixed time, in the order given."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = ZipInfo(name, MOMENT)
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, content)
    return stream.getvalue()


def settle(content: bytes) -> bytes:
    """Return the package with fixed times."""
    return pack(unpack(content))
