"""The comparison of a filled workbook with the original: part by part, then cell by cell.

It reads both files anew and trusts nothing that the patcher says about its own work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rfp.workbook.guard import Package
from rfp.workbook.xlsx.archive import Entry, read_directory

_SIZES_FOLLOW = 0x8


def compare_parts(before: Package, after: Package, touched: Sequence[str]) -> tuple[int, list[str]]:
    """Return how many members are identical, and what differs that may not.

    Members that were not TOUCHED have the same packed bytes and the same facts in both directories; the others the
    same name, time, place and attributes.
    """
    if before.names != after.names:
        return 0, ["The parts of the file are not the same or not in the same order."]
    identical = 0
    violations = []
    for old, new, one, other in zip(
        before.members, after.members, read_directory(before), read_directory(after), strict=True
    ):
        name = old.filename
        if name in touched:
            if _facts(one) != _facts(other):
                violations.append(f"The archive says something else about {name} than before.")
            continue
        if one._replace(offset=0) != other._replace(offset=0):
            violations.append(f"The archive says something else about {name} than before.")
        elif before.packed(old) != after.packed(new):
            violations.append(f"The part {name} changed.")
        else:
            identical += 1
    if before.comment != after.comment:
        violations.append("The comment of the archive changed.")
    return identical, violations


def _facts(entry: Entry) -> Mapping[str, object]:
    kept = entry._replace(offset=0, crc=0, packed_size=0, size=0, extra=b"", flags=entry.flags & ~_SIZES_FOLLOW)
    return kept._asdict()
