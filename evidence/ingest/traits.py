"""What a file says of how it was made, beside its text. Imported in the capped process only.

None of it proves anything: programs write what they like. It is a reason to look, or not to.
"""

from __future__ import annotations

import ctypes
import re
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from lxml import etree

from evidence.ingest.limits import SAID
from evidence.ingest.pdf import opened

_CORE = "docProps/core.xml"
_LARGEST_CORE = 100_000
_END = re.compile(rb"%%EOF")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_NAMES = {"creator": "author", "lastModifiedBy": "changed_by", "created": "created_on", "modified": "changed_on"}


def of_pdf(content: bytes) -> dict[str, Any]:
    """:raises IngestRefused: if the PDF cannot be opened"""
    document = opened(content)
    told = document.get_metadata_dict(skip_empty=True)
    said = {
        "author": told.get("Author", ""),
        "made_with": told.get("Creator", ""),
        "producer": told.get("Producer", ""),
    }
    ends = [found.end() for found in _END.finditer(content)]
    signed_to = _signed_to(document)
    return {
        **{name: str(text)[:SAID] for name, text in said.items()},
        "created_on": _day(told.get("CreationDate", "")),
        "changed_on": _day(told.get("ModDate", "")),
        "saves": max(1, len(ends)),
        "signed": signed_to > 0,
        "changed_after_signing": 0 < signed_to < (ends[-1] if ends else 0),
    }


def _signed_to(document: pdfium.PdfDocument) -> int:
    """Return up to which byte the last signature covers the file; 0 without one."""
    covered = [0]
    for number in range(min(raw.FPDF_GetSignatureCount(document), 50)):
        signature = raw.FPDF_GetSignatureObject(document, number)
        length = raw.FPDFSignatureObj_GetByteRange(signature, None, 0)
        numbers = (ctypes.c_int * max(0, min(length, 64)))()
        raw.FPDFSignatureObj_GetByteRange(signature, numbers, len(numbers))
        covered += [numbers[at] + numbers[at + 1] for at in range(0, len(numbers) - 1, 2)]
    return max(covered)


def of_word(content: bytes) -> dict[str, Any]:
    """Return nothing of a file whose properties cannot be read: they are optional."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package, package.open(_CORE) as part:
            data = part.read(_LARGEST_CORE)
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, ValueError, etree.XMLSyntaxError):
        return {}
    found: dict[str, Any] = {}
    for element in root:
        name = _NAMES.get(etree.QName(element).localname if isinstance(element.tag, str) else "")
        if name and element.text:
            found[name] = _day(element.text) if name.endswith("_on") else element.text[:SAID]
    return found


def _day(text: str) -> str:
    found = _DAY.search(text)
    return "-".join(found.groups()) if found else ""
