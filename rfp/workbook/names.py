"""What a file is called once it is told by its content what it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from rfp.workbook.model import FileFormat

_SUFFIXES: Mapping[FileFormat, tuple[str, ...]] = {
    FileFormat.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),  # a file made for macros need not hold any
    FileFormat.XLSM: (".xlsm", ".xltm"),
    FileFormat.CSV: (".csv", ".tsv", ".tab", ".txt"),
    FileFormat.ODS: (".ods", ".ots"),
    FileFormat.DOCX: (".docx", ".docm", ".dotx", ".dotm"),
}
_OTHERS = (".xls", ".xlsb", ".doc", ".pdf", ".zip")
_KNOWN = frozenset(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes).union(_OTHERS)


def true_name(name: str, format_: FileFormat) -> str:
    """Return the name with a suffix that fits the format; a name that fits, or none at all, stays as it is."""
    suffix = PurePath(name).suffix
    if not name or suffix.lower() in _SUFFIXES[format_]:
        return name
    stem = name.removesuffix(suffix) if suffix.lower() in _KNOWN else name
    return f"{stem}.{format_}"


def misnamed(name: str, format_: FileFormat) -> str:
    """Return a sentence on a file that is not what its name says; empty where it is, or where the name says nothing."""
    if PurePath(name).suffix.lower() not in _KNOWN or true_name(name, format_) == name:
        return ""
    return f"The file is named {name}, but its content is {format_}: filled in, it is named {true_name(name, format_)}."
