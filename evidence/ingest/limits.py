"""What reading one evidence file may cost, and the cage its reader lives in."""

from __future__ import annotations

import ctypes
import resource
import struct

FRAME = struct.Struct("<1sQ")  # before each file sent to the reader: its kind and its length

UPLOAD = 50_000_000  # bytes of a file
PAGES = 1_000
TEXT = 10_000_000  # characters of all pages
PART = 50_000_000  # bytes of a Word file's body once unpacked
WIDTHS = (480, 800, 1200)  # pixels a page picture can be wide
TALLEST = 3  # times its width
PICTURE = 12_000_000  # bytes of a page picture
SAID = 200  # characters of what a file says of its making
QUOTE = 2_000  # characters of a quote to mark
MEMORY = 1 << 30
CPU_SECONDS = 30
WALL_SECONDS = 45
FILES = 32

_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


def lock_down() -> None:
    """Cap this process for good: memory, time, files, no writing, no core dump, no network where that is allowed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None:
        # Refused in many containers; the other limits stand without it.
        unshare(_NEW_NETWORK | _NEW_USER)
